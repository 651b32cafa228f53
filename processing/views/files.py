"""What is published as files: of everything or of a filtered list, of a body, of an entry.

Under a language, texts and headings are in it; without one, in all languages (`language` is None).
"""

from collections.abc import Callable
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from organisations.origin import origin
from organisations.public_page import PublicFile, public_file
from processing.exports.entries import (
    Entries,
    all_entries,
    all_history,
    chosen_entries,
    chosen_history,
)
from processing.exports.formats import FORMATS, Contents, file_name
from processing.exports.words import Words
from processing.finding.found import find
from processing.finding.list_query import NARROWED_BY, ListQuery
from processing.finding.register import register_at
from processing.finding.results import page_by_name
from processing.models.publication import Publication
from processing.views.entries import gone


@public_file(*NARROWED_BY, in_turn=True)
def register_file(
    request: HttpRequest,
    file_format: str,
    *,
    all_languages: bool = False,
    has_history: bool = False,
) -> PublicFile | HttpResponse:
    """All entries, or those that the list of entries gives for the same choices."""
    words = _words(request, all_languages)
    register = register_at(request.revision, words.of_headings)
    query = ListQuery.of(request.GET, register.facets)
    if query.encoded != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{query.encoded}".rstrip("?"))
    of, chosen = "all", _everything(has_history)
    if query.is_narrowed:
        found = find(query, register).entries
        keys = page_by_name(register.facets, found, 0, len(found), language=words.of_headings)
        of, chosen = "selection", _these(keys, has_history)
    page = _page("processing:activity_list", words)
    source = f"{page}?{query.encoded}".rstrip("?")
    return _file(request, file_format, chosen, words, of=of, source=source)


@public_file(in_turn=True)
def body_file(
    request: HttpRequest,
    slug: str,
    file_format: str,
    *,
    all_languages: bool = False,
    has_history: bool = False,
) -> PublicFile | HttpResponse:
    """The register of a body."""
    words = _words(request, all_languages)
    body = words.directory().by_slug.get(slug)
    if body is None:
        raise Http404(_("There is no federal body at this address."))
    source = _page("organisations:organisation_detail", words, slug)
    chosen = _everything(has_history, organisation=body.id)
    return _file(request, file_format, chosen, words, of=slug, source=source)


@public_file()
def entry_file(
    request: HttpRequest,
    slug: str,
    number: int,
    file_format: str,
    *,
    all_languages: bool = False,
    has_history: bool = False,
) -> PublicFile | HttpResponse:
    words = _words(request, all_languages)
    found = Publication.objects.current().at(slug, number).values_list("pk", flat=True)[:1]
    if not found:
        return gone(request, slug, number)
    source = _page("processing:activity_detail", words, slug, number)
    chosen = _these(list(found), has_history)
    return _file(request, file_format, chosen, words, of=f"{slug}-{number}", source=source)


class _Chosen(NamedTuple):
    """The entries of a file."""

    entries: Entries
    has_history: bool
    # How many they are: asked where that matters.
    number: Callable[[], int]


def _everything(has_history: bool, **of: object) -> _Chosen:
    """All that is published, or of a body."""
    if has_history:
        number = Publication.objects.events().filter(**of).count
        return _Chosen(all_history(**of), has_history, number)
    number = Publication.objects.current().filter(**of).count
    return _Chosen(all_entries(**of), has_history, number)


def _these(keys: list[int], has_history: bool) -> _Chosen:
    """Those with these current publications."""
    if has_history:
        number = Publication.objects.filter(pk__in=keys).with_earlier_versions().count
        return _Chosen(chosen_history(keys), has_history, number)
    return _Chosen(chosen_entries(keys), has_history, lambda: len(keys))


def _words(request: HttpRequest, all_languages: bool) -> Words:
    return Words(request.revision, None if all_languages else get_language())


def _page(name: str, words: Words, *arguments: object) -> str:
    """The path of a page, in the language of headings."""
    with override(words.of_headings):
        return reverse(name, args=arguments)


def _file(
    request: HttpRequest,
    file_format: str,
    chosen: _Chosen,
    words: Words,
    *,
    of: str,
    source: str,
) -> PublicFile | HttpResponse:
    """The file; or the page that says why it is too large, and what to take instead."""
    known = FORMATS.get(file_format)
    if known is None:
        raise Http404(_("There is no file in this format."))
    most = known.most_in(words)
    if most is not None and chosen.number() > most:
        context = {"format": known, "most": most, "page": source}
        return render(request, "processing/file_too_large.html", context, status=413)
    address = f"{origin(request)}{source}"
    contents = Contents(chosen.entries, words, address, request.today, chosen.has_history)
    name = file_name(f"{of}-history" if chosen.has_history else of, words, request.today, known)
    return PublicFile(name, known.content_type, known.parts(contents))
