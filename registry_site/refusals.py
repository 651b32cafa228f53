"""Pages that say why there is no other: in the frame of the site, read from nothing but settings.

What a request holds may be what is wrong with it, and the database may be what does not answer.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def refusal_page(
    template: str, *, status: int, headers: dict[str, str] | None = None
) -> HttpResponse:
    return HttpResponse(render_to_string(template, _frame()), status=status, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
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
