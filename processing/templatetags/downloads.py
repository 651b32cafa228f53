from functools import lru_cache
from html import escape

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from organisations.addresses import address
from organisations.origin import origin
from organisations.templatetags.words import divisible_address
from processing.entry.answers import Entry
from processing.exports.formats import FORMATS
from processing.linked_data.formats import EVERYTHING, LINKED_DATA
from processing.models.publication import Publication
from processing.templatetags.lists import IN_LANGUAGE

register = template.Library()


# Part of a page -> what stands in its addresses for any body, any entry and any choices.
ANY = {"register": (), "body": ("any-body",), "entry": ("any-body", 1)}
ANY_QUERY = "?any=query"


@register.simple_tag
def downloads(
    kind: str, *arguments: object, query: str = "", is_explained: bool = False
) -> SafeString:
    """The files of everything, of a body or of an entry: of the same choices as the page.

    Where the page does not explain them itself, with the way to the one that does.
    """
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    drawn = draw(kind, bool(query), is_explained, get_language(), get_script_prefix())
    if arguments:
        # Slugs and numbers.
        drawn = drawn.replace("/".join(map(str, ANY[kind])), "/".join(map(str, arguments)))
    return mark_safe(drawn.replace(ANY_QUERY, f"?{escape(query)}"))  # noqa: S308 (escaped)


# Of all addresses of a kind but for the slug, the number and the choices: as a template, they took
# a quarter of the time of a page.
@lru_cache(maxsize=64)
def _drawn(kind: str, has_query: bool, is_explained: bool, language: str, _prefix: str) -> str:
    """The files of any body, of any entry, of any choices."""
    arguments = ANY[kind]
    behind = ANY_QUERY if has_query else ""
    ways = [
        {
            "label": chosen.label,
            "here": reverse(f"files:{kind}", args=[*arguments, chosen.name]) + behind,
            "everywhere": reverse(f"data:{kind}", args=[*arguments, chosen.name]) + behind,
            "history": reverse(f"data:{kind}_history", args=[*arguments, chosen.name]) + behind,
        }
        for chosen in FORMATS.values()
    ]
    told = {
        "ways": ways,
        "in_language": IN_LANGUAGE[language],
        "is_explained": is_explained,
        "linked_data": [] if has_query else linked_data_ways(kind, *arguments),
    }
    return render_to_string("includes/downloads.html", told)


def linked_data_ways(kind: str, *arguments: object) -> list[dict]:
    """The same as linked data: of everything, in the format that is read line by line only."""
    if kind == "register":
        return [{"label": EVERYTHING.label, "url": reverse("linked_data:everything")}]
    return [
        {
            "label": known.label,
            "url": reverse(f"linked_data:{kind}", args=[*arguments, known.name]),
        }
        for known in LINKED_DATA.values()
    ]


@register.simple_tag(takes_context=True)
def citation(
    context: dict, entry: Entry, publication: Publication, version_told: SafeString
) -> SafeString:
    """How to name a version of an entry elsewhere: its own address stays, whatever follows."""
    at = (entry.body.slug, publication.number, publication.version)
    page = origin(context["request"]) + address("processing:activity_version", *at)
    name = format_html(gettext("“%(name)s”").replace("%(name)s", "{}"), entry.name)
    licence = gettext("%(label)s:") % {"label": gettext("Licence")}
    licence_page = settings.DATA_LICENCE_URL.format(language=get_language())
    heading, site = gettext("Cite this version"), gettext("Federal register of your data")
    # No template: it would take as long for one of these texts as this does for all.
    return format_html(
        '<details class="disclosure no-print">\n  <summary>{}</summary>\n'
        '  <p class="citation">{}, {}. {} {}. <a href="{}">{}</a>. {} <a href="{}">{}</a>.</p>\n'
        "</details>\n",
        *(heading, entry.body.name, name, version_told, site, page, divisible_address(page)),
        *(licence, licence_page, settings.DATA_LICENCE),
    )
