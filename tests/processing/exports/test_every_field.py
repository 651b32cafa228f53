"""Every format tells every field of the public record: a table of format and field."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import msgspec
import pytest

from organisations.revision import current_revision
from processing.exports.entries import Entries
from processing.exports.fields import OF_ROWS, OF_THE_RECORD
from processing.exports.formats import FORMATS, Contents
from processing.exports.words import Words
from processing.linked_data.formats import LINKED_DATA
from processing.public_record import Part, PublicRecord, fields_of, reader, rows_of
from tests.processing.exports.reading import entries_of

pytestmark = pytest.mark.django_db
# Of linked data, one: they tell the same graph (tests/processing/linked_data/test_graphs.py).
COMPLETE = FORMATS | {"nt": LINKED_DATA["nt"]}
STRUCTS = (PublicRecord, *rows_of(PublicRecord).values())


def test_table_of_fields_has_those_of_the_public_record():
    told = {PublicRecord: OF_THE_RECORD} | OF_ROWS

    assert {struct: fields_of(struct) for struct in STRUCTS} == {
        struct: tuple(field.name for field in fields) for struct, fields in told.items()
    }


def otherwise(part: Part, name: str) -> Part:
    """The same with another value in one field: its default, else one like it."""
    field = next(f for f in msgspec.structs.fields(type(part)) if f.name == name)
    value = getattr(part, name)
    if field.required:
        other = value + 50 if isinstance(value, int) else f"{value}x"
    elif field.default is msgspec.NODEFAULT:
        other = field.default_factory()
    else:
        other = field.default
    return msgspec.structs.replace(part, **{name: other})


def variants(record: PublicRecord) -> Iterator[tuple[str, PublicRecord]]:
    """The record with one field otherwise: in all rows, where it is of a row."""
    for name in fields_of(PublicRecord):
        yield f"PublicRecord.{name}", otherwise(record, name)
    for rows, struct in rows_of(PublicRecord).items():
        for name in fields_of(struct):
            changed = tuple(otherwise(row, name) for row in getattr(record, rows))
            yield f"{rows}.{name}", msgspec.structs.replace(record, **{rows: changed})


@dataclass(frozen=True)
class Variant:
    """An entry under a name of its own, so that nothing else tells it from the others."""

    record: PublicRecord
    place: int
    version: int = 1
    published_at: datetime = datetime(2026, 1, 2, tzinfo=UTC)

    def reference(self, words: Words) -> str:
        return f"entry {self.place}"


def read(entries: list[Variant], fields: Sequence[str]) -> Iterator[Variant]:
    """As if the database gave them: what a format does not ask for is not there."""
    record_of = reader(*fields)
    for entry in entries:
        stored = json.dumps(entry.record.to_json()).encode()
        yield replace(entry, record=record_of(stored))


@pytest.mark.parametrize(
    ("name", "language"),
    [*((name, language) for name in FORMATS for language in (None, "nl")), ("nt", None)],
)
def test_format_tells_every_field(name, language, publication):
    record = publication.public_record
    fields, records = zip(*variants(record), strict=True)
    entries = [Variant(other, place) for place, other in enumerate((record, *records))]
    words = Words(current_revision(), language)
    contents = Contents(
        Entries(lambda fields: read(entries, fields)),
        words,
        "https://register.example/",
        date(2026, 1, 2),
    )

    told = entries_of(name, b"".join(COMPLETE[name].parts(contents)))

    assert list(told) == [entry.reference(words) for entry in entries]
    first, *others = told.values()
    assert [field for field, other in zip(fields, others, strict=True) if other == first] == []
