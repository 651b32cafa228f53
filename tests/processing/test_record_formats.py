"""Records are stored for good: every format that was ever written can be read and shown."""

import json
from pathlib import Path

import msgspec
import pytest
from django.db import connection

from processing import public_record
from processing.models import Publication
from processing.public_record import FORMAT, PublicRecord
from tests import factories
from tests.conftest import LANGUAGES
from tests.processing.exports.reading import sheets_of

RECORDS = Path(__file__).with_name("records")
STORED = sorted(RECORDS.glob("*.json"))


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_stored_record_is_read_and_written_again(path):
    stored = json.loads(path.read_text())

    record = PublicRecord.from_json(stored)

    assert record.to_json()["format"] == FORMAT
    assert PublicRecord.from_json(record.to_json()) == record
    if stored.get("format", 1) == FORMAT:
        # Nothing of it is forgotten.
        assert json.loads(json.dumps(record.to_json())) == {"format": FORMAT} | stored


def test_newest_format_is_pinned_in_full():
    """Every field stands in the records of the newest format, with a value of its own."""
    pinned = [json.loads(path.read_text()) for path in STORED]
    newest = [stored for stored in pinned if stored.get("format", 1) == FORMAT]

    assert [name for stored in newest for name in missing(stored, PublicRecord)] == []


def missing(stored: dict, struct: type) -> list[str]:
    """The fields that the stored form lacks, those of its rows included."""
    found = []
    for field in msgspec.structs.fields(struct):
        if field.name not in stored:
            found.append(f"{struct.__name__}.{field.name}")
            continue
        for kind in getattr(field.type, "__args__", ()):
            if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
                rows = stored[field.name]
                lacking = [set(missing(row, kind)) for row in rows]
                found += sorted(set.intersection(*lacking))
    return found


def test_older_format_goes_through_each_upcast(monkeypatch):
    monkeypatch.setattr(public_record, "FORMAT", 3)
    monkeypatch.setattr(
        public_record,
        "UPCASTS",
        {
            1: lambda stored: {**stored, "reference": stored["reference"] + "2"},
            2: lambda stored: {**stored, "reference": stored["reference"] + "3"},
        },
    )

    def reference(stored: dict) -> str:
        return PublicRecord.from_json({"organisation": 1, "number": 1, **stored}).reference

    assert reference({"reference": "1"}) == "123"
    assert reference({"reference": "1", "format": 2}) == "13"
    assert reference({"reference": "1", "format": 3}) == "1"


@pytest.mark.django_db
@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", LANGUAGES)
def test_stored_record_is_shown(path, language, body_a, publisher_a, visitor):
    publication = factories.create_publication(body_a, by=publisher_a)
    stored = json.loads(path.read_text()) | {"organisation": body_a.pk, "number": 1}
    replace(publication, stored)

    page = visitor.get(f"/{language}/processing/body-a/1/")

    assert page.status_code == 200
    assert stored["summary"][language] in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_stored_record_is_whole_in_a_workbook(path, body_a, publisher_a, visitor):
    """Its sheets ask for a part of the record each, by the names that it has today."""
    publication = factories.create_publication(body_a, by=publisher_a)
    stored = json.loads(path.read_text()) | {"organisation": body_a.pk, "number": 1}

    def sheets_with(record: dict) -> dict[str, list[list]]:
        replace(publication, record)
        return sheets_of(visitor.get("/data/processing/files/xlsx/").getvalue())

    assert sheets_with(stored) == sheets_with(PublicRecord.from_json(stored).to_json())


@pytest.mark.django_db
def test_value_that_is_no_choice_any_more_is_shown_as_it_is(body_a, publisher_a, visitor):
    """A legal basis, a role, a source that the law or we no longer have."""
    publication = factories.create_publication(body_a, by=publisher_a)
    gone = {
        "sources": ["gone-source"],
        "acts_as": "gone-capacity",
        "dpia": "gone-dpia",
        "purposes": [{"key": 1, "description": {"en": "Purpose"}}],
        "legal_grounds": [{"ground": "gone-ground"}],
        "data": [{"key": 1, "category": "gone-data"}],
        "retention": [{"period": 3, "unit": "gone-unit", "after": "gone-after"}],
        "recipients": [{"key": 1, "category": "gone-receiver"}],
        "processors": [{"key": 1, "name": {"en": "Firm"}, "country": "XX", "works_for": 9}],
        "transfers": [{"mechanism": "gone-mechanism", "country": "XX"}],
        "themes": ["gone-theme"],
        "data_subjects": ["gone-people"],
    }
    replace(publication, publication.record | gone)

    page = visitor.get("/en/processing/body-a/1/").text

    shown = ("source", "ground", "data", "receiver", "mechanism", "theme", "people", "dpia")
    assert [word for word in shown if f"gone-{word}" not in page] == []
    assert "3 gone-unit" in page
    assert visitor.get("/en/processing/").status_code == 200


def replace(publication: Publication, record: dict) -> None:
    """Store a record as it stands, past the trigger that keeps publications."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE processing_publication DISABLE TRIGGER keep_publication")
        Publication.objects.filter(pk=publication.pk).update(record=record)
        cursor.execute("ALTER TABLE processing_publication ENABLE TRIGGER keep_publication")
