"""Entries beside those that were found: they do not have the words, but say something like them."""

from processing.finding.found import Found
from processing.finding.likeness import LEAST_ALIKE, LEAST_ALIKE_UNKNOWN, beyond_chance
from processing.finding.list_query import ListQuery
from processing.finding.register import Register

# So many are shown at most.
MOST = 10


def alike(query: ListQuery, found: Found, register: Register) -> list[int]:
    """Their keys, the most alike first: at most one query.

    Only beside the first page, and where entries come in the order of relevance.
    """
    search = found.search
    if not (search and search.wanted) or query.order != "relevance" or query.page > 1:
        return []
    among = search.could_be_meant - found.entries
    if query.since:
        among &= register.facets.since(query.since.isoformat())
    left = register.facets.found(query.selection, among=among)
    least = LEAST_ALIKE if search.is_known else LEAST_ALIKE_UNKNOWN
    return search.likeness.most_alike(left, beyond_chance(least, len(left)))[:MOST]
