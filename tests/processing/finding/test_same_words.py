"""Words that say the same find the same, whatever the language of the entry."""

import pytest

from organisations.revision import current_revision
from processing.finding.filters import facet_index_at
from processing.finding.search import Search
from processing.models import Publication
from tests import factories
from tests.processing.finding.pages import find, found

pytestmark = pytest.mark.django_db


def search(text: str, language: str) -> Search:
    revision = current_revision()
    return Search(text, language, facet_index_at(revision), revision)


def keys(*publications: Publication) -> set[int]:
    return {publication.pk for publication in publications}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "camera"),
        ("nl", "cameratoezicht"),
        ("fr", "caméras"),
        ("fr", "vidéosurveillance"),
        ("de", "Kameras"),
        ("en", "CCTV"),
        ("en", "camera"),
    ],
)
def test_word_finds_entries_of_every_language(language, text, publish):
    entries = [
        publish("Camerabeelden van gebouwen", language="nl"),
        publish("Caméras dans les gares", language="fr"),
        publish("Kamerabilder in Bahnhöfen", language="de"),
        publish("Video surveillance at stations", language="en"),
    ]
    publish("Iets anders")

    assert set(search(text, language).entries) == keys(*entries)


def test_several_words_find_those_of_another_language_in_a_row(publish):
    cards = publish("Cartes d’identité volées", language="fr")
    publish("Cartes de membre et identité", language="fr")

    for text in ("identity card", "stolen identity cards"):
        assert set(search(text, "en").entries) >= keys(cards)
    assert set(search("identity card", "en").entries) == keys(cards)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "inkomen"),
        ("nl", "inkomsten"),
        ("fr", "revenu"),
        ("de", "Einkommen"),
        ("de", "Einkünfte"),
        ("en", "income"),
    ],
)
def test_word_with_two_stems_finds_both_and_their_compounds(language, text, publish):
    entries = [
        publish("Inkomen van zelfstandigen", language="nl"),
        publish("Inkomstenbelasting", language="nl"),
        publish("Einkommensteuer", language="de"),
        publish("Impôt sur les revenus", language="fr"),
    ]
    publish("Iets anders")

    assert set(search(text, language).entries) == keys(*entries)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "computer beslist"),
        ("nl", "beslissing door een computer"),
        ("fr", "un ordinateur décide"),
        ("de", "Entscheidung durch einen Computer"),
        ("en", "decided automatically"),
        ("en", "a decision by a computer"),
    ],
)
def test_decisions_of_computers_are_found_in_everyday_words(language, text, body_a, publisher_a):
    activity = factories.create_activity(body_a, name="Qwx", automated_decisions=True)
    entry = activity.publish(by=publisher_a)
    factories.create_activity(body_a, name="Computer").publish(by=publisher_a)

    assert set(search(text, language).entries) == keys(entry)


def test_word_of_one_language_on_a_page_of_another_finds_what_it_says(publish):
    licence = publish("Rijbewijzen uitreiken", language="nl")
    publish("Führerscheine ausstellen", language="de")

    assert set(search("Führerschein", "nl").entries) >= keys(licence)


def test_mistyped_word_that_no_entry_holds_is_understood(publish):
    licence = publish("Rijbewijzen uitreiken", language="nl")

    assert set(search("Fahrerlaubniss", "de").entries) == keys(licence)


def test_what_is_left_out_is_left_out_in_every_language(publish):
    publish("Caméras et badges", language="fr")
    badges = publish("Badges et clés", language="fr")

    assert set(search("badge -Kamera", "de").entries) == keys(badges)


def test_name_of_a_term_is_told_in_the_language_of_the_page(publish):
    entry = publish("Qwx", language="nl")

    assert [str(name) for name in search("Impôts", "en").names_of(entry.pk)] == ["Taxes"]


def test_words_that_tie_others_are_not_marked(publish, visitor):
    publish("Traite des êtres humains et des enfants", language="fr")

    page = find(visitor, "fr", q="Menschenhandel")

    assert found(page) == ["Traite des êtres humains et des enfants"]
    assert "<mark>êtres</mark> <mark>humains</mark> et des enfants" in page
    assert "<mark>des</mark>" not in page
