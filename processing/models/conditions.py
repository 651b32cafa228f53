"""Whether an activity or a row of it keeps its rules, told without the database.

Django asks the database about each check constraint of each row, within a savepoint: more than half
of the time that a form with many rows took. The database keeps them in any case.
"""

from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

# What SQL says of a value that is not NULL.
LOOKUPS: dict[str, Callable[[object, object], bool]] = {
    "exact": lambda value, other: value == other,
    "in": lambda value, others: value in others,
    "gte": lambda value, other: value >= other,
    "contained_by": lambda values, others: set(values) <= set(others),
}


class CheckedHere(models.Model):
    class Meta:
        abstract = True

    def clean_fields(self, exclude: set[str] | None = None) -> None:
        """As Django does it, without asking again for what the row names and has been read."""
        read = {
            field.name
            for field in self._meta.concrete_fields
            if field.is_relation and field.is_cached(self) and field.value_from_object(self)
        }
        super().clean_fields(read.union(exclude or ()))

    def validate_constraints(self, exclude: set[str] | None = None) -> None:
        """As Django does it; raises ValidationError."""
        errors: dict = {}
        for constraint in self._meta.constraints:
            if not isinstance(constraint, models.CheckConstraint):
                # What is unique among the rows of an activity, their formset compares; the number
                # of an activity in its body, nobody types.
                continue
            # Of what a form lacks, it cannot say anything.
            if exclude and not exclude.isdisjoint(fields_in(constraint.condition)):
                continue
            if holds(constraint.condition, self) is False:
                message = constraint.get_violation_error_message()
                error = ValidationError(message, code=constraint.violation_error_code)
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)


def fields_in(condition: Q) -> Iterator[str]:
    """The names of the fields that a condition is about."""
    for name, other in leaves(condition):
        yield name.partition("__")[0]
        if isinstance(other, F):
            yield other.name


def leaves(condition: Q) -> Iterator[tuple[str, object]]:
    """The comparisons that a condition is made of."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from leaves(child)
        else:
            yield child


def holds(condition: Q, row: models.Model) -> bool | None:
    """What SQL says of a condition: None for NULL. A check fails where it is False."""
    decisive = condition.connector == Q.OR
    result: bool | None = not decisive
    for child in condition.children:
        found = holds(child, row) if isinstance(child, Q) else _compared(*child, row)
        if found == decisive:
            result = decisive
            break
        if found is None:
            result = None
    return result if result is None or not condition.negated else not result


def _compared(name: str, other: object, row: models.Model) -> bool | None:
    """Raises KeyError for a comparison that nobody has needed yet."""
    field, _separator, lookup = name.partition("__")
    value = _value(field, row)
    if lookup == "isnull":
        return (value is None) == other
    if isinstance(other, F):
        other = _value(other.name, row)
    compare = LOOKUPS[lookup or "exact"]
    return None if value is None or other is None else compare(value, other)


def _value(field: str, row: models.Model) -> object:
    return row._meta.get_field(field).value_from_object(row)
