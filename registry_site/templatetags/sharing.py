"""What a page tells those that show a link to it: its title, what it is about, its picture."""

import re
from html import unescape

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

# Language -> as Open Graph names it.
LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_BE", "en": "en_GB"}
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
    """What the page says of itself, which its tags for sharing repeat."""
    found = DESCRIPTION.search(content)
    context["shared_description"] = unescape(found[1]) if found else ""
    return SafeString(content)


@register.simple_tag(takes_context=True)
def share_tags(context: dict) -> SafeString:
    """Open Graph, and the one tag of Twitter that it lacks."""
    language = get_language()
    own = _("What each federal body does with personal data: what for, and who receives them.")
    properties = [
        ("type", "website"),
        ("site_name", _site()),
        ("title", context["shared_title"]),
        ("description", context["shared_description"] or own),
        ("url", context["canonical"]),
        ("image", context["share_picture"]),
        ("image:width", "1200"),
        ("image:height", "630"),
        ("image:alt", context["shared_title"]),
        ("locale", LOCALES[language]),
        *(("locale:alternate", LOCALES[code]) for code, _name in _others(language)),
    ]
    card = SafeString('\n  <meta name="twitter:card" content="summary_large_image">')
    row = '<meta property="og:{}" content="{}">'
    return format_html_join("\n  ", row, properties) + card


def _site() -> str:
    return _("Federal register of your data")


def _others(language: str) -> list[tuple[str, str]]:
    return [(code, name) for code, name in settings.LANGUAGES if code != language]
