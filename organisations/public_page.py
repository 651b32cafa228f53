"""What every public page shares: safe methods only, cacheable until something changes."""

import hashlib
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from organisations.revision import current_revision


def public_page(*parameters: str) -> Callable:
    """Decorate a view whose answer is a pure function of the public register.

    `parameters` are what its address may hold after the question mark; an address with others
    goes on to the one without them, so that each page has one address and no cache is filled
    with copies. Gives the view `request.revision` and `request.page_query`, answers 304 before the
    view runs when the visitor's copy is of the same revision, and declares how long caches may
    keep the answer (RFC 9110, RFC 9111).
    """

    def decorate(view: Callable) -> Callable:
        cacheable = condition(etag_func=_entity_tag)(view)

        @wraps(view)
        def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            asked = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
            known = [(name, value) for name, value in asked if name in parameters]
            request.page_query = urlencode(known)
            if known != asked:
                query = f"?{request.page_query}" if known else ""
                return HttpResponseRedirect(request.path + query)
            return cacheable(request, *args, **kwargs)

        cached = cache_control(public=True, max_age=settings.PUBLIC_CACHE_SECONDS)(page)
        return require_safe(cached)

    return decorate


def _entity_tag(request: HttpRequest, *args, **kwargs) -> str | None:
    # Before the view reads anything: an answer may be newer than its tag says, never older.
    request.revision = current_revision()
    if request.headers.get("If-None-Match", "").strip() == "*":
        # It asks whether there is a page at all: only the view knows.
        return None
    state = (
        settings.RELEASE,
        settings.DEMONSTRATION,
        settings.SITE_URL,
        request.revision,
        request.scheme,
        request.get_host(),
        request.get_full_path(),
    )
    return f'"{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"'
