"""A publication with a value of its own in every field of the public record."""

import json
from pathlib import Path

import msgspec
import pytest

from processing.models import Publication
from processing.public_record import PublicRecord
from tests import factories
from tests.processing.test_record_formats import replace

NEWEST = Path(__file__).parent.parent / "records" / "format-2.json"


@pytest.fixture
def publication(body_a, body_b, publisher_a) -> Publication:
    """Number 1 of body A: all that a record can hold."""
    department = body_a.departments.create(name_nl="Dienst nl", name_en="Department en")
    body_a.shows_departments = True
    body_a.save()
    made = factories.create_publication(body_a, by=publisher_a)
    stored = json.loads(NEWEST.read_text()) | {
        "organisation": body_a.pk,
        "department": department.pk,
    }
    for rows in ("served_controllers", "recipients", "processors", "joint_controllers"):
        stored[rows][0]["organisation"] = body_b.pk
    replace(made, stored)
    made.refresh_from_db()
    assert msgspec.to_builtins(PublicRecord.from_json(made.record))["name"]["nl"] == "Name nl"
    return made
