"""Names sort by one rule, in every list and every language, whatever the database's collation."""

import html
import random
import re

import pytest

from organisations.languages import sort_key
from tests import factories
from tests.conftest import LANGUAGES

IN_ORDER = [
    *("1.2", "1.10", "2 loketten", "112"),
    *("Ambt", "Äpfel", "Apfel-b", "Dienst 2", "Dienst 10", "école", "Émile"),
    *("Ĳzer", "ijzers", "L’Office", "LOKET", "Loket", "loket", "Œuvre"),
    *("Ørsted", "Oslo", "’s Hertogenbosch", "Straße", "Strasse b", "Zebra"),
]

# The signs that people type for one; Unicode counts some of them as letters.
APOSTROPHES = "'’‘´`′ʼʻʹˈ"


@pytest.fixture
def names() -> list[str]:
    """The names in no order."""
    return random.Random(1).sample(IN_ORDER, len(IN_ORDER))


def in_order_of(page: str) -> list[str]:
    """The names that links on the page have, as they come first."""
    page = html.unescape(page)
    places = {name: page.find(f">{name}</a>") for name in IN_ORDER}
    return sorted((name for name in places if places[name] >= 0), key=places.get)


def test_names_sort_as_readers_expect(names):
    assert sorted(names, key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("name", "like"),
    [
        *((f"{sign}s Hertogenbosch", "s hertogenbosch") for sign in APOSTROPHES),
        *((f"L{sign}Office", "loffice") for sign in APOSTROPHES),
        ("«L‘Office»", "loffice"),
        ("“Eins” „Zwei“", "eins zwei"),
        ("Émile", "emile"),
        ("Emile\u0301", "emile"),
        ("Für Äpfel und Öl", "fur apfel und ol"),
        ("Straße", "strasse"),
        ("Œuvre, cæcum", "oeuvre caecum"),
        ("Ĳzer", "ijzer"),
        ("Øre, Łódź, Đurđević, Þór, Ið", "ore lodz durdevic thor id"),
        ("ŉ Huis", "n huis"),
        ("Noord-Zuid –  Oost\u00a0West", "noord zuid oost west"),
        ("loon/wedde_(bruto)", "loonweddebruto"),
        ("Dienst 007", "dienst 7"),
        ("№ 7", "no 7"),
    ],
)
def test_signs_accents_and_capitals_do_not_count(name, like):
    assert sort_key(name).split("\t")[0] == sort_key(like).split("\t")[0]


def test_numbers_sort_by_their_value_however_long():
    numbers = [str(10**power) for power in range(90)]

    assert sorted(sorted(numbers, reverse=True), key=sort_key) == numbers


def test_nothing_sorts_before_everything():
    assert sort_key("") == ""
    assert sorted(["a", "?", ""], key=sort_key) == ["", "?", "a"]


def test_bodies_are_in_that_order(db, names, visitor):
    for name in names:
        factories.create_organisation(**{f"name_{language}": name for language in LANGUAGES})

    pages = {language: visitor.get(f"/{language}/organisations/").text for language in LANGUAGES}

    assert {language: in_order_of(page) for language, page in pages.items()} == dict.fromkeys(
        LANGUAGES, IN_ORDER
    )


def test_bodies_that_begin_with_a_digit_stand_together(db, names, visitor):
    for name in names:
        factories.create_organisation(name_en=name)

    page = visitor.get("/en/organisations/").text

    letters = re.findall(r"<h3 id=\"letter-.*?\">(.*?)</h3>", page)
    assert letters == ["0–9", *"ADEILOSZ"]


@pytest.mark.parametrize("sort", ["name", "body"])
def test_entries_are_in_that_order(sort, names, body_a, publisher_a, visitor):
    for name in names:
        texts = {f"name_{language}": name for language in LANGUAGES}
        factories.create_publication(body_a, by=publisher_a, **texts)

    pages = {
        language: visitor.get(f"/{language}/processing/", {"sort": sort}, follow=True).text
        for language in LANGUAGES
    }

    assert {language: in_order_of(page) for language, page in pages.items()} == dict.fromkeys(
        LANGUAGES, IN_ORDER
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_is_in_that_order(db, language, visitor):
    page = html.unescape(visitor.get(f"/{language}/gdpr/glossary/").text)

    terms = re.findall(r"<summary><h3>([^<]+)</h3>", page)
    assert len(terms) > 50
    assert terms == sorted(terms, key=sort_key)
