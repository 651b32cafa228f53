from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.directory import directories
from organisations.languages import passage
from organisations.public_page import public_page
from processing.changes import changed_sections
from processing.code_lists import code_lists_at
from processing.entry.answers import Entry
from processing.entry.comparison import compare
from processing.entry.sections import entry_in_language
from processing.models.publication import Publication
from processing.public_rows import CurrentVersion, current_version


@public_page()
def activity_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    publication = current_version(slug, number)
    if publication is None:
        return gone(request, slug, number)
    context = {"publication": publication, "entry": _entry(request, publication)}
    return render(request, "processing/activity_detail.html", context)


@public_page()
def activity_history(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    versions = list(
        Publication.objects.history().at(slug, number).defer("record").order_by("-version")
    )
    if not versions:
        return gone(request, slug, number)
    heading = _heading(request, versions[0])
    context = {
        "publication": versions[0],
        "entry": heading,
        "versions": [
            {
                "publication": version,
                "previous": previous,
                # Told of the version right before, which may have been withdrawn.
                "changed": changed_sections(heading.body, version.changed_fields)
                if previous and previous.version == version.version - 1
                else [],
            }
            for version, previous in zip(versions, [*versions[1:], None], strict=True)
        ],
        "first": versions[-1],
    }
    return render(request, "processing/activity_history.html", context)


@public_page()
def activity_version(request: HttpRequest, slug: str, number: int, version: int) -> HttpResponse:
    publication = Publication.objects.history().at(slug, number).filter(version=version).first()
    if publication is None:
        return gone(request, slug, number, version)
    context = {"publication": publication, "entry": _entry(request, publication)}
    return render(request, "processing/activity_version.html", context)


@public_page()
def activity_compare(
    request: HttpRequest, slug: str, number: int, before: int, after: int
) -> HttpResponse:
    if before >= after:
        raise Http404(_("Compare an earlier version with a later one."))
    versions = Publication.objects.history().at(slug, number)
    found = {found.version: found for found in versions.filter(version__in=[before, after])}
    if len(found) < 2:
        return gone(request, slug, number, before, after)
    old, new = found[before], found[after]
    entry = _entry(request, new)
    context = {
        "entry": entry,
        "before": old,
        "after": new,
        "changed_sections": compare(_entry(request, old), entry),
    }
    return render(request, "processing/activity_compare.html", context)


def _entry(request: HttpRequest, publication: Publication | CurrentVersion) -> Entry:
    language = get_language()
    return entry_in_language(
        publication.public_record,
        language,
        directory=directories(request.revision)[language],
        code_lists=code_lists_at(request.revision)[language],
    )


def _heading(request: HttpRequest, publication: Publication) -> Entry:
    """An entry without its sections, which needs no record."""
    language = get_language()
    return Entry(
        name=passage(publication.title, language),
        summary=passage(publication.summary, language),
        rights_procedure=None,
        body=directories(request.revision)[language].by_id[publication.organisation_id],
        sections=[],
    )


def gone(request: HttpRequest, slug: str, number: int, *versions: int) -> HttpResponse:
    """410 with the date for what was withdrawn; Http404 for what was never public."""
    withdrawn_at = withdrawal(slug, number, *versions)
    body = directories(request.revision)[get_language()].by_slug[slug]
    context = {"withdrawn_at": withdrawn_at, "body": body}
    return render(request, "410.html", context, status=410)


def withdrawal(slug: str, number: int, *versions: int) -> datetime:
    """When the entry of a public body was withdrawn; Http404 for what was never public."""
    withdrawn = Publication.objects.withdrawn().at(slug, number)
    if versions:
        withdrawn = withdrawn.filter(version__in=versions)
        public = Publication.objects.history().at(slug, number).filter(version__in=versions)
        if withdrawn.count() + public.count() < len(versions):
            raise Http404(_("There is no published processing activity at this address."))
    withdrawn_at = (
        withdrawn.order_by("-withdrawn_at").values_list("withdrawn_at", flat=True).first()
    )
    if withdrawn_at is None:
        raise Http404(_("There is no published processing activity at this address."))
    return withdrawn_at
