"""Where long words and addresses may be divided.

Many browsers know no Dutch syllables, and cut at any letter; of addresses none knows the parts.
"""

import re
from functools import lru_cache

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
# Tags are passed over, and addresses: who copies one must get it as it is.
LONG_WORD = re.compile(r"<[^>]*>|(?<![\w@./-])\w{18,}(?![\w@/]|[.-]\w)")
# What often stands first in compounds of Dutch and German law.
FIRST_PART = re.compile(
    "(ings|heids|bonds|ungs|heits|schafts|gegevens|informatie|identificatie|effect|register|belasting"
    "|datenschutz|auftrags)"
    r"(?=\w{5})",
    re.IGNORECASE,
)

# Within an address: after a slash that a name follows, before what is asked for, and before the
# last word of what a program fills in.
BEFORE_PART = re.compile(r"(?<=[^:/]/)(?=[^/])|(?=\?|&amp;)|(?<=[a-z])(?=[A-Z][a-z]+\})")


@register.filter
def divisible(name: object) -> SafeString:
    """A name with soft hyphens between the parts of its longest words."""
    return _divided(conditional_escape(name))


# Most names are terms, which stand on many pages.
@lru_cache(maxsize=4096)
def _divided(name: str) -> SafeString:
    # Nothing but soft hyphens comes into what was escaped.
    return mark_safe(LONG_WORD.sub(_with_hyphens, name))  # noqa: S308


def _with_hyphens(found: re.Match) -> str:
    word = found[0]
    return word if word.startswith("<") else FIRST_PART.sub(rf"\1{SOFT_HYPHEN}", word)


@register.filter
def divisible_address(address: object) -> SafeString:
    """An address that goes on in the next line at its slashes, not in the middle of a name."""
    # No line break comes into what somebody copies.
    return mark_safe(BEFORE_PART.sub("<wbr>", conditional_escape(address)))  # noqa: S308
