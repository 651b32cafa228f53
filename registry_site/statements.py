"""The pages that a government site owes its visitors."""

from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from contact.retention import rules
from organisations.directory import Body, directories
from organisations.languages import LANGUAGES
from organisations.origin import origin
from organisations.public_page import public_page
from processing.code_lists import code_lists_at
from processing.entry.sections import entry_in_language
from processing.exports.format_changes import FORMAT_CHANGES
from processing.exports.formats import MOST_IN_A_WORKBOOK, MOST_IN_ALL_LANGUAGES
from processing.finding.filters import facet_index_at
from processing.models.publication import Publication
from processing.views.feeds import MOST as MOST_IN_A_FEED

# Implementing Decision (EU) 2018/1523: a statement is reviewed at least once a year. A test fails
# when it was not: look at the pages again, mend the statement, and set the second day.
ACCESSIBILITY_PREPARED_ON = date(2026, 11, 24)
ACCESSIBILITY_REVIEWED_ON = date(2026, 11, 24)
OMBUDSMAN = {
    "nl": "https://www.federaalombudsman.be",
    "fr": "https://www.mediateurfederal.be",
    "de": "https://www.federalombudsman.be/de",
    "en": "https://www.federalombudsman.be",
}
# What a privacy statement tells of an entry (GDPR Art. 13): these sections of its page.
TOLD_ABOUT_OWN_ENTRIES = {
    *("purposes", "data", "recipients", "legal-basis", "transfers", "controller"),
}


@public_page()
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "registry_site/about.html", {"site_body": _site_body(request)})


@public_page()
def privacy(request: HttpRequest) -> HttpResponse:
    """What this site does with data of its visitors (GDPR Art. 13).

    Made from the rules by which the site erases, and from its own entries in the register.
    """
    body = _site_body(request)
    context = {
        "retention": rules(),
        "session_minutes": settings.SESSION_MINUTES,
        "site_body": body,
        "own_entries": _own_entries(request, body),
    }
    return render(request, "registry_site/privacy.html", context)


@public_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that Directive (EU) 2016/2102, Art. 7, demands."""
    language = get_language()
    context = {
        "site_body": _site_body(request),
        "host": urlsplit(origin(request)).netloc,
        "prepared_on": ACCESSIBILITY_PREPARED_ON,
        "reviewed_on": ACCESSIBILITY_REVIEWED_ON,
        "ombudsman": OMBUDSMAN[language],
        "ombudsman_street": "Leuvenseweg 48, 1000 Brussel"
        if language == "nl"
        else "Rue de Louvain 48, 1000 Bruxelles",
        # The federal service for accessibility writes in two languages, and so do addresses.
        "monitor_language": "nl" if language == "nl" else "fr",
    }
    return render(request, "registry_site/accessibility.html", context)


@public_page()
def open_data(request: HttpRequest) -> HttpResponse:
    context = {
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL.format(language=get_language()),
        "language": get_language(),
        "number_of_entries": len(facet_index_at(request.revision).entries),
        "most_in_a_workbook": MOST_IN_A_WORKBOOK,
        "most_in_all_languages": MOST_IN_ALL_LANGUAGES,
        "most_in_a_feed": MOST_IN_A_FEED,
        "format_changes": FORMAT_CHANGES,
    }
    return render(request, "registry_site/open_data.html", context)


@public_page()
def disclaimer(request: HttpRequest) -> HttpResponse:
    return render(request, "registry_site/disclaimer.html")


@require_safe
@cache_control(public=True, max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); 404 where nothing that holds is set."""
    expires = settings.SECURITY_EXPIRES
    if not settings.SECURITY_CONTACT or expires is None or expires < timezone.now().date():
        raise Http404
    moment = datetime.combine(expires, time(23, 59, 59), tzinfo=UTC)
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {moment:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {origin(request)}{reverse('security_txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _site_body(request: HttpRequest) -> Body | None:
    """The body that runs the site, if the operator has named it and it is public."""
    return directories(request.revision)[get_language()].by_slug.get(settings.SITE_BODY)


def _own_entries(request: HttpRequest, body: Body | None) -> list[dict]:
    """What the register says about this site itself; only what is published."""
    if body is None or not settings.SITE_ENTRIES:
        return []
    language = get_language()
    directory = directories(request.revision)[language]
    code_lists = code_lists_at(request.revision)[language]
    entries = Publication.objects.current().filter(organisation=body.id)
    found = []
    for publication in entries.filter(number__in=settings.SITE_ENTRIES).order_by("number"):
        record = publication.public_record
        entry = entry_in_language(record, language, directory=directory, code_lists=code_lists)
        sections = [s for s in entry.sections if s.key in TOLD_ABOUT_OWN_ENTRIES and s.items]
        found.append({"number": publication.number, "entry": entry, "sections": sections})
    return found
