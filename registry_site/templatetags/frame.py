"""What stands around every page, and the icons in it."""

import re
from functools import lru_cache
from html import escape

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

ICONS = settings.BASE_DIR / "static" / "vendor" / "lucide"


@register.simple_tag
def same_everywhere(template_name: str, here: str = "") -> str:
    """A part that is the same on all pages of a language and a section: drawn once in a process.

    Its only context is `here`, the section of the site that the page belongs to. While developing
    it is drawn each time, because templates change.
    """
    if settings.DEBUG:
        return render_to_string(template_name, {"here": here})
    # Where the site stands is part of its links.
    return drawn_once(template_name, here, get_language(), get_script_prefix())


@lru_cache(maxsize=256)
def drawn_once(template_name: str, here: str, language: str, script_prefix: str) -> str:
    return render_to_string(template_name, {"here": here})


@register.simple_tag
def languages(translations: list[dict]) -> SafeString:
    """The ways to the same page in the other languages, as rows of a list."""
    here = get_language()
    drawn = []
    for other in translations:
        code, name = other["code"], f'<abbr title="{other["name"]}">{other["code"].upper()}</abbr>'
        drawn.append(
            f'<span aria-current="true">{name}</span>'
            if code == here
            else f'<a href="{escape(other["path"])}" hreflang="{code}" lang="{code}">{name}</a>'
        )
    # Of settings, and escaped.
    rows = "</li>\n          \n          <li>".join(drawn)
    return mark_safe(f"\n          <li>{rows}</li>\n          ")  # noqa: S308


@register.simple_tag
def alternates(translations: list[dict]) -> SafeString:
    """The same for programs, where there are such pages."""
    # Of settings, and escaped.
    tags = (
        f'<link rel="alternate" hreflang="{other["code"]}" href="{escape(other["url"])}">\n  '
        for other in translations
        if other["url"]
    )
    return mark_safe("".join(tags))  # noqa: S308


@register.simple_tag
@lru_cache
def icon(name: str) -> SafeString:
    """An icon of Lucide as a picture that says nothing: the words stand beside it.

    Raises FileNotFoundError for one that static/vendor/lucide/ does not have.
    """
    drawn = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", drawn, re.DOTALL)[1]
    shapes = "".join(line.strip() for line in shapes.splitlines())
    # The shapes are files of ours.
    return mark_safe(  # noqa: S308
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shapes}</svg>'
    )
