"""The door between the editors' side and the citizens' side: what goes through, what is refused."""

from collections.abc import Sequence
from functools import cache
from typing import get_args, get_origin

import msgspec
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.languages import Text, texts_of
from processing.public_record import Part, PublicRecord

# So many purposes, data, recipients and so on may an activity have, together: twice as many as the
# largest of the demonstration register. Its form takes time with each (docs/costs.md).
MOST_ROWS = 60
# And so many characters in all its texts and languages, together.
MOST_CHARACTERS = 300_000


class Refused(Exception):
    """A step of an activity that cannot be taken; as a string, why, in the reader's language."""

    reason: Promise

    def __str__(self) -> str:
        return str(self.reason)


class PublishRefused(Refused):
    """The activity lacks what the law demands: `missing` lists it."""

    def __init__(self, missing: Sequence) -> None:
        self.missing = list(missing)
        super().__init__()

    def __str__(self) -> str:
        missing = "; ".join(str(item) for item in self.missing)
        return gettext("Missing: %(missing)s.") % {"missing": missing}


class DoesNotFit(Refused):
    """More than an activity may hold: too many rows, or texts that are too long."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = list(reasons)
        super().__init__()

    def __str__(self) -> str:
        return " ".join(self.reasons)


class NothingToPublish(Refused):
    """The working copy says what its current publication says."""

    reason = _("Nothing has changed since it was published.")


class NeedsAnotherPerson(Refused):
    """With two-person publishing, nobody puts own words before the public."""

    reason = _("Some of what would become public is yours: another publisher must publish it.")


class ChangedMeanwhile(Refused):
    """Something was done to the activity after the person looked."""

    reason = _("Somebody did something with this activity meanwhile. Look again.")


class NothingToWithdraw(Refused):
    """No version of the activity is public."""

    reason = _("It is not public.")


class NothingToReview(Refused):
    """Nothing is public, or what is public is to be changed."""

    reason = _("It is not public, or it has changes that are not public yet: publish those.")


class TooManyRemarks(Refused):
    """More remarks than anybody reads."""

    reason = _("This activity has too many remarks already.")


class AwaitsApproval(Refused):
    """Approval has been requested already."""

    reason = _("It awaits approval already.")


class NothingToSendBack(Refused):
    """Nobody has requested approval."""

    reason = _("Nobody has asked to approve it.")


def too_many_rows(count: int) -> list[str]:
    """Why so many rows of an activity do not fit, in words for people; nothing when they do."""
    if count <= MOST_ROWS:
        return []
    told = gettext(
        "There are %(count)d rows of purposes, data, recipients and so on; %(most)d fit in one "
        "activity."
    )
    return [told % {"count": count, "most": MOST_ROWS}]


def too_much_text(count: int) -> list[str]:
    """Why so many characters do not fit in one activity, in words; nothing when they do."""
    if count <= MOST_CHARACTERS:
        return []
    told = gettext(
        "The texts of all languages together have %(count)d characters; %(most)d fit in one "
        "activity."
    )
    return [told % {"count": count, "most": MOST_CHARACTERS}]


def public_record_of(activity: models.Model) -> PublicRecord:
    """The public content of a working copy, in all languages.

    Reads each field that the record names and nothing else: what is not in the contract cannot
    get out.
    """
    return _read(activity, PublicRecord)


def _read(instance: models.Model, struct: type[Part]) -> Part:
    return struct(
        **{field.name: _value(instance, field.name, field.type) for field in _fields(struct)}
    )


@cache
def _fields(struct: type[Part]) -> tuple:
    return msgspec.structs.fields(struct)


def _value(instance: models.Model, name: str, wanted: type) -> object:
    if wanted == Text:
        return texts_of(instance, name)
    if name == "replaced_by":
        successor = instance.replaced_by
        return successor.number if successor and successor.is_published else None
    if name == "department" and not instance.organisation.shows_departments:
        return None
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
