from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from organisations.addresses import address
from organisations.directory import Body
from organisations.origin import origin
from processing.entry.answers import Entry
from processing.linked_data.formats import LINKED_DATA
from processing.linked_data.json_ld import encode
from processing.models.publication import Publication
from processing.structured_data import StructuredData, Thing

register = template.Library()

# JSON writes these otherwise as well: nothing of a text ends the element.
SAFE = {sign: f"\\u{ord(sign):04x}" for sign in "<>&"}


@register.simple_tag(takes_context=True)
def entry_as_data(context: dict, entry: Entry, publication: Publication) -> SafeString:
    """What the page of an entry tells programs, and where they find it as linked data."""
    data = StructuredData(origin(context["request"]))
    links = _links("entry", entry.body.slug, publication.number)
    return _element(data.of_entry(entry, publication)) + links


@register.simple_tag(takes_context=True)
def body_as_data(context: dict, body: Body) -> SafeString:
    data = StructuredData(origin(context["request"]))
    return _element(data.of_body(body)) + _links("body", body.slug)


@register.simple_tag(takes_context=True)
def site_as_data(context: dict) -> SafeString:
    data = StructuredData(origin(context["request"]))
    return _element(data.of_site()) + _links("catalogue")


@register.simple_tag(takes_context=True)
def absolute(context: dict, name: str, *arguments: object) -> str:
    """The whole address, as programs need it."""
    return origin(context["request"]) + reverse(name, args=arguments)


def _element(things: list[Thing]) -> SafeString:
    """A block of data: no browser runs it, so a policy without inline scripts lets it stand."""
    told = encode({"@context": "https://schema.org", "@graph": things}).decode()
    # Not translate(), which looks at every character.
    for sign, otherwise in SAFE.items():
        told = told.replace(sign, otherwise)
    # What could end it is written otherwise.
    return mark_safe(f'<script type="application/ld+json">{told}</script>')  # noqa: S308


def _links(kind: str, *arguments: object) -> SafeString:
    # Names of ours, slugs and numbers.
    tags = (
        f'\n  <link rel="alternate" type="{known.content_type.split(";")[0]}"'
        f' href="{address(f"linked_data:{kind}", *arguments, last=known.name)}">'
        for known in LINKED_DATA.values()
    )
    return mark_safe("".join(tags))  # noqa: S308
