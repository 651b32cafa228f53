"""What the database itself refuses, and the forms with a clear message before it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from organisations.models import Membership, Organisation
from processing.models import (
    DataCategory,
    DataItem,
    JointController,
    LegalGround,
    ProcessingActivity,
    Processor,
    Recipient,
    Retention,
    ServedController,
    Transfer,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["0308357159", "0314595348", None])
def test_enterprise_number_with_the_right_check_digits_is_accepted(number):
    organisation = factories.create_organisation(enterprise_number=number)
    organisation.full_clean()


@pytest.mark.parametrize(
    "number", ["0308357158", "2308357159", "03083571", "abcdefghij", "0\u066308357159"]
)
def test_other_enterprise_numbers_are_refused(number):
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.create_organisation(enterprise_number=number)
    with pytest.raises(ValidationError):
        Organisation(slug="x", kind="fps", name_nl="x", enterprise_number=number).full_clean()


def test_organisation_needs_a_name_in_some_language():
    with pytest.raises(ValidationError, match="name in at least one language"):
        Organisation(slug="x", kind="fps").full_clean()


def test_one_person_has_one_role_at_a_body(body_a, editor_a):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=editor_a, organisation=body_a, role="publisher")


REFUSED_ROWS = {
    "retention: period without unit": (Retention, {"period": 3}),
    "retention: unit without period": (Retention, {"unit": "year"}),
    "retention: no period": (Retention, {"period": 0, "unit": "year"}),
    "retention: a period and why there is none": (
        Retention,
        {"period": 3, "unit": "day", "unknown_reason_de": "x"},
    ),
    "retention: unknown outcome": (Retention, {"after": "sell"}),
    "ground: unknown": (LegalGround, {"ground": "6-z"}),
    "ground: interest without its basis": (
        LegalGround,
        {"ground": "6-e", "legitimate_interest_nl": "x"},
    ),
    "processor: nobody": (Processor, {}),
    "controller served: nobody": (ServedController, {}),
    "recipient: nobody": (Recipient, {}),
    "recipient: a body and a name": (Recipient, {"organisation": "b", "name_nl": "x"}),
    "recipient: a body and a category": (Recipient, {"organisation": "b", "category_id": "H"}),
    "joint controller: nobody": (JointController, {}),
    "joint controller: two": (JointController, {"organisation": "b", "name_de": "x"}),
    "transfer: nowhere": (Transfer, {"mechanism_id": "01"}),
    "transfer: two places": (
        Transfer,
        {"mechanism_id": "01", "country": "CH", "international_organisation_fr": "x"},
    ),
    "transfer: to two parties": (
        Transfer,
        {"mechanism_id": "01", "country": "CH", "recipient": 1, "processor": 1},
    ),
    "transfer: within the EEA": (Transfer, {"mechanism_id": "01", "country": "NL"}),
}


@pytest.mark.parametrize("case", REFUSED_ROWS)
def test_row_that_makes_no_sense_is_refused(case, body_a, body_b):
    model, fields = REFUSED_ROWS[case]
    values = dict(fields)
    if "organisation" in values:
        values["organisation"] = body_b
    row = model(activity=factories.create_activity(body_a), **values)

    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


ACCEPTED_ROWS = {
    "data": (DataItem, {"category_id": "A1"}),
    "retention": (Retention, {"period": 3, "unit": "day"}),
    "retention without a period": (Retention, {"unknown_reason_nl": "x"}),
    "recipient: a body": (Recipient, {"organisation": "b"}),
    "recipient: a name and a category": (Recipient, {"name_fr": "x", "category_id": "H"}),
    "transfer: a country": (Transfer, {"mechanism_id": "01", "country": "CH"}),
    "interest with its basis": (LegalGround, {"ground": "6-f", "legitimate_interest_nl": "x"}),
    "condition for criminal data": (LegalGround, {"ground": "10-law"}),
}


@pytest.mark.parametrize("case", ACCEPTED_ROWS)
def test_row_that_makes_sense_is_accepted(case, body_a, body_b):
    model, fields = ACCEPTED_ROWS[case]
    values = dict(fields)
    if "organisation" in values:
        values["organisation"] = body_b
    row = model(activity=factories.create_activity(body_a), **values)

    row.full_clean()
    row.save()


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (Recipient, "not a recipient of its own data"),
        (JointController, "is the controller already"),
    ],
)
def test_body_is_no_second_party_of_its_own_activity(model, message, body_a):
    row = model(activity=factories.create_activity(body_a), organisation=body_a)

    with pytest.raises(ValidationError, match=message):
        row.full_clean()


@pytest.mark.parametrize(
    "fields",
    [
        {"is_published": True},
        {"status": "published"},
        {"status": "withdrawn", "is_published": True},
        {"starts_on": "2025-01-02", "ends_on": "2025-01-01"},
        {"sources": ["gossip"]},
    ],
)
def test_activity_in_an_impossible_state_is_refused(fields, body_a):
    activity = factories.create_activity(body_a)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessingActivity.objects.filter(pk=activity.pk).update(**fields)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Organisation, {"kind": "club"}),
        (Membership, {"role": "guest"}),
        (DataCategory, {"mark": "secret"}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_value_that_no_page_could_show_is_refused(model, change, body_a, editor_a):
    assert model.objects.exists()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_address_of_a_public_body_never_changes(body_a):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Organisation.objects.filter(pk=body_a.pk).update(slug="other")
    Organisation.objects.filter(pk=body_a.pk).update(is_public=False)
    Organisation.objects.filter(pk=body_a.pk).update(slug="other")


def test_address_of_a_hidden_body_that_has_published_never_changes(body_a, publisher_a):
    factories.create_publication(body_a, by=publisher_a)
    Organisation.objects.filter(pk=body_a.pk).update(is_public=False)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Organisation.objects.filter(pk=body_a.pk).update(slug="other")


def test_activity_is_not_replaced_by_itself(body_a):
    activity = factories.create_activity(body_a)
    activity.replaced_by = activity

    with pytest.raises(ValidationError, match="replaced by itself"):
        activity.full_clean()


def test_bodies_are_not_part_of_each_other(body_a, body_b):
    body_b.parent = body_a
    body_b.save()
    body_a.parent = body_b

    with pytest.raises(ValidationError, match="part of itself"):
        body_a.full_clean()


def test_activity_is_not_replaced_by_one_of_another_body(body_a, body_b):
    activity = factories.create_activity(body_a)
    activity.replaced_by = factories.create_activity(body_b)

    with pytest.raises(ValidationError, match="same federal body"):
        activity.full_clean()
