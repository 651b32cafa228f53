"""What entries are filed under is found by its names."""

import pytest

from organisations.languages import Passage
from organisations.models import Organisation
from organisations.revision import current_revision
from processing.finding.matching import Wording
from processing.finding.named_options import NamedOption, NamedOptions, terms


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

    IN_FULL = option("control of access", "measure")

    @pytest.mark.parametrize(
        ("words", "by_any_word", "is_named"),
        [
            ("control access of", False, True),
            ("control access", False, False),
            ("access", False, False),
            ("access", True, True),
            ("access public", True, False),
        ],
    )
    def test_other_lists_are_named_by_all_words(self, words, by_any_word, is_named):
        options = NamedOptions([self.IN_FULL])

        found = options.named(Wording("", tuple(words.split())), by_any_word=by_any_word)

        assert found == [self.IN_FULL] * is_named
        assert options.beginning_with("acce") == []


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

    def test_what_stands_in_brackets_can_be_left_out(self, db):
        named = terms(current_revision())["en"]

        for words in (["encryption"], ["encryption", "cryptography"]):
            (found,) = named.called(words)
            assert (found.filter, found.option) == ("measure", "08")
