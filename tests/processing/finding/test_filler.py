"""Words that say nothing about what somebody looks for."""

import pytest

from processing.finding.filler import FILLER, STOP_WORDS
from tests.processing.finding.test_search_clauses import clauses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "aub bewaart heb lang vragen zullen"),
        ("fr", "apres avez garde quoi toutes voir"),
        ("de", "alles behorde habe lange wurde zeigen"),
        ("en", "about anyone hold long please would"),
    ],
)
def test_words_of_a_question_are_left_out_beside_others(language, words):
    assert FILLER[language].issuperset(words.split())
    for word in words.split():
        assert clauses(f"{word} alfa", language) == [("alfa", "alfa")]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "a ete etaient memes"), ("de", "fur konnte wurden"), ("nl", "de"), ("en", "the")],
)
def test_common_words_are_never_looked_for(language, words):
    for word in words.split():
        assert clauses(word, language) == []
    assert clauses(words, language) == []


def test_every_language_has_its_lists():
    assert list(FILLER) == list(STOP_WORDS) == ["nl", "fr", "de", "en"]
    for listed in (*FILLER.values(), *STOP_WORDS.values()):
        assert all(word.isascii() and word.islower() for word in listed)
