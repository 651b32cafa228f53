import datetime

import msgspec
import pytest
from django.core.checks import run_checks

from organisations.models import Organisation
from processing.models import DataItem, ProcessingActivity, Publication, Purpose
from processing.public_record import PublicRecord
from tests import factories


def check_messages() -> list[str]:
    return [error.msg for error in run_checks() if error.id.endswith("E001")]


def test_every_field_is_declared_and_the_record_agrees():
    assert check_messages() == []


@pytest.mark.parametrize(
    ("model", "attribute", "value", "complaint"),
    [
        (ProcessingActivity, "PUBLIC", ProcessingActivity.PUBLIC[:-1], "rights_procedure must"),
        (ProcessingActivity, "INTERNAL", (), "remarks must stand in exactly one"),
        (
            Organisation,
            "INTERNAL",
            ("dpo_name", *Organisation.PUBLIC),
            "name must stand in exactly",
        ),
        (DataItem, "PUBLIC", DataItem.PUBLIC[1:], "DataItem.key must stand in exactly one"),
        (
            ProcessingActivity,
            "PUBLIC",
            (*ProcessingActivity.PUBLIC, "remarks"),
            "remarks must stand in exactly one",
        ),
        (ProcessingActivity, "PUBLIC", (*ProcessingActivity.PUBLIC, "owners"), "owners must"),
        (DataItem, "RECORD", Purpose.RECORD, "ProcessingActivity.data is not in PublicRecord"),
    ],
)
def test_field_that_is_not_declared_fails_the_system_check(
    model, attribute, value, complaint, monkeypatch
):
    monkeypatch.setattr(model, attribute, value)

    assert [message for message in check_messages() if complaint in message]


@pytest.mark.django_db
def test_record_survives_its_way_through_the_database(body_a, body_b, publisher_a):
    activity = factories.create_full_activity(body_a, body_b, "text")
    activity.starts_on, activity.ends_on = datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)
    activity.save()
    record = activity.public_record()

    activity.publish(by=publisher_a)

    assert Publication.objects.get().public_record == record


@pytest.mark.django_db
def test_record_is_complete(body_a, body_b):
    """The factory fills every public field, so a field that the record loses is noticed."""
    record = factories.create_full_activity(body_a, body_b, "text").public_record()

    empty = [
        field.name
        for field in msgspec.structs.fields(PublicRecord)
        if not getattr(record, field.name)
    ]
    assert empty == [
        *("department", "people_count", "vulnerable_people", "processing_types"),
        *("has_no_special_data", "has_no_recipients", "has_no_transfers"),
        *("dpia_done_on", "starts_on", "ends_on", "replaced_by"),
    ]


@pytest.mark.django_db
def test_white_space_is_not_a_text(body_a):
    activity = factories.create_activity(body_a, name_nl=" \n ")

    assert activity.public_record().languages == ["en"]
