"""What somebody who types a part of a name may mean, of some hundred terms or bodies at most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from django.db.models import Model

from organisations.languages import Text, as_looked_for

# So many words, and characters, are looked for.
MOST_WORDS, MOST_CHARACTERS = 12, 200
# What is shorter is not taken for the beginning of an everyday word.
SHORTEST_BEGINNING = 3

# As it is looked for: the same texts are compared at each letter that somebody types.
_kept = lru_cache(maxsize=5_000)(as_looked_for)


class Fit(IntEnum):
    """How well a row fits what was typed, the best first."""

    CODE = 1
    BEGINNING = 2
    LABEL = 3
    SYNONYM = 4
    DEFINITION = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """What tells a row apart, for who looks for it."""

    # Each is its name alone: code, short name, number.
    codes: Sequence[str]
    labels: Text
    # What it was called, or is called elsewhere.
    synonyms: Sequence[str] = ()
    definitions: Text = field(default_factory=dict)


def typed_words(term: str) -> str:
    """The words that are looked for."""
    return " ".join(as_looked_for(term[:MOST_CHARACTERS]).split()[:MOST_WORDS])


def fit(typed: str, choice: Choice, meanings: Iterable[tuple[str, str]] = ()) -> Fit | None:
    """How well the choice fits words as typed_words() gives them; None where it does not.

    `meanings` are what the typed word stands for, each with its language.
    """
    words = typed.split()
    codes = [_kept(code) for code in choice.codes]
    labels = {language: _kept(text) for language, text in choice.labels.items()}
    definitions = {language: _kept(text) for language, text in choice.definitions.items()}
    names = [*codes, *labels.values()]
    if typed in codes:
        return Fit.CODE
    if any(name.startswith(typed) for name in names):
        return Fit.BEGINNING
    if _hold(words, names):
        return Fit.LABEL
    synonyms = [_kept(text) for text in choice.synonyms]
    if _hold(words, [*names, *synonyms]) or any(
        _hold(_kept(text).split(), [labels.get(language, ""), definitions.get(language, "")])
        for language, text in meanings
    ):
        return Fit.SYNONYM
    return Fit.DEFINITION if _hold(words, [*names, *synonyms, *definitions.values()]) else None


def _hold(words: Sequence[str], texts: Iterable[str]) -> bool:
    together = "\n".join(texts)
    return all(word in together for word in words)


def is_meant(typed: str, everyday: str) -> bool:
    """Whether the typed words are the everyday one, or its beginning."""
    word = _kept(everyday)
    return typed == word or (len(typed) >= SHORTEST_BEGINNING and word.startswith(typed))


def best_first(found: Iterable[tuple[Model, Fit | None]]) -> list[Model]:
    """The rows that fit, the best first, and otherwise in their order."""
    fitting = [(how, row) for row, how in found if how is not None]
    return [row for _how, row in sorted(fitting, key=lambda pair: pair[0])]
