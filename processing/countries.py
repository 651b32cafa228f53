"""The countries of ISO 3166-1, by their two letters, with their names in the site's languages."""

import re
from functools import cache

from babel import Locale

from organisations.languages import LANGUAGES, folded, sort_key

# Babel also names groups of countries, and codes that ISO 3166-1 gives to no country.
NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ", "QO"}
NO_COUNTRIES |= {"AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
# What people call some countries besides.
CALLED = {
    "US": ("USA", "VS", "VSA", "Amerika", "Amérique", "America"),
    "GB": ("UK", "VK", "Groot-Brittannië", "Grande-Bretagne", "Großbritannien", "Great Britain"),
}
MOST_WORDS_OF_A_NAME = 6


@cache
def codes() -> frozenset[str]:
    """The codes of all countries."""
    known = Locale.parse("en").territories
    return frozenset(c for c in known if re.fullmatch("[A-Z]{2}", c)) - NO_COUNTRIES


def name_of(code: str, language: str | None) -> str:
    """What the language calls the country; the code itself for one that is none.

    So too where no language is active: Django writes its log without one.
    """
    if not language or code not in codes():
        return code
    return Locale.parse(language).territories.get(code, code)


@cache
def names(language: str) -> list[tuple[str, str]]:
    """Code and name of each country, by name."""
    listed = [(code, name_of(code, language)) for code in codes()]
    return sorted(listed, key=lambda country: (sort_key(country[1]), country[0]))


def code_of(typed: str) -> str | None:
    """The country that somebody typed, by its code or by its name in any of the languages."""
    return _by_words().get(_words(typed))


def named_in(text: str) -> list[str]:
    """The codes of the countries that a text names, as they come; no code counts as a name.

    “De” and “in” are words first.
    """
    words = _words(text).split()
    starts = range(len(words))
    stretches = (
        " ".join(words[start:stop])
        for start in starts
        for stop in range(start + 1, min(start + MOST_WORDS_OF_A_NAME, len(words)) + 1)
    )
    return list(dict.fromkeys(_by_name()[found] for found in stretches if found in _by_name()))


@cache
def _by_name() -> dict[str, str]:
    found = {_words(name_of(code, language)): code for language in LANGUAGES for code in codes()}
    return found | {_words(name): code for code, names in CALLED.items() for name in names}


@cache
def _by_words() -> dict[str, str]:
    return _by_name() | {_words(code): code for code in codes()}


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))
