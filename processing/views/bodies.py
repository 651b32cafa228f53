from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pyroaring import BitMap

from organisations.directory import Body, Directory, directories
from organisations.models import Organisation
from organisations.public_page import public_page
from processing.finding.filters import FacetIndex, facet_index_at, strongest
from processing.finding.results import page_by_name
from processing.paging import Listing, page_of
from processing.summaries import summaries


@public_page()
def organisation_list(request: HttpRequest) -> HttpResponse:
    directory = directories(request.revision)[get_language()]
    facets = facet_index_at(request.revision)
    counts = {slug: len(entries) for slug, entries in facets.options["body"].items()}
    context = {
        "total": len(directory),
        "has_fallback": any(body.name.is_fallback for body in directory),
        "kinds": [
            {"key": kind.value, "label": kind.label, "bodies": bodies}
            for kind in Organisation.Kind
            if (bodies := _with_counts((b for b in directory if b.kind == kind), counts))
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
        "register_summaries": summaries(published_page.object_list, language, directory=directory),
        "sent": _sent(facets, directory, slug),
        "received": received_page,
        "received_summaries": summaries(received_page.object_list, language, directory=directory),
    }
    return render(request, "organisations/organisation_detail.html", context)


def _sent(facets: FacetIndex, directory: Directory, slug: str) -> list[tuple[Body, int]]:
    """The bodies to which this one passes data on, with the number of entries that say so."""
    entries = facets.options["body"][slug]
    counts = {
        receiver: entries.intersection_cardinality(received)
        for receiver, received in facets.options["to"].items()
    }
    return [(directory.by_slug[receiver], count) for receiver, count in strongest(counts)]


def _pages(facets: FacetIndex, entries: BitMap, language: str) -> Listing:
    return Listing(
        len(entries),
        lambda start, stop: page_by_name(facets, entries, start, stop, language=language),
    )


def _with_counts(bodies: Iterable[Body], counts: dict[str, int]) -> list[tuple[Body, int]]:
    return [(body, counts.get(body.slug, 0)) for body in bodies]
