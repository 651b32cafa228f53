"""Absolute addresses begin with SITE_URL, whatever host and scheme a request came by."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from registry_site import environment
from registry_site.sitemaps import SITEMAPS, LanguageSitemap
from tests import factories
from tests.addresses import patterns
from tests.conftest import LANGUAGES
from tests.mails import delivered

pytestmark = pytest.mark.django_db

# Pages that no sitemap names: steps on the way to others, forms, what stands with an entry.
NOT_LISTED = {
    *("guide_themes", "guide_wishes", "contact_form", "contact_received"),
    *("activity_history", "activity_version", "activity_compare", "change_month"),
    # Not pages of their own.
    *("choose_language", "short_glossary", "sitemap_index", "sitemap_section", "robots_txt"),
    *("site_image", "body_image", "entry_image"),
    # Files to save: pages lead to them.
    *("register", "body", "entry", "register_history", "body_history", "entry_history"),
    # Linked data, and news for programs.
    *("catalogue", "context", "everything", "term", "terms", "void", "change_feed"),
    # What programs ask for.
    *("health", "document", "document_in_json", "version_list", "version_detail"),
    *("reference_lists", "term_detail"),
    "suggestion_list",
    "security_txt",
}


@pytest.fixture
def register(body_a, publisher_a):
    return factories.create_publication(body_a, by=publisher_a)


def addresses_in(text: str) -> set[str]:
    return set(re.findall(r"https?://[^\s\"<>]+", text)) - {
        "http://www.sitemaps.org/schemas/sitemap/0.9",
        "http://www.w3.org/1999/xhtml",
    }


def locations(client: Client) -> list[str]:
    """Every address that the sitemaps name."""
    index = client.get("/sitemap.xml").text
    sections = re.findall(r"<loc>https?://[^/]+(/.*?)</loc>", index)
    assert len(sections) == len(SITEMAPS)
    return [
        found
        for section in sections
        for found in re.findall(r"<loc>(.*?)</loc>", client.get(section).text)
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/robots.txt",
        "/sitemap.xml",
        *(f"/sitemap-{section}.xml" for section in SITEMAPS),
        "/.well-known/security.txt",
    ],
)
def test_every_absolute_address_begins_with_that_of_the_site(address, register, settings):
    settings.SITE_URL = "https://register.example"
    settings.SECURITY_CONTACT = ["mailto:security@register.example"]
    settings.SECURITY_EXPIRES = timezone.now().date() + timedelta(days=90)

    response = Client().get(address, headers={"Host": "localhost"})

    found = addresses_in(response.text)
    assert response.status_code == 200
    assert found
    assert [a for a in found if not a.startswith("https://register.example/")] == []


def test_page_names_no_other_host_of_ours(register, settings, visitor):
    settings.SITE_URL = "https://register.example"

    for path in ("", "accessibility/", "processing/body-a/1/", "organisations/body-a/"):
        assert "testserver" not in visitor.get(f"/en/{path}").text


def test_accessibility_statement_names_the_host_over_plain_http_too(settings, visitor):
    settings.SITE_URL = "http://register.example:8000"

    page = visitor.get("/en/accessibility/")

    assert page.context["host"] == "register.example:8000"


def test_link_for_a_new_password_leads_where_the_admin_is(editor_a, settings):
    editor_a.set_password("a long enough password")
    editor_a.save()
    settings.ADMIN_URL = "https://admin.register.example"

    Client().post(
        "/admin/account/password/", {"email": editor_a.email}, headers={"Host": "localhost"}
    )

    (message,) = delivered()
    content = message.body
    assert "https://admin.register.example/admin/account/password/" in content
    assert "localhost" not in content


class TestPorts:
    @pytest.fixture(autouse=True)
    def known(self, settings):
        settings.KNOWS_ITS_PORTS = True
        settings.SITE_URL = "https://localhost"
        settings.ADMIN_URL = "https://localhost:8443"

    @pytest.mark.parametrize("host", ["localhost:6666", "localhost:80800", "127.0.0.1:1"])
    @pytest.mark.parametrize("path", ["/en/", "/admin/account/password/", "/nothing-here"])
    def test_other_port_is_refused(self, host, path, visitor):
        response = visitor.get(path, headers={"Host": host})

        assert response.status_code == 400
        assert response.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("host", ["localhost", "localhost:8443", "localhost:443"])
    def test_port_of_the_site_is_served(self, host, visitor):
        assert visitor.get("/en/about/", headers={"Host": host}).status_code == 200

    def test_other_port_gets_no_link_for_a_new_password(self, editor_a):
        response = Client().post(
            "/admin/account/password/",
            {"email": editor_a.email},
            headers={"Host": "localhost:6666"},
        )

        assert response.status_code == 400
        assert delivered() == []

    @pytest.mark.parametrize("host", ["localhost:80", "localhost:443", "localhost"])
    def test_way_to_https_names_no_port_that_was_asked_for(self, host, settings):
        settings.SECURE_SSL_REDIRECT = True

        # A client that loads the middleware with this setting.
        response = Client().get("/en/about/?page=1", headers={"Host": host})

        assert response.headers["Location"] == "https://localhost/en/about/?page=1"
        assert response.headers["Cache-Control"] == "no-store"

    def test_way_to_https_leads_to_no_other_port(self, settings):
        settings.SECURE_SSL_REDIRECT = True

        assert Client().get("/en/about/", headers={"Host": "localhost:6666"}).status_code == 400

    @pytest.mark.parametrize(
        ("path", "location"),
        [
            ("/en", "/en/"),
            ("/en/glossary/", "/en/gdpr/glossary/"),
            ("/en/about/?x=1", "/en/about/"),
            ("/admin", "/admin/"),
            ("/admin/", "/admin/login/?next=/admin/"),
        ],
    )
    def test_redirect_names_no_host_and_is_kept_by_no_cache(self, path, location, visitor):
        response = visitor.get(path, headers={"Host": "localhost:8443"})

        assert response.headers["Location"] == location
        assert "no-store" in response.headers["Cache-Control"]

    def test_where_nobody_told_the_address_any_port_is_served(self, settings, visitor):
        settings.KNOWS_ITS_PORTS = False

        assert visitor.get("/en/about/", headers={"Host": "localhost:6666"}).status_code == 200


@pytest.mark.parametrize("after", ["https://localhost/", "//localhost:6666/", "//127.0.0.1/admin/"])
def test_log_in_and_language_lead_to_no_other_host_of_ours(after, editor_a):
    editor_a.set_password("a long enough password")
    editor_a.save()
    client = Client()
    form = {"login": editor_a.email, "password": "a long enough password", "next": after}

    logged_in = client.post("/admin/account/login/", form)
    chosen = client.post("/admin/account/language/", {"language": "nl", "next": after})

    assert [r.headers["Location"] for r in (logged_in, chosen)] == ["/admin/", "/admin/"]


@pytest.mark.parametrize(
    "value",
    [
        "register.example",
        "https://",
        "https://a.example/path",
        "ftp://a.example",
        "https://a b",
        "//a",
    ],
)
def test_address_of_the_site_that_is_none_is_refused(value, monkeypatch):
    monkeypatch.setenv("SITE_URL", value)

    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        environment.origin("SITE_URL")


def test_address_of_the_site_may_end_in_a_slash(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://register.example/")

    assert environment.origin("SITE_URL") == "https://register.example"


class TestSitemaps:
    def test_they_name_a_page_of_every_kind(self, register, visitor):
        # One language will do: those of the others differ in their beginning only.
        dutch = [found for found in locations(visitor) if "testserver/nl/" in found]
        pages = {pattern.name for _route, pattern in patterns()}

        named = {visitor.get(urlsplit(found).path).resolver_match.url_name for found in dutch}

        assert named | NOT_LISTED == pages
        assert named & NOT_LISTED == set()

    @pytest.mark.parametrize("path", ["data/A1/", "people/01/", "terms/security-measures/"])
    def test_pages_of_terms_are_named_in_every_language(self, path, register, visitor):
        found = locations(visitor)

        for language in LANGUAGES:
            assert found.count(f"http://testserver/{language}/{path}") == 1
        assert len(found) == len(set(found))

    @pytest.mark.parametrize("path", ["data/M1/", "people/02/"])
    def test_pages_of_terms_that_no_entry_has_are_not_named(
        self, path, register, body_a, publisher_a, visitor
    ):
        activity = factories.create_activity(body_a)
        activity.data_subjects.set(["02"])
        activity.data.update(category_id="M1")
        address = f"http://testserver/nl/{path}"

        as_a_draft = locations(visitor)
        activity.publish(by=publisher_a)

        assert address not in as_a_draft
        assert address in locations(visitor)

    @pytest.mark.parametrize("query", ["p=01", "p=0", "p=2", "p=x", "p=-1", "p=1&p=1", "p=%D9%A1"])
    def test_each_part_has_one_address(self, query, visitor):
        assert visitor.get(f"/sitemap-pages-nl.xml?{query}").status_code == 404

    @pytest.mark.parametrize("query", ["p=1", "p=", "q=1"])
    def test_first_part_is_the_one_without_a_number(self, query, visitor):
        response = visitor.get(f"/sitemap-pages-nl.xml?{query}")

        assert response.status_code == 302
        assert response.headers["Location"] == "/sitemap-pages-nl.xml"

    def test_long_list_goes_on_in_further_parts(self, visitor, monkeypatch):
        monkeypatch.setattr(LanguageSitemap, "limit", 10)

        index = visitor.get("/sitemap.xml").text
        second = visitor.get("/sitemap-pages-nl.xml?p=2")

        assert "<loc>http://testserver/sitemap-pages-nl.xml?p=2</loc>" in index
        assert second.status_code == 200
        assert second.text.count("<loc>") == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_is_found_at_the_short_address_too(language, visitor):
    response = visitor.get(f"/{language}/glossary/")

    assert response.status_code == 302
    assert response.headers["Location"] == f"/{language}/gdpr/glossary/"


@pytest.mark.parametrize("path", ["none/", "processing/body-a/9/", "organisations/nobody/"])
def test_languages_on_a_page_that_is_not_there_lead_to_what_is(path, body_a, visitor):
    response = visitor.get(f"/nl/{path}")

    assert response.status_code == 404
    for language in ("fr", "de", "en"):
        assert f'href="/{language}/" hreflang="{language}"' in response.text
        assert f'href="/{language}/{path}' not in response.text


def test_languages_on_a_page_that_was_withdrawn_lead_to_the_same_notice(
    body_a, publisher_a, visitor
):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)
    activity.withdraw(by=publisher_a, reason="")

    page = visitor.get("/nl/processing/body-a/1/").text

    assert 'href="/fr/processing/body-a/1/" hreflang="fr"' in page
