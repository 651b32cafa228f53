"""Draws an entry in short and the stops of its picture: as templates, they would take long."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, mark_safe
from django.utils.safestring import SafeString

from organisations.templatetags.words import divisible
from processing.entry.answers import Fact, Mark, Stop
from registry_site.templatetags.frame import icon

register = template.Library()


@register.simple_tag
def facts(listed: Iterable[Fact]) -> SafeString:
    """Labels with their short answers."""
    return mark_safe("".join(map(_fact, listed)))  # noqa: S308 (escaped)


def _fact(fact: Fact) -> str:
    answers = " · ".join(map(conditional_escape, fact.answers))
    marks = "".join(map(_mark, fact.marks))
    return (
        f"\n    <div><dt>{conditional_escape(fact.label)}</dt><dd>{answers}{marks}</dd></div>\n    "
    )


def _mark(mark: Mark) -> str:
    text = f"<span>{divisible(mark.text)}</span>"
    return f' <span class="tag {mark.kind}">{icon(mark.icon)}{text}</span>'


@register.simple_tag
def stops(listed: Iterable[Stop]) -> SafeString:
    """From whom data come or to whom they go, each with an icon."""
    drawn = "".join(map(_stop, listed))
    return mark_safe(f'<ul class="stops">{drawn}</ul>\n')  # noqa: S308 (escaped)


def _stop(stop: Stop) -> str:
    notes = f"<small>{', '.join(map(divisible, stop.notes))}</small>" if stop.notes else ""
    return f"<li>{icon(stop.icon)}<span>{conditional_escape(stop.name)}{notes}</span></li>"
