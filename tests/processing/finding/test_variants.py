"""Two ways to write the same find the same entries."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from organisations.revision import current_revision
from processing.finding.filters import facet_index_at
from processing.finding.search import Search

pytestmark = pytest.mark.django_db
PAIRS = Path(__file__).with_name("variants.csv")


def with_signs(text: str) -> str:
    r"""The text with what is written as \u00ad, because nobody would see it."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def pairs() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [
            {name: with_signs(value) for name, value in row.items()} for row in csv.DictReader(file)
        ]


def test_both_sides_of_a_pair_find_the_same(publish, settings):
    # They are found by their words.
    settings.SEARCH_MEANING = False
    keys = {}
    for row in pairs():
        language, stored = row["language"], row["stored"]
        if (language, stored) not in keys:
            publication = publish(stored, language=language, **{f"summary_{language}": ""})
            keys[language, stored] = publication.pk
    revision = current_revision()
    facets = facet_index_at(revision)

    wrong = []
    for row in pairs():
        language = row["language"]
        found = [
            set(Search(row[side], language, facets, revision).entries) for side in ("one", "other")
        ]
        is_meant = (keys[language, row["stored"]] in found[0]) == (not row["one"].startswith("-"))
        if found[0] != found[1] or not is_meant:
            wrong.append((language, row["stored"], row["one"], row["other"], *map(len, found)))

    assert wrong == []


def test_table_has_every_language_and_enough_pairs():
    assert len(pairs()) >= 200
    assert min(Counter(row["language"] for row in pairs()).values()) >= 30
