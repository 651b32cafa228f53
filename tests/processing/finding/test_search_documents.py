"""What a search reads of an entry: which texts, how much they weigh, and how much fits."""

import re

import pytest
from django.db import connection

from processing.finding import search_documents
from processing.finding.search_documents import Weight, passages
from processing.models import Publication, SearchText, SearchWord
from processing.public_record import (
    DataItem,
    JointController,
    LegalGround,
    Processor,
    PublicRecord,
    Purpose,
    Recipient,
    Transfer,
)
from tests import factories

RECORD = PublicRecord(
    organisation=1,
    number=1,
    reference="1.10",
    name={"nl": "Naam", "fr": "Nom"},
    summary={"fr": "Résumé"},
    keywords={"nl": "slot; sleutel", "fr": "clé"},
    security={"nl": "Sloten"},
    purposes=(
        Purpose(key=1, description={"nl": "Doel"}),
        Purpose(key=2, description={"de": "Zweck"}),
    ),
    legal_grounds=(LegalGround(law_title={"nl": "Wet"}),),
    data=(DataItem(key=1, category="A1", detail={"nl": "Gegevens"}),),
    recipients=(Recipient(key=1, name={"nl": "Ontvanger"}, what={"nl": "Alles"}),),
    processors=(Processor(key=1, name={"nl": "Firma"}, task={"nl": "Taak"}),),
    joint_controllers=(JointController(name={"nl": "Samen"}),),
    transfers=(Transfer(mechanism="01", safeguards={"nl": "Waarborg"}),),
)


def test_every_text_is_found_once_with_its_weight_and_language():
    found = [
        (str(weight), text.plain, text.language, text.page_language)
        for weight, text in passages(RECORD, "nl")
    ]

    assert found == [
        ("A", "Naam", "nl", "nl"),
        ("B", "Doel", "nl", "nl"),
        ("B", "Zweck", "de", "nl"),
        ("B", "slot; sleutel", "nl", "nl"),
        ("C", "Résumé", "fr", "nl"),
        ("C", "Sloten", "nl", "nl"),
        ("C", "Wet", "nl", "nl"),
        ("C", "Gegevens", "nl", "nl"),
        ("C", "Ontvanger", "nl", "nl"),
        ("C", "Alles", "nl", "nl"),
        ("C", "Firma", "nl", "nl"),
        ("C", "Taak", "nl", "nl"),
        ("C", "Samen", "nl", "nl"),
        ("C", "Waarborg", "nl", "nl"),
        ("C", "1.10", "nl", "nl"),
    ]


@pytest.fixture
def write(body_a, publisher_a):
    def write(name: str, purpose: str = "", summary: str = "") -> Publication:
        activity = factories.create_activity(body_a, name=name, summary_en=summary)
        activity.purposes.update(description_en=purpose)
        return activity.publish(by=publisher_a)

    return write


def written(publication: Publication) -> dict[str, list[str]]:
    """Weight -> the words that a search in English finds, in the order of their places."""
    (vector,) = SearchText.objects.filter(publication=publication, language="en").values_list(
        "words", flat=True
    )
    found: dict[str, dict[int, str]] = {weight: {} for weight in Weight}
    for word, places in re.findall(r"'([^']*)':([0-9A-C,]+)", vector):
        for place, weight in re.findall(r"(\d+)([A-C]?)", places):
            found[weight][int(place)] = word
    return {weight: [words[place] for place in sorted(words)] for weight, words in found.items()}


@pytest.mark.django_db
class TestWhatFits:
    def test_all_words_of_an_entry_are_written(self, write):
        publication = write("a1 b2 a1", "c3 a1", "d4 a1 ef")

        assert written(publication) == {
            "A": ["a1", "b2", "a1"],
            "B": ["c3", "a1"],
            "C": ["d4", "a1", "ef"],
        }

    def test_half_of_the_words_is_left_to_the_rest(self, write, monkeypatch):
        monkeypatch.setattr(search_documents, "MOST_DIFFERENT", 3)

        publication = write("a1 a1 a2 a3", "", "a1 c1 a2 c2 a1")

        assert written(publication) == {"A": ["a1", "a1"], "B": [], "C": ["a1", "c1", "a2"]}

    def test_half_of_the_room_is_left_to_the_rest(self, write, monkeypatch):
        """A word takes what a tsvector takes for it, a word that is there already two bytes."""
        monkeypatch.setattr(search_documents, "MOST_BYTES", 40)

        # 10 bytes each; the third is too much, but counts.
        publication = write("aaa1 aaa2 aaa3", "", "aaa1 aaa1 7 aaa1")

        assert written(publication) == {"A": ["aaa1", "aaa2"], "B": [], "C": ["aaa1", "aaa1"]}

    def test_room_is_used_to_its_last_byte(self, write, monkeypatch):
        monkeypatch.setattr(search_documents, "MOST_BYTES", 40)

        publication = write("aaa1", "bbb1", "ccc1 ddd1 aaa1")

        assert written(publication) == {"A": ["aaa1"], "B": ["bbb1"], "C": ["ccc1", "ddd1"]}

    def test_words_that_nobody_types_are_left_out(self, write):
        publication = write(f"{100 * 'a'} {101 * 'b'} c1")

        assert written(publication)["A"] == [100 * "a", "c1"]


@pytest.mark.django_db
class TestVocabulary:
    def test_words_of_three_letters_that_are_no_numbers_are_counted(self, write):
        publication = write("Zoë ab 123 12a, abc", "abc", "Ab abc deux")

        spellings = SearchText.objects.filter(publication=publication).values_list("spellings")
        assert set(spellings) == {("12a abc deux zoe",)}
        counted = SearchWord.objects.values_list("language", "word", "entries")
        assert sorted(counted) == sorted(
            (language, word, 1)
            for language in ("nl", "fr", "de", "en")
            for word in ("12a", "abc", "deux", "zoe")
        )

    def test_words_are_counted_in_and_out(self, write, publisher_a):
        first, _second = write("abc def"), write("abc")
        words = SearchWord.objects.filter(language="en").order_by("word")
        assert list(words.values_list("word", "entries")) == [("abc", 2), ("def", 1)]

        first.working_copy.withdraw(by=publisher_a, reason="")

        assert list(words.values_list("word", "entries")) == [("abc", 1)]

    def test_words_are_counted_without_the_time_limit_of_a_page(self, write):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '5s'")

            write("abc")

            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)

    def test_nothing_is_written_without_a_query(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            search_documents.add([])
