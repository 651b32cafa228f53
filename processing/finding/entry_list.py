"""The list of entries, from what was asked to what the page shows: read it from top to bottom."""

from dataclasses import dataclass
from itertools import zip_longest

from django.core.paginator import Page

from organisations.directory import Body
from processing.finding.alike import alike
from processing.finding.found import Found, find
from processing.finding.list_query import ListQuery
from processing.finding.narrowing import Chip, chips
from processing.finding.offers import (
    Order,
    Subject,
    Wider,
    bodies,
    countries_named,
    orders,
    subjects,
    wider,
)
from processing.finding.register import Register
from processing.finding.results import page_in_order
from processing.finding.search import Search
from processing.summaries import Summary, summaries, summaries_of_search

# So many bodies and subjects that the words name are shown at first.
MOST_NAMES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class EntryList:
    """All that the page of the list shows."""

    query: ListQuery
    # None where no text was asked for.
    search: Search | None
    page: Page
    summaries: list[Summary]
    # Further entries, which say something like it in other words.
    alike: list[Summary]
    orders: list[Order]
    # What narrows the list.
    chips: list[Chip]
    # What else the words name.
    bodies: list[Body]
    subjects: list[Subject]
    # What finds something where this query finds nothing.
    wider: list[Wider]

    @property
    def names(self) -> list[Subject]:
        """What the words name: a body, a subject, and so on."""
        bodies = [Subject(body.name, body.get_absolute_url(), 0) for body in self.bodies]
        pairs = zip_longest(bodies, self.subjects)
        return [name for pair in pairs for name in pair if name]

    @property
    def first_names(self) -> list[Subject]:
        """Those that are shown before anybody asks for more: they hide no entry."""
        return self.names[:MOST_NAMES_SHOWN]

    @property
    def other_names(self) -> list[Subject]:
        return self.names[MOST_NAMES_SHOWN:]


def entry_list(query: ListQuery, register: Register) -> EntryList:
    """What the query asks for. Raises Http404 for a page that the list does not have."""
    found = find(query, register)
    page = page_in_order(found, query, register)
    return EntryList(
        query=query,
        search=found.search,
        page=page,
        summaries=_summaries(page, found.search, register),
        alike=_alike(query, found, register),
        orders=orders(query),
        chips=list(chips(query, register)),
        bodies=bodies(found.search, register),
        subjects=[
            *countries_named(query.text, register),
            *subjects(found.search, register),
        ],
        wider=[] if found.entries else wider(query, found, register),
    )


def _alike(query: ListQuery, found: Found, register: Register) -> list[Summary]:
    keys = alike(query, found, register)
    return summaries(keys, register.language, directory=register.directory) if keys else []


def _summaries(page: Page, search: Search | None, register: Register) -> list[Summary]:
    language, directory = register.language, register.directory
    if search and search.clauses:
        return summaries_of_search(page.object_list, language, directory=directory, search=search)
    return summaries(page.object_list, language, directory=directory)
