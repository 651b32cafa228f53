"""What narrows a list, and what could: its choices, and the options of each filter with numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.calendar import day_in_words, months_after
from organisations.languages import Passage
from processing.finding.filters import FILTERS, strongest
from processing.finding.found import entries_among
from processing.finding.list_query import ListQuery
from processing.finding.register import Register
from processing.finding.search import Search

# How many options of a filter are shown at first.
STRONGEST = 6
# What people ask for most: options that stand before all filters, each as a sentence of its own.
ASKED = {
    ("automated", "yes"): gettext_lazy("A computer decides alone"),
    ("transfer", "yes"): FILTERS["transfer"].label,
    ("sensitive", "special"): gettext_lazy("Sensitive data, such as health or religion"),
}
# What the asked ones leave of these filters is "no": nobody looks for that alone.
ANSWERED = {name for name, option in ASKED if option == "yes"}
# The filters that come next, before all others.
FIRST = ("theme", "people")
# Filters that are open at first: what most people know, and what is there for who chose a body.
OPEN = ("theme", "department")

# Filter -> option -> number of entries.
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that was made, and the address without it."""

    # Empty where the name says all.
    filter: str
    name: Passage | Promise | str
    query: str

    @property
    def title(self) -> str:
        """The name where no element may stand."""
        return self.name.plain if isinstance(self.name, Passage) else str(self.name)


@dataclass(frozen=True, slots=True)
class Option:
    # The filter's name, and its value there.
    parameter: str
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
    # How many more options there are, as a sentence; empty for none. The address shows them.
    more: str
    more_query: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """All that the list can be narrowed by, in the order in which a page shows it."""

    asked: list[Option]
    first: list[Group]
    others: list[Group]

    @property
    def has_open_others(self) -> bool:
        return any(group.is_open for group in self.others)


class Period(NamedTuple):
    """Since when something was published or changed, and how many entries that finds."""

    label: str
    query: str
    count: int
    is_chosen: bool


def chips(query: ListQuery, register: Register) -> Iterator[Chip]:
    """Every choice of the query. The text stands in the field above them."""
    for name, options in query.selection.items():
        for option in options:
            left = query.without(name, option).encoded
            if statement := ASKED.get((name, option)):
                yield Chip("", statement, left)
            else:
                yield Chip(str(FILTERS[name].label), register.name_of(name, option), left)
    if query.since:
        day = day_in_words(query.since)
        yield Chip(_("Published or changed since"), day, query.anew(since=None).encoded)


def filters(query: ListQuery, counts: Counts, register: Register) -> Filters:
    """What there is to choose."""
    found = {name: _group(name, counts[name], query, register) for name in FILTERS}
    return Filters(
        asked=list(_asked(query, counts)),
        first=[group for name in FIRST if (group := found.pop(name))],
        others=[group for group in found.values() if group],
    )


def _asked(query: ListQuery, counts: Counts) -> Iterator[Option]:
    for (name, option), statement in ASKED.items():
        count, is_chosen = counts[name].get(option, 0), option in query.selection.get(name, [])
        if count or is_chosen:
            yield Option(name, option, statement, count, is_chosen)


def _group(name: str, counts: dict[str, int], query: ListQuery, register: Register) -> Group | None:
    chosen = [o for o in query.selection.get(name, []) if (name, o) not in ASKED]
    if name in ANSWERED and not chosen:
        return None
    shows_all = query.more == name
    asked = [option for filter_name, option in ASKED if filter_name == name]
    giving = [pair for pair in strongest(counts) if pair[0] not in asked]
    shown = giving if shows_all else giving[:STRONGEST]
    listed = {option for option, _count in shown}
    shown += [(option, counts[option]) for option in chosen if option not in listed]
    if not shown:
        return None
    # A chosen option is shown although it may give nothing.
    left = len(giving) - sum(1 for _option, count in shown if count)
    return Group(
        name=name,
        label=str(FILTERS[name].label),
        explanation=str(FILTERS[name].explanation),
        options=[
            Option(name, option, register.name_of(name, option), count, option in chosen)
            for option, count in shown
        ],
        more=FILTERS[name].more(left) if left else "",
        more_query=query.anew(more=name).encoded if left else "",
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
