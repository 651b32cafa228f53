"""The API tells every field of the public record, and nothing but what its description declares."""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from django.test import RequestFactory
from django.urls import resolve

from organisations.models import Organisation
from organisations.revision import current_revision
from processing.api.problems import Shape
from processing.api.references import References, encode, property_name
from processing.api.representations import Activities, ProcessingActivity
from processing.api.views.organisations import Organisation as ToldOrganisation
from processing.exports.entries import Published
from processing.public_record import PublicRecord, fields_of, rows_of
from tests.processing.api.guide.addresses import ADDRESSES
from tests.processing.exports.test_every_field import variants

pytestmark = pytest.mark.django_db


def told_of(record: PublicRecord, language: str | None) -> dict:
    request = RequestFactory().get("/")
    request.revision = current_revision()
    entry = Published(record, 1, datetime(2026, 1, 2, tzinfo=UTC))
    return json.loads(encode(Activities(References(request, language)).of(entry)))


@pytest.mark.parametrize("language", [None, "nl"])
def test_every_field_of_the_record_is_told(language, publication):
    record = publication.public_record
    told = told_of(record, language)

    same = [name for name, other in variants(record) if told_of(other, language) == told]

    assert same == []


def test_type_has_every_field_of_the_record_and_of_its_rows():
    of_activity = {field.encode_name: field.type for field in properties(ProcessingActivity)}

    assert {property_name(name) for name in PublicRecord.__struct_fields__} <= of_activity.keys()
    for name, struct in rows_of(PublicRecord).items():
        (of_row,) = rows_in(of_activity[property_name(name)])
        told = {field.encode_name for field in properties(of_row)}
        assert told == {property_name(field) for field in fields_of(struct)}


def properties(shape: type) -> tuple:
    return msgspec.structs.fields(shape)


def rows_in(kind: object) -> list[type]:
    """The types of rows that a type holds, however it is annotated."""
    if isinstance(kind, type) and issubclass(kind, Shape):
        return [kind]
    return [found for part in getattr(kind, "__args__", ()) for found in rows_in(part)]


def strict(shape: type, value: object, path: str = "") -> list[str]:
    """Where a value has a property that its type does not declare, or lacks one that it demands."""
    if isinstance(shape, type) and issubclass(shape, Shape):
        known = {field.encode_name: field for field in properties(shape)}
        wrong = [f"{path}.{name}" for name in value.keys() - known.keys()]
        wrong += [f"{path}.{n}" for n, f in known.items() if f.required and n not in value]
        for name in value.keys() & known.keys():
            wrong += strict(known[name].type, value[name], f"{path}.{name}")
        return wrong
    inner = [part for part in getattr(shape, "__args__", ()) if part is not msgspec.UnsetType]
    if isinstance(value, list):
        return [f for each in value for f in strict(inner[-1], each, f"{path}[]")] if inner else []
    if isinstance(value, dict) and inner:
        origin = getattr(shape, "__origin__", None)
        if origin is dict:
            return [f for each in value.values() for f in strict(inner[-1], each, f"{path}{{}}")]
        return [f for part in inner for f in strict(part, value, path)]
    return []


def test_answers_are_of_the_types_that_are_declared(api, publication):
    for address in ADDRESSES:
        answer = api.get(address)
        shape = resolve(f"/api/v1/{address.partition('?')[0]}").func.operation.gives

        msgspec.convert(answer, type=shape, strict=False)
        assert strict(shape, answer) == [], address


def test_every_public_field_of_a_body_is_told():
    told = {field.encode_name for field in properties(ToldOrganisation)}

    elsewhere = {
        "slug": "id",
        "street": "address",
        "postalCode": "address",
        "city": "address",
        "dpoMailbox": "dataProtectionOfficer",
        "dpoPhone": "dataProtectionOfficer",
        "dpoName": "dataProtectionOfficer",
        "showsDepartments": "departments",
        "isPublic": "self",
    }
    names = {property_name(name) for name in Organisation.PUBLIC}
    assert {elsewhere.get(name, name) for name in names} - told == set()
