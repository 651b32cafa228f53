"""What may come along with a request: looked at before anything reads it.

Django takes whatever is sent before it asks by whom: it writes files to /tmp, which is memory in a
container, and believes that a form which broke off was sent to its end.
"""

import io
import re
from collections.abc import Callable
from string import hexdigits
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict

from processing.imports.files.hostile import MOST_BYTES
from registry_site.refusals import refusal_page

GetResponse = Callable[[HttpRequest], HttpResponse]
# The names of the addresses to which people of the bodies may send files, and how many bytes at
# most: a file, and what stands around it. registry_site/worker.py takes them in before the time of
# a request runs, as it does with forms; they stay in memory (FILE_UPLOAD_MAX_MEMORY_SIZE).
FILES: dict[str, int] = {"admin:imports": MOST_BYTES + 10_000}
# So many bytes may a form of one's account hold: a password, a code.
MOST_OF_AN_ACCOUNT = 20_000
FORM, FILE = "application/x-www-form-urlencoded", "multipart/form-data"
ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
# Two digits -> the byte, as the one object that Python has of it.
BYTES = {
    first + second: chr(int(first + second, 16)) for first in hexdigits for second in hexdigits
}
PAGES = {413: "413.html", 415: "415.html", 503: "503_busy.html"}
TOO_LARGE_FILE = "413_file.html"
# The status of a file that nobody sends who is logged in.
NOBODY = 401
HEADERS = {503: {"Retry-After": "5"}}
# With this in its environment, a request brings a file for which the process has no place now. No
# header can put it there.
NO_PLACE = "register.no_place"


def refuse_unfit_content(get_response: GetResponse) -> GetResponse:
    """Let through a form as browsers send it, whole and not too large; 400, 411, 413 or 415 else.

    503 where too many people send files. Who sends one after the session ended can log in again.

    After the session is known, which tells who may send files, and before whatever reads a form.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        status = _fault(request) if request.method == "POST" else None
        if status == NOBODY:
            address = resolve_url(settings.LOGIN_URL)
            return HttpResponseRedirect(f"{address}?{urlencode({'next': request.path})}")
        is_file = request.content_type == FILE
        return refusal(status, is_file=is_file) if status else get_response(request)

    return middleware


def refusal(status: int, *, is_file: bool = False) -> HttpResponse:
    """The page that says what is wrong. It reads nothing from the request."""
    page = PAGES.get(status, "400.html")
    page = TOO_LARGE_FILE if is_file and status == 413 else page
    return refusal_page(page, status=status, headers=HEADERS.get(status))


def _fault(request: HttpRequest) -> int | None:
    """The status that says what is wrong with the content of a request; None where nothing is."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        # Django would take it for empty. Browsers and buffering proxies tell the length.
        return 411
    told = request.META.get("CONTENT_LENGTH") or "0"
    if not told.isdecimal():
        return 400
    length = int(told)
    if NO_PLACE in request.META:
        return 503
    if request.content_type == FILE:
        most = most_bytes_of_files(request.path_info)
        if most and request.user.is_anonymous:
            return NOBODY
        if not most or not request.user.has_module_perms("processing"):
            return 415
        return 413 if length > most else _fault_of_file(request, length)
    if request.content_type != FORM and (request.content_type or length):
        return 415
    if length > _most_bytes_of_a_form(request):
        return 413
    try:
        if len(request.body) != length:
            return 400
        read_form(request)
    except UnreadablePostError:
        return 400
    except TooManyFieldsSent:
        return 413
    return None


def _fault_of_file(request: HttpRequest, length: int) -> int | None:
    """Read a file, whole: half a table would be taken for all of it."""
    try:
        content = request.read(length)
    except UnreadablePostError:
        return 400
    if len(content) != length:
        return 400
    request._stream, request._read_started = io.BytesIO(content), False
    try:
        request._load_post_and_files()
    except (MultiPartParserError, TooManyFieldsSent, TooManyFilesSent, RequestDataTooBig):
        return 400
    return None


def read_form(request: HttpRequest) -> None:
    """Read the fields of a form, as Django would when it is first asked for them.

    Django makes several objects of each sign that is written as %20: sixty megabytes of a form of
    one. Raises TooManyFieldsSent.
    """
    fields = request.body.split(b"&", settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
    if len(fields) > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        raise TooManyFieldsSent("The form holds too many fields.")
    form = QueryDict(mutable=True)
    for field in filter(None, fields):
        name, _sign, value = field.replace(b"+", b" ").partition(b"=")
        form.appendlist(_decoded(name), _decoded(value))
    form._mutable = False
    request._post, request._files = form, MultiValueDict()


def _decoded(written: bytes) -> str:
    # As text of one byte a letter: to put bytes together, Python keeps a note of each piece.
    text = ESCAPED.sub(lambda escaped: BYTES[escaped[1]], written.decode("latin-1"))
    return text.encode("latin-1").decode(errors="replace")


def _most_bytes_of_a_form(request: HttpRequest) -> int:
    if request.path.startswith("/admin/account/"):
        return MOST_OF_AN_ACCOUNT
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def most_bytes_of_files(path: str) -> int:
    """How much in files may be sent to this address: 0 for most."""
    try:
        return FILES.get(resolve(path).view_name, 0)
    except Resolver404:
        return 0
