"""Whether the check constraints of a row hold, told without the database.

Django asks the database about each one of each row, within a savepoint: more than half of the time
that a form with many rows took. The database keeps them in any case.
"""

from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

# What SQL says of a value that is not NULL.
LOOKUPS: dict[str, Callable[[object, object], bool]] = {
    "exact": lambda value, other: value == other,
    "in": lambda value, others: value in others,
    "gte": lambda value, other: value >= other,
}


class CheckedHere(models.Model):
    class Meta:
        abstract = True

    def validate_constraints(self, exclude: set[str] | None = None) -> None:
        """As Django does it; raises ValidationError."""
        errors: dict = {}
        for constraint in self._meta.constraints:
            if not isinstance(constraint, models.CheckConstraint):
                # What is unique among the rows of an activity, their formset compares.
                continue
            names = {name.partition("__")[0] for name, _value in leaves(constraint.condition)}
            # Of what a form lacks, it cannot say anything.
            if names & set(exclude or ()):
                continue
            if holds(constraint.condition, self) is False:
                message = constraint.get_violation_error_message()
                error = ValidationError(message, code=constraint.violation_error_code)
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)


def leaves(condition: Q) -> Iterator[tuple[str, object]]:
    """The comparisons that a condition is made of."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from leaves(child)
        else:
            yield child


def holds(condition: Q, row: models.Model) -> bool | None:
    """What SQL says of a condition: None for NULL. A check fails where it is False."""
    found = [
        holds(child, row) if isinstance(child, Q) else _compared(*child, row)
        for child in condition.children
    ]
    decisive = condition.connector == Q.OR
    if decisive in found:
        result: bool | None = decisive
    else:
        result = None if None in found else not decisive
    return result if result is None or not condition.negated else not result


def _compared(name: str, other: object, row: models.Model) -> bool | None:
    """Raises KeyError for a comparison that nobody has needed yet."""
    field, _separator, lookup = name.partition("__")
    value = getattr(row, row._meta.get_field(field).attname)
    if lookup == "isnull":
        return (value is None) == other
    compare = LOOKUPS[lookup or "exact"]
    return None if value is None else compare(value, other)
