from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.directory import Body, directories
from organisations.languages import sort_key
from organisations.models import Organisation
from organisations.public_page import public_page
from processing.cards import cards
from processing.counts import entries_per_body
from processing.models.publication import Publication
from processing.paging import page_of


@public_page()
def organisation_list(request: HttpRequest) -> HttpResponse:
    directory = directories(request.revision)[get_language()]
    counts = entries_per_body(request.revision)
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
            for letter, bodies in groupby(directory, key=_first_letter)
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
    current = Publication.objects.current().in_name_order(language)
    register = page_of(
        request,
        current.filter(organisation=body.id),
        count=entries_per_body(request.revision).get(body.id, 0),
    )
    received = page_of(
        request, current.filter(recipient_organisations__contains=[body.id]), parameter="received"
    )
    context = {
        "body": body,
        "parent": directory.by_id.get(body.parent_id),
        "parts": directory.parts_of(body),
        "register": register,
        "register_cards": cards(register.object_list, language, directory=directory),
        "received": received,
        "received_cards": cards(received.object_list, language, directory=directory),
    }
    return render(request, "organisations/organisation_detail.html", context)


def _with_counts(bodies, counts: dict[int, int]) -> list[tuple[Body, int]]:
    return [(body, counts.get(body.id, 0)) for body in bodies]


def _first_letter(body: Body) -> str:
    return sort_key(body.name)[:1].upper()
