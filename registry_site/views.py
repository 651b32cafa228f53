from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import Error
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views import defaults
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from organisations.directory import directories
from organisations.languages import LANGUAGES
from organisations.origin import origin
from organisations.public_page import public_page
from processing.code_lists import Term, code_lists_at
from processing.finding.filters import facet_index_at
from processing.finding.results import page_by_newest
from processing.summaries import summaries
from registry_site.capitals import address_in_small_letters
from registry_site.refusals import away, passes, refusal_page

LATEST = 3
# Groups of people and themes that home names, those in which most citizens find themselves: by
# their codes, as far as there is something about them. All others stand on pages of their own.
GROUPS = ("01_01", "01_03", "12", "01_06", "16", "09", "14", "01_11")
THEMES = ("HEAL", "WORK", "JUST", "SECU", "SAFE", "TAXE", "MOBI", "FAMI")
# Searches that find something, as people type them.
EXAMPLES = (_("income"), _("passport"), _("camera"), _("pension"))
# The kind of data that most people ask for.
HEALTH = "M"


# Other methods are answered with 405, not with a page about forms.
@csrf_exempt
@require_safe
@cache_control(public=True, max_age=settings.PUBLIC_CACHE_SECONDS)
@vary_on_headers("Accept-Language")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Go on in the browser's language where it is one of ours; else let the visitor choose."""
    for code, quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = code.split("-")[0]
        if quality and language in LANGUAGES:
            with translation.override(language):
                return redirect("home")
    return render(request, "registry_site/choose_language.html")


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    language = get_language()
    directory = directories(request.revision)[language]
    facets = facet_index_at(request.revision)
    counts, code_lists = facets.counts({}), code_lists_at(request.revision)[language]
    newest = page_by_newest(facets, facets.entries, 0, LATEST)
    context = {
        "examples": EXAMPLES,
        "number_of_bodies": len(directory),
        "automated": counts["automated"]["yes"],
        "transfers": counts["transfer"]["yes"],
        "health": code_lists["data"].get(HEALTH),
        "groups": _with_entries(GROUPS, code_lists["data_subjects"], counts["people"]),
        "number_of_groups": len(code_lists["data_subjects"]),
        "themes": _with_entries(THEMES, code_lists["themes"], counts["theme"]),
        "number_of_themes": len(code_lists["themes"]),
        "latest": summaries(newest, language, directory=directory),
    }
    return render(request, "registry_site/home.html", context)


def _with_entries(
    codes: tuple[str, ...], terms: dict[str, Term], counts: dict[str, int]
) -> list[Term]:
    return [terms[code] for code in codes if counts.get(code)]


@require_safe
@cache_control(public=True, max_age=3600)
def robots_txt(request: HttpRequest) -> HttpResponse:
    # Every choice of filters is an address: the list itself leads to every entry.
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*/processing/?",
        "Disallow: /*/suggestions/",
        "Disallow: /*/files/",
        "Disallow: /*/feed/",
        "Disallow: /api/",
        f"Sitemap: {origin(request)}{reverse('sitemap_index')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page()
def glossary(request: HttpRequest) -> HttpResponse:
    """Where people look for it; it stands with the explainer."""
    return redirect("gdpr:glossary")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The usual answer; its links to the other languages lead to what is there.

    An address with capitals goes on to the one without them, if there is such a page.
    """
    small = address_in_small_letters(request)
    if small is not None:
        return HttpResponsePermanentRedirect(small)
    request.is_not_found = True
    return defaults.page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 without reading anything more from the request: it may be what is wrong."""
    # Django takes a session that cannot be stored for one that somebody else has ended.
    if isinstance(exception, SessionInterrupted) and passes(_first_cause(exception)):
        return away()
    return refusal_page("400.html", status=400)


def _first_cause(error: BaseException) -> BaseException:
    """What Django made of the answer of the database, before others made something else of it."""
    while not isinstance(error, Error) and error.__context__:
        error = error.__context__
    return error
