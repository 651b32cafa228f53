from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pyroaring import BitMap

from organisations.directory import Body, Directory, directories
from organisations.names import named
from organisations.public_page import public_page
from processing.exchange_pictures import partners_of
from processing.exchanges import givers_of, receivers_of
from processing.finding.filters import FacetIndex, facet_index_at
from processing.finding.list_query import asked_text
from processing.finding.results import page_by_name
from processing.paging import Listing, page_of
from processing.retention_periods import drawn
from processing.summaries import summaries

# How many bodies the picture of a body shows at first, on either side.
MOST_PARTNERS = 6


@public_page("q")
def organisation_list(request: HttpRequest) -> HttpResponse:
    text = asked_text(request.GET.get("q", ""))
    query = urlencode({"q": text} if text else {})
    if query != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{query}".rstrip("?"))
    directory = directories(request.revision)[get_language()]
    counts = facet_index_at(request.revision).counts({})["body"]
    context = {
        "text": text,
        "found": _with_counts(named(text, directory, request.revision), counts) if text else [],
        "total": len(directory),
        "has_fallback": any(body.name.is_fallback for body in directory),
        "kinds": [
            {"key": kind.value, "label": kind.label, "bodies": _with_counts(bodies, counts)}
            for kind, bodies in directory.by_kind()
        ],
        "letters": [
            {"letter": letter, "bodies": _with_counts(bodies, counts)}
            for letter, bodies in directory.by_letter()
        ],
    }
    return render(request, "organisations/organisation_list.html", context)


@public_page("page", "received")
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    language = get_language()
    directory = directories(request.revision)[language]
    body = directory.by_slug.get(slug)
    if body is None:
        raise Http404(_("There is no federal body at this address."))
    facets = facet_index_at(request.revision)
    published = _pages(facets, facets.options["body"][slug], language)
    received = _pages(facets, facets.options["to"][slug] & facets.entries, language)
    published_page = page_of(published, request.GET.get("page", "1"))
    received_page = page_of(received, request.GET.get("received", "1"))
    context = {
        "body": body,
        "parent": directory.by_id.get(body.parent_id),
        "authority": directory.by_id.get(body.supervisory_authority_id),
        "parts": directory.parts_of(body),
        "register": published_page,
        "received": received_page,
        **_entries(published_page.object_list, received_page.object_list, directory),
        **_exchanges(facets, directory, slug),
        "on_behalf": len(facets.options["behalf"][slug] & facets.entries),
    }
    return render(request, "organisations/organisation_detail.html", context)


def _entries(published: list[int], received: list[int], directory: Directory) -> dict:
    """Those that the page lists of the body and of others: two queries."""
    found = summaries([*published, *received], get_language(), directory=directory)
    of_the_body, of_others = found[: len(published)], found[len(published) :]
    kept, span = drawn(published)
    return {
        "entries": list(zip(of_the_body, kept, strict=True)),
        "kept": span,
        "received_entries": of_others,
    }


def _exchanges(facets: FacetIndex, directory: Directory, slug: str) -> dict:
    """What the picture of the body shows on its two sides."""
    sides = {"givers": givers_of(slug, facets), "receivers": receivers_of(slug, facets)}
    longest = max((count for counts in sides.values() for count in counts.values()), default=1)
    context = {}
    for name, counts in sides.items():
        partners = partners_of(counts, directory, longest)
        context[name] = {
            "total": counts.total(),
            "first": partners[:MOST_PARTNERS],
            "others": partners[MOST_PARTNERS:],
        }
    return context


def _pages(facets: FacetIndex, entries: BitMap, language: str) -> Listing:
    return Listing(
        len(entries),
        lambda start, stop: page_by_name(facets, entries, start, stop, language=language),
    )


def _with_counts(bodies: Iterable[Body], counts: dict[str, int]) -> list[tuple[Body, int]]:
    return [(body, counts.get(body.slug, 0)) for body in bodies]
