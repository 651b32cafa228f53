"""What names a thing leads to the page about it or to the file that was asked for."""

import pytest
from django.utils.timezone import localdate

from organisations.models import Organisation
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db

# Address -> the page, and the beginning of the files.
THINGS = {
    "/id/processing/body-a/1": ("/{lang}/processing/body-a/1/", "/data/processing/body-a/1"),
    "/id/organisations/body-a": ("/{lang}/organisations/body-a/", "/data/organisations/body-a"),
    "/id/terms/data-subjects/01_01": ("/{lang}/people/01_01/", "/data/terms"),
    "/id/terms/themes/SECU": ("/{lang}/terms/themes/#SECU", "/data/terms"),
    "/id/terms": ("/{lang}/open-data/", "/data/terms"),
    "/id/catalogue": ("/{lang}/open-data/", "/data/catalogue"),
}
ACCEPT = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "text/turtle;q=0.5, application/ld+json;q=0.9, */*;q=0.1": "jsonld",
    "application/rdf+xml, text/turtle;q=0.9, text/html;q=0.1": "ttl",
    "text/turtle; charset=utf-8": "ttl",
    "text/html;q=0, */*;q=0.5, application/n-triples": "nt",
}
OF_BROWSERS = ("", "*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
CONTENT_TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}


@pytest.mark.parametrize("accept", ACCEPT)
@pytest.mark.parametrize("thing", THINGS)
def test_program_is_led_to_the_file_it_asked_for(thing, accept, register, visitor):
    response = visitor.get(thing, headers={"Accept": accept})

    assert response.status_code == 303
    assert response.url == f"{THINGS[thing][1]}.{ACCEPT[accept]}"
    assert {"Accept", "Accept-Language"} <= set(response.headers["Vary"].split(", "))
    file = visitor.get(response.url)
    assert file.headers["Content-Type"] == CONTENT_TYPES[ACCEPT[accept]]
    # It tells of what was asked for.
    assert f"http://testserver{thing}" in file.getvalue().decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("accept", OF_BROWSERS)
@pytest.mark.parametrize("thing", THINGS)
def test_visitor_is_led_to_the_page_in_their_language(thing, accept, language, register, visitor):
    asked = {"Accept": accept, "Accept-Language": f"{language};q=0.9, es;q=0.1"}
    response = visitor.get(thing, headers=asked if accept else {"Accept-Language": language})

    assert (response.status_code, response.url) == (303, THINGS[thing][0].format(lang=language))
    assert visitor.get(response.url).status_code == 200


def test_nothing_of_what_was_asked_for_is_the_page(register, visitor):
    response = visitor.get("/id/processing/body-a/1", headers={"Accept": "image/png"})

    assert (response.status_code, response.url[3:]) == (303, "/processing/body-a/1/")


@pytest.mark.parametrize(
    "address",
    [
        "/id/processing/body-a/9",
        "/id/processing/nobody/1",
        "/id/organisations/nobody",
        "/id/terms/data/none",
        "/id/terms/none/01",
        "/id/terms/data_subjects/01",
        "/data/processing/body-a/9.ttl",
        "/data/processing/body-a/1.rdf",
        "/data/organisations/nobody.ttl",
        "/data/catalogue.csv",
    ],
)
def test_what_is_not_there_is_not_found(address, register, visitor):
    for accept in ("text/html", "text/turtle"):
        assert visitor.get(address, headers={"Accept": accept}).status_code == 404


def test_withdrawn_entry_is_gone(register, publisher_a, visitor):
    register.withdraw(by=publisher_a, reason="")

    for address in ("/id/processing/body-a/1", "/data/processing/body-a/1.ttl"):
        response = visitor.get(address, headers={"Accept": "text/turtle"})
        assert response.status_code == 410
        assert "text-" not in response.text


def test_body_that_is_hidden_is_not_found(register, visitor):
    Organisation.objects.filter(slug="body-a").update(is_public=False)

    for address in (
        *("/id/processing/body-a/1", "/data/processing/body-a/1.ttl"),
        *("/id/organisations/body-a", "/data/organisations/body-a.ttl"),
    ):
        assert visitor.get(address).status_code == 404


def test_programs_find_the_catalogue_where_void_puts_it(register, visitor):
    response = visitor.get("/.well-known/void")

    assert (response.status_code, response.url) == (302, "/data/catalogue.ttl")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/data/processing/body-a/1.ttl", "register-body-a-1-all-{day}.ttl"),
        ("/data/organisations/body-a.jsonld", "register-body-a-all-{day}.jsonld"),
        ("/data/everything.nt.gz", "register-all-all-{day}.nt.gz"),
        ("/data/catalogue.nt", "register-catalogue-all-{day}.nt"),
    ],
)
def test_file_is_named_kept_and_not_made_again(
    address, name, register, publisher_a, visitor, django_assert_num_queries
):
    response = visitor.get(address)
    response.getvalue()
    known = {"If-None-Match": response.headers["ETag"]}

    expected = name.format(day=localdate())
    assert response.headers["Content-Disposition"] == f'attachment; filename="{expected}"'
    with django_assert_num_queries(1):
        assert visitor.get(address, headers=known).status_code == 304
    register.withdraw(by=publisher_a, reason="")
    changed = visitor.get(address, headers=known)
    assert changed.status_code in (200, 410)
    changed.getvalue()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", ["/id/processing/body-a/1", "/data/everything.nt.gz"])
def test_linked_data_is_read_only(address, method, register, visitor):
    assert getattr(visitor, method)(address).status_code == 405


def test_page_leads_to_its_linked_data(register, visitor):
    entry = visitor.get("/fr/processing/body-a/1/").text
    body = visitor.get("/fr/organisations/body-a/").text
    data = visitor.get("/fr/open-data/").text

    for syntax in CONTENT_TYPES:
        assert f'<a href="/data/processing/body-a/1.{syntax}"' in entry
        assert f'href="/data/processing/body-a/1.{syntax}">' in entry
        assert f'<a href="/data/organisations/body-a.{syntax}"' in body
    assert '<link rel="alternate" type="text/turtle" href="/data/catalogue.ttl">' in data
    assert '<a href="/data/everything.nt.gz"' in data
    # A version that is no longer current has none.
    assert (
        "/data/processing/body-a/1.ttl"
        not in visitor.get("/fr/processing/body-a/1/versions/1/").text
    )
