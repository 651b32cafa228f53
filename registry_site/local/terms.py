"""Whether the translations use the terms of the law: `python -m registry_site.local.terms`.

Wherever an English term of fixtures/glossary.csv stands in an English text, its counterpart must
stand in the translation, as grammar bends it.
"""

import csv
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache

from babel.messages.catalog import Message

from registry_site.local import catalogues

FILE = catalogues.BASE_DIR / "fixtures" / "glossary.csv"
# What may follow the stem of a word: endings of number, gender and case, and in Dutch and German
# the rest of a compound (Zweckbindung, doeleinden).
STEM_LOSES = {
    "nl": ("en", "e", "s", "n"),
    "fr": ("es", "al", "aux", "s", "e", "x"),
    "de": ("en", "es", "er", "em", "e", "n", "s"),
}
FILE_OF_EXCEPTIONS = catalogues.BASE_DIR / "fixtures" / "glossary-exceptions.csv"
WORD = re.compile(r"[^\W_]+")


def problems() -> list[str]:
    """Terms that are not there, and exceptions that no text needs any more."""
    found = []
    excepted, needed = _exceptions(), set()
    for language in catalogues.LANGUAGES:
        for message in catalogues.read(language):
            for english, translated in _forms(message):
                for term in missing(english, translated, language):
                    needed.add((english, term))
                    if (english, term) not in excepted:
                        found.append(f"{language}: {term}: {english} → {translated}")
    found += [f"exception without need: {text} ({term})" for text, term in excepted - needed]
    return found


def missing(english: str, translated: str, language: str) -> list[str]:
    """The terms of the English text that have no counterpart in the translation.

    A longer term is looked for first, and what it takes serves for no other: the second
    «processing» beside a «controller» needs a word of its own. A term that stands there twice may
    stand once in the translation.
    """
    words = _words(english)
    left = " ".join(_words(translated))
    found = []
    for names, counterparts in _terms(language):
        named = [name for name in names if _take(words, name)]
        if named and not any(pattern.search(left) for pattern in counterparts):
            found.append(" ".join(named[0]))
        if named:
            for pattern in counterparts:
                left = pattern.sub(" ", left)
    return found


def _forms(message: Message) -> Iterator[tuple[str, str]]:
    """The text with its translation; of texts with a number, each form."""
    if not message.id or not message.string:
        return
    if isinstance(message.id, str):
        yield message.id, message.string
    else:
        yield from zip(message.id, message.string, strict=False)


def _take(words: list[str], term: tuple[str, ...]) -> bool:
    """Whether the words of a term stand one behind the other; they are taken away if so."""
    taken = False
    for start in range(len(words) - len(term) + 1):
        here = slice(start, start + len(term))
        if all(
            word in _singular_and_plural(wanted)
            for word, wanted in zip(words[here], term, strict=True)
        ):
            words[here] = [""] * len(term)
            taken = True
    return taken


@cache
def _singular_and_plural(word: str) -> set[str]:
    """Of an English word: activity and activities, basis and bases, purpose and purposes."""
    plurals = {word + "s"}
    if word.endswith("y"):
        plurals.add(word.removesuffix("y") + "ies")
    if word.endswith("is"):
        plurals.add(word.removesuffix("is") + "es")
    return {word, *plurals}


@cache
def _terms(language: str) -> list[tuple[list[tuple[str, ...]], list[re.Pattern]]]:
    """The names of each term and the patterns of its counterparts, the longest first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    terms = [
        (
            [tuple(_words(name)) for name in _names(row["en"])],
            [_pattern(name, language) for name in _names(row[language])],
        )
        for row in rows
    ]
    return sorted(terms, key=lambda term: -len(term[0][0]))


def _names(written: str) -> list[str]:
    """«General Data Protection Regulation (GDPR)» has two names."""
    match = re.fullmatch(r"(.+) \((.+)\)", written)
    return [match[1], match[2]] if match else [written]


def _pattern(name: str, language: str) -> re.Pattern:
    """The words in their order, each with whatever ending, and little between them."""
    stems = [_stem(word, language) for word in WORD.findall(_plain(name))]
    return re.compile(r"\b" + r"\w*\W(?:\w+\W){0,3}?".join(map(re.escape, stems)) + r"\w*")


def _stem(word: str, language: str) -> str:
    for ending in STEM_LOSES[language]:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _words(text: str) -> list[str]:
    return WORD.findall(_plain(text))


def _plain(text: str) -> str:
    """In small letters, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@cache
def _exceptions() -> set[tuple[str, str]]:
    """(English text, term) where the word is not meant as the term."""
    with FILE_OF_EXCEPTIONS.open(encoding="utf-8", newline="") as file:
        return {(row["text"], row["term"]) for row in csv.DictReader(file)}


if __name__ == "__main__":
    remaining = problems()
    print("\n".join(remaining))
    sys.exit(1 if remaining else 0)
