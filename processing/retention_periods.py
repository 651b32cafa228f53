"""For how long entries keep data, as a list tells it: from the shortest period to the longest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from processing.entry.wording import period_in_words
from processing.models.publication import Publication
from processing.public_record import PublicRecord, Retention

# To compare periods by; pages tell them in their own unit.
DAYS = {"day": 1, "week": 7, "month": 365 / 12, "year": 365}
# The length of the longest bar.
LONGEST = 100
# What a record holds of retention, in the stored form of any format.
STORED = ("format", "organisation", "number", "data", "retention")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    days: float
    number: int
    unit: str

    def __str__(self) -> str:
        return period_in_words(self.number, self.unit)


@dataclass(frozen=True, slots=True)
class Kept:
    """How long an entry keeps its data, beside the other entries of a list."""

    # From the shortest period to the longest, in words; empty where no period is told.
    words: str
    # Whether some data are kept until something happens, or for a time that nobody can tell yet.
    has_others: bool
    # Of a bar as long as the longest period of the list: how far the shortest and the longest go.
    shortest: int
    longest: int


def drawn(keys: Sequence[int]) -> tuple[list[Kept], str]:
    """How long each of these publications keeps data, and all of them together in words.

    One query. Of each record, only what tells of retention is read: the rest is many times as long.
    """
    parts = [f"record__{name}" for name in STORED]
    rows = Publication.objects.current().filter(pk__in=keys).values_list("pk", *parts)
    told = {key: _retention(dict(zip(STORED, values, strict=True))) for key, *values in rows}
    periods = {key: sorted(set(_periods(rows))) for key, rows in told.items()}
    every = sorted({period for found in periods.values() for period in found})
    longest = every[-1].days if every else 1
    return [_kept(periods[key], told[key], longest) for key in keys], _in_words(every)


def _retention(stored: dict) -> tuple[Retention, ...]:
    told = {name: value for name, value in stored.items() if value is not None}
    return PublicRecord.from_json(told).retention


def _periods(rows: tuple[Retention, ...]) -> Iterator[Period]:
    for row in rows:
        if row.period and row.unit in DAYS:
            yield Period(DAYS[row.unit] * row.period, row.period, row.unit)


def _kept(periods: list[Period], rows: tuple[Retention, ...], longest: float) -> Kept:
    lengths = [max(round(LONGEST * period.days / longest), 1) for period in periods] or [0]
    return Kept(
        words=_in_words(periods),
        has_others=any(not row.period for row in rows),
        shortest=lengths[0],
        longest=lengths[-1],
    )


def _in_words(periods: list[Period]) -> str:
    """From the shortest to the longest of periods that stand in this order."""
    if not periods:
        return ""
    shortest, longest = periods[0], periods[-1]
    if shortest.days == longest.days:
        return str(shortest)
    # Of one unit, it is said once.
    first = str(shortest.number) if shortest.unit == longest.unit else str(shortest)
    return _("%(shortest)s to %(longest)s") % {"shortest": first, "longest": longest}
