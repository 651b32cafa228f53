"""What changed, for programs that look now and then: Atom (RFC 4287), of all or of a list."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from pyroaring import BitMap

from organisations.directory import Body
from organisations.origin import origin
from organisations.public_page import public_page
from processing.changes import Change, last_changes_of, newest_changes, numbers_at
from processing.finding.found import find
from processing.finding.list_query import NARROWED_BY, ListQuery
from processing.finding.narrowing import chips
from processing.finding.register import Register, register_at
from processing.finding.results import page_by_newest

ATOM = "application/atom+xml; charset=utf-8"
# So many changes does a feed tell. Who looks less often finds the others on the page of changes.
MOST = 50
# What XML cannot hold, in whatever form (XML 1.0, 2.2).
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@public_page(*NARROWED_BY)
def change_feed(request: HttpRequest) -> HttpResponse:
    """What happened to all entries, to those of some bodies, or to those that a list gives."""
    register = register_at(request.revision, get_language())
    query = ListQuery.of(request.GET, register.facets)
    if query.encoded != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{query.encoded}".rstrip("?"))
    changes = _changes(query, register)
    context = {
        "changes": changes,
        "query": query,
        "chosen": [query.text, *(chip.title for chip in chips(query, register))],
        "origin": origin(request),
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL.format(language=get_language()),
    }
    feed = render_to_string("processing/feed.xml", context, request)
    return HttpResponse(NOT_IN_XML.sub("", feed), content_type=ATOM)


def _changes(query: ListQuery, register: Register) -> list[Change]:
    """The newest first.

    What was withdrawn belongs to its body and to no list: which choices it met is told no more.
    """
    if query.is_of_bodies:
        numbers = numbers_at(register.revision)
        return newest_changes(_bodies(query, register), numbers, register.language)[0:MOST]
    found: BitMap = find(query, register).entries
    keys = page_by_newest(register.facets, found, 0, MOST)
    return last_changes_of(keys, register.directory, register.language)


def _bodies(query: ListQuery, register: Register) -> list[Body]:
    chosen = query.selection.get("body", [])
    return [body for body in register.directory if not chosen or body.slug in chosen]
