"""The words that the import knows."""

from collections import Counter

import pytest
from django.utils import translation

from organisations.languages import LANGUAGES
from processing.imports import fields
from processing.imports.drafts import terms
from processing.imports.fields import label_of
from processing.imports.tables import headings
from processing.imports.tables.headings import vocabulary
from processing.imports.values import words_of
from processing.law import GROUNDS
from processing.models import CODE_LISTS
from tests.processing.imports.vocabularies import FIXTURES, of_fixtures, rows

HEADINGS = rows(headings.FILE)
TERMS = rows(terms.FILE)
LISTS_OF_FIELDS = {"data.category": "data"}


def codes(name: str) -> set[str]:
    return {row["code"] for row in rows(FIXTURES / "codelists" / f"{name}.csv")}


def test_every_heading_means_one_thing():
    """In one place and one language; the same words in two languages may differ, and none do."""
    meanings: dict[tuple, set] = {}
    for row in HEADINGS:
        key = row["within"], words_of(row["heading"])
        meanings.setdefault(key, set()).add((row["field"], row["code"]))

    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}


def test_codes_of_headings_are_terms():
    known = {
        field: codes(LISTS_OF_FIELDS.get(field, field))
        for field in ("data.category", *fields.TERM_LISTS)
    }

    assert [row for row in HEADINGS if row["code"] and row["code"] not in known[row["field"]]] == []


def test_codes_of_terms_are_terms():
    known = {name: codes(name) for name in CODE_LISTS}
    known |= {"legal_grounds": set(GROUNDS), "legal_conditions": set(GROUNDS)}

    assert [row["code"] for row in TERMS if row["code"] not in known[row["list"]]] == []
    assert max(Counter((row["list"], row["code"]) for row in TERMS).values()) == 1


def test_every_legal_basis_has_words_in_every_language():
    told = {row["code"]: row for row in TERMS if row["list"].startswith("legal_")}

    assert set(told) == set(GROUNDS)
    assert all(row[language] for row in told.values() for language in LANGUAGES)


def test_synonyms_of_a_list_mean_one_term():
    meanings: dict[tuple[str, str], set[str]] = {}
    for row in TERMS:
        for language in LANGUAGES:
            for name in filter(None, row[language].split(";")):
                meanings.setdefault((row["list"], words_of(name)), set()).add(row["code"])

    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CODE_LISTS)
def test_every_label_finds_its_own_term(name, language):
    listed = rows(FIXTURES / "codelists" / f"{name}.csv")
    labels = {row["code"]: row[f"label_{language}"] for row in listed}
    # A term and the only one below it may have one label: then the broader one is meant.
    first = {words_of(label): code for code, label in reversed(labels.items())}

    for label in labels.values():
        match = of_fixtures().lists[name].find(label)

        assert match.code == first[words_of(label)]
        assert match.certainty == 1.0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", fields.FIELDS)
def test_what_our_form_calls_a_field_means_it(field, language):
    with translation.override(language):
        label = str(label_of(field))

    target = vocabulary().meant(label)

    assert (target.field, target.certainty) == (field, 1.0)
