"""What names an entry, a body or a term in linked data, and the files that tell of them.

An address that names a thing leads on (303) to the page about it, in the visitor's language, or to
the file that was asked for, such as text/turtle.
"""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.directory import directories
from organisations.origin import origin
from organisations.public_page import PublicFile, public_file, public_page
from processing.accepted_types import preferred_type
from processing.code_lists import code_lists_at
from processing.exports.entries import Entries, all_entries, chosen_entries
from processing.exports.formats import Contents, file_name
from processing.exports.words import Words
from processing.linked_data.catalogue import catalogue_groups
from processing.linked_data.concepts import code_list_groups
from processing.linked_data.formats import EVERYTHING, LINKED_DATA, WRITERS, triples
from processing.linked_data.json_ld import context, encode
from processing.models.publication import Publication
from processing.views.entries import gone

PAGES = ("text/html", "application/xhtml+xml")
FILES = {known.content_type.split(";")[0]: known.name for known in LINKED_DATA.values()}


class SeeOther(HttpResponseRedirect):
    """Where something is told of the thing that was asked for (RFC 9110, 15.4.4)."""

    status_code = 303


@public_page()
def catalogue(request: HttpRequest) -> HttpResponse:
    return _see(request, page=reverse("open_data"), file="catalogue")


@public_page()
def terms(request: HttpRequest) -> HttpResponse:
    return _see(request, page=reverse("open_data"), file="terms")


@public_page()
def term(request: HttpRequest, code_list: str, code: str) -> HttpResponse:
    code_lists = code_lists_at(request.revision)[get_language()]
    found = code_lists.get(code_list.replace("-", "_"), {}).get(code)
    if found is None or "_" in code_list:
        raise Http404(_("There is no such list."))
    return _see(request, page=found.url, file="terms")


@public_page()
def body(request: HttpRequest, slug: str) -> HttpResponse:
    found = directories(request.revision)[get_language()].by_slug.get(slug)
    if found is None:
        raise Http404(_("There is no federal body at this address."))
    return _see(request, page=found.get_absolute_url(), file="body", of=(slug,))


@public_page()
def entry(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    if not Publication.objects.current().at(slug, number).exists():
        return gone(request, slug, number)
    page = reverse("processing:activity_detail", args=[slug, number])
    return _see(request, page=page, file="entry", of=(slug, number))


def _see(request: HttpRequest, *, page: str, file: str, of: tuple = ()) -> HttpResponse:
    """Who asks for neither a page nor one of the files gets the page."""
    asked = preferred_type(request, [*PAGES, *FILES])
    if asked in FILES:
        page = reverse(f"linked_data:{file}", args=[*of, FILES[asked]])
    response = SeeOther(page)
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    return response


@public_page()
def void(request: HttpRequest) -> HttpResponse:
    """Where programs look for what linked data a site has (VoID, 7.2)."""
    return HttpResponseRedirect(reverse("linked_data:catalogue", args=["ttl"]))


@public_page()
def json_ld_context(request: HttpRequest) -> HttpResponse:
    """What names in JSON-LD mean here; each file holds it as well."""
    return HttpResponse(encode(context()), content_type=LINKED_DATA["jsonld"].content_type)


@public_file(in_turn=True)
def everything_file(request: HttpRequest) -> PublicFile:
    """All entries."""
    contents = _contents(request, all_entries())
    name = file_name("all", contents.words, request.today, EVERYTHING)
    return PublicFile(name, EVERYTHING.content_type, EVERYTHING.parts(contents))


@public_file(in_turn=True)
def body_file(request: HttpRequest, slug: str, syntax: str) -> PublicFile:
    """A body and its register."""
    found = directories(request.revision)[get_language()].by_slug.get(slug)
    if found is None:
        raise Http404(_("There is no federal body at this address."))
    contents = _contents(request, all_entries(organisation=found.id))
    groups = triples(contents, body=found.id)
    return _file(request, slug, syntax, WRITERS[syntax](groups))


@public_file()
def entry_file(
    request: HttpRequest, slug: str, number: int, syntax: str
) -> PublicFile | HttpResponse:
    found = Publication.objects.current().at(slug, number).values_list("pk", flat=True)[:1]
    if not found:
        return gone(request, slug, number)
    contents = _contents(request, chosen_entries(found))
    return _file(request, f"{slug}-{number}", syntax, LINKED_DATA[syntax].parts(contents))


@public_file()
def catalogue_file(request: HttpRequest, syntax: str) -> PublicFile:
    """The site as a catalogue of data."""
    groups = catalogue_groups(Words(request.revision, None), origin(request), request.revision)
    return _file(request, "catalogue", syntax, WRITERS[syntax](groups))


@public_file()
def terms_file(request: HttpRequest, syntax: str) -> PublicFile:
    """The code lists."""
    groups = code_list_groups(Words(request.revision, None), origin(request))
    return _file(request, "terms", syntax, WRITERS[syntax](groups))


def _contents(request: HttpRequest, entries: Entries) -> Contents:
    return Contents(entries, Words(request.revision, None), origin(request), request.today)


def _file(request: HttpRequest, of: str, syntax: str, parts: Iterator[bytes]) -> PublicFile:
    known = LINKED_DATA[syntax]
    name = file_name(of, Words(request.revision, None), request.today, known)
    return PublicFile(name, known.content_type, parts)
