"""What the rows of a processing activity share: each belongs to one and goes public with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.languages import LANGUAGES
from processing import public_record
from processing.models.conditions import CheckedHere


def written(field: str) -> Q:
    """The translated field holds text in at least one language."""
    condition = Q()
    for language in LANGUAGES:
        column = f"{field}_{language}"
        condition |= Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})
    return condition


class Part(CheckedHere):
    """What all rows of an activity share."""

    # What citizens see of it.
    RECORD: type[public_record.Part]
    INTERNAL: tuple[str, ...] = ("activity",)
    # Fields that hold keys of other rows of the activity -> the kind of these rows. The rows of a
    # restored or copied activity are written anew: what refers to them must not change with that.
    REFERS_TO: dict[str, str] = {}

    class Meta:
        abstract = True
        ordering = ["id"]


class KeyedPart(Part):
    """A row that other rows of its activity refer to, by a key that it keeps."""

    key = models.PositiveIntegerField(
        _("number"), blank=True, help_text=_("How other rows refer to this one.")
    )

    class Meta(Part.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "key"], name="%(class)s_key_once_per_activity"
            )
        ]

    def save(self, *args, **kwargs) -> None:
        if self.key is None:
            self.key = next_key(type(self).objects.filter(activity=self.activity_id))
        super().save(*args, **kwargs)


def next_key(rows: models.QuerySet) -> int:
    return (rows.aggregate(last=models.Max("key"))["last"] or 0) + 1
