"""Working copies as they would be, in memory: what they say, and what citizens would see of it.

Made with the fields and the rows of the models, so that a preview, the history and the database
tell the same; nothing is asked of the database and nothing is written.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelState

from organisations.models import Organisation
from processing.law import Source
from processing.models import CODE_LISTS, ProcessingActivity
from processing.models.parts import KeyedPart
from processing.publishing import too_many_rows
from processing.references import loose_ends
from processing.snapshots import (
    NOT_CONTENT,
    Content,
    content_fields,
    row_models,
    what_does_not_fit,
)

# Kind of rows -> the rows, as models that are not saved.
Rows = Mapping[str, list[models.Model]]
ROWS = row_models(ProcessingActivity)
# What tells where a row is, not what it says.
OF_A_ROW = frozenset({"id", "activity"})
Codes = Mapping[type[models.Model], Mapping[str, models.Model]]


def code_lists() -> Codes:
    """All terms by their codes: a query for each list."""
    return {model: model.objects.in_bulk() for model in CODE_LISTS.values()}


def assemble(activity: ProcessingActivity, content: Content, codes: Codes) -> ProcessingActivity:
    """Let an activity say the content, as it would if it were saved and read anew.

    Rows without a key of the database get one below zero: it tells them apart, and from others.
    """
    cache_of = activity._prefetched_objects_cache = {}
    without, nothing = frozenset(NOT_CONTENT), _example(ProcessingActivity)
    for _field, attname, _is_relation in _fields(ProcessingActivity, without)[0]:
        setattr(activity, attname, getattr(nothing, attname))
    _set(activity, content, without, codes)
    # As save() has them.
    activity.sources = [source for source in Source.values if source in activity.sources]
    for name, model in ROWS.items():
        cache_of[name] = rows = []
        for place, values in enumerate(content.get(name) or [], start=1):
            row = _empty(model)
            row.activity, row.pk = activity, values.get("id") or -place
            _set(row, values, OF_A_ROW, codes)
            rows.append(row)
        if issubclass(model, KeyedPart):
            _give_keys(rows)
    return activity


def _empty(model: type[models.Model]) -> models.Model:
    """One that says nothing: made from one that is, because Django takes long to make one."""
    instance = model.__new__(model)
    instance.__dict__.update(_example(model).__dict__)
    instance._state = ModelState()
    instance._prefetched_objects_cache = {}
    return instance


@cache
def _example(model: type[models.Model]) -> models.Model:
    return model()


def _give_keys(rows: list[models.Model]) -> None:
    free = count(max((row.key or 0 for row in rows), default=0) + 1)
    for row in rows:
        row.key = row.key or next(free)


@cache
def _fields(model: type[models.Model], without: frozenset[str]) -> tuple[list, list]:
    """The columns that hold content, with what they say when nothing does; and the lists."""
    fields = content_fields(model, without=without)
    several = [field for field in fields if field.many_to_many]
    plain = [(field, field.attname, field.is_relation) for field in fields if field not in several]
    return plain, several


def _set(instance: models.Model, values: Content, without: frozenset[str], codes: Codes) -> None:
    """Let an instance that says nothing say what the values hold."""
    plain, several = _fields(type(instance), without)
    for field, attname, is_relation in plain:
        value = values.get(field.name)
        if value is not None:
            setattr(instance, attname, value if is_relation else field.to_python(value))
    for field in several:
        known = codes[field.related_model]
        named = [known[code] for code in values.get(field.name) or [] if code in known]
        instance._prefetched_objects_cache[field.name] = named


def rows_of(activity: ProcessingActivity) -> Rows:
    return {name: activity._prefetched_objects_cache[name] for name in ROWS}


def said_by(activity: ProcessingActivity) -> Content:
    """What an assembled activity says, as content_of() gives it, the rows in their order."""
    content = _values(activity, frozenset(NOT_CONTENT))
    for name, rows in rows_of(activity).items():
        content[name] = [{"id": row.pk, **_values(row, OF_A_ROW)} for row in rows]
    return content


def _values(instance: models.Model, without: frozenset[str]) -> Content:
    plain, several = _fields(type(instance), without)
    values: Content = {}
    for field, attname, _is_relation in plain:
        value = getattr(instance, attname)
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        values[field.name] = None if value == "" else value
    for field in several:
        cached = instance._prefetched_objects_cache[field.name]
        values[field.name] = sorted(term.pk for term in cached)
    return values


def compact(content: Content) -> Content:
    """Without what is empty: to keep many of them."""
    full = {name: value for name, value in content.items() if not _is_empty(value)}
    for name in ROWS.keys() & full.keys():
        full[name] = [
            {column: value for column, value in row.items() if not _is_empty(value)}
            for row in full[name]
        ]
    return full


def _is_empty(value: object) -> bool:
    return value is None or value == [] or value == ""


def without_keys(rows: Iterable[Content]) -> list[Content]:
    """Rows without their keys in the database."""
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def says_the_same(one: Content, other: Content) -> bool:
    """Whether two full contents say the same, whichever keys their rows have."""
    return all(is_same(name, value, other[name]) for name, value in one.items())


def is_same(name: str, one: object, other: object) -> bool:
    """Whether two contents say the same of a field, or have the same rows of a kind."""
    if name in ROWS:
        return without_keys(one) == without_keys(other)
    return one == other


def objections(activity: ProcessingActivity, content: Content) -> list[str]:
    """Why an assembled activity cannot be saved as it is, in words for people."""
    reasons = what_does_not_fit(content, ProcessingActivity)
    reasons += loose_ends(content, ProcessingActivity)
    if too_many_rows(sum(len(content.get(name) or []) for name in ROWS)):
        return reasons
    for row in (activity, *(row for rows in rows_of(activity).values() for row in rows)):
        try:
            row.validate_constraints()
        except ValidationError as error:
            reasons += error.messages
    return list(dict.fromkeys(reasons))


def blank(organisation: Organisation, number: int = 0) -> ProcessingActivity:
    """A new activity of the body, not saved: with a key below zero, as its rows have."""
    activity = _empty(ProcessingActivity)
    activity.pk, activity.organisation, activity.number = -1, organisation, number
    return activity
