"""A page of what was found, in the order that was asked for."""

from django.core.paginator import Page
from pyroaring import BitMap

from organisations.directory import Directory
from organisations.read_snapshot import public_connection
from processing.finding.filters import FacetIndex
from processing.finding.found import Found
from processing.finding.index import NEWEST
from processing.finding.key_sets import sql_array
from processing.finding.list_query import ListQuery
from processing.finding.matching import TextQuery, tsquery
from processing.finding.register import Register
from processing.finding.search import Search
from processing.finding.sorted_keys import SortedKeys
from processing.paging import Listing, page_of

# Of very many entries, only so many are compared by how well they fit: those whose titles hold
# the words, those that may be most alike, then the newest. The others follow, the newest first.
MOST_RANKED = 200
# Of the letters D (not used), C, B and A: see processing/finding/search_documents.py.
WEIGHTS = "'{0, 0.1, 0.4, 1}'"
# What it counts that an entry is filed under what a word names: as much as the word in its texts.
FILED_UNDER = 0.02
# And of words in texts for readers of another language than the page's.
ELSEWHERE = 0.5
# By words and by meaning, a place counts 1 / (DAMPING + place): the smaller, the more do the first.
DAMPING = 10


def page_in_order(found: Found, query: ListQuery, register: Register) -> Page:
    """The page that the query asks for. Raises Http404 for one that the list does not have."""
    return page_of(in_order(found, query, register), query.page)


def in_order(found: Found, query: ListQuery, register: Register) -> Listing:
    """The keys of all that was found, in the order of the query."""
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

    return Listing(len(entries), part)


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
    compared = _compared(found, newest, search)
    page = _ranked(search, compared)[start:stop] if start < len(compared) else []
    if stop > len(compared):
        rest = max(start - len(compared), 0)
        page += newest.page(found - compared, rest, stop - len(compared))
    return page


def _compared(found: BitMap, newest: SortedKeys, search: Search) -> BitMap:
    """Those that are compared, where there are too many to compare them all."""
    if len(found) <= MOST_RANKED:
        return found
    compared = BitMap()
    for step in search.best_first(found):
        missing = MOST_RANKED - len(compared)
        compared |= BitMap(newest.page(step - compared, 0, missing))
        if len(compared) == MOST_RANKED:
            break
    return compared


def _ranked(search: Search, entries: BitMap) -> list[int]:
    """By words and by meaning: who is among the first in both comes first."""
    by_words = _by_words(search, entries)
    alike = search.likeness.of(entries)
    if not alike:
        return by_words
    by_meaning = sorted(by_words, key=lambda key: -alike.get(key, -1))
    scores = dict.fromkeys(entries, 0.0)
    for order in (by_words, by_meaning):
        for place, key in enumerate(order):
            scores[key] += 1 / (DAMPING + place)
    return sorted(by_words, key=lambda key: -scores[key])


def _by_words(search: Search, entries: BitMap) -> list[int]:
    """The entries that meet the most telling words first, then by how well their texts fit."""
    fits = dict.fromkeys(entries, 0.0)
    with public_connection().cursor() as cursor:
        cursor.execute(*_fitting(search, entries))
        for key, fit in cursor.fetchall():
            fits[key] = max(fits[key], fit)
    for weight, clause in zip(search.weights, search.wanted, strict=True):
        for key in search.filed_under(clause) & entries:
            fits[key] += weight * FILED_UNDER
    return sorted(entries, key=lambda key: (-search.telling(key), -fits[key], -key))


def _fitting(search: Search, entries: BitMap) -> tuple[str, list]:
    """How well the texts of each entry fit, in each language that words are looked for in.

    As SQL with its parameters. The words as they were typed count most, and words that tell more.
    The best of the languages counts: an entry in four of them does not come first for that.
    """
    selects, parameters, keys = [], [], sql_array(entries)
    clauses = [
        (weight, part)
        for weight, clause in zip(search.weights, search.wanted, strict=True)
        for part in clause.with_parts
    ]
    languages = {w.language for _weight, clause in clauses for w in clause.wordings}
    for language in sorted(languages):
        ranks, share = [], ELSEWHERE if language else 1
        for weight, clause in clauses:
            for wordings, times in ((clause.spellings, 2), (clause.wordings, 1)):
                asked = tuple(dict.fromkeys(w for w in wordings if w.language == language))
                if not asked:
                    continue
                condition, words = tsquery(TextQuery(language or search.language, (asked,)))
                counts = times * weight * share
                ranks.append(f"{counts} * ts_rank({WEIGHTS}, words, {condition}, 1)")
                parameters += words
        selects.append(
            f"SELECT publication_id, {' + '.join(ranks)} FROM processing_searchtext"  # noqa: S608
            " WHERE language = %s AND publication_id = ANY(%s::bigint[])"
        )
        parameters += [language or search.language, keys]
    return " UNION ALL ".join(selects), parameters
