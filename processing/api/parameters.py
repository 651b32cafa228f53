"""What can be asked of the API: each parameter with the schema that its values must have."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organisations.languages import LANGUAGES
from organisations.models import Organisation
from processing.api.problems import InputValidationIssue, Refused, schema_violation, unknown_input
from processing.api.references import property_name
from processing.api.selecting import LONGEST
from processing.finding.filters import FILTERS, LANGUAGE_NAMES, ROLES, SENSITIVE, YES_NO
from processing.finding.list_query import LONGEST_TEXT
from processing.law import LegalBasis

PER_PAGE = 25
MOST_PER_PAGE = 100
LAST_PAGE = 1_000_000
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Value = str | int | date | list[str]


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    # For people, in their languages.
    description: Promise
    # Of one value, as OpenAPI has it.
    schema: dict
    # With several values, one of them must be met.
    is_repeated: bool = False
    example: object = None
    # Where another parameter has the same name and means something else.
    component: str = ""

    def fault(self, value: str) -> str:
        """What is wrong with a value; empty where nothing is."""
        schema = self.schema
        if schema["type"] == "integer":
            least, most = schema["minimum"], schema["maximum"]
            if not NUMBER.fullmatch(value) or int(value) > most:
                return f"{self.name} must be a number from {least} to {most}."
        elif schema.get("format") == "date":
            if not _is_day(value):
                return f"{self.name} must be a day, such as 2026-01-31."
        elif value not in schema.get("enum", [value]):
            return f"{self.name} must be one of: {', '.join(schema['enum'])}."
        elif not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            return f"{self.name} has at most {schema['maxLength']} characters, and is not empty."
        return ""

    def value(self, values: list[str]) -> Value:
        """What was asked for, of values that have no fault."""
        if self.is_repeated:
            return list(dict.fromkeys(values))
        (value,) = values
        if self.schema["type"] == "integer":
            return int(value)
        return date.fromisoformat(value) if self.schema.get("format") == "date" else value


def _is_day(value: str) -> bool:
    if not DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def read(parameters: Iterable[Parameter], query: QueryDict) -> dict[str, Value]:
    """What was asked for, by name. Raises Refused with everything that is wrong."""
    known = {parameter.name: parameter for parameter in parameters}
    issues: list[InputValidationIssue] = []
    asked: dict[str, Value] = {}
    for name, values in query.lists():
        parameter = known.get(name)
        if parameter is None:
            issues.append(unknown_input(name, values[0]))
            continue
        faults = {value: fault for value in values if (fault := parameter.fault(value))}
        if len(values) > 1 and not parameter.is_repeated:
            faults = {values[-1]: f"{name} may stand only once."}
        issues += [schema_violation(name, value, fault) for value, fault in faults.items()]
        if not faults:
            asked[name] = parameter.value(values)
    if issues:
        raise Refused(400, issues=issues)
    return asked


def _text(*, most: int = 50) -> dict:
    return {"type": "string", "minLength": 1, "maxLength": most}


def _one_of(options: Iterable[str]) -> dict:
    return {"type": "string", "enum": list(options)}


LANG = Parameter(
    "lang",
    _("Texts in this language only, or in another one where there is none"),
    _one_of(LANGUAGES),
)
SELECT = Parameter(
    "select",
    _("Only these properties; with “!” in front, all but these"),
    {"type": "string", "minLength": 3, "maxLength": LONGEST},
    example="(name,organisation(id))",
)
PAGE = Parameter(
    "page",
    _("Number of the page; the first is 1"),
    {"type": "integer", "format": "int32", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
)
PAGE_SIZE = Parameter(
    "pageSize",
    format_lazy(_("How many on a page: {most} at most"), most=MOST_PER_PAGE),
    {
        **{"type": "integer", "format": "int32"},
        **{"minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
    },
)
PAGED = (PAGE, PAGE_SIZE, SELECT, LANG)
Q = Parameter(
    "q",
    _("Words to look for, as in the search of this site"),
    {"type": "string", "maxLength": LONGEST_TEXT},
    example="pension",
)
SINCE = Parameter(
    "since",
    _("Published or changed on this day or later"),
    {"type": "string", "format": "date"},
    example="2025-01-01",
)
# Value of `sort` -> the order of the list of the site.
ORDERS = {
    "relevance": "relevance",
    "name": "name",
    "organisation": "body",
    "-publishedAt": "newest",
}
SORT = Parameter(
    "sort",
    _("In which order: what fits best, by name, by federal body, or the newest first"),
    _one_of(ORDERS),
)
EMBED = Parameter(
    "embed",
    _("With “items”, all that is published about each processing activity"),
    _one_of(["items"]),
)
# Filters whose options are no codes of a list that may grow.
FIXED = {
    "kind": [property_name(kind) for kind in Organisation.Kind.values],
    "basis": LegalBasis.values,
    "sensitive": SENSITIVE,
    "transfer": YES_NO,
    "automated": YES_NO,
    "role": ROLES,
    "language": LANGUAGE_NAMES,
}
EXAMPLES = {"theme": "HEAL", "body": "fps-finance", "country": "US", "kind": "agency"}


def _filter(name: str) -> Parameter:
    schema = _one_of(map(str, FIXED[name])) if name in FIXED else _text()
    return Parameter(
        name, FILTERS[name].label, schema, is_repeated=True, example=EXAMPLES.get(name)
    )


NARROWING = {name: _filter(name) for name in FILTERS}
