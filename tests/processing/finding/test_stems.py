"""Stems are made by the database once for each text, and kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from processing.finding import stems
from processing.finding.stems import stems_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(stems, "_kept", {})


def queries(texts: list[tuple[str, str]]) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as sent:
        stems_of(texts)
    return len(sent)


def test_stems_stand_in_the_order_of_the_words_in_each_language():
    assert stems_of(
        [("nl", "Rijbewijzen en auto’s"), ("en", "Driving licences"), ("nl", "de")]
    ) == [
        ("rijbewijz", "auto"),
        ("drive", "licenc"),
        (),
    ]


def test_what_is_known_is_asked_once():
    texts = [("nl", "belastingen"), ("fr", "belastingen"), ("nl", "de")]

    asked = [queries(texts), queries(texts), queries([*texts, ("nl", "paarden")])]

    assert asked == [1, 0, 1]
    assert stems_of([("nl", "paarden"), ("nl", "belastingen")]) == [("paard",), ("belast",)]


def test_beyond_the_most_all_are_forgotten(monkeypatch):
    monkeypatch.setattr(stems, "MOST_KEPT", 2)

    asked = [queries([("nl", word)]) for word in ("een", "twee", "drie", "drie", "twee")]

    assert asked == [1, 1, 1, 0, 1]
    assert stems_of([("nl", f"woord{n}") for n in range(5)]) == [(f"woord{n}",) for n in range(5)]
