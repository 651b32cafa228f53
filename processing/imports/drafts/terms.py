"""Entries of code lists, and bodies: by codes, labels in any language, synonyms or likeness."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from rapidfuzz import fuzz, process

from organisations import enterprise_numbers
from organisations.languages import LANGUAGES
from processing.imports.values import words_of

FILE = settings.BASE_DIR / "fixtures" / "import_terms.csv"
# "A1", "A1 - Contactgegevens", "[A1] Contactgegevens"
CODE_BEFORE = re.compile(
    r"[\[(]?([A-Za-z]?\d{0,2}(?:_\d{2})?)[\])]?\s*(?:[-–:.]\s*|\s+|$)(.*)", re.DOTALL
)
LITTLE_WORDS = (
    "de het een van der des die das den dem le la les du un une the of and et en und or ou "
    "oder of l d s sur over uber on about pour voor fur for our onze nos a aux au"
)
LITTLE = frozenset(LITTLE_WORDS.split())
LEAST_LIKENESS = 90
# So many different texts of one file are compared by likeness: more would take minutes.
MOST_GUESSES = 50_000
# A term that others explain further.
SURE = 0.9
CODED = re.compile(r"[a-z][_.][a-z]")


@dataclass(frozen=True, slots=True)
class Match:
    """A term that a text means; from 0.9 on it is certain."""

    code: str
    certainty: float
    # Whether the text says no more than the term.
    is_whole: bool = True


# Code -> labels by language.
Labels = Mapping[str, Mapping[str, str]]


class Terms:
    """One code list, ready to be asked about one file."""

    def __init__(self, labels: Labels, synonyms: Mapping[str, Iterable[str]] | None = None) -> None:
        self.codes = {code.casefold(): code for code in labels}
        self._names: dict[str, tuple[str, float]] = {}
        for code, by_language in labels.items():
            for label in by_language.values():
                self._add(label, code, 1.0)
        for code, words in (synonyms or {}).items():
            for name in words:
                if code in labels:
                    # What a program wrote is a code.
                    self._add(name, code, 1.0 if CODED.search(name) else 0.95)
        self._choices = {name: _without_little(name) for name in self._names}
        self._phrases = {name: frozenset(name.split()) for name in self._names if len(name) >= 5}
        self._cache: dict[str, Match | None] = {}
        self._guesses = 0

    def _add(self, name: str, code: str, certainty: float) -> None:
        if words := words_of(name):
            # The broader of two terms with one label comes first in its list.
            self._names.setdefault(words, (code, certainty))
            self._names.setdefault(_without_little(words) or words, (code, certainty))

    def find(self, text: str) -> Match | None:
        """The term that a text means; None for none."""
        if text not in self._cache:
            self._cache[text] = self._find(text)
        return self._cache[text]

    def _find(self, text: str) -> Match | None:
        if len(text) > 300:
            return None
        words = words_of(text)
        if code := self.codes.get(text.strip().casefold()):
            return Match(code, 1.0)
        if found := self._names.get(words) or self._names.get(_without_little(words)):
            return Match(*found)
        if match := self._by_code_before(text) or self._before_bracket(text):
            return match
        self._guesses += 1
        return self._alike(words) if self._guesses <= MOST_GUESSES else None

    def _before_bracket(self, text: str) -> Match | None:
        """A term with an explanation: "Identificatiegegevens (naam, adres)"."""
        before, _bracket, explanation = text.partition("(")
        found = self._names.get(words_of(before)) if explanation else None
        return Match(found[0], SURE, is_whole=False) if found else None

    def _by_code_before(self, text: str) -> Match | None:
        """Where a code stands before words, the words must not mean another term."""
        match = CODE_BEFORE.fullmatch(text.strip())
        code = match and match[1] and self.codes.get(match[1].casefold())
        if not code:
            return None
        named = self._names.get(words_of(match[2]))
        if named:
            return Match(code, 1.0 if named[0] == code else 0.8)
        # A letter before words is a code only with a sign behind it: "A new system" has none.
        return Match(code, 0.85, is_whole=False) if len(code) > 1 else None

    def _alike(self, words: str) -> Match | None:
        plain = _without_little(words)
        if len(plain) >= 6:
            best = process.extractOne(
                plain, self._choices, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS
            )
            # A word more or less is no typing error.
            if best and best[0][:1] == plain[:1] and best[0].count(" ") == plain.count(" "):
                return Match(self._names[best[2]][0], best[1] / 100 - 0.08)
        return self._within(words)

    def _within(self, words: str) -> Match | None:
        """The longest name that stands in a text with a few other words."""
        listed = words.split()
        if len(listed) > 8:
            return None
        there = frozenset(listed)
        names = [
            name
            for name, parts in self._phrases.items()
            if parts <= there and f" {name} " in f" {words} "
        ]
        if not names:
            return None
        longest = max(names, key=len)
        codes = {self._names[name][0] for name in names if name not in longest}
        if codes - {self._names[longest][0]} or len(longest) < 0.4 * len(words):
            return None
        return Match(self._names[longest][0], 0.75, is_whole=False)


def _without_little(words: str) -> str:
    return " ".join(word for word in words.split() if word not in LITTLE)


@dataclass(frozen=True, slots=True)
class Body:
    """A body of this site, by its key."""

    key: int | str
    names: tuple[str, ...]
    enterprise_number: str = ""


class Bodies:
    """Bodies by their names, short names and enterprise numbers; nothing but exactly these."""

    def __init__(self, bodies: Iterable[Body] = ()) -> None:
        self._names: dict[str, int | str] = {}
        self._numbers: dict[str, int | str] = {}
        ambiguous = set()
        for body in bodies:
            if body.enterprise_number:
                self._numbers[body.enterprise_number] = body.key
            for name in filter(None, map(words_of, body.names)):
                if self._names.setdefault(name, body.key) != body.key:
                    ambiguous.add(name)
        for name in ambiguous:
            del self._names[name]

    def find(self, text: str) -> int | str | None:
        """The key of the body that a text names; None for none."""
        if key := self._names.get(words_of(text)):
            return key
        for match in enterprise_numbers.WRITTEN.finditer(text):
            if key := self._numbers.get(enterprise_numbers.read(match[0])):
                return key
        # "FOD Financiën (FOD FIN)", "FOD Financiën - AAFisc"
        beginning = re.split(r"\s[-–]\s|[(:]", text, maxsplit=1)[0]
        return self._names.get(words_of(beginning)) if beginning != text else None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the texts of a register can mean: who calls the import brings it."""

    lists: Mapping[str, Terms]
    bodies: Bodies = field(default_factory=Bodies)
    # The body whose register it is.
    own_body: int | str | None = None
    # Of that body.
    departments: Bodies = field(default_factory=Bodies)


def vocabulary_of(
    labels: Mapping[str, Labels],
    bodies: Iterable[Body] = (),
    own_body: int | str | None = None,
    departments: Iterable[Body] = (),
) -> Vocabulary:
    """Of the code lists, by their names: list -> code -> labels by language."""
    known = synonyms()
    lists = {name: Terms(terms, known.get(name)) for name, terms in labels.items()}
    for name in ("legal_grounds", "legal_conditions"):
        lists[name] = Terms({code: {} for code in known[name]}, known[name])
    return Vocabulary(lists, Bodies(bodies), own_body, Bodies(departments))


@cache
def synonyms() -> dict[str, dict[str, list[str]]]:
    """List -> code -> other names of the term in any language: fixtures/import_terms.csv."""
    found: dict[str, dict[str, list[str]]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = [name.strip() for language in LANGUAGES for name in row[language].split(";")]
            found.setdefault(row["list"], {})[row["code"]] = names
    return found
