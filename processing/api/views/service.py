"""Whether the API works, and its description for programs."""

from collections.abc import Callable

import msgspec
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from organisations.origin import origin
from organisations.public_page import public_answer
from processing.api import parameters, yaml
from processing.api.openapi import document
from processing.api.operations import JSON, Operation, refuse_other_types, ways_to_ask
from processing.api.problems import Refused, Shape, problem
from processing.finding.register import read_public_register

YAML = ("application/yaml", "application/openapi+yaml", "application/x-yaml", "text/yaml")


class HealthStatus(Shape, kw_only=True):
    """Whether the API works: UP or DOWN."""

    status: str


@csrf_exempt
def health(request: HttpRequest) -> HttpResponse:
    """As /readyz: whether this process can read the register."""

    def answer() -> HttpResponse:
        try:
            read_public_register()
        except Error:
            return _health("DOWN", 503)
        return _health("UP", 200)

    return _answered(request, (JSON,), answer)


def _health(status: str, code: int) -> HttpResponse:
    told = msgspec.json.encode(HealthStatus(status=status))
    return HttpResponse(told, content_type=JSON, status=code)


health.operation = Operation(
    name="checkHealth",
    summary=_("See whether the API works"),
    tag="Monitoring",
    gives=HealthStatus,
    description="UP, or DOWN with status 503.",
)


@csrf_exempt
def document_in_yaml(request: HttpRequest) -> HttpResponse:
    return _document(request, YAML, yaml.written)


@csrf_exempt
def document_in_json(request: HttpRequest) -> HttpResponse:
    return _document(request, (JSON,), msgspec.json.encode)


def _document(
    request: HttpRequest, types: tuple[str, ...], write: Callable[[dict], bytes]
) -> HttpResponse:
    def make() -> HttpResponse:
        return HttpResponse(write(document(origin(request))), content_type=types[0])

    return _answered(request, types, lambda: public_answer(request, make))


def _answered(
    request: HttpRequest, types: tuple[str, ...], answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """What these give that are no operations of their own."""
    if request.method == "OPTIONS":
        return ways_to_ask()
    try:
        refuse_other_types(request, *types)
        parameters.read((), request.GET)
        response = answer()
    except Refused as refused:
        return problem(request, refused, {})
    response.headers["Content-Language"] = "en"
    return response
