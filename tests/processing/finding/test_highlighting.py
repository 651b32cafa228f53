"""Where the words of a search stand in a text, and how much of the text is shown."""

import pytest

from organisations.languages import Passage
from processing.finding.highlighting import Highlighted, beginning, snippet
from processing.public_record import PublicRecord, Purpose


def highlighted(text: str, *words: str, language: str = "nl") -> Highlighted:
    return Highlighted.of(Passage(text, language, "nl"), set(words))


def shown(text: str, word: str) -> str:
    """What is shown of an entry with this summary."""
    return snippet(record(summary={"nl": text}), "nl", {word}).plain


def record(**fields) -> PublicRecord:
    return PublicRecord(organisation=1, number=1, **fields)


class TestHighlighted:
    def test_every_word_is_marked_and_all_is_escaped(self):
        text = highlighted("Één <b> één & twee", "een", "twee")

        assert text.__html__() == (
            "<mark>Één</mark> &lt;b&gt; <mark>één</mark> &amp; <mark>twee</mark>"
        )
        assert text.is_found

    def test_text_without_the_words_stays_as_it_is(self):
        text = highlighted("Niets & niemand", "een")

        assert text.__html__() == "Niets &amp; niemand"
        assert not text.is_found

    def test_text_of_another_language_says_so(self):
        text = highlighted("Rien", "rien", language="fr")

        assert text.__html__() == '<span lang="fr"><mark>Rien</mark></span>'
        assert text.is_found


class TestSnippet:
    def test_short_text_is_shown_whole(self):
        assert shown("Het eerste woord", "eerste") == "Het eerste woord"
        assert shown("Het eerste woord", "het") == "Het eerste woord"

    def test_long_text_is_cut_between_words_at_both_ends(self):
        before, after = "voor " * 100, " achter" * 100

        text = shown(f"{before}gezocht{after}", "gezocht")

        assert text.startswith("… voor ")
        assert text.endswith(" achter\u00a0…")
        cut_before, cut_after = text.strip("… \u00a0").split("gezocht")
        assert 80 <= len(cut_before) < 80 + len("voor ")
        assert 160 <= len(cut_after) < 160 + len(" achter")

    @pytest.mark.parametrize("end", [159 * "x", f"{158 * 'x'} y"])
    def test_text_that_ends_soon_after_is_not_cut_there(self, end):
        assert shown(f"gezocht {end}", "gezocht") == f"gezocht {end}"

    @pytest.mark.parametrize("start", ["", " ", f"{79 * 'x'} ", f"y {78 * 'x'} "])
    def test_text_that_begins_just_before_is_not_cut_there(self, start):
        assert shown(f"{start}gezocht", "gezocht") == f"{start}gezocht"

    def test_text_that_goes_on_is_cut(self):
        assert shown(f"y {79 * 'x'} gezocht", "gezocht") == f"… {79 * 'x'} gezocht"
        assert shown(f"gezocht {159 * 'x'} y", "gezocht") == f"gezocht {159 * 'x'}\u00a0…"

    def test_first_text_with_a_word_is_shown_in_the_language_that_it_has(self):
        purposes = (
            Purpose(key=1, description={"fr": "Le but"}),
            Purpose(key=2, description={"nl": "Doel, but"}),
        )

        found = snippet(record(name={"nl": "Naam"}, purposes=purposes), "nl", {"but"})

        assert (found.plain, found.language, found.page_language) == ("Le but", "fr", "nl")
        assert found.__html__() == '<span lang="fr">Le <mark>but</mark></span>'

    def test_nothing_is_shown_of_an_entry_without_the_words(self):
        assert snippet(record(summary={"nl": "Iets"}), "nl", {"anders"}) is None


class TestBeginnings:
    def passage(self, text: str) -> Passage:
        return Passage(text, "nl", "fr")

    def test_short_text_is_shown_whole(self):
        text = self.passage("Een korte tekst." + 114 * "x")

        assert beginning(text) is text

    def test_long_text_ends_behind_a_word(self):
        shown = beginning(self.passage(60 * "woord, "))

        assert shown.plain == 17 * "woord, " + "woord\u00a0…"
        assert (shown.language, shown.page_language) == ("nl", "fr")

    def test_word_without_end_is_cut(self):
        assert beginning(self.passage(200 * "x")).plain == 130 * "x" + "\u00a0…"

    @pytest.mark.parametrize(("place", "from_its_beginning"), [(10, True), (40, False)])
    def test_text_is_shown_from_where_the_first_word_stands(self, place, from_its_beginning):
        words = 60 * ["woord"]
        words[place] = "gezocht"

        shown = beginning(self.passage(" ".join(words)), {"gezocht"})

        assert "gezocht" in shown.plain
        assert shown.plain.startswith("woord") is from_its_beginning
        assert len(shown.plain) < 150
