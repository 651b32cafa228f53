"""Which entries a query finds: those with the words, published since the day, that the filters
leave."""

from dataclasses import dataclass

from pyroaring import BitMap

from processing.finding.list_query import ListQuery
from processing.finding.register import Register
from processing.finding.search import Search


@dataclass(frozen=True, slots=True)
class Found:
    """The entries, and what they were found by."""

    # None where no text was asked for.
    search: Search | None
    # What words and day leave, before any filter; None for all.
    among: BitMap | None
    entries: BitMap


def find(query: ListQuery, register: Register) -> Found:
    """The entries that the query asks for, in no order."""
    search = _search(query.text, register)
    among = entries_among(query, search, register)
    return Found(search, among, register.facets.found(query.selection, among=among))


def entries_among(query: ListQuery, search: Search | None, register: Register) -> BitMap | None:
    """The entries that the words and the day of the query leave; None for all."""
    among = search.entries if search and search.clauses else None
    if query.since:
        since = register.facets.since(query.since.isoformat())
        among = since if among is None else among & since
    return among


def _search(text: str, register: Register) -> Search | None:
    if not text:
        return None
    return Search(text, register.language, register.facets, register.revision)
