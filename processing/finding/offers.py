"""What a list offers beside its entries: other orders, what the words name, wider searches."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from organisations.addresses import address
from organisations.directory import Body
from organisations.languages import Passage
from processing import countries
from processing.finding.filters import FILTERS
from processing.finding.found import Found, entries_among
from processing.finding.list_query import SORTS, ListQuery
from processing.finding.register import Register
from processing.finding.search import Search

# Filters whose options a search offers as subjects when it holds their names.
SUBJECTS = ("theme", "data", "people", "automated")
MOST_SUBJECTS = 4


class Order(NamedTuple):
    label: str
    query: str
    is_current: bool


class Subject(NamedTuple):
    name: Passage | Promise | str
    address: str
    # 0 where it is a body: its page tells more than entries.
    count: int


class Wider(NamedTuple):
    """What to leave out or to keep, and how many entries that finds."""

    label: str
    query: str
    count: int


def orders(query: ListQuery) -> list[Order]:
    """The orders that make sense for this query."""
    labels = {
        "relevance": _("best"),
        "name": _("name"),
        "body": _("body"),
        "newest": _("newest"),
    }
    usual = "relevance" if query.text else "name"
    return [
        Order(
            labels[sort],
            query.anew(sort="" if sort == usual else sort).encoded,
            sort == query.order,
        )
        for sort in SORTS
        if sort != "relevance" or query.text
    ]


def bodies(search: Search | None, register: Register) -> list[Body]:
    """The bodies that the words name."""
    named = search.named if search else []
    return [register.directory.by_slug[option] for name, option in named if name == "body"]


def subjects(search: Search | None, register: Register) -> Iterator[Subject]:
    """The subjects that the words name, those with most entries first."""
    counts = register.facets.counts({})
    named = search.named if search else []
    found = [(name, option) for name, option in named if name in SUBJECTS]
    found.sort(key=lambda subject: -counts[subject[0]][subject[1]])
    for name, option in found[:MOST_SUBJECTS]:
        if count := counts[name][option]:
            title = register.name_of(name, option)
            if name == "automated":
                title = FILTERS[name].label
            yield Subject(title, address_of(name, option), count)


def countries_named(text: str, register: Register) -> Iterator[Subject]:
    """The countries that a text names and data go to."""
    counts = register.facets.counts({})["country"]
    for code in countries.named_in(text):
        if count := counts.get(code):
            title = _("Data go to: %(country)s") % {"country": register.name_of("country", code)}
            yield Subject(title, address_of("country", code), count)


def address_of(name: str, option: str) -> str:
    """Where the entries behind an option are: kinds of data and groups have pages of their own."""
    if name in ("data", "people"):
        return address(f"finding:{name}_detail", option)
    return f"{address('processing:activity_list')}?{name}={option}"


def wider(query: ListQuery, found: Found, register: Register) -> list[Wider]:
    """Searches that do find something, where this one does not."""
    offered = [*_without_filters(query, found, register), *_with_one_word(found.search)]
    return [suggestion for suggestion in offered if suggestion.count]


def _without_filters(query: ListQuery, found: Found, register: Register) -> Iterator[Wider]:
    facets = register.facets
    if query.text and (query.selection or query.since):
        alone = ListQuery({}, query.text)
        among = entries_among(alone, found.search, register)
        yield Wider(_("Without filters"), alone.encoded, len(facets.found({}, among=among)))
    for name in query.selection:
        fewer = query.anew(selection={**query.selection, name: []})
        label = _("Without the filter “%(filter)s”") % {"filter": FILTERS[name].label}
        count = len(facets.found(fewer.selection, among=found.among))
        yield Wider(label, fewer.encoded, count)


def _with_one_word(search: Search | None) -> Iterator[Wider]:
    if search and len(search.wanted) > 1:
        for clause, entries in zip(search.clauses, search.of_clauses, strict=True):
            if not clause.is_excluded:
                label = _("Only the word “%(word)s”") % {"word": clause.asked}
                yield Wider(label, ListQuery({}, clause.asked).encoded, len(entries))
