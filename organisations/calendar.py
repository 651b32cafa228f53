"""Periods of months, as the law counts them."""

from calendar import monthrange
from datetime import date, datetime
from typing import TypeVar

Day = TypeVar("Day", date, datetime)


def months_after(day: Day, months: int) -> Day:
    """The same day so many months later, or earlier where the number is negative.

    A month that has no such day ends the period on its last one (Regulation (EEC, Euratom)
    1182/71, Art. 3(2)(c)).
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
