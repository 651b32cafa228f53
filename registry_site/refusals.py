"""Pages that say why there is no other: in the frame of the site, read from nothing but settings.

What a request holds may be what is wrong with it, and the database may be what does not answer.
"""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def refusal_page(
    template: str, *, status: int, headers: dict[str, str] | None = None
) -> HttpResponse:
    return HttpResponse(render_to_string(template, _frame()), status=status, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where the database is what does not answer, which passes."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return refusal_page("503_away.html", status=503, headers={"Retry-After": "60"})
    return refusal_page("500.html", status=500)


def _frame() -> dict:
    """What the frame needs (context_processors.site): other languages lead to their home pages."""
    return {
        "here": "",
        "demonstration": settings.DEMONSTRATION,
        "translations": [
            {"code": code, "name": name, "path": f"/{code}/", "url": None}
            for code, name in settings.LANGUAGES
        ],
    }
