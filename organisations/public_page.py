"""What every public page shares: safe methods only, cacheable until something changes."""

import hmac
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, time
from functools import wraps
from time import time as wall_clock
from typing import NamedTuple
from urllib.parse import urlencode

from cachetools import LRUCache
from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import escape_leading_slashes, http_date, parse_http_date_safe
from django.utils.timezone import localdate, make_aware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from organisations import public_servers
from organisations.read_snapshot import public_snapshot
from organisations.revision import current_revision

# So many large files does a process make at once: each takes a processor for some seconds. Who asks
# for a further one is told so: waiting would take a thread, and a connection with its snapshot.
FILES_AT_ONCE = 2
# Seconds from the first change of a transaction until everybody sees it.
LONGEST_TRANSACTION = 60 * 60
# Another release comes with another process.
_STARTED = wall_clock()
_turns = threading.BoundedSemaphore(FILES_AT_ONCE)


class TooManyFiles(Exception):
    """So many visitors fetch large files that this one must come back later."""


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file to save. Its parts are made while they are sent, so that none is held in memory."""

    # In ASCII, without quotation marks.
    name: str
    content_type: str
    parts: Iterator[bytes]


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
            if elsewhere := _its_one_address(request, parameters):
                return elsewhere
            return public_answer(request, lambda: view(request, *args, **kwargs), by_day=by_day)

        # Other methods are answered with 405, not with a page about missing cookies.
        return csrf_exempt(require_safe(page))

    return decorate


def public_answer(
    request: HttpRequest,
    make: Callable[[], HttpResponse],
    *,
    by_day: bool = False,
    negotiated: str = "",
    is_large: bool = False,
) -> HttpResponse:
    """What `make` gives for the register of now, unless the visitor or this process has it already.

    `negotiated` names which of several forms of an address this one is, such as its language. One
    that is large would push many pages out of the memory of this process: it is not kept there.
    """
    request.negotiated = negotiated

    def answer() -> tuple[str, HttpResponse]:
        with public_snapshot():
            tag = _tag_of_now(request, by_day=by_day)
            return tag, _unchanged(request, tag) or _kept_pages.get(tag, request) or make()

    tag, response = public_servers.once_more_elsewhere(answer)
    if not is_large:
        _kept_pages.keep(tag, request, response)
    return _cacheable(request, response, tag)


def public_file(*parameters: str, in_turn: bool = False) -> Callable:
    """Decorate a view that gives a PublicFile, or a page that says why there is none.

    As public_page(), by day. The snapshot that the view reads stays open until the last part is
    sent: a file and its tag are of one moment. With `in_turn`, a process makes a few such files at
    once; raises TooManyFiles where there is no place. Redirects and pages take none.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def file(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
            if elsewhere := _its_one_address(request, parameters):
                return elsewhere

            def begin() -> tuple[Iterator, str, HttpResponseBase | PublicFile]:
                making = _making(request, lambda: view(request, *args, **kwargs), in_turn=in_turn)
                return making, *next(making)

            making, tag, made = public_servers.once_more_elsewhere(begin)
            if isinstance(made, PublicFile) and _is_known_by_its_date(request):
                made = HttpResponseNotModified()
            if isinstance(made, PublicFile):
                disposition = f'attachment; filename="{made.name}"'
                headers = {"Content-Disposition": disposition, "Content-Type": made.content_type}
                parts = making if request.method == "GET" else ()
                made = StreamingHttpResponse(parts, headers=headers)
            if not made.streaming or request.method == "HEAD":
                making.close()
            made = _cacheable(request, made, tag)
            if made.streaming and request.META.get("SERVER_PROTOCOL") == "HTTP/1.0":
                # There, a file that breaks off looks like a whole one.
                made.headers["Cache-Control"] = "no-store"
            return made

        return csrf_exempt(require_safe(file))

    return decorate


def _making(request: HttpRequest, make: Callable, *, in_turn: bool) -> Iterator:
    """First the tag and what the view gives; then the parts, where that is a file.

    A generator, so that snapshot and turn end with it whatever becomes of the answer.
    """
    with public_snapshot():
        tag = _tag_of_now(request, by_day=True)
        if unchanged := _unchanged(request, tag):
            yield tag, unchanged
            return
        made = make()
        if not isinstance(made, PublicFile) or request.method == "HEAD":
            yield tag, made
            return
        with _turn_of_a_large_file() if in_turn else nullcontext():
            yield tag, made
            yield from made.parts


@contextmanager
def _turn_of_a_large_file() -> Iterator[None]:
    """While a large file is made. Raises TooManyFiles."""
    if not _turns.acquire(blocking=False):
        raise TooManyFiles
    try:
        yield
    finally:
        _turns.release()


def _its_one_address(
    request: HttpRequest, parameters: tuple[str, ...]
) -> HttpResponseRedirect | None:
    """Where the page is, if the address holds what it does not know; sets request.page_query."""
    asked = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
    known = [(name, value) for name, value in asked if name in parameters]
    request.page_query = urlencode(known)
    if known == asked:
        return None
    query = f"?{request.page_query}" if known else ""
    return HttpResponseRedirect(escape_leading_slashes(request.path) + query)


def _tag_of_now(request: HttpRequest, *, by_day: bool) -> str:
    """The tag of what the view is about to read; sets request.revision and request.today."""
    request.revision = current_revision()
    request.today = localdate() if by_day else None
    return _entity_tag(request)


def _unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """The answer 304, where the visitor has the page already."""
    # With the asterisk it asks whether there is a page at all: only the view knows. While
    # developing, templates change and the tag does not.
    if request.headers.get("If-None-Match", "").strip() == "*" or settings.DEBUG:
        return None
    return get_conditional_response(request, etag=tag)


def _cacheable(request: HttpRequest, response: HttpResponseBase, tag: str) -> HttpResponseBase:
    # Only now: what is not there has not been the same since any date.
    if response.status_code == 200 and _is_known_by_its_date(request):
        response = HttpResponseNotModified()
    if response.status_code in (200, 304):
        response.headers["ETag"] = tag
        if since := _same_since(request):
            response.headers["Last-Modified"] = http_date(since)
        patch_cache_control(response, public=True, max_age=settings.PUBLIC_CACHE_SECONDS)
    return response


def _same_since(request: HttpRequest) -> int | None:
    """The moment at which today began, where nothing has changed since.

    The moment of the change itself is nobody else's business: it may be of what nobody sees.
    """
    today = int(make_aware(datetime.combine(localdate(), time())).timestamp())
    # Their numbers are microseconds. Who sees a change may do so when its transaction ends.
    changed = max(request.revision) / 1_000_000 + LONGEST_TRANSACTION
    is_same = max(changed, _STARTED) < today and not settings.DEBUG
    # A server for which nobody knows how far it is behind may not have heard of a change.
    return today if is_same and public_servers.is_in_touch() else None


def _is_known_by_its_date(request: HttpRequest) -> bool:
    """Whether the visitor has the answer, and says so by a date and no tag."""
    if "If-None-Match" in request.headers or request.method not in ("GET", "HEAD"):
        return False
    asked = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if asked is None:
        return False
    since = _same_since(request)
    return since is not None and asked >= since


def _address(request: HttpRequest) -> tuple[str, str, str, str]:
    negotiated = getattr(request, "negotiated", "")
    return (request.scheme, request.get_host(), request.get_full_path(), negotiated)


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
