"""A name for each request: the same in the log of the proxy and in that of the site."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# As nginx makes them.
WELL_FORMED = re.compile("[0-9a-f]{32}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """That of the request that this thread is answering; '' elsewhere."""
    return _current.get()


def name_the_request(get_response: Callable) -> Callable:
    """Take over the name that the proxy gave it, or give it one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Without a proxy that sets it, anybody could have written it.
        told = request.headers.get("X-Request-ID", "") if settings.CLIENT_ADDRESS_HEADER else ""
        token = _current.set(told if WELL_FORMED.fullmatch(told) else uuid4().hex)
        try:
            return get_response(request)
        finally:
            _current.reset(token)

    return middleware
