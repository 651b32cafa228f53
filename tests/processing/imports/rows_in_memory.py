"""Rows of drafts as they would be stored, checked without a database."""

from django.core.exceptions import ValidationError
from django.db import models

from processing.models import ProcessingActivity
from processing.snapshots import content_fields, row_models

PARTS = row_models(ProcessingActivity)


def refused(content: dict) -> list[tuple[str, dict, str]]:
    """What the check constraints of the database would refuse: part, values and why."""
    activity = {name: value for name, value in content.items() if name not in PARTS}
    rows = [("", activity), *((part, row) for part in PARTS for row in content.get(part, []))]
    return [
        (part, values, str(error))
        for part, values in rows
        if (error := _error(PARTS.get(part, ProcessingActivity), values))
    ]


def _error(model: type[models.Model], values: dict) -> ValidationError | None:
    row = model()
    for field in content_fields(model, without={"id", "activity"}):
        if field.name in values and not field.many_to_many:
            value = values[field.name]
            # Bodies have their slugs here, where the database has numbers.
            is_body = field.name == "organisation"
            setattr(row, field.attname, 1 if is_body else field.to_python(value))
    try:
        row.clean_fields(exclude=_relations(model))
        if model is not ProcessingActivity:
            row.validate_constraints()
        elif row.starts_on and row.ends_on and row.ends_on < row.starts_on:
            raise ValidationError("The end lies before the start.")
    except ValidationError as error:
        return error
    return None


def _relations(model: type[models.Model]) -> set[str]:
    needed = {"activity", "key", "number"}
    return needed | {field.name for field in model._meta.concrete_fields if field.is_relation}
