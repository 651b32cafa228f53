"""Pages that say why there is no other: in the frame of the site, read from nothing but settings.

What a request holds may be what is wrong with it, and the database may be what does not answer.
"""

import errno
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from psycopg.errors import ReadOnlySqlTransaction

# No place left on the disk, or for this account.
FULL = (errno.ENOSPC, errno.EDQUOT)


def refusal_page(
    template: str, *, status: int, headers: dict[str, str] | None = None
) -> HttpResponse:
    return HttpResponse(render_to_string(template, _frame()), status=status, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where it is the database, or a full disk, which passes."""
    if passes(sys.exc_info()[1]):
        return away()
    return refusal_page("500.html", status=500)


def away() -> HttpResponse:
    return refusal_page("503_away.html", status=503, headers={"Retry-After": "60"})


def passes(error: BaseException | None) -> bool:
    """Whether it is nobody's mistake, and over when an operator has seen to it.

    So too where the database can only be read, as one that stands in for another.
    """
    if isinstance(error, OSError):
        return error.errno in FULL
    is_away = isinstance(error, OperationalError | InterfaceError)
    return is_away or isinstance(getattr(error, "__cause__", None), ReadOnlySqlTransaction)


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
