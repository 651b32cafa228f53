from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from organisations.directory import directories
from organisations.languages import LANGUAGES
from organisations.public_page import public_page
from processing.cards import cards
from processing.counts import all_entries
from processing.models.publication import Publication

LATEST = 6


@require_safe
@cache_control(public=True, max_age=settings.PUBLIC_CACHE_SECONDS)
@vary_on_headers("Accept-Language")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Go on in the browser's language where it is one of ours; else let the visitor choose."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = code.split("-")[0]
        if language in LANGUAGES:
            with translation.override(language):
                return redirect("home")
    return render(request, "registry_site/choose_language.html")


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    language = get_language()
    directory = directories(request.revision)[language]
    newest = Publication.objects.current().order_by("-published_at", "-id")[:LATEST]
    context = {
        "number_of_bodies": len(directory),
        "number_of_entries": all_entries(request.revision),
        "latest": cards(newest, language, directory=directory),
    }
    return render(request, "registry_site/home.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def robots_txt(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap_index"))
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 without reading anything more from the request: it may be what is wrong."""
    return HttpResponseBadRequest(render_to_string("400.html"))
