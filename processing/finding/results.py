"""A page of what was found, in the order that was asked for."""

from django.core.paginator import Page
from pyroaring import BitMap

from organisations.directory import Directory
from organisations.read_snapshot import public_connection
from processing.finding.filters import FacetIndex
from processing.finding.found import Found
from processing.finding.index import NEWEST
from processing.finding.list_query import ListQuery
from processing.finding.matching import tsquery
from processing.finding.register import Register
from processing.finding.search import Search
from processing.paging import Listing, page_of

# Of very many entries, only so many are compared by how well they fit: those whose titles hold
# the words, then the newest. The others follow, the newest first.
MOST_RANKED = 200
# Of the letters D (not used), C, B and A: see processing/finding/search_documents.py.
WEIGHTS = "'{0, 0.1, 0.4, 1}'"


def page_in_order(found: Found, query: ListQuery, register: Register) -> Page:
    """The page that the query asks for. Raises Http404 for one that the list does not have."""
    facets, entries, search = register.facets, found.entries, found.search

    def part(start: int, stop: int) -> list[int]:
        if query.order == "relevance" and search.clauses:
            return page_by_relevance(facets, entries, start, stop, search=search)
        if query.order == "newest":
            return page_by_newest(facets, entries, start, stop)
        language, directory = register.language, register.directory
        if query.order == "body":
            return page_by_body(
                facets, entries, start, stop, language=language, directory=directory
            )
        return page_by_name(facets, entries, start, stop, language=language)

    return page_of(Listing(len(entries), part), query.page)


def page_by_name(
    facets: FacetIndex, found: BitMap, start: int, stop: int, *, language: str
) -> list[int]:
    return facets.index.sorted_keys(language).page(found, start, stop)


def page_by_newest(facets: FacetIndex, found: BitMap, start: int, stop: int) -> list[int]:
    return facets.index.sorted_keys(NEWEST).page(found, start, stop)


def page_by_body(
    facets: FacetIndex, found: BitMap, start: int, stop: int, *, language: str, directory: Directory
) -> list[int]:
    """By the name of the body in the language, then by the name of the entry."""
    page: list[int] = []
    before = 0
    for body in directory:
        entries = facets.options["body"][body.slug] & found
        if before + len(entries) > start:
            page += page_by_name(
                facets,
                entries,
                max(start - before, 0),
                stop - before,
                language=language,
            )
        before += len(entries)
        if before >= stop:
            break
    return page


def page_by_relevance(
    facets: FacetIndex, found: BitMap, start: int, stop: int, *, search: Search
) -> list[int]:
    """What fits the search best first: at most one query beside those of the search."""
    newest = facets.index.sorted_keys(NEWEST)
    if not search.wanted:
        # Words were left out and none was asked for: nothing fits better than the rest.
        return newest.page(found, start, stop)
    compared = found
    if len(found) > MOST_RANKED:
        in_titles = search.in_titles() & found
        compared = BitMap(newest.page(in_titles, 0, MOST_RANKED))
        missing = MOST_RANKED - len(compared)
        compared |= BitMap(newest.page(found - in_titles, 0, missing))
    page = _ranked(search, compared)[start:stop] if start < len(compared) else []
    if stop > len(compared):
        rest = max(start - len(compared), 0)
        page += newest.page(found - compared, rest, stop - len(compared))
    return page


def _ranked(search: Search, entries: BitMap) -> list[int]:
    """The entries by how well their texts fit; the words as they were typed count most."""
    exactly, typed = tsquery(search.exactly)
    broadly, meant = tsquery(search.broadly)
    query = f"""
        SELECT publication_id FROM processing_searchtext
        WHERE language = %s AND publication_id = ANY(%s)
        ORDER BY 2 * ts_rank({WEIGHTS}, words, {exactly}, 1)
            + ts_rank({WEIGHTS}, words, {broadly}, 1) DESC, publication_id DESC
    """  # noqa: S608 (tsquery() gives placeholders only)
    with public_connection().cursor() as cursor:
        cursor.execute(query, [search.language, list(entries), *typed, *meant])
        return [key for (key,) in cursor]
