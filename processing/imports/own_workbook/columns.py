"""The register's own workbook: a sheet for the activities and one for each kind of their rows.

A body starts from it empty, and its own entries are given in it. Each column holds a field of the
working copy, so what is written there is read back as it was. The first row of a sheet, which
spreadsheet programs do not show, names the columns: headings are for people, in their language.
"""

from dataclasses import dataclass
from functools import cache

from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from processing.models import ProcessingActivity
from processing.snapshots import NOT_CONTENT, content_fields, row_models

# What stands in the first cell of sheets that hold nothing to import.
LISTS, GUIDE = "register.lists", "register.guide"
# How the activity itself is called among the kinds of rows, and the column that joins them.
MAIN = "activity"
JOIN = "activity"
LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of the workbook, in terms of the working copy."""

    # The kind of rows that its sheet holds; "" for the activities.
    part: str
    # Of the model's column; JOIN for the number by which sheets belong together.
    name: str

    @property
    def key(self) -> str:
        return f"{self.part or MAIN}.{self.name}"

    @property
    def model(self) -> type[Model]:
        return models()[self.part]

    @property
    def field(self) -> Field | None:
        """None for the column that joins."""
        return None if self.name == JOIN else self.model._meta.get_field(self.name)

    @property
    def names_activity(self) -> bool:
        """Whether it holds the number of an activity of the workbook."""
        other = getattr(self.field, "related_model", None)
        return other is ProcessingActivity or (self.name == JOIN and bool(self.part))

    @property
    def language(self) -> str:
        """Of its texts; "" for what is no text in some language."""
        return getattr(self.field, "language", "") or ""

    @property
    def heading(self) -> str:
        """In the language of the reader."""
        if self.field is None:
            return _("Number of the activity")
        field = getattr(self.field, "translated_field", self.field)
        name = capfirst(str(field.verbose_name))
        return f"{name} ({self.language})" if self.language else name


@cache
def models() -> dict[str, type[Model]]:
    """Kind of rows -> its model; "" for the activity."""
    return {"": ProcessingActivity, **row_models(ProcessingActivity)}


@cache
def columns_of(part: str) -> tuple[OwnColumn, ...]:
    """The columns of a sheet, in the order in which it has them."""
    model = models()[part]
    without = (NOT_CONTENT if not part else {"id", "activity"}) - {"review_due_on"}
    names = sorted((field.name for field in content_fields(model, without=without)), key=_place)
    return (OwnColumn(part, JOIN), *(OwnColumn(part, name) for name in names))


def _place(name: str) -> int:
    """What names a row stands first; all else as in the model."""
    if name in ("key", "reference"):
        return 0
    return 1 if name.startswith("name_") else 2


@cache
def known() -> dict[str, OwnColumn]:
    """All columns by their keys."""
    return {column.key: column for part in models() for column in columns_of(part)}


def title_of(part: str) -> str:
    """Of a sheet, in the language of the reader: spreadsheets allow 31 signs."""
    title = capfirst(str(models()[part]._meta.verbose_name_plural))
    if len(title) <= LONGEST_TITLE:
        return title
    return title[: LONGEST_TITLE - 1].rpartition(" ")[0] + "…"
