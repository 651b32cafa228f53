import logging
import sys

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.test import Client

from registry_site.log import WithoutValues
from tests import factories

pytestmark = pytest.mark.django_db

NOT_FOUND = [
    "/nl/processing/body-a/99999999999999999999/",
    "/nl/processing/body-a/" + "9" * 5000 + "/",
    "/nl/processing/body-a/01/",
    "/nl/processing/body-a/1/versions/99999999999999999999/",
    "/nl/processing/body-a/1/compare/1/99999999999999999999/",
    "/nl/processing/../organisations/",
    "/nl/organisations/" + "a" * 3000 + "/",
    "/nl/organisations/' OR 1=1/",
    "/es/",
    "/nl/none/",
    "/nl/%FF%FE/",
    "/sitemap-none.xml",
]
MALFORMED = [
    "/nl/processing/?page=%00",
    "/nl/processing/?page=%FF%FE",
    "/nl/organisations/%00/",
    "/nl/processing/?page=" + "1" * 5000,
    "/nl/suggestions/?q=%00",
    "/nl/suggestions/?q=%FF%FE",
    "/nl/suggestions/?q=%ED%A0%80",
    "/nl/suggestions/?q=" + "1" * 5000,
    "/?%00",
    "/admin/login/?next=%00",
]


@pytest.mark.parametrize("address", NOT_FOUND, ids=lambda address: address[:50])
def test_address_that_cannot_exist_is_not_found(address, body_a, visitor):
    response = visitor.get(address)

    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("address", MALFORMED, ids=lambda address: address[:50])
def test_malformed_address_is_a_bad_request(address, body_a, visitor):
    response = visitor.get(address)

    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/nl/?x=%00", "Dit verzoek is niet leesbaar"),
        ("/fr/?x=%00", "Cette demande est illisible"),
        ("/de/?x=%00", "Diese Anfrage ist nicht lesbar"),
        ("/en/?x=%00", "This request cannot be read"),
    ],
)
def test_bad_request_page_is_in_the_language_of_the_address(address, title, visitor):
    assert title in visitor.get(address).text


def test_nul_in_a_cookie_is_a_bad_request(visitor):
    response = visitor.get("/admin/", headers={"Cookie": 'sessionid="\\000"'})

    assert response.status_code == 400


def test_trace_is_refused(visitor):
    assert visitor.trace("/nl/").status_code == 405


def test_unknown_host_is_a_bad_request(visitor):
    response = visitor.get("/nl/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_unknown_host_is_refused_with_a_policy_over_https_too(visitor, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = Client().get("/nl/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nl", "Er ging iets mis"),
        ("fr", "Une erreur s’est produite"),
        ("de", "Etwas ist schiefgelaufen"),
        ("en", "Something went wrong"),
    ],
)
def test_server_error_page_needs_no_database_and_speaks_the_language(
    language, title, body_a, publisher_a, visitor, monkeypatch
):
    factories.create_publication(body_a, by=publisher_a)
    visitor.raise_request_exception = False

    def fail(*args):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("processing.views.entries.code_lists_at", fail)
    response = visitor.get(f"/{language}/processing/body-a/1/")

    assert response.status_code == 500
    assert title in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert "broken on purpose" not in response.text


def test_health_addresses_answer(visitor):
    assert visitor.get("/healthz").text == "ok\n"
    assert visitor.get("/readyz").text == "ok\n"


def test_readyz_tells_when_the_database_does_not_answer(visitor, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(type(connections["default"]), "cursor", fail)

    response = visitor.get("/readyz")

    assert (response.status_code, response.text) == (503, "no database\n")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nl", "Dit duurt te lang"),
        ("fr", "Cela prend trop de temps"),
        ("de", "Das dauert zu lange"),
        ("en", "This takes too long"),
    ],
)
def test_search_that_takes_too_long_is_given_up_kindly(language, title, visitor):
    database = connections["default"]
    with psycopg.connect(**database.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("LOCK TABLE processing_searchword")
        with database.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 200")

        response = visitor.get(f"/{language}/processing/?q=word")

    assert response.status_code == 503
    assert title in response.text
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("cookie", ["csrftoken=bad", "csrftoken=", "sessionid=x", "sessionid="])
@pytest.mark.parametrize("address", ["/", "/nl/", "/nl/none/", "/nl/?page=%00", "/robots.txt"])
def test_cookie_of_a_visitor_changes_nothing(cookie, address, visitor):
    response = visitor.get(address, headers={"Cookie": cookie})

    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")


def test_values_of_a_refused_row_are_not_logged(body_a):
    activity = factories.create_activity(body_a, remarks="secret remark")
    record = logging.LogRecord("django", logging.ERROR, "", 0, "failed", None, None)
    try:
        with transaction.atomic():
            type(activity).objects.filter(pk=activity.pk).update(replaced_by=activity)
    except IntegrityError:
        record.exc_info = sys.exc_info()

    text = WithoutValues().format(record)

    assert "activity_not_replaced_by_itself" in text
    assert "secret remark" in str(record.exc_info[1])
    assert "secret remark" not in text
