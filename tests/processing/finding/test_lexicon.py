"""What is known about words: forms, compounds, what is called so."""

import pytest

from organisations.languages import Passage
from organisations.models import Organisation
from organisations.revision import current_revision
from processing.finding.lexicon import (
    NamedOption,
    NamedOptions,
    StandIn,
    everyday_words,
    look_up,
    synonyms,
    terms,
)
from processing.finding.matching import Wording
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


def option(name: str, filter_name: str = "theme") -> NamedOption:
    return NamedOption(filter_name, name, Passage(name, "nl", "nl"), tuple(name.split()))


class TestNamedOptions:
    TAXES, PUBLIC_TAXES, HEALTH = listed = (
        option("levy of taxes"),
        option("taxes of taxes public"),
        option("health 1234"),
    )
    options = NamedOptions(listed)

    @pytest.mark.parametrize(
        ("wording", "expected"),
        [
            (Wording("", ("taxes",)), [TAXES, PUBLIC_TAXES]),
            (Wording("", ("taxes", "levy")), [TAXES]),
            (Wording("", ("levy", "health")), []),
            (Wording("", ("unknown",)), []),
            (Wording("", ()), []),
            (Wording("", ("of", "taxes"), is_phrase=True), [TAXES, PUBLIC_TAXES]),
            (Wording("", ("taxes", "public"), is_phrase=True), [PUBLIC_TAXES]),
            (Wording("", ("levy", "of"), is_phrase=True), [TAXES]),
            (Wording("", ("levy", "taxes"), is_phrase=True), []),
            (Wording("", ("levy", "of", "taxes", "public"), is_phrase=True), []),
        ],
    )
    def test_name_holds_the_words_or_the_phrase(self, wording, expected):
        assert self.options.named(wording) == expected

    @pytest.mark.parametrize(
        ("stem", "expected"),
        [
            ("heal", [HEALTH]),
            ("health", [HEALTH]),
            ("hea", []),
            ("ealth", []),
            ("publ", [PUBLIC_TAXES]),
            ("1234", []),
        ],
    )
    def test_name_begins_with_four_letters_or_more(self, stem, expected):
        assert self.options.beginning_with(stem) == expected


@pytest.mark.django_db
class TestNames:
    def test_bodies_are_named_in_full_in_short_and_by_their_number(self, body_a):
        names = {"name_nl": "Grote Dienst", "short_name_nl": "GD"}
        Organisation.objects.filter(pk=body_a.pk).update(enterprise_number="0308357159", **names)

        named = terms(current_revision())["nl"]

        for stem, name in [("dienst", "Grote Dienst"), ("gd", "GD"), ("0308357159", None)]:
            (found,) = named.named(Wording("", (stem,)))
            assert (found.filter, found.option) == ("body", "body-a")
            assert found.name == (name or "Grote Dienst")

    @pytest.mark.parametrize(
        ("language", "stem", "name"),
        [("nl", "besluit", "Geautomatiseerde besluiten"), ("en", "decis", "Automated decisions")],
    )
    def test_automated_decisions_are_named_in_the_language(self, language, stem, name):
        named = terms(current_revision())[language]

        found = [t for t in named.named(Wording("", (stem,))) if t.filter == "automated"]

        assert [(term.option, term.name) for term in found] == [("yes", name)]
        assert found[0].name.language == found[0].name.page_language == language

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
