from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from organisations.origin import origin
from processing.entry.answers import Entry
from processing.exports.formats import FORMATS
from processing.linked_data.formats import EVERYTHING, LINKED_DATA
from processing.models.publication import Publication
from processing.templatetags.lists import IN_LANGUAGE

register = template.Library()


@register.inclusion_tag("includes/downloads.html")
def downloads(kind: str, *arguments: object, query: str = "", is_explained: bool = False) -> dict:
    """The files of everything, of a body or of an entry: of the same choices as the page.

    Where the page does not explain them itself, with the way to the one that does.
    """
    behind = f"?{query}" if query else ""
    ways = [
        {
            "label": chosen.label,
            "here": reverse(f"files:{kind}", args=[*arguments, chosen.name]) + behind,
            "everywhere": reverse(f"data:{kind}", args=[*arguments, chosen.name]) + behind,
            "history": reverse(f"data:{kind}_history", args=[*arguments, chosen.name]) + behind,
        }
        for chosen in FORMATS.values()
    ]
    return {
        "ways": ways,
        "in_language": IN_LANGUAGE[get_language()],
        "is_explained": is_explained,
        "linked_data": [] if query else linked_data_ways(kind, *arguments),
    }


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


@register.inclusion_tag("includes/citation.html", takes_context=True)
def citation(context: dict, entry: Entry, publication: Publication) -> dict:
    """How to name a version of an entry elsewhere: its own address stays, whatever follows."""
    at = [entry.body.slug, publication.number, publication.version]
    return {
        "entry": entry,
        "publication": publication,
        "address": origin(context["request"]) + reverse("processing:activity_version", args=at),
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL.format(language=get_language()),
    }
