"""Words that somebody wrote as one, taken apart by the words of the register."""

import pytest

from processing.finding.compounds import TakenApart, could_be_parts, take_apart
from processing.finding.lexicon import Recognised, recognise
from processing.models import SearchWord
from tests.processing.finding.test_lexicon import write

WORD, BEGINNING = Recognised("x", True, True), Recognised("x", False, True)


def apart(word: str, language: str, *words: str, beginnings: str = "") -> TakenApart | None:
    """The parts of the word, where these are words, or beginnings of some."""
    recognised = dict.fromkeys(words, WORD) | dict.fromkeys(beginnings.split(), BEGINNING)
    return take_apart(word, language, recognised)


@pytest.mark.parametrize(
    ("word", "language", "words", "expected"),
    [
        ("belastingaangifte", "nl", ["belasting", "aangifte"], ("belasting", "aangifte")),
        ("gezinstoelage", "nl", ["gezin", "toelage"], ("gezin", "toelage")),
        ("ledenregister", "nl", ["leden", "register"], ("leden", "register")),
        ("urlaubsantrag", "de", ["urlaub", "antrag"], ("urlaub", "antrag")),
        ("diplomatenausweis", "de", ["diplomat", "ausweis"], ("diplomat", "ausweis")),
        ("kindergeldantrag", "de", ["kinder", "geld", "antrag"], ("kinder", "geld", "antrag")),
        # The fewest parts.
        (
            "kindergeldantrag",
            "de",
            ["kinder", "geld", "antrag", "kindergeld"],
            ("kindergeld", "antrag"),
        ),
        ("numberplate", "en", ["number", "plate"], ("number", "plate")),
        # French and English put nothing between.
        ("childscare", "en", ["child", "care"], None),
        ("dintegration", "fr", ["integration"], ("integration",)),
        ("dpension", "fr", ["pension"], None),
        # All of the word must be used up, by parts of four letters or more.
        ("belastingaangifte", "nl", ["belasting"], None),
        ("belastingaangifte", "nl", ["aangifte"], None),
        ("rijbewijs", "nl", ["rij", "bewijs"], None),
        ("belasting", "nl", ["belasting"], None),
        ("12345678", "nl", ["1234", "5678"], None),
    ],
)
def test_word_is_taken_apart_where_all_its_parts_are_known(word, language, words, expected):
    assert apart(word, language, *words) == (expected and TakenApart(expected, is_sure=True))


def test_beginning_of_words_may_stand_for_the_first_part():
    assert apart("impfdaten", "de", "daten", beginnings="impf") == TakenApart(
        ("impf", "daten"), is_sure=False
    )
    assert apart("impfdaten", "de", "impf", beginnings="daten") is None
    assert apart("healthdata", "en", "data", beginnings="health") is None
    # A way without any is better.
    assert apart("impfendaten", "de", "impfen", "daten", beginnings="impf").is_sure


def test_very_long_word_is_not_taken_apart():
    assert could_be_parts(41 * "a", "nl") == set()
    assert could_be_parts("abcdefgh", "nl") == {"abcd", "efgh"}
    assert could_be_parts("dabcdefgh", "fr") >= {"abcdefgh"}


@pytest.mark.django_db
class TestRecognised:
    def test_words_are_recognised_in_their_language(self):
        SearchWord.objects.create(language="nl", word="wetten", lexeme="wet", entries=1)
        write("de", "impfung")

        assert recognise(["wetten", "wette", "het"], "nl", beginnings={"wette"}) == {
            "wetten": Recognised("wet", True, False),
            "wette": Recognised("wet", True, True),
            "het": Recognised(None, False, False),
        }
        assert recognise(["wetten"], "fr") == {"wetten": Recognised("wetten", False, False)}
        assert recognise(["impf", "impfu"], "de", beginnings={"impf"}) == {
            "impf": Recognised("impf", False, True),
            # Not asked for.
            "impfu": Recognised("impfu", False, False),
        }

    def test_nothing_is_recognised_without_a_query(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert recognise([], "nl") == {}
