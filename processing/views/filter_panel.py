"""What stands beside a list to narrow it, drawn once in a process for all pages of the list.

A part of a page: of the address and the day that a request has.
"""

import sys
import threading
from dataclasses import replace

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from processing.finding.found import entries_among
from processing.finding.list_query import ListQuery
from processing.finding.narrowing import filters, periods
from processing.finding.register import Register
from processing.finding.search import Search

# About so much of them does a process keep: some dozens. None larger is kept: with a long address
# of many choices, one would push out those of others.
MOST_BYTES = 2 * 1024 * 1024
LARGEST = 256 * 1024
_kept = LRUCache(MOST_BYTES, getsizeof=sys.getsizeof)
_lock = threading.Lock()


def filter_panel(
    request: HttpRequest, query: ListQuery, search: Search | None, register: Register
) -> SafeString:
    """Every filter with its options, and how many entries each gives beside the choices made."""
    # Words are seldom the same twice, and all options of a filter are long: they would push out
    # what most people see.
    if query.text or query.more or settings.DEBUG:
        return _drawn(request, query, search, register)
    # All that it is made of: the revision stands for the register.
    asked = replace(query, page=1).encoded
    key = (register.revision, register.language, request.path, request.today, asked)
    with _lock:
        panel = _kept.get(key)
    if panel is None:
        panel = _drawn(request, query, search, register)
        if sys.getsizeof(panel) <= LARGEST:
            with _lock:
                _kept[key] = panel
    return panel


def _drawn(
    request: HttpRequest, query: ListQuery, search: Search | None, register: Register
) -> SafeString:
    among = entries_among(query, search, register)
    counts = register.facets.counts(query.selection, among=among)
    context = {
        "query": query,
        "path": request.path,
        "filters": filters(query, counts, register),
        "periods": list(periods(query, search, register, today=request.today)),
    }
    return render_to_string("includes/filters.html", context)
