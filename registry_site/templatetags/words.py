"""Where long words may be divided: many browsers know no Dutch syllables, and cut at any letter."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
# Tags are passed over: what they hold is no text.
LONG_WORD = re.compile(r"<[^>]*>|\w{18,}")
# What often stands first in compounds of Dutch and German law.
FIRST_PART = re.compile(
    "(ings|heids|ungs|heits|schafts|gegevens|informatie|identificatie|effect|datenschutz|auftrags)"
    r"(?=\w{5})",
    re.IGNORECASE,
)


@register.filter
def divisible(text: object) -> SafeString:
    """The text with soft hyphens between the parts of its longest words."""
    # Nothing but soft hyphens comes into what was escaped.
    return mark_safe(LONG_WORD.sub(_divided, conditional_escape(text)))  # noqa: S308


def _divided(found: re.Match) -> str:
    word = found[0]
    return word if word.startswith("<") else FIRST_PART.sub(rf"\1{SOFT_HYPHEN}", word)
