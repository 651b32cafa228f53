"""The code lists and the bodies that come with the product."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from organisations.languages import LANGUAGES
from organisations.models import Organisation
from processing.models import CODE_LISTS, DataCategory, Theme

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
# Rows of the federal vocabulary in each list; the others are additions of our own.
FEDERAL = {
    "data": 103,
    "data_subjects": 17,
    "purposes": 75,
    "recipients": 26,
    "transfer_mechanisms": 5,
    "processing_types": 9,
    "security_measures": 17,
    "themes": 19,
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", CODE_LISTS)
def test_code_list_is_complete_in_four_languages(name):
    entries = rows(FIXTURES / "codelists" / f"{name}.csv")
    codes = [entry["code"] for entry in entries]

    assert len(set(codes)) == len(codes)
    assert sum(1 for entry in entries if entry["iri"]) == FEDERAL[name]
    assert {entry["broader"] for entry in entries} - {""} <= set(codes)
    empty = [
        (entry["code"], column)
        for entry in entries
        for column in entry
        if column.startswith(("label_", "definition_")) and not entry[column].strip()
    ]
    assert empty == []


@pytest.mark.parametrize("name", CODE_LISTS)
def test_iri_names_the_code(name):
    for entry in rows(FIXTURES / "codelists" / f"{name}.csv"):
        if entry["iri"]:
            assert entry["iri"].removesuffix("#id").endswith(f"/{entry['code']}")


def test_marks_follow_articles_9_and_10():
    marks = {}
    for entry in rows(FIXTURES / "codelists" / "data.csv"):
        marks.setdefault(entry["mark"], set()).add(entry["code"])

    assert marks["criminal"] == {"J", "J1", "J2", "J3", "J4", "J5"}
    assert {"A5", "M1", "M2", "O06", "Q", "R", "T1", "U1"} <= marks["special"]
    assert (marks["location"], marks["national_number"]) == ({"A4"}, {"P"})


@pytest.mark.parametrize(
    ("name", "code", "language", "label"),
    [
        ("data_subjects", "01", "de", "Bürger"),
        ("purposes", "B1_01", "en", "Taxes"),
    ],
)
def test_wrong_labels_of_the_vocabulary_are_corrected(name, code, language, label):
    found = {e["code"]: e for e in rows(FIXTURES / "codelists" / f"{name}.csv")}

    assert label in found[code][f"label_{language}"]


@pytest.mark.django_db
def test_loading_code_lists_again_keeps_what_people_changed():
    Theme.objects.filter(code="TAXE").update(label_nl="Eigen label")
    before = DataCategory.objects.count()

    call_command("load_codelists", stdout=io.StringIO())

    assert Theme.objects.get(code="TAXE").label_nl == "Eigen label"
    assert DataCategory.objects.count() == before


class TestSynonyms:
    # Where synonyms may come from; fixtures/README.md names the licences.
    SOURCES = frozenset({"own", "OpenThesaurus", "Thésaurus LibreOffice", "WordNet"})

    def test_each_language_has_its_share(self):
        number = Counter(row["language"] for row in rows(FIXTURES / "synonyms.csv"))

        assert number.keys() == set(LANGUAGES)
        assert min(number.values()) >= 0.85 * max(number.values())

    def test_source_of_each_is_known(self):
        listed = rows(FIXTURES / "synonyms.csv")

        assert {row["source"] for row in listed} <= self.SOURCES
        told = (FIXTURES / "README.md").read_text(encoding="utf-8")
        assert [source for source in self.SOURCES if source not in told] == []

    def test_none_stands_for_itself_only(self):
        for row in rows(FIXTURES / "synonyms.csv"):
            meanings = [text.strip() for text in row["means"].split(",")]
            assert row["everyday"] not in meanings, row

    def test_same_words_are_in_four_languages_and_once_in_each(self):
        listed = rows(FIXTURES / "same_words.csv")
        words = [
            (language, word.removesuffix("*"))
            for row in listed
            for language in LANGUAGES
            for word in row[language].split(", ")
        ]

        assert all(word and word == word.strip() for _language, word in words)
        assert [word for word, times in Counter(words).items() if times > 1] == []
        # Compounds begin with one word.
        cells = [cell for row in listed for cell in row.values()]
        starred = [word for cell in cells for word in cell.split(", ") if "*" in word]
        assert all(re.fullmatch(r"\w+\*", word) for word in starred)
        number = Counter(language for language, _word in words)
        assert min(number.values()) >= 0.75 * max(number.values())


class TestBodies:
    @pytest.fixture
    def bodies(self, db) -> dict[str, Organisation]:
        call_command("load_organisations", stdout=io.StringIO())
        return {body.slug: body for body in Organisation.objects.all()}

    def test_there_are_enough_and_every_kind_of_body(self, bodies):
        kinds = {body.kind for body in bodies.values()}

        assert len(bodies) >= 60
        assert kinds >= {"fps", "pps", "defence_police", "social_security", "scientific"}
        assert kinds >= {"agency", "authority"}
        for slug in ("fasfc", "famhp", "sciensano", "fedasil", "fanc", "data-protection-authority"):
            assert slug in bodies

    def test_each_has_its_names_in_four_languages_and_no_mailbox(self, bodies):
        for body in bodies.values():
            for language in LANGUAGES:
                assert getattr(body, f"name_{language}"), body.slug
                assert getattr(body, f"short_name_{language}"), body.slug
                assert getattr(body, f"description_{language}"), body.slug
            assert (body.contact_mailbox, body.dpo_mailbox) == ("", "")
            assert body.is_public

    def test_loading_again_adds_nothing_and_keeps_changes(self, bodies):
        Organisation.objects.filter(slug="fanc").update(name_nl="Eigen naam")

        call_command("load_organisations", stdout=io.StringIO())

        assert Organisation.objects.count() == len(bodies)
        assert Organisation.objects.get(slug="fanc").name_nl == "Eigen naam"


@pytest.mark.django_db
def test_demonstration_register_is_refused_in_production():
    with pytest.raises(CommandError, match="DEMONSTRATION=1"):
        call_command("load_demonstration")
