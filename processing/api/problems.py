"""What is wrong with a request, as RFC 9457 and the guide of Belgif tell it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated
from uuid import uuid4

import msgspec
from django.http import HttpRequest, HttpResponse
from msgspec import UNSET, Meta, UnsetType

from organisations.origin import origin

CONTENT_TYPE = "application/problem+json"
GUIDE = "https://www.belgif.be/specification/rest/api-guide"
STANDARD, EXTENSION, OWN = (
    *("urn:problem-type:belgif", "urn:problem-type:belgif-ext"),
    "urn:problem-type:register",
)
# Where our own kinds of problems are explained: in the page about the API.
EXPLAINED = "/en/open-data/api/#problems"
# Status -> the kind of problem that says no more than that: those of the guide, then our own.
OF_THE_GUIDE = {
    400: ("badRequest", "Bad Request"),
    404: ("resourceNotFound", "Resource Not Found"),
    413: ("payloadTooLarge", "Payload Too Large"),
    500: ("internalServerError", "Internal Server Error"),
    503: ("serviceUnavailable", "Service Unavailable"),
}
OUR_OWN = {
    405: ("methodNotAllowed", "Method Not Allowed"),
    406: ("notAcceptable", "Not Acceptable"),
    410: ("withdrawn", "Withdrawn"),
}
DETAILS = {
    400: "The request is not valid.",
    404: "There is nothing at this address.",
    405: "This API can only be read: by GET and HEAD.",
    500: "Something went wrong on our side.",
    503: "The answer took too long, or too much is asked at the moment.",
}


Uri = Annotated[str, Meta(extra_json_schema={"format": "uri"})]


class Shape(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What is not said is left out."""


class InputValidationIssue(Shape, kw_only=True):
    """One thing that is wrong with what was asked."""

    type: Uri
    href: Uri | UnsetType = UNSET
    title: str | UnsetType = UNSET
    detail: str | UnsetType = UNSET
    # One of: path, query, header, body.
    in_: str | UnsetType = msgspec.field(default=UNSET, name="in")
    name: str | UnsetType = UNSET
    value: str | UnsetType = UNSET
    minimum: int | UnsetType = UNSET
    maximum: int | UnsetType = UNSET


class Problem(Shape, kw_only=True):
    """A Problem Details object (RFC 9457)."""

    type: Uri
    href: Uri | UnsetType = UNSET
    title: str | UnsetType = UNSET
    status: int | UnsetType = UNSET
    detail: str | UnsetType = UNSET
    # Names this answer; so does its header BelGov-Trace-Id.
    instance: Uri | UnsetType = UNSET
    # Of a request that is not valid, and of an address that leads nowhere.
    issues: list[InputValidationIssue] | UnsetType = UNSET
    # Of what was withdrawn: on which day.
    withdrawn_on: date | UnsetType = UNSET


class Refused(Exception):
    """A request that gets a problem for an answer."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        issues: Iterable[InputValidationIssue] = (),
        withdrawn_on: date | None = None,
    ) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail
        self.issues = list(issues)
        self.withdrawn_on = withdrawn_on


def problem(request: HttpRequest, refused: Refused, headers: Mapping[str, str]) -> HttpResponse:
    """The answer. It reads nothing from the request but the host, and that only where it is known
    to be ours."""
    status = refused.status
    name = uuid4()
    standard = OF_THE_GUIDE.get(status)
    own = OUR_OWN.get(status, (f"status{status}", "The request is refused"))
    kind, title = standard or own
    told = Problem(
        type=f"{STANDARD if standard else OWN}:{kind}",
        href=f"{GUIDE}/problems/{kind}.html" if standard else _explained(request),
        title=title,
        status=status,
        detail=refused.detail or DETAILS.get(status, title),
        instance=f"urn:uuid:{name}",
        issues=refused.issues or UNSET,
        withdrawn_on=refused.withdrawn_on or UNSET,
    )
    response = HttpResponse(msgspec.json.encode(told), status=status, content_type=CONTENT_TYPE)
    for header, value in headers.items():
        response.headers[header] = value
    response.headers["BelGov-Trace-Id"] = str(name)
    response.headers["Content-Language"] = "en"
    return response


def _explained(request: HttpRequest) -> str:
    return f"{origin(request)}{EXPLAINED}"


def unknown_input(name: str, value: str) -> InputValidationIssue:
    return _issue("unknownInput", "Unknown input", f"Input {name} is unknown", name, value)


def schema_violation(name: str, value: str, detail: str) -> InputValidationIssue:
    title = "Input isn't valid with respect to schema"
    return _issue("schemaViolation", title, detail, name, value)


def invalid_input(name: str, value: str, detail: str) -> InputValidationIssue:
    return _issue("invalidInput", "Invalid input", detail, name, value)


def not_found(name: str, value: str, *, where: str = "query") -> InputValidationIssue:
    detail = f"Referenced resource {name} = '{value}' does not exist"
    title = "Referenced resource not found"
    return _issue("referencedResourceNotFound", title, detail, name, value, where=where)


def out_of_range(name: str, value: int, *, maximum: int) -> InputValidationIssue:
    return InputValidationIssue(
        type=f"{EXTENSION}:input-validation:outOfRange",
        href=f"{GUIDE}/issues/ext/outOfRange.html",
        title="Input value is out of range",
        detail=f"Input value {name} = {value} is out of range [1, {maximum}]",
        in_="query",
        name=name,
        value=str(value),
        minimum=1,
        maximum=maximum,
    )


def _issue(
    kind: str, title: str, detail: str, name: str, value: str, *, where: str = "query"
) -> InputValidationIssue:
    return InputValidationIssue(
        type=f"{STANDARD}:input-validation:{kind}",
        href=f"{GUIDE}/issues/{kind}.html",
        title=title,
        detail=detail,
        in_=where,
        name=name,
        value=value,
    )
