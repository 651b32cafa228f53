"""How a view of the API is declared, and what every request of it goes through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt

from organisations.languages import LANGUAGES
from organisations.public_page import public_answer
from processing.accepted_types import preferred_type
from processing.api import METHODS
from processing.api.parameters import Parameter, Value, read
from processing.api.problems import Refused, invalid_input, problem
from processing.api.references import References, encode
from processing.api.selecting import NotSelectable, Selection, read_selection

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """What programs may ask at one address."""

    # operationId of OpenAPI: a verb comes first.
    name: str
    # For people, in their languages.
    summary: Promise
    tag: str
    # The type of the answer.
    gives: type[msgspec.Struct]
    parameters: Sequence[Parameter] = ()
    # Whether the language that was asked for (Accept-Language) decides on titles and their order.
    negotiates: bool = False
    # Whether an address can have been withdrawn: 410.
    can_be_gone: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what was asked for, and how its answer names things."""

    request: HttpRequest
    values: dict[str, Value]
    # Of titles and orders.
    language: str
    references: References

    @property
    def revision(self) -> tuple:
        return self.request.revision

    def get(self, name: str, default: Value | None = None) -> Value | None:
        return self.values.get(name, default)


View = Callable[..., object]


def operation(**declared) -> Callable[[View], Callable[..., HttpResponse]]:
    """Declare a view that takes what was Asked and the parts of the address, and gives a value of
    the type that is declared.

    Takes the fields of Operation.
    """
    made = Operation(**declared)

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, **parts: object) -> HttpResponse:
            if request.method == "OPTIONS":
                return ways_to_ask()
            try:
                if request.method not in METHODS:
                    raise Refused(405)
                return _answer(request, made, view, parts)
            except Refused as refused:
                headers = {"Allow": ", ".join(METHODS)} if refused.status == 405 else {}
                return problem(request, refused, headers)
            except Http404:
                return problem(request, Refused(404), {})

        answer.operation = made
        return csrf_exempt(answer)

    return decorate


def _answer(request: HttpRequest, made: Operation, view: View, parts: dict) -> HttpResponse:
    refuse_other_types(request, JSON)
    values = read(made.parameters, request.GET)
    selection = _selection(values, made.gives)
    asked_language = values.get("lang")
    language = asked_language or get_language()
    is_negotiated = made.negotiates and not asked_language

    def make() -> HttpResponse:
        asked = Asked(request, values, language, References(request, asked_language))
        content = encode(view(asked, **parts))
        if selection:
            content = encode(selection.of(msgspec.json.decode(content), made.gives))
        return HttpResponse(content, content_type=JSON)

    with override(language):
        negotiated = language if is_negotiated else ""
        response = public_answer(request, make, negotiated=negotiated, is_large="embed" in values)
    response.is_negotiated = is_negotiated
    in_one = made.negotiates or asked_language
    response.headers["Content-Language"] = language if in_one else ", ".join(LANGUAGES)
    if is_negotiated:
        response.headers["Vary"] = "Accept-Language"
    return response


def _selection(values: dict[str, Value], shape: type) -> Selection | None:
    text = values.get("select")
    if text is None:
        return None
    try:
        return read_selection(text, shape)
    except NotSelectable as error:
        raise Refused(400, issues=[invalid_input("select", text, str(error))]) from error


def refuse_other_types(request: HttpRequest, *offered: str) -> None:
    """Raises Refused where somebody wants none of the types that there are."""
    if preferred_type(request, offered) is None:
        raise Refused(406, f"This address gives {offered[0]}.")


def ways_to_ask() -> HttpResponse:
    """The answer to OPTIONS, which browsers ask before they let a page of another site ask."""
    response = HttpResponse(content_type=JSON)
    response.headers["Allow"] = ", ".join(METHODS)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "BelGov-Trace-Id, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
