"""What is known about words: forms, compounds, what they stand for."""

import pytest

from organisations.models import Organisation
from organisations.revision import current_revision
from processing.finding.lexicon import (
    StandIn,
    everyday_words,
    look_up,
    synonyms,
)
from processing.models import SearchWord, Synonym

# Each makes another word of the one behind it.
PREFIXES = (
    *("aan", "af", "be", "er", "ge", "her", "in", "miss", "mis", "om", "on", "ont", "op", "over"),
    *("toe", "uit", "ver", "voor", "ab", "an", "auf", "aus", "ein", "ent", "un", "unter", "vor"),
    *("zer", "zu"),
)


def write(language: str, *words: str) -> None:
    """Let entries hold these words, the first in most of them; each is its own stem."""
    SearchWord.objects.bulk_create(
        SearchWord(language=language, word=word, lexeme=word, entries=len(words) - place)
        for place, word in enumerate(words)
    )


def related(word: str, language: str) -> list[str]:
    return [other for other, _stem in look_up([word], language)[word].related]


@pytest.mark.django_db
class TestRelated:
    @pytest.mark.parametrize("language", ["nl", "de"])
    def test_compounds_end_with_the_word_and_other_words_do_not(self, language):
        write(language, "wegsteken", *(f"{prefix}steken" for prefix in PREFIXES))

        assert related("steken", language) == ["wegsteken"]

    def test_compounds_begin_with_the_word_or_its_stem(self):
        write("nl", "paardenkoper", "paardje", "paraaf")

        assert related("paarden", "nl") == ["paardenkoper", "paardje"]

    def test_part_of_a_compound_has_four_letters(self):
        write("nl", "autobaan", "autoweg", "rijauto")

        assert related("auto", "nl") == ["autobaan", "autoweg", "rijauto"]
        assert related("aut", "nl") == []
        assert related("weg", "nl") == []

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_word_of_three_letters_is_a_beginning_where_no_entry_holds_it(self, language):
        write(language, "port", "sport", "portrait")

        assert related("por", language) == ["port", "portrait"]
        assert related("po", language) == []
        assert related("port", language) == []

    def test_dutch_forms_that_the_stemmer_leaves_apart_belong_together(self):
        SearchWord.objects.create(language="nl", word="wijzen", lexeme="wijz", entries=1)

        assert related("wijs", "nl") == ["wijzen"]
        assert related("wijs", "de") == []

    @pytest.mark.parametrize(("plural", "word"), [("fotos", "foto"), ("taxis", "taxi")])
    def test_dutch_plural_without_its_apostrophe_belongs_to_the_word(self, plural, word):
        write("nl", word)
        write("de", word)

        assert related(plural, "nl") == [word]
        assert related(plural, "de") == []

    def test_forty_are_enough(self):
        write("nl", *(f"steken{number:02}" for number in range(45)))
        SearchWord.objects.bulk_create(
            SearchWord(language="nl", word=f"stak{number:02}", lexeme="stek", entries=number)
            for number in range(45)
        )

        known = look_up(["steken"], "nl")["steken"]

        assert [word for word, _stem in known.related] == [f"steken{n:02}" for n in range(40)]
        assert known.forms == tuple(f"stak{number:02}" for number in range(44, 4, -1))

    def test_no_word_is_looked_up_without_a_query(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert look_up([], "nl") == {}


@pytest.mark.django_db
class TestEverydayWords:
    def test_everyday_words_are_of_bodies_terms_and_synonyms(self, body_a):
        Organisation.objects.filter(pk=body_a.pk).update(name_nl="Dienst Muntslag en oud")
        Synonym.objects.create(language="nl", everyday="frietjes", means="uitkering")
        Synonym.objects.create(language="fr", everyday="allocs", means="allocations")

        words = everyday_words(current_revision())["nl"]

        # A theme, a body and what people say; no word of three letters, none of another language.
        assert words.keys() >= {"gezondheid", "muntslag", "frietjes"}
        assert not words.keys() & {"oud", "en", "allocs", "uitkering"}
        assert words["muntslag"] == "Muntslag"

    def test_synonyms_stand_for_each_wording_between_commas(self):
        Synonym.objects.all().delete()
        Synonym.objects.create(language="nl", everyday="frietjes", means="uitkering, , de vis")
        Synonym.objects.create(language="nl", everyday="het", means="onzin")
        Synonym.objects.create(language="de", everyday="Pommes frites", means="Leistung")

        found = synonyms(current_revision())

        assert found == {
            "nl": {("frietjes",): [StandIn("uitkering", ("uitker",)), StandIn("de vis", ("vis",))]},
            "de": {("pomm", "frit"): [StandIn("Leistung", ("leistung",))]},
            "fr": {},
            "en": {},
        }
