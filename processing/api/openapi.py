"""The description of the API for programs (OpenAPI 3.0), made from what the views declare."""

import re
from collections.abc import Iterator

import msgspec
from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import override

from processing.api import VERSION
from processing.api.operations import JSON, Operation
from processing.api.parameters import MOST_PER_PAGE, Parameter
from processing.api.problems import CONTENT_TYPE, EXPLAINED, Problem
from processing.api.references import BASE

OPENAPI = "3.0.3"
PART = re.compile(r"<\w+:(\w+)>")
# Everything else may be left out (`select`).
REQUIRED = {"Problem": ["type"], "InputValidationIssue": ["type"], "HealthStatus": ["status"]}
# Part of an address -> its name, as the guide wants it, its schema and what it is.
CODE = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 50}
COUNT = {"type": "integer", "format": "int32", "minimum": 1, "maximum": 999_999_999, "example": 1}
PARTS = {
    "slug": (
        "organisationId",
        {
            "type": "string",
            "pattern": "^[-a-zA-Z0-9_]+$",
            "maxLength": 50,
            "example": "fps-finance",
        },
        "The federal body, as in the addresses of the site.",
    ),
    "number": (
        "processingActivityNumber",
        COUNT,
        "The number that the body gave the processing activity.",
    ),
    "version": (
        "versionNumber",
        COUNT,
        "The number of the version.",
    ),
    "code_list": (
        "listCode",
        CODE | {"example": "themes"},
        "The code of the list.",
    ),
    "code": (
        "termCode",
        CODE | {"example": "HEAL"},
        "The code of the term.",
    ),
}
# Of what stands in nearly every answer, for a site at {site}.
EXAMPLES = {
    "LocalizedString": {"nl": "Gezondheid", "fr": "Santé", "de": "Gesundheit", "en": "Health"},
    "OrganisationReference": {
        "id": "fps-finance",
        "href": "{site}/api/v1/organisations/fps-finance",
        "name": {"nl": "FOD Financiën", "fr": "SPF Finances", "en": "FPS Finance"},
    },
    "TermReference": {
        "code": "HEAL",
        "href": "{site}/api/v1/refData/themes/HEAL",
        "label": {"nl": "Gezondheid", "fr": "Santé", "de": "Gesundheit", "en": "Health"},
    },
    "Problem": {
        "type": "urn:problem-type:belgif:resourceNotFound",
        "href": "https://www.belgif.be/specification/rest/api-guide/problems/resourceNotFound.html",
        "title": "Resource Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
        "instance": "urn:uuid:d9e35127-e9b1-4201-a211-2b52e52508df",
    },
}
TAGS = {
    "Processing activities": "What federal bodies do with personal data.",
    "Organisations": "The federal bodies that are on this site.",
    "Exchanges": "Which federal body passes data on to which.",
    "Changes": "What was published, changed and withdrawn.",
    "Reference data": "The lists of terms that all else is described with.",
    "Monitoring": "Whether the API works.",
}
DESCRIPTION = f"""\
What Belgian federal bodies publish of their records of processing activities (GDPR Art. 30).

Read-only, without a key. By the [REST guide of Belgif](https://www.belgif.be/specification/rest/api-guide/).

- A page of a collection holds at most {MOST_PER_PAGE} items. What is not declared here is refused.
- Texts come in all languages in which they are written; with `lang`, in one. `title` and the \
order of names follow `Accept-Language`, or `lang`.
- What has no value is left out. So is what `select` does not name: no property is required.
- Answers carry an `ETag`: with `If-None-Match`, what did not change is answered by 304.
- Properties may be added. What is there keeps its name and its meaning within a major version.
"""
OF_PROBLEMS = {
    "400": ("BadRequestResponse", "The request is not valid: `issues` tell why."),
    "404": ("NotFoundResponse", "There is nothing at this address."),
    "406": ("NotAcceptableResponse", "There is no such media type: this API gives JSON."),
    "410": ("GoneResponse", "It was withdrawn: `withdrawnOn` tells when."),
    "default": ("ProblemResponse", "Any other problem."),
}


def document(site: str) -> dict:
    """The description, for a site at this origin."""
    found = list(operations())
    with override("en"):
        return {
            "openapi": OPENAPI,
            "info": _about(site),
            "servers": [{"url": f"{site}{BASE}"}],
            "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
            "paths": {path: {"get": _operation(path, declared)} for path, declared in found},
            "components": {
                "parameters": {
                    _component(parameter): _parameter(parameter)
                    for _path, declared in found
                    for parameter in declared.parameters
                },
                "responses": {
                    name: {"description": text, "content": {CONTENT_TYPE: _schema("Problem")}}
                    for name, text in OF_PROBLEMS.values()
                },
                "schemas": _schemas([declared.gives for _path, declared in found], site),
            },
            "externalDocs": {"url": f"{site}{EXPLAINED}", "description": "With examples"},
        }


def operations() -> Iterator[tuple[str, Operation]]:
    """Path in the API -> what may be asked there."""
    _prefix, resolver = get_resolver().namespace_dict["api"]
    for pattern in resolver.url_patterns:
        if declared := getattr(pattern.callback, "operation", None):
            yield (
                "/" + PART.sub(lambda part: f"{{{PARTS[part[1]][0]}}}", str(pattern.pattern)),
                declared,
            )


def _about(site: str) -> dict:
    return {
        "title": "Federal register of your data",
        "version": VERSION,
        "description": DESCRIPTION,
        "contact": {"url": f"{site}/en/about/"},
        "license": {
            "name": settings.DATA_LICENCE,
            "url": settings.DATA_LICENCE_URL.format(language="en"),
        },
    }


def _operation(path: str, declared: Operation) -> dict:
    in_path = [
        {"in": "path", "name": name, "required": True, "description": text, "schema": schema}
        for name, schema, text in PARTS.values()
        if f"{{{name}}}" in path
    ]
    answers = {
        "200": {
            "description": "What was asked for.",
            "headers": {"ETag": {"schema": {"type": "string"}, "description": "Names its state."}},
            "content": {JSON: _schema(declared.gives.__name__)},
        },
        "304": {"description": "It is as you have it (If-None-Match)."},
    }
    problems = ["400", *(["404"] if in_path else []), "406"]
    problems += [*(["410"] if declared.can_be_gone else []), "default"]
    answers |= {
        status: {"$ref": f"#/components/responses/{OF_PROBLEMS[status][0]}"} for status in problems
    }
    if declared.name == "checkHealth":
        # It changes without the register, and tells what is wrong in its own form.
        del answers["200"]["headers"], answers["304"]
        answers["503"] = answers["200"] | {"description": "The service is down."}
    told = {
        "operationId": declared.name,
        "summary": str(declared.summary),
        "tags": [declared.tag],
        "parameters": in_path
        + [
            {"$ref": f"#/components/parameters/{_component(parameter)}"}
            for parameter in declared.parameters
        ],
        "responses": answers,
    }
    return told | ({"description": declared.description} if declared.description else {})


def _component(parameter: Parameter) -> str:
    name = parameter.component or parameter.name
    return f"{name[0].upper()}{name[1:]}QueryParameter"


def _parameter(parameter: Parameter) -> dict:
    schema = parameter.schema
    if parameter.example is not None:
        schema = schema | {"example": parameter.example}
    if parameter.is_repeated:
        schema = {"type": "array", "items": schema}
    description = str(parameter.description)
    return {"in": "query", "name": parameter.name, "description": description, "schema": schema}


def _schema(name: str) -> dict:
    return {"schema": {"$ref": f"#/components/schemas/{name}"}}


def _schemas(types: list[type[msgspec.Struct]], site: str) -> dict[str, dict]:
    _references, found = msgspec.json.schema_components(
        [*types, Problem], ref_template="#/components/schemas/{name}"
    )
    return {name: _of_openapi(schema, name, site) for name, schema in sorted(found.items())}


def _of_openapi(schema: dict, name: str, site: str) -> dict:
    """As OpenAPI 3.0 writes a JSON Schema, with what else the guide asks for."""
    told = _plain(schema)
    if name in EXAMPLES:
        href = EXAMPLES[name].get("href", "").replace("{site}", site)
        told["example"] = EXAMPLES[name] | ({"href": href} if href else {})
    if name in REQUIRED:
        told["required"] = REQUIRED[name]
    else:
        told.pop("required", None)
    return told


def _plain(schema: object) -> object:
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    told = {
        key: {name: _plain(of) for name, of in value.items()}
        if key == "properties"
        else _plain(value)
        for key, value in schema.items()
        if key not in ("title", "default")
    }
    if "enum" in told:
        told["type"] = "string"
    if "$ref" in told and len(told) > 1:
        # Beside a reference, nothing else counts.
        told["allOf"] = [{"$ref": told.pop("$ref")}]
    return told
