"""What narrows a list, and what could: its choices, and the options of each filter with numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from organisations.calendar import months_after
from organisations.languages import Passage
from processing.finding.filters import FILTERS, strongest
from processing.finding.found import entries_among
from processing.finding.list_query import ListQuery
from processing.finding.register import Register
from processing.finding.search import Search

# How many options of a filter are shown at first.
STRONGEST = 10
# Filters that are open at first: what most people know, and what is there for who chose a body.
OPEN = ("theme", "people", "data", "department")

# Filter -> option -> number of entries.
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that was made, and the address without it."""

    filter: str
    name: Passage | Promise | str
    query: str

    @property
    def title(self) -> str:
        """The name where no element may stand."""
        return self.name.plain if isinstance(self.name, Passage) else str(self.name)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    name: Passage | Promise | str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A filter with the options that give something."""

    name: str
    label: str
    explanation: str
    options: list[Option]
    # How many more options there are, and the address that shows them.
    more: int
    more_query: str
    is_open: bool


class Period(NamedTuple):
    """Since when something was published or changed, and how many entries that finds."""

    label: str
    query: str
    count: int
    is_chosen: bool


def chips(query: ListQuery, register: Register) -> Iterator[Chip]:
    """Every choice of the query."""
    if query.text:
        yield Chip(_("Search"), query.text, query.anew(text="", sort="").encoded)
    for name, options in query.selection.items():
        for option in options:
            name_of_option = register.name_of(name, option)
            yield Chip(
                str(FILTERS[name].label), name_of_option, query.without(name, option).encoded
            )
    if query.since:
        day = date_format(query.since, "DATE_FORMAT")
        yield Chip(_("Published or changed since"), day, query.anew(since=None).encoded)


def groups(query: ListQuery, counts: Counts, register: Register) -> Iterator[Group]:
    """The filters that have something to choose."""
    for name in FILTERS:
        if group := _group(name, counts[name], query, register):
            yield group


def _group(name: str, counts: dict[str, int], query: ListQuery, register: Register) -> Group | None:
    chosen = query.selection.get(name, [])
    shows_all = query.more == name
    giving = list(strongest(counts))
    shown = giving if shows_all else giving[:STRONGEST]
    listed = {option for option, _count in shown}
    shown += [(option, counts[option]) for option in chosen if option not in listed]
    if not shown:
        return None
    return Group(
        name=name,
        label=str(FILTERS[name].label),
        explanation=str(FILTERS[name].explanation),
        options=[
            Option(option, register.name_of(name, option), count, option in chosen)
            for option, count in shown
        ],
        # A chosen option is shown although it may give nothing.
        more=len(dict(giving).keys() - dict(shown).keys()),
        more_query=query.anew(more=name).encoded,
        is_open=bool(chosen) or shows_all or name in OPEN,
    )


def periods(
    query: ListQuery, search: Search | None, register: Register, *, today: date
) -> Iterator[Period]:
    """The last month, quarter and year, beside the other choices of the query."""
    labels = {1: _("Last month"), 3: _("Last 3 months"), 12: _("Last year")}
    for months, label in labels.items():
        recent = query.anew(since=months_after(today, -months))
        among = entries_among(recent, search, register)
        count = len(register.facets.found(query.selection, among=among))
        yield Period(label, recent.encoded, count, recent.since == query.since)
