"""Words that say the same, in one language or in several: fixtures/same_words.csv.

Who looks for one of a row finds the entries that write another, also those that are not written in
the language of the search.
"""

import csv
from functools import cache
from typing import NamedTuple

from django.conf import settings

from organisations.languages import LANGUAGES

FILE = settings.BASE_DIR / "fixtures" / "same_words.csv"
# Behind a word: so do compounds that begin with it.
AND_COMPOUNDS = "*"


class SameWord(NamedTuple):
    language: str
    text: str
    and_compounds: bool


@cache
def same_words() -> tuple[tuple[SameWord, ...], ...]:
    """The words of each row, in the order of the languages."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            tuple(
                SameWord(language, text.removesuffix(AND_COMPOUNDS), text.endswith(AND_COMPOUNDS))
                for language in LANGUAGES
                for text in row[language].split(", ")
            )
            for row in csv.DictReader(file)
        )
