"""Check constraints that are told without the database: as the database tells them."""

import random
from datetime import date

import pytest
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models

from processing.models import PARTS, DataCategory, DataItem, LegalGround, ProcessingActivity
from processing.models.conditions import fields_in, holds, leaves

pytestmark = pytest.mark.django_db

CHECKED = [ProcessingActivity, *PARTS]
CHECKS = [
    (model, check)
    for model in CHECKED
    for check in model._meta.constraints
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
    if isinstance(field, models.BooleanField):
        return [False, True]
    if isinstance(field, models.DateField):
        return [None, date(2026, 1, 1), date(2026, 1, 2)]
    if isinstance(field, ArrayField):
        return [[], spoken[:1], spoken[:2], [*spoken[:1], "x"]]
    written = ["", "x", *(value for value in spoken if isinstance(value, str))]
    return [None, *written] if field.null else written


@pytest.mark.parametrize(("model", "check"), CHECKS, ids=lambda thing: getattr(thing, "name", ""))
def test_condition_is_told_as_the_database_does(model, check):
    chance = random.Random(check.name)
    fields = [model._meta.get_field(name) for name in sorted(set(fields_in(check.condition)))]
    told = set()
    for _round in range(ROUNDS):
        row = model()
        for field in fields:
            setattr(row, field.attname, chance.choice(values_of(field, check.condition)))

        try:
            check.validate(model, row, using=DEFAULT_DB_ALIAS)
            theirs = True
        except ValidationError:
            theirs = False

        assert (holds(check.condition, row) is not False) == theirs, vars(row)
        told.add(theirs)
    assert told == {True, False}


def test_every_rule_of_a_row_is_one_that_can_be_told():
    kinds = {type(check) for model in CHECKED for check in model._meta.constraints}

    # What is unique among the rows of an activity, their form compares; no form has its number.
    assert kinds == {models.CheckConstraint, models.UniqueConstraint}


def test_rule_about_what_a_form_lacks_says_nothing():
    row = LegalGround(ground="nonsense")

    with pytest.raises(ValidationError):
        row.validate_constraints()

    row.validate_constraints(exclude={"ground"})


def test_term_that_was_read_is_not_asked_for_again(django_assert_num_queries):
    row = DataItem(category=DataCategory.objects.get(pk="A1"))

    with django_assert_num_queries(0):
        row.clean_fields(exclude={"activity", "key"})


def test_term_that_is_not_there_is_refused():
    row = DataItem(category=DataCategory.objects.get(pk="A1"))
    row.category_id = "nonsense"

    with pytest.raises(ValidationError, match="nonsense"):
        row.clean_fields(exclude={"activity", "key"})
