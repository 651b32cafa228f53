"""What stands around every page."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def same_everywhere(template_name: str) -> str:
    """A part that is the same on all pages of a language: drawn once in a process.

    It gets no context. While developing it is drawn each time, because templates change.
    """
    if settings.DEBUG:
        return render_to_string(template_name)
    # Where the site stands is part of its links.
    return _drawn(template_name, get_language(), get_script_prefix())


@lru_cache(maxsize=64)
def _drawn(template_name: str, language: str, script_prefix: str) -> str:
    return render_to_string(template_name)
