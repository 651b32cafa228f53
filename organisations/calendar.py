"""Periods of months, as the law counts them, and days as people read them."""

import re
from calendar import monthrange
from datetime import date, datetime
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.translation import get_language

Day = TypeVar("Day", date, datetime)
# The first of a month, before its name.
FIRST = re.compile(r"(?<!\d)1 (?=[^\W\d_])")


def day_in_words(day: date | datetime) -> str:
    """The day as the language of the page tells it: 1 March 2026, 1er mars 2026."""
    return with_first(date_format(day, "DATE_FORMAT"))


def with_first(text: str) -> str:
    """A day that Django wrote, with the first of a month as French readers expect it: 1er."""
    return FIRST.sub("1er ", text) if get_language() == "fr" else text


def months_after(day: Day, months: int) -> Day:
    """The same day so many months later, or earlier where the number is negative.

    A month that has no such day ends the period on its last one (Regulation (EEC, Euratom)
    1182/71, Art. 3(2)(c)).
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
