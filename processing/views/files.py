"""What is published as files: of everything or of a filtered list, of a body, of an entry.

Under a language, texts and headings are in it; without one, in all languages (`language` is None).
"""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from organisations.origin import origin
from organisations.public_page import PublicFile, public_file
from processing.exports.entries import Published, all_entries, chosen_entries
from processing.exports.formats import FORMATS, Contents, file_name
from processing.exports.words import Words
from processing.finding.filters import FILTERS
from processing.finding.found import find
from processing.finding.list_query import ListQuery
from processing.finding.register import register_at
from processing.finding.results import page_by_name
from processing.models.publication import Publication
from processing.views.entries import gone

# What a list can be narrowed by. Its order and its pages are none of a file.
NARROWED_BY = ("q", *FILTERS, "since")


@public_file(*NARROWED_BY, in_turn=True)
def register_file(
    request: HttpRequest, file_format: str, *, all_languages: bool = False
) -> PublicFile | HttpResponse:
    """All entries, or those that the list of entries gives for the same choices."""
    words = _words(request, all_languages)
    register = register_at(request.revision, words.of_headings)
    query = ListQuery.of(request.GET, register.facets)
    if query.encoded != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{query.encoded}".rstrip("?"))
    entries, of, number = all_entries(), "all", Publication.objects.current().count
    if query.is_narrowed:
        found = find(query, register).entries
        keys = page_by_name(register.facets, found, 0, len(found), language=words.of_headings)
        entries, of, number = chosen_entries(keys), "selection", lambda: len(keys)
    page = _page("processing:activity_list", words)
    source = f"{page}?{query.encoded}".rstrip("?")
    return _file(request, file_format, entries, words, of=of, source=source, number=number)


@public_file(in_turn=True)
def body_file(
    request: HttpRequest, slug: str, file_format: str, *, all_languages: bool = False
) -> PublicFile | HttpResponse:
    """The register of a body."""
    words = _words(request, all_languages)
    body = words.directory().by_slug.get(slug)
    if body is None:
        raise Http404(_("There is no federal body at this address."))
    source = _page("organisations:organisation_detail", words, slug)
    entries = all_entries(organisation=body.id)
    number = Publication.objects.current().filter(organisation=body.id).count
    return _file(request, file_format, entries, words, of=slug, source=source, number=number)


@public_file()
def entry_file(
    request: HttpRequest, slug: str, number: int, file_format: str, *, all_languages: bool = False
) -> PublicFile | HttpResponse:
    words = _words(request, all_languages)
    found = Publication.objects.current().at(slug, number).values_list("pk", flat=True)[:1]
    if not found:
        return gone(request, slug, number)
    source = _page("processing:activity_detail", words, slug, number)
    of = f"{slug}-{number}"
    entries = chosen_entries(found)
    return _file(request, file_format, entries, words, of=of, source=source, number=lambda: 1)


def _words(request: HttpRequest, all_languages: bool) -> Words:
    return Words(request.revision, None if all_languages else get_language())


def _page(name: str, words: Words, *arguments: object) -> str:
    """The path of a page, in the language of headings."""
    with override(words.of_headings):
        return reverse(name, args=arguments)


def _file(
    request: HttpRequest,
    file_format: str,
    entries: Iterable[Published],
    words: Words,
    *,
    of: str,
    source: str,
    number: Callable[[], int],
) -> PublicFile | HttpResponse:
    """The file; or the page that says why it is too large, and what to take instead.

    `number` tells how many entries it holds, where that matters.
    """
    chosen = FORMATS.get(file_format)
    if chosen is None:
        raise Http404(_("There is no file in this format."))
    if chosen.most is not None and number() > chosen.most:
        context = {"format": chosen, "page": source}
        return render(request, "processing/file_too_large.html", context, status=413)
    contents = Contents(entries, words, f"{origin(request)}{source}", request.today)
    name = file_name(of, words, request.today, chosen)
    return PublicFile(name, chosen.content_type, chosen.parts(contents))
