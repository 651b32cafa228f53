"""What every answer of the API has in common, also where another part of the site gives it."""

import logging
import re
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from processing.api import METHODS, PREFIX
from processing.api.problems import Refused, problem

# By the guide: unique, random and no longer than 36 signs.
TRACE = re.compile(r"[0-9A-Za-z._:-]{1,36}")
# What a refusal of the site tells beside its page.
KEPT_HEADERS = ("Allow", "Retry-After")
EXPOSED = "ETag, BelGov-Trace-Id, BelGov-Related-Trace-Id, Content-Language, Link, Retry-After"
# RFC 8631: the description for programs, and the page for people.
LINKS = (
    f'<{PREFIX}v1/doc/openapi.yaml>; rel="service-desc"; type="application/yaml", '
    f'</en/open-data/api/>; rel="service-doc"; type="text/html"'
)
logger = logging.getLogger("processing.api")


def answer_as_an_api(get_response: Callable) -> Callable:
    """Tell whatever is refused under /api/ as a problem, and let pages of other sites read it all.

    Around whatever may refuse a request.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(PREFIX):
            return response
        if response.status_code >= 400 and "json" not in response.headers.get("Content-Type", ""):
            response = _as_problem(request, response)
        if not getattr(response, "is_negotiated", False):
            # Django cannot know that the language plays no part.
            del response.headers["Vary"]
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        response.headers["Link"] = LINKS
        _trace(request, response)
        return response

    return middleware


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    kept = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    if response.status_code == 405:
        kept["Allow"] = ", ".join(METHODS)
    told = problem(request, Refused(response.status_code), kept)
    if response.status_code == 500:
        # By which somebody who asks for help can name it.
        logger.error("The API answered 500: %s", told.headers["BelGov-Trace-Id"])
    return told


def _trace(request: HttpRequest, response: HttpResponse) -> None:
    """Name the answer to who named the request. No cache keeps it for others then."""
    asked = request.headers.get("BelGov-Trace-Id", "")
    if TRACE.fullmatch(asked):
        response.headers["BelGov-Related-Trace-Id"] = asked
        response.headers.setdefault("BelGov-Trace-Id", str(uuid4()))
        patch_cache_control(response, private=True)
