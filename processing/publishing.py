"""The door between the editors' side and the citizens' side: what goes through, what is refused."""

from collections.abc import Sequence
from typing import get_args, get_origin

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.languages import Text, texts_of
from processing.public_record import Part, PublicRecord


class PublishRefused(Exception):
    """The activity cannot be published: `missing` lists what it lacks, in the reader's language."""

    def __init__(self, missing: Sequence) -> None:
        self.missing = list(missing)
        super().__init__("; ".join(str(item) for item in self.missing))


class NothingToPublish(Exception):
    """The working copy says what its current publication says."""


class NothingToWithdraw(Exception):
    """No version of the activity is public."""


def public_record_of(activity: models.Model) -> PublicRecord:
    """The public content of a working copy, in all languages.

    Reads each field that the record names and nothing else: what is not in the contract cannot
    get out.
    """
    return _read(activity, PublicRecord)


def missing_for_publication(record: PublicRecord) -> list:
    """What GDPR Art. 30(1) demands and the record lacks; empty when it may be published."""
    demands = [
        (record.name, _("a name in at least one language")),
        (record.purposes, _("at least one purpose (Art. 30(1)(b))")),
        (
            record.purposes and all(purpose.legal_basis for purpose in record.purposes),
            _("a legal basis for each purpose (Art. 6(1))"),
        ),
        (
            all(purpose.description or purpose.category for purpose in record.purposes),
            _("a description or a category for each purpose (Art. 30(1)(b))"),
        ),
        (record.data_subjects, _("at least one category of data subjects (Art. 30(1)(c))")),
        (record.data, _("at least one category of personal data (Art. 30(1)(c))")),
        (
            any(item.retention_period or item.retention_criterion for item in record.data),
            _("a retention period or criterion (Art. 30(1)(f))"),
        ),
    ]
    return [message for met, message in demands if not met]


def _read(instance: models.Model, struct: type[Part]) -> Part:
    return struct(
        **{
            field.name: _value(instance, field.name, field.type)
            for field in msgspec.structs.fields(struct)
        }
    )


def _value(instance: models.Model, name: str, wanted: type) -> object:
    if wanted == Text:
        return texts_of(instance, name)
    if name == "replaced_by":
        successor = instance.replaced_by
        return successor.number if successor and successor.is_published else None
    if get_origin(wanted) is tuple:
        return _several(instance, name, get_args(wanted)[0])
    if instance._meta.get_field(name).is_relation:
        return getattr(instance, f"{name}_id")
    return getattr(instance, name)


def _several(instance: models.Model, name: str, wanted: type) -> tuple:
    values = getattr(instance, name)
    if isinstance(values, list):
        return tuple(values)
    if issubclass(wanted, Part):
        return tuple(_read(row, wanted) for row in values.all())
    # Sorted, so that another order of a code list makes no other record.
    return tuple(sorted(entry.code for entry in values.all()))
