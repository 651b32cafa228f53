"""Check constraints that are told without the database: as the database tells them."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models

from processing.models import PARTS, LegalGround
from processing.models.conditions import holds, leaves

pytestmark = pytest.mark.django_db

CHECKS = [
    (part, check)
    for part in PARTS
    for check in part._meta.constraints
    if isinstance(check, models.CheckConstraint)
]
ROUNDS = 150


def values_of(field: models.Field, condition) -> list:
    """What a field may hold, of which the condition speaks."""
    others = [other for name, other in leaves(condition) if name.partition("__")[0] == field.name]
    spoken = [
        value for other in others for value in (other if isinstance(other, list) else [other])
    ]
    if field.is_relation:
        return [None, "A1"] if field.target_field.name == "code" else [None, 1]
    if isinstance(field, models.IntegerField):
        return [None, 0, 1, 5]
    written = ["", "x", *(value for value in spoken if isinstance(value, str))]
    return [None, *written] if field.null else written


@pytest.mark.parametrize(("part", "check"), CHECKS, ids=lambda thing: getattr(thing, "name", ""))
def test_condition_is_told_as_the_database_does(part, check):
    chance = random.Random(check.name)
    names = {name.partition("__")[0] for name, _other in leaves(check.condition)}
    fields = [part._meta.get_field(name) for name in sorted(names)]
    told = set()
    for _round in range(ROUNDS):
        row = part()
        for field in fields:
            setattr(row, field.attname, chance.choice(values_of(field, check.condition)))

        try:
            check.validate(part, row, using=DEFAULT_DB_ALIAS)
            theirs = True
        except ValidationError:
            theirs = False

        assert (holds(check.condition, row) is not False) == theirs, vars(row)
        told.add(theirs)
    assert told == {True, False}


def test_every_rule_of_a_row_is_one_that_can_be_told():
    kinds = {type(check) for part in PARTS for check in part._meta.constraints}

    # What is unique among the rows of an activity, their form compares.
    assert kinds == {models.CheckConstraint, models.UniqueConstraint}


def test_rule_about_what_a_form_lacks_says_nothing():
    row = LegalGround(ground="nonsense")

    with pytest.raises(ValidationError):
        row.validate_constraints()

    row.validate_constraints(exclude={"ground"})
