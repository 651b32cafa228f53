"""Doing something with several rows of a list, after a look at what it does to each of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import Promise


@dataclass
class Selected:
    """A row that somebody chose."""

    row: Model
    # Names what the person looks at; the page sends it along.
    seen: str
    # What would happen to it or, where it is left out, why nothing does: one line.
    what: str = ""
    is_left_out: bool = False
    # What citizens would see otherwise, for the page of a step (processing/admin/changes.py).
    changes: list | None = None


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the person has looked."""
    return "confirmed" in request.POST


def seen_of(request: HttpRequest, rows: Iterable[Model]) -> dict[Model, str]:
    """What the person saw of each row, by the page that was sent."""
    return {row: request.POST.get(f"seen-{row.pk}", "") for row in rows}


def look_first(
    model_admin: ModelAdmin,
    request: HttpRequest,
    listed: list[Selected],
    *,
    action: str,
    label: str | Promise,
    explanation: str | Promise,
    template: str = "admin/selected.html",
    **context,
) -> TemplateResponse:
    """The page that tells what the action of the list would do, and that confirms it."""
    frame = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": label,
        "explanation": explanation,
        "action": action,
        "listed": listed,
        "is_possible": not all(one.is_left_out for one in listed),
    }
    return TemplateResponse(request, template, frame | context)
