"""What every answer tells browsers about itself, whoever made it; and what its cookies say."""

import pytest
from django.conf import settings as site
from django.test import Client

from tests import factories
from tests.observatory import score

pytestmark = pytest.mark.django_db

ANSWERS = {
    "page": ("/nl/", 200),
    "form": ("/nl/organisations/body-a/contact/", 200),
    "missing": ("/nl/none/", 404),
    "malformed": ("/nl/?page=%00", 400),
    "redirect": ("/admin/", 302),
    "log-in": ("/admin/account/login/", 200),
    "sitemap": ("/sitemap.xml", 200),
    "directory": ("/static/css/", 404),
    "style": ("/static/css/site.css", 200),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_is_strict_with_browsers(kind, body_a, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    address, status = ANSWERS[kind]

    response = Client().get(address, secure=True)
    # A file of the site is open until it is sent.
    response.close()

    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    for directive in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    told = response.headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("kind", ANSWERS)
def test_observatory_gives_every_answer_130_points(kind, body_a, settings):
    """5 of them for the cookies, where there are some."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True

    response = Client().get(ANSWERS[kind][0], secure=True)
    page = response.getvalue().decode()
    headers = {name.lower(): value for name, value in response.headers.items()}
    points = score(headers, page, [cookie.OutputString() for cookie in response.cookies.values()])

    assert 100 + sum(points.values()) >= 130, points
    assert [name for name, number in points.items() if number < 0] == []


def test_picture_beside_a_link_may_stand_on_pages_of_others(body_a):
    for _kept in range(2):
        response = Client().get("/en/organisations/body-a/share.png")

        assert response.status_code == 200
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_plain_request_goes_on_over_tls(settings):
    settings.SECURE_SSL_REDIRECT = True

    response = Client().get("/nl/processing/?q=x")

    assert (response.status_code, response.headers["Location"]) == (
        301,
        "https://testserver/nl/processing/?q=x",
    )


def test_cookies_stay_in_the_admin_and_out_of_reach_of_scripts():
    person = factories.create_administrator()
    person.set_password("a long and good one")
    person.save()
    client = Client()

    client.get("/admin/account/login/")
    client.post("/admin/account/login/", {"login": person.email, "password": "a long and good one"})

    names = {site.SESSION_COOKIE_NAME, site.CSRF_COOKIE_NAME, site.DEVICE_COOKIE_NAME}
    assert client.cookies.keys() == names
    for cookie in client.cookies.values():
        assert (cookie["path"], cookie["samesite"], cookie["domain"]) == ("/admin/", "Lax", "")
    assert all(cookie["httponly"] for cookie in client.cookies.values())


def test_page_of_the_admin_is_kept_by_no_browser():
    client = Client()
    client.force_login(factories.create_administrator())

    response = client.get("/admin/")

    assert "no-store" in response.headers["Cache-Control"]
    assert 'action="/admin/logout/"' in response.text
