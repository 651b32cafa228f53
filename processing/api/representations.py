"""A processing activity as the API tells it, from the one table of all files."""

from collections.abc import Callable, Sequence
from datetime import datetime
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin, get_type_hints

import msgspec
from django.utils.translation import override
from msgspec import UNSET, Meta, UnsetType

from processing.api.problems import Shape
from processing.api.references import (
    LocalizedString,
    OrganisationReference,
    ProcessingActivityReference,
    References,
    SelfLink,
    TermReference,
    property_name,
)
from processing.exports.entries import Published
from processing.exports.fields import ABOUT, ENTRY, OF_ROWS, OF_THE_RECORD, ROWS, Field
from processing.exports.kinds import BODY, DEPARTMENT, MOMENT, SEVERAL, WRITTEN, YES_OR_NO, Named
from processing.public_record import DataItem, Part, PublicRecord

# Beside the record: what the entry itself is named by stands in its link.
OF_THE_VERSION = tuple(about for about in ABOUT if about is not ENTRY)
# A number of another entry of the same body.
OTHER_ENTRY = "replaced_by"
NAMES_OF_ROWS = {DataItem: "PersonalDataItem"}


def _type_of(field: Field, struct: type[Part]) -> object:
    kind = field.kind
    if field.name == OTHER_ENTRY:
        return ProcessingActivityReference
    if kind in (WRITTEN, DEPARTMENT):
        return LocalizedString
    if kind is BODY:
        return OrganisationReference
    if isinstance(kind, Named):
        return list[TermReference] if kind.is_several else TermReference
    if kind is SEVERAL:
        return list[int]
    if kind is YES_OR_NO:
        return bool
    if kind is MOMENT:
        return datetime
    return _without_none(get_type_hints(struct)[field.name])


def _without_none(kind: object) -> object:
    if get_origin(kind) in (Union, UnionType):
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
    return kind


def _property(name: str, kind: object, heading: object) -> tuple:
    with override("en"):
        described = Annotated[kind, Meta(description=str(heading))]
    return (name, described | UnsetType, msgspec.field(default=UNSET, name=property_name(name)))


def _shape(name: str, struct: type[Part], *, bases: tuple = (Shape,), more: Sequence = ()) -> type:
    """The type whose properties are the fields of the table."""
    fields = OF_THE_RECORD if struct is PublicRecord else OF_ROWS[struct]
    properties = [_property(f.name, _type_of(f, struct), f.heading) for f in fields]
    doc = cleandoc(struct.__doc__ or "")
    return msgspec.defstruct(
        name, [*properties, *more], bases=bases, namespace={"__doc__": doc}, module=__name__
    )


ROW_SHAPES = {
    struct: _shape(NAMES_OF_ROWS.get(struct, struct.__name__), struct) for struct in OF_ROWS
}
SHAPE_OF_ROWS = dict(zip((rows.name for rows in ROWS), ROW_SHAPES.values(), strict=True))
ProcessingActivity = _shape(
    "ProcessingActivity",
    PublicRecord,
    bases=(SelfLink,),
    more=[
        _property("page", LocalizedString, "the page for people"),
        _property("version", int, "version"),
        _property("published_at", datetime, "published on"),
        _property("is_current", bool, "whether no later version replaced it"),
        *(_property(rows.name, list[SHAPE_OF_ROWS[rows.name]], rows.heading) for rows in ROWS),
    ],
)


class Activities:
    """Tells processing activities, as quickly as it can: there may be a hundred in an answer."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._of_the_version = _told_of(OF_THE_VERSION, references)
        self._of_the_record = _told_of(OF_THE_RECORD, references)
        self._rows = [
            (rows, property_name(rows.name), _told_of(rows.fields, references)) for rows in ROWS
        ]

    def of(self, entry: Published, *, is_current: bool = True) -> dict:
        record, references = entry.record, self._references
        slug, number = references.words.slug(record.organisation), record.number
        href = references.href("processingActivities", slug, number)
        path = f"processing/{slug}/{number}/"
        if not is_current:
            href, path = f"{href}/versions/{entry.version}", f"{path}versions/{entry.version}/"
        told = {
            "self": href,
            "page": references.pages(lambda language: f"/{language}/{path}"),
            "isCurrent": is_current,
            **self._of_the_version(entry),
            **self._of_the_record(record),
        }
        if record.replaced_by:
            told[property_name(OTHER_ENTRY)] = references.activity(
                record.organisation, record.replaced_by
            )
        for rows, name, told_of_row in self._rows:
            if found := rows.told(record):
                told[name] = [told_of_row(row) for row in found]
        return told


def _told_of(fields: Sequence[Field], references: References) -> Callable[[object], dict]:
    """What tells the values of these fields; what is not said is left out."""
    read = [(f.name, property_name(f.name), references.teller(f.kind)) for f in fields]

    def told(of: object) -> dict:
        return {
            name: tell(value)
            for attribute, name, tell in read
            if (value := getattr(of, attribute)) or value == 0
        }

    return told
