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
TRANSLATED = ("nl", "fr", "de")
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
    for language in TRANSLATED:
        for message in catalogues.read(language):
            if message.id and message.string:
                for term in _missing(message, language):
                    case = (_text(message.id), term)
                    needed.add(case)
                    if case not in excepted:
                        found.append(f"{language}: {term}: {case[0]} → {_text(message.string)}")
    found += [f"exception without need: {text} ({term})" for text, term in excepted - needed]
    return found


def _missing(message: Message, language: str) -> Iterator[str]:
    english = _words(_text(message.id), "en")
    translated = " ".join(WORD.findall(_plain(_text(message.string))))
    for english_term, counterparts in _terms(language):
        position = _find(english, english_term)
        while position is not None:
            # A longer term that was found already holds the shorter one.
            english[position : position + len(english_term)] = [""] * len(english_term)
            if not any(pattern.search(translated) for pattern in counterparts):
                yield " ".join(english_term)
                break
            position = _find(english, english_term)


def _find(words: list[str], term: tuple[str, ...]) -> int | None:
    """Where the words of a term stand one behind the other; an s at their ends does not count."""
    for start in range(len(words) - len(term) + 1):
        if all(
            word in (wanted, wanted + "s")
            for word, wanted in zip(words[start : start + len(term)], term, strict=True)
        ):
            return start
    return None


@cache
def _terms(language: str) -> list[tuple[tuple[str, ...], list[re.Pattern]]]:
    """English term and patterns of its counterpart, the longest first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    terms = [
        (tuple(_words(english, "en")), [_pattern(name, language) for name in _names(row[language])])
        for row in rows
        for english in _names(row["en"])
    ]
    return sorted(terms, key=lambda term: -len(term[0]))


def _names(written: str) -> list[str]:
    """«General Data Protection Regulation (GDPR)» has two names."""
    match = re.fullmatch(r"(.+) \((.+)\)", written)
    return [match[1], match[2]] if match else [written]


def _pattern(name: str, language: str) -> re.Pattern:
    """The words in their order, each with whatever ending, and little between them."""
    stems = [_stem(word, language) for word in WORD.findall(_plain(name))]
    return re.compile(r"\b" + r"\w*\W(?:\w+\W){0,3}?".join(map(re.escape, stems)))


def _stem(word: str, language: str) -> str:
    for ending in STEM_LOSES[language]:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _words(text: str, language: str) -> list[str]:
    return WORD.findall(_plain(text))


def _plain(text: str) -> str:
    """In small letters, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _text(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


@cache
def _exceptions() -> set[tuple[str, str]]:
    """(English text, term) where the word is not meant as the term."""
    with FILE_OF_EXCEPTIONS.open(encoding="utf-8", newline="") as file:
        return {(row["text"], row["term"]) for row in csv.DictReader(file)}


if __name__ == "__main__":
    remaining = problems()
    print("\n".join(remaining))
    sys.exit(1 if remaining else 0)
