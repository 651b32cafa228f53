"""Taking apart what somebody wrote as one word: "belastingaangifte" asks for both its parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from processing.finding.lexicon import Recognised
from processing.finding.spelling import ELIDED

# What may stand between two parts. French and English write few compounds in one, and nothing
# between their parts.
LINKS = {
    "nl": ("", "s", "e", "en", "n"),
    "de": ("", "s", "es", "n", "en", "er", "e"),
    "fr": ("",),
    "en": ("",),
}
# How short a part may be, and how long a word that is taken apart.
SHORTEST_PART = 4
LONGEST_COMPOUND = 40
MOST_PARTS = 4

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenApart:
    parts: Parts
    # Whether all parts are words of the register, and none only the beginning of some.
    is_sure: bool


def could_be_parts(word: str, language: str) -> set[str]:
    """The stretches of the word that could be parts of it."""
    if len(word) > LONGEST_COMPOUND or word.isdecimal():
        return set()
    return set(_candidates(word, language))


def take_apart(word: str, language: str, recognised: Mapping[str, Recognised]) -> TakenApart | None:
    """The parts of a word that is made of words of the register, once these are recognised."""
    known = {
        part: seen.is_word
        for part in could_be_parts(word, language)
        if (seen := recognised.get(part)) and seen.lexeme
        if seen.is_word or seen.is_beginning
    }
    for rest in _without_elided(word) if language == "fr" else ():
        if known.get(rest):
            return TakenApart((rest,), is_sure=True)
    return _best(word, language, known)


def _candidates(word: str, language: str) -> Iterator[str]:
    shortest, length = SHORTEST_PART, len(word)
    if language == "fr":
        yield from _without_elided(word)
    for start in (0, *range(shortest, length - shortest + 1)):
        for end in (*range(start + shortest, length - shortest + 1), length):
            if end - start >= shortest and (start or end < length):
                yield word[start:end]


def _without_elided(word: str) -> Iterator[str]:
    """ "dintegration" is "d'intégration" without its apostrophe."""
    for elided in ELIDED:
        rest = word.removeprefix(elided)
        if rest != word and len(rest) >= SHORTEST_PART and rest[0] in "aeiouyh":
            yield rest


def _best(word: str, language: str, known: dict[str, bool]) -> TakenApart | None:
    """The way with the fewest beginnings, then the fewest parts, then the longest last part."""

    @cache
    def ways(start: int, room: int) -> tuple[Parts, ...]:
        rest = word[start:]
        found = [(rest,)] if start and known.get(rest) else []
        if room > 1:
            for end in range(start + SHORTEST_PART, len(word)):
                part = word[start:end]
                if not (known.get(part) or (start == 0 and part in known)):
                    continue
                for link in LINKS[language]:
                    if word.startswith(link, end):
                        found += [(part, *more) for more in ways(end + len(link), room - 1)]
        return tuple(sorted(found, key=rating)[:3])

    def rating(parts: Parts) -> tuple[int, int, int]:
        return (sum(not known[part] for part in parts), len(parts), -len(parts[-1]))

    found = ways(0, MOST_PARTS)
    if not found:
        return None
    is_sure = all(known[part] for part in found[0])
    # A beginning stands for a word in compounds only.
    if not is_sure and (len(LINKS[language]) == 1 or len(found[0]) > 2):
        return None
    return TakenApart(found[0], is_sure)
