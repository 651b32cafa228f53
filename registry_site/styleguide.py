"""Every component of the pages with all its states, for who works on them. Not in production."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registry_site.static_files import IMPORT, STYLESHEET
from registry_site.templatetags.frame import ICONS

SOURCES = settings.BASE_DIR / "static"
COLOUR = re.compile(r"--([\w-]+): #")
# What a visitor does to a component -> the class that shows it on the page without doing it.
STATES = {":hover": ".is-hover", ":focus-visible": ".is-focus", ":disabled": ".is-disabled"}


def styleguide_patterns(*, is_development: bool) -> list[URLPattern]:
    if not is_development:
        return []
    return [
        path("styleguide/", styleguide, name="styleguide"),
        path("styleguide/states.css", states, name="styleguide_states"),
    ]


@never_cache
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    tokens = (SOURCES / "css" / "tokens.css").read_text()
    context = {
        "colours": list(dict.fromkeys(COLOUR.findall(tokens))),
        "icons": sorted(icon.stem for icon in ICONS.glob("*.svg")),
        "states": [("", "at rest"), ("is-hover", "hover"), ("is-focus", "focus")],
    }
    return render(request, "registry_site/styleguide.html", context)


@never_cache
@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """The stylesheet of the site once more, with the classes of STATES for what visitors do."""
    folder = (SOURCES / STYLESHEET).parent

    def content(found: re.Match) -> str:
        style = (folder / found["name"]).read_text()
        return f"@layer {found['layer']} {{\n{style}}}\n"

    style = IMPORT.sub(content, (SOURCES / STYLESHEET).read_text())
    for state, shown in STATES.items():
        style = style.replace(state, shown)
    return HttpResponse(style, content_type="text/css; charset=utf-8")
