"""Addresses for pages that have many of them: reverse() takes ten times as long."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

# What stands in the place of a number while an address is drawn up, and of a slug. Converters take
# both.
NUMBER, SLUG = 987_654_000, "part-987654"


def address(name: str, *at: str | int, last: str = "") -> str:
    """As reverse(), where every part is a slug or a number of our own database.

    `last` is one more part: one of few, such as the name of a format.
    """
    are_numbers = tuple(isinstance(part, int) for part in at)
    return _pattern(name, are_numbers, last, get_language(), get_script_prefix()).format(*at)


@lru_cache(maxsize=2048)
def _pattern(
    name: str, are_numbers: tuple[bool, ...], last: str, _language: str, _prefix: str
) -> str:
    """The address with {} for each part."""
    marks = [NUMBER + n if is_number else f"{SLUG}{n}" for n, is_number in enumerate(are_numbers)]
    pattern = reverse(name, args=[*marks, last] if last else marks)
    for mark in marks:
        pattern = pattern.replace(str(mark), "{}", 1)
    return pattern
