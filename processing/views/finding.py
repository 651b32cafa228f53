"""The list of all entries, searched and narrowed: processing/finding/entry_list.py makes it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from organisations.public_page import public_page
from processing.finding.entry_list import entry_list
from processing.finding.list_query import PARAMETERS, ListQuery
from processing.finding.register import register_at
from processing.views.filter_panel import filter_panel


@public_page(*PARAMETERS, by_day=True)
def activity_list(request: HttpRequest) -> HttpResponse:
    register = register_at(request.revision, get_language())
    query = ListQuery.of(request.GET, register.facets)
    if query.encoded != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{query.encoded}".rstrip("?"))
    entries = entry_list(query, register)
    context = {
        "entries": entries,
        "filter_panel": filter_panel(request, query, entries.search, register),
    }
    return render(request, "processing/activity_list.html", context)
