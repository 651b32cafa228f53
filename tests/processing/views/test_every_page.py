"""What every public page keeps to, in every language."""

import re
from html import escape, unescape

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from registry_site.local.catalogues import catalogue_path
from tests.conftest import LANGUAGES
from tests.processing.views.conftest import PAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", PAGES)
def test_page_is_public_cacheable_and_in_its_language(kind, register, visitor):
    for language in LANGUAGES:
        response = visitor.get(PAGES[kind].format(lang=language))

        assert response.status_code == 200
        assert f'<html lang="{language}"' in response.text
        assert response.headers["Content-Language"] == language
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert response.headers["ETag"]
        assert "Set-Cookie" not in response.headers
        assert "Vary" not in response.headers
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", PAGES)
def test_page_links_to_itself_in_every_language(kind, register, visitor):
    response = visitor.get(PAGES[kind].format(lang="fr"))

    for language in LANGUAGES:
        address = escape(PAGES[kind].format(lang=language))
        alternate = f'hreflang="{language}" href="http://testserver{address}"'
        assert f'<link rel="alternate" {alternate}>' in response.text
        if language != "fr":
            assert f'<a href="{address}" hreflang="{language}"' in response.text
    own = escape(PAGES[kind].format(lang="fr"))
    assert f'<link rel="canonical" href="http://testserver{own}">' in response.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_in_a_sentence_what_it_is(language, register, visitor):
    described = {
        name: re.findall(
            r'<meta name="description" content="([^"]*)">',
            visitor.get(path.format(lang=language)).text,
        )
        for name, path in PAGES.items()
    }

    assert {name: told for name, told in described.items() if len(told) != 1 or not told[0]} == {}


@pytest.mark.parametrize("kind", PAGES)
def test_public_pages_are_read_only(kind, register):
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete", "options"):
        response = getattr(client, method)(PAGES[kind].format(lang="nl"))

        assert response.status_code == 405, method


def test_head_answers_like_get_without_a_body(register, visitor):
    response = visitor.head("/nl/processing/body-a/1/")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("name", PAGES)
def test_names_of_places_on_a_page_are_unique(name, register, visitor):
    page = visitor.get(PAGES[name].format(lang="nl")).text

    places = re.findall(r'\sid="([^"]+)"', page)

    assert "content" in places
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", PAGES)
def test_title_and_headings_are_one_line_and_hold_no_code(name, register, visitor):
    page = visitor.get(PAGES[name].format(lang="nl")).text

    titles = re.findall(r"<(title|h[1-4])\b[^>]*>(.*?)</\1>", page, re.DOTALL)

    assert [tag for tag, _title in titles][:2] == ["title", "h1"]
    assert [title for _tag, title in titles if title != title.strip() or "\n" in title] == []
    assert not re.search(r"\([A-Z]?\d+\)", titles[0][1])


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_no_english_text_stands_on_a_page_in_another_language(language, register, visitor):
    with catalogue_path(language).open("rb") as file:
        messages = {
            message.id: message.string
            for message in read_po(file, locale=language)
            # Short words and texts with gaps may be part of something else.
            if isinstance(message.id, str) and len(message.id) > 12 and "%" not in message.id
        }
    foreign = {english for english, text in messages.items() if english not in text}

    for name, page in PAGES.items():
        text = unescape(visitor.get(page.format(lang=language)).text)
        if name == "glossary":
            # It tells what a term is called elsewhere, and says in which language.
            text = re.sub(r'<span lang="en">.*?</span>', "", text)
        assert [english for english in foreign if english in text] == []
    english_page = unescape(visitor.get(PAGES["entry"].format(lang="en")).text)
    assert sum(english in english_page for english in foreign) > 20


def test_canonical_address_is_that_of_the_site_where_it_is_set(register, visitor, settings):
    settings.SITE_URL = "https://register.example"

    page = visitor.get("/nl/").text

    assert '<link rel="canonical" href="https://register.example/nl/">' in page
    assert 'hreflang="fr" href="https://register.example/fr/"' in page


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/nl/processing/?utm_source=%22%3E%3Cscript%3E", "/nl/processing/"),
        ("/nl/organisations/body-a/?x=1&received=1", "/nl/organisations/body-a/?received=1"),
        ("/nl/processing/?q=&theme=&since=&sort=name&page=1", "/nl/processing/"),
        ("/nl/processing/?theme=TAXE&q=text&theme=", "/nl/processing/?q=text&theme=TAXE"),
        ("/nl/processing/?sort=relevance&q=++text+", "/nl/processing/?q=text"),
        ("/nl/exchanges/?from=&to=body-b", "/nl/exchanges/?to=body-b"),
        ("/nl/?page=1", "/nl/"),
        ("/sitemap.xml?page=1", "/sitemap.xml"),
    ],
)
def test_unknown_parameters_lead_to_the_address_without_them(address, canonical, register, visitor):
    response = visitor.get(address)

    assert (response.status_code, response.headers["Location"]) == (302, canonical)
    assert visitor.get(canonical).status_code == 200


def test_unknown_address_stands_nowhere_on_its_page(visitor):
    page = visitor.get("/nl/a%3Fb%23c%22/").text

    assert 'href="/fr/" hreflang="fr"' in page
    assert "a?b" not in page
    assert "a%3Fb" not in page
