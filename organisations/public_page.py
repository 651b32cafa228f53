"""What every public page shares: safe methods only, cacheable until something changes."""

import hashlib
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import escape_leading_slashes
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from organisations.revision import RegisterRevision, current_revision

# Reads the revision together with what a view needs, in one query; None when that is not there.
FirstRead = Callable[..., tuple[RegisterRevision, object] | None]


def public_page(*parameters: str, first_read: FirstRead | None = None) -> Callable:
    """Decorate a view whose answer is a pure function of the public register.

    `parameters` are what its address may hold after the question mark; an address with others
    goes on to the one without them, so that each page has one address and no cache is filled
    with copies. Gives the view `request.revision`, `request.page_query` and, with `first_read`,
    `request.first_read`. Answers 304 before the view runs when the visitor's copy is of the same
    revision, and declares how long caches may keep the answer (RFC 9110, RFC 9111).
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
            # Before the view reads anything: an answer may be newer than its tag says, never older.
            first = None
            if first_read and not _rendered.has_some(request):
                first = first_read(*args, **kwargs)
            request.revision, request.first_read = first or (current_revision(), None)
            tag = _entity_tag(request)
            response = None
            # With the asterisk it asks whether there is a page at all: only the view knows. While
            # developing, templates change and the tag does not.
            if request.headers.get("If-None-Match", "").strip() != "*" and not settings.DEBUG:
                response = get_conditional_response(request, etag=tag)
            if response is None:
                response = _rendered.get(tag) or view(request, *args, **kwargs)
                _rendered.keep(tag, request, response)
            if response.status_code in (200, 304):
                response.headers["ETag"] = tag
                patch_cache_control(response, public=True, max_age=settings.PUBLIC_CACHE_SECONDS)
            return response

        # Other methods are answered with 405, not with a page about missing cookies.
        return csrf_exempt(require_safe(page))

    return decorate


def _address(request: HttpRequest) -> tuple[str, str, str]:
    return (request.scheme, request.get_host(), request.get_full_path())


def _entity_tag(request: HttpRequest) -> str:
    site = [getattr(settings, name) for name in settings.SHOWN_ON_PAGES]
    state = (*site, request.revision, *_address(request))
    return f'"{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"'


class _Rendered:
    """The pages that were asked for last. A tag names what a page is made of: none grows old."""

    MOST_BYTES = 6 * 1024 * 1024

    def __init__(self) -> None:
        # Tag -> address, content, type of the content.
        self._pages: OrderedDict[str, tuple[tuple, bytes, str]] = OrderedDict()
        self._addresses: Counter[tuple] = Counter()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, tag: str) -> HttpResponse | None:
        with self._lock:
            if tag not in self._pages:
                return None
            self._pages.move_to_end(tag)
            _address, content, content_type = self._pages[tag]
        return HttpResponse(content, content_type=content_type)

    def has_some(self, request: HttpRequest) -> bool:
        """Whether the page is here, be it of an earlier revision."""
        return _address(request) in self._addresses

    def keep(self, tag: str, request: HttpRequest, response: HttpResponse) -> None:
        if settings.DEBUG or type(response) is not HttpResponse or response.status_code != 200:
            return
        with self._lock:
            if tag in self._pages:
                return
            address = _address(request)
            self._pages[tag] = (address, response.content, response.headers["Content-Type"])
            self._addresses[address] += 1
            self._bytes += len(response.content)
            while self._bytes > self.MOST_BYTES:
                _tag, (address, content, _type) = self._pages.popitem(last=False)
                self._bytes -= len(content)
                self._addresses[address] -= 1
                if not self._addresses[address]:
                    del self._addresses[address]


_rendered = _Rendered()
