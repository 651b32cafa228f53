"""What was published, changed and withdrawn, month by month: processing/changes.py reads it."""

from datetime import date
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.directory import directories
from organisations.public_page import public_page
from processing.changes import Change, Numbers, by_body, changes_in, months_of, numbers_at
from processing.finding.filters import facet_index_at
from processing.finding.list_query import FacetFilterSet
from processing.paging import page_of


class ChangeFilterSet(FacetFilterSet):
    narrowed_by = {"body": "body"}


class Months(NamedTuple):
    """The month of a page, and the ways to others."""

    shown: date | None
    newer: date | None
    older: date | None
    # Year -> its months with the number of changes, the newest first.
    years: list[tuple[int, list[tuple[date, int]]]]


@public_page("body", "page")
def change_list(request: HttpRequest, month: date | None = None) -> HttpResponse:
    """The changes of a month, or of the newest one in which there were some."""
    language = get_language()
    directory = directories(request.revision)[language]
    values = ChangeFilterSet(request.GET, facets=facet_index_at(request.revision)).values()
    # One body: of several, the first.
    slug = next(iter(values["body"]), "")
    number = request.GET.get("page") or "1"
    canonical = _query(slug, number)
    if canonical != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{canonical}".rstrip("?"))
    numbers = numbers_at(request.revision)
    body = directory.by_slug.get(slug)
    bodies = [body] if body else list(directory)
    months = _months(month, months_of(numbers, bodies), numbers)
    page = page_of(changes_in(months.shown, bodies, numbers, language), number)
    with_changes = {key for of_bodies in numbers.values() for key in of_bodies}
    context = {
        "page": page,
        "changes": by_body(page.object_list),
        "months": months,
        "asked": month,
        "body": body,
        "bodies": [other for other in directory if other.id in with_changes or other is body],
        "query": _query(slug, "1"),
        "has_fallback": any(map(_has_fallback, page.object_list)),
    }
    return render(request, "processing/change_list.html", context)


def _query(slug: str, page: str) -> str:
    pairs = [("body", slug)] if slug else []
    return urlencode(pairs + ([("page", page)] if page != "1" else []))


def _months(asked: date | None, found: dict[date, int], numbers: Numbers) -> Months:
    """Raises Http404 for a month before the first or after the last in which something changed."""
    if asked and not (numbers and min(numbers) <= asked <= max(numbers)):
        raise Http404(_("Nothing changed in this month."))
    shown = asked or next(iter(found), None)
    newer = [month for month in found if shown and month > shown]
    older = [month for month in found if shown and month < shown]
    years = groupby(found.items(), key=lambda month: month[0].year)
    return Months(
        shown=shown,
        newer=min(newer, default=None),
        older=max(older, default=None),
        years=[(year, list(months)) for year, months in years],
    )


def _has_fallback(change: Change) -> bool:
    """Whether some text stands in another language than the page's."""
    texts = (change.title, change.body.name)
    return any(text.is_fallback for text in texts if text)
