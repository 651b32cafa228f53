"""What a page tells those that show a link to it: its title, what it is about, its picture."""

import re
from functools import lru_cache
from html import unescape
from unicodedata import normalize

from django import template
from django.conf import settings
from django.template.defaultfilters import truncatechars
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

# Language -> as Open Graph names it.
LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_BE", "en": "en_GB"}
OWN_TAGS = """<meta property="og:title" content="{title}">
  <meta property="og:description" content="{description}">
  <meta property="og:url" content="{url}">
  <meta property="og:image" content="{picture}">
  <meta property="og:image:alt" content="{title}">"""
# So much of a text describes a page.
LONGEST = 300
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')


@register.simple_block_tag(takes_context=True)
def titled(context: dict, content: str) -> SafeString:
    """The title of the page, which its tags for sharing repeat."""
    title = " ".join(content.split())
    context["shared_title"] = unescape(title)
    # What the page's own block rendered is safe.
    return format_html("<title>{} – {}</title>", SafeString(title), _site())


@register.simple_block_tag(takes_context=True)
def described(context: dict, content: str) -> SafeString:
    """What the page says of itself, or else what the site is: its tags for sharing repeat it."""
    if not DESCRIPTION.search(content):
        content += format_html('<meta name="description" content="{}">', _description())
    context["shared_description"] = unescape(DESCRIPTION.search(content)[1])
    # What the page's own block rendered is safe.
    return SafeString(content)


@register.filter
def in_short(text: str) -> str:
    """As truncatechars of LONGEST, which looks at every character of a shorter text as well."""
    composed = normalize("NFC", text)
    return composed if len(composed) <= LONGEST else truncatechars(text, LONGEST)


@register.simple_tag(takes_context=True)
def share_tags(context: dict) -> SafeString:
    """Open Graph, and the one tag of Twitter that it lacks."""
    return format_html(
        OWN_TAGS,
        title=context["shared_title"],
        description=context["shared_description"],
        url=context["canonical"],
        picture=context["share_picture"],
    ) + _tags_of_all(get_language())


@lru_cache
def _tags_of_all(language: str) -> SafeString:
    """What is the same on all pages of a language."""
    others = [code for code, _name in settings.LANGUAGES if code != language]
    properties = [
        ("type", "website"),
        ("site_name", _site()),
        ("image:width", "1200"),
        ("image:height", "630"),
        ("locale", LOCALES[language]),
        *(("locale:alternate", LOCALES[code]) for code in others),
    ]
    tags = format_html_join("", '\n  <meta property="og:{}" content="{}">', properties)
    return tags + SafeString('\n  <meta name="twitter:card" content="summary_large_image">')


def _description() -> str:
    return _("What each federal body does with personal data: what for, and who receives them.")


def _site() -> str:
    return _("Federal register of your data")
