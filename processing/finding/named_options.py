"""What entries are filed under, found by its names: terms of code lists, bodies, some filters."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import override

from organisations.directory import directories
from organisations.languages import LANGUAGES, Passage
from organisations.revision import RegisterRevision, kept_until_changed
from processing.code_lists import Term, code_lists_at
from processing.finding.filters import FILTERED_LISTS, FILTERS, OTHER_LISTS
from processing.finding.lexicon import SHORTEST_PART
from processing.finding.matching import Wording
from processing.finding.spelling import words_of
from processing.finding.stems import Lexemes, stems_of

BRACKETED = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class NamedOption:
    """Something that entries are filed under: an option of a filter, by one of its names."""

    filter: str
    option: str
    name: Passage
    lexemes: Lexemes

    @property
    def is_named_in_full(self) -> bool:
        """Whether a word of its name alone does not name it.

        Most entries have "logical access control", and few are about access.
        """
        return self.filter in OTHER_LISTS


class NamedOptions:
    """The terms of a language, found by the stems in their names, or by all words of one."""

    def __init__(self, listed: Iterable[NamedOption]) -> None:
        self._by_stem: dict[str, list[NamedOption]] = {}
        self._by_words: dict[tuple[str, ...], list[NamedOption]] = {}
        self._by_option: dict[tuple[str, str], NamedOption] = {}
        for term in listed:
            for stem in dict.fromkeys(term.lexemes):
                self._by_stem.setdefault(stem, []).append(term)
            self._by_words.setdefault(tuple(words_of(term.name.plain)), []).append(term)
            self._by_option.setdefault((term.filter, term.option), term)
        self._stems = sorted(self._by_stem)

    def called(self, words: Iterable[str]) -> list[NamedOption]:
        """The terms with just these words as their name, given as words_of() does."""
        return self._by_words.get(tuple(words), [])

    def here(self, term: NamedOption) -> NamedOption:
        """The same term by its first name in this language."""
        return self._by_option.get((term.filter, term.option), term)

    def named(self, wording: Wording, *, by_any_word: bool = False) -> list[NamedOption]:
        """The terms whose names hold the wording; `by_any_word`, those that are named in full too.

        Those are named by all the words of their names, otherwise.
        """
        if not wording.lexemes:
            return []
        all_words = set(wording.lexemes)
        return [
            term
            for term in self._by_stem.get(wording.lexemes[0], [])
            if _stand_in(wording, term.lexemes)
            and (by_any_word or not term.is_named_in_full or all_words.issuperset(term.lexemes))
        ]

    def beginning_with(self, stem: str) -> list[NamedOption]:
        """The terms with a compound in their names that the stem is the beginning of.

        Not the end: "gegevens" would find what is filed under any kind of data. A number is no
        compound: the first digits of one are not the number.
        """
        if len(stem) < SHORTEST_PART or stem.isdecimal():
            return []
        found = []
        for other in islice(self._stems, bisect_left(self._stems, stem), None):
            if not other.startswith(stem):
                break
            found += (term for term in self._by_stem[other] if not term.is_named_in_full)
        return found


def _stand_in(wording: Wording, name: Lexemes) -> bool:
    lexemes = wording.lexemes
    if not wording.is_phrase:
        return all(lexeme in name for lexeme in lexemes)
    length = len(lexemes)
    return any(name[at : at + length] == lexemes for at in range(len(name) - length + 1))


@kept_until_changed("organisations", "code_lists")
def terms(revision: RegisterRevision) -> dict[str, NamedOptions]:
    """The names under which entries are filed, in each language."""
    named = []
    for language in LANGUAGES:
        code_lists = code_lists_at(revision)[language]
        for name, code_list in (FILTERED_LISTS | OTHER_LISTS).items():
            for term in code_lists[code_list].values():
                named += [(language, name, term.code, each) for each in _names_of(name, term)]
        for body in directories(revision)[language]:
            former = (Passage(n, language, language) for n in body.former_names.splitlines())
            names = dict.fromkeys([body.name, body.short_name, *former])
            named += [(language, "body", body.slug, name) for name in names if name]
        with override(language):
            decided = Passage(str(FILTERS["automated"].label), language, language)
        named.append((language, "automated", "yes", decided))
    found: dict[str, list[NamedOption]] = {language: [] for language in LANGUAGES}
    lexemes = stems_of([(language, name.plain) for language, _filter, _option, name in named])
    for (language, name, option, label), stems in zip(named, lexemes, strict=True):
        found[language].append(NamedOption(name, option, label, stems))
    for language in LANGUAGES:
        found[language] += [
            NamedOption("body", body.slug, body.name, (body.enterprise_number,))
            for body in directories(revision)[language]
            if body.enterprise_number
        ]
    return {language: NamedOptions(listed) for language, listed in found.items()}


def _names_of(name: str, term: Term) -> Iterator[Passage]:
    """Its label; "encryption (cryptography)" is called "encryption" as well."""
    yield term.label
    short = BRACKETED.sub("", term.label.plain).strip()
    if name in OTHER_LISTS and short and short != term.label:
        yield Passage(short, term.label.language, term.label.page_language)
