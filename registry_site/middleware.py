from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import has_vary_header
from psycopg.errors import QueryCanceled

from organisations.public_page import TooManyFiles
from processing import api
from processing.finding.register import read_public_register
from registry_site.refusals import refusal_page
from registry_site.request_content import refusal

LONGEST_QUERY = 4096
# No view of the site has a use for another.
METHODS = ["GET", "HEAD", "POST"]
SAFE_METHODS = ["GET", "HEAD"]
GetResponse = Callable[[HttpRequest], HttpResponse]


def send_no_content_with_a_head(get_response: GetResponse) -> GetResponse:
    """Answer HEAD with the headers of GET and nothing else, and tell the length of every content.

    RFC 9110, 9.3.2 and 8.6: the server would refuse the content, and warn of it in its log. An
    answer 304 tells no length: that of the page is not known, and 0 would be another.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 304:
            del response.headers["Content-Length"]
        elif not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = ()
            else:
                response.content = b""
        return response

    return middleware


def answer_health_checks(get_response: GetResponse) -> GetResponse:
    """Answer /healthz (this process lives) and /readyz (it has read the register).

    Before everything else: a probe comes over plain HTTP and names no host of the site.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path in ("/healthz", "/readyz") and request.method not in SAFE_METHODS:
            return HttpResponseNotAllowed(SAFE_METHODS)
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            try:
                # Reads it where this process has not yet: visitors need not wait for it.
                read_public_register()
            except Error:
                return HttpResponse("no database\n", content_type="text/plain", status=503)
            return HttpResponse("ok\n", content_type="text/plain")
        return get_response(request)

    return middleware


def forget_cookies_of_visitors(get_response: GetResponse) -> GetResponse:
    """Only the admin has cookies: a public page is the same whatever a browser sends."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/admin/"):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return middleware


class LanguageOfTheAddress(LocaleMiddleware):
    """Speak the language of the address; without one there, the visitor's.

    Django would say of every address without a language that its answer varies with the visitor's,
    and is in it: files in all languages and sitemaps are the same for all. A public answer varies
    where its view says so. A refusal has a page in the visitor's language.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        varies = has_vary_header(response, "Accept-Language") or response.status_code >= 400
        names_language = translation.get_language_from_path(request.path_info)
        if varies or names_language or request.path.startswith("/admin/"):
            return super().process_response(request, response)
        return response


def stay_out_of_other_sites(get_response: GetResponse) -> GetResponse:
    """No page of another site draws in what is ours, and learns something by it.

    Pictures are there for that: they stand beside links to us. Pages that ask with CORS are not
    concerned (the API), nor is who follows a link.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        policy = "cross-origin" if match and match.namespace == "share" else "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = policy
        return response

    return middleware


def cache_what_is_declared(get_response: GetResponse) -> GetResponse:
    """No cache may keep an error: the page may be there, or gone, a moment later.

    Nor what does not say that it may be kept, such as where a redirect leads.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code >= 400:
            response["Cache-Control"] = "no-store"
            del response["ETag"]
        elif response.status_code != 304:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def tell_when_it_takes_too_long(get_response: GetResponse) -> GetResponse:
    """Answer 503 in plain words when the database gave up a query (STATEMENT_TIMEOUT).

    So too where too many visitors fetch large files.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooManyFiles):
            return refusal_page("503_files.html", status=503, headers={"Retry-After": "60"})
        if not isinstance(exception.__cause__, QueryCanceled):
            return None
        return refusal_page("503.html", status=503, headers={"Retry-After": "10"})

    middleware.process_exception = process_exception
    return middleware


def refuse_malformed_requests(get_response: GetResponse) -> GetResponse:
    """Answer 400 to what no browser sends and what would fail further on: NUL, broken UTF-8."""

    def middleware(request: HttpRequest) -> HttpResponse:
        methods = api.METHODS if request.path.startswith(api.PREFIX) else METHODS
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            raise BadRequest("The query is too long.")
        try:
            decoded = unquote_to_bytes(query).decode()
        except UnicodeDecodeError as error:
            raise BadRequest("The query is not UTF-8.") from error
        if "\0" in decoded or "\0" in request.path or "\0" in "".join(request.COOKIES.values()):
            raise BadRequest("The request holds a NUL.")
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # What a view refuses is no news for an operator: Django would log where in the code.
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return refusal(413)
        return refusal(400) if isinstance(exception, BadRequest | SuspiciousOperation) else None

    middleware.process_exception = process_exception
    return middleware


def speak_the_persons_language(get_response: GetResponse) -> GetResponse:
    """Show the admin in the language that the person has chosen, whatever the browser prefers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware
