"""What every public page shares: safe methods only, cacheable until something changes."""

import hmac
import threading
from collections.abc import Callable
from functools import wraps
from typing import NamedTuple
from urllib.parse import urlencode

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import escape_leading_slashes
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from organisations.read_snapshot import read_snapshot
from organisations.revision import current_revision


def public_page(*parameters: str, by_day: bool = False) -> Callable:
    """Decorate a view whose answer is a pure function of the public register.

    With `by_day` also of the day, which the view gets as `request.today`.

    `parameters` are what its address may hold after the question mark; an address with others
    goes on to the one without them, so that each page has one address and no cache is filled
    with copies. Gives the view `request.revision` and `request.page_query`, and a snapshot of
    that revision to read. Answers 304, or the page that is kept, before the view runs when the
    revision is still the same, and declares how long caches may keep it (RFC 9110, RFC 9111).
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            asked = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
            known = [(name, value) for name, value in asked if name in parameters]
            request.page_query = urlencode(known)
            if known != asked:
                query = f"?{request.page_query}" if known else ""
                return HttpResponseRedirect(escape_leading_slashes(request.path) + query)
            with read_snapshot():
                request.revision = current_revision()
                request.today = localdate() if by_day else None
                tag = _entity_tag(request)
                response = _answer_at_hand(request, tag) or view(request, *args, **kwargs)
            _kept_pages.keep(tag, request, response)
            if response.status_code in (200, 304):
                response.headers["ETag"] = tag
                patch_cache_control(response, public=True, max_age=settings.PUBLIC_CACHE_SECONDS)
            return response

        # Other methods are answered with 405, not with a page about missing cookies.
        return csrf_exempt(require_safe(page))

    return decorate


def _answer_at_hand(request: HttpRequest, tag: str) -> HttpResponse | None:
    """What the visitor, or this process, has already."""
    # With the asterisk it asks whether there is a page at all: only the view knows. While
    # developing, templates change and the tag does not.
    unchanged = None
    if request.headers.get("If-None-Match", "").strip() != "*" and not settings.DEBUG:
        unchanged = get_conditional_response(request, etag=tag)
    return unchanged or _kept_pages.get(tag, request)


def _address(request: HttpRequest) -> tuple[str, str, str]:
    return (request.scheme, request.get_host(), request.get_full_path())


def _entity_tag(request: HttpRequest) -> str:
    site = [getattr(settings, name) for name in settings.SHOWN_ON_PAGES]
    state = (*site, request.revision, request.today, *_address(request))
    # With our key: the number of a revision is a moment, and nobody else's business.
    digest = hmac.digest(settings.SECRET_KEY.encode(), repr(state).encode(), "sha256")
    return f'"{digest.hex()[:32]}"'


class _KeptPage(NamedTuple):
    # Names what the page is made of: a page with the right tag is never too old.
    tag: str
    content: bytes
    content_type: str


class _KeptPages:
    """The pages that were asked for last, each address once."""

    MOST_BYTES = 6 * 1024 * 1024

    def __init__(self) -> None:
        self._pages = LRUCache(self.MOST_BYTES, getsizeof=lambda page: len(page.content))
        self._lock = threading.Lock()

    def get(self, tag: str, request: HttpRequest) -> HttpResponse | None:
        with self._lock:
            page = self._pages.get(_address(request))
        if page is None or page.tag != tag:
            return None
        return HttpResponse(page.content, content_type=page.content_type)

    def keep(self, tag: str, request: HttpRequest, response: HttpResponse) -> None:
        if settings.DEBUG or type(response) is not HttpResponse or response.status_code != 200:
            return
        page = _KeptPage(tag, response.content, response.headers["Content-Type"])
        if len(page.content) <= self._pages.maxsize:
            with self._lock:
                self._pages[_address(request)] = page


_kept_pages = _KeptPages()
