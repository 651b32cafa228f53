from django import template
from django.urls import reverse
from django.utils.translation import get_language

from processing.exports.formats import FORMATS
from processing.linked_data.formats import EVERYTHING, LINKED_DATA
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
