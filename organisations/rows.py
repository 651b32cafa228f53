"""The rows of a form of the admin, of which somebody else may have removed some meanwhile."""

import re
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

# What was sent for a row: name of the field -> values.
Row = dict[str, list[str]]


class RowFormSet(BaseInlineFormSet):
    """Makes a new row of what was typed in one that is gone.

    Django would refuse the form for ever, because of a key that nobody sees, and leave other rows
    out of the page.
    """

    def __init__(self, data=None, *args, **kwargs) -> None:
        super().__init__(data, *args, **kwargs)
        # What the person has to know before the rows are saved.
        self.told: list[str] = []
        if self.is_bound and not self.save_as_new and self.management_form.is_valid():
            count = self.initial_form_count()
            sent = self._sent_rows()
            kept, new = self.sort_out(sent[:count], sent[count:])
            if [*kept, *new] != sent:
                self._send_instead(kept, new)

    def sort_out(self, kept: list[Row], new: list[Row]) -> tuple[list[Row], list[Row]]:
        """The rows that are there, and the new ones, from what the form takes for these."""
        gone = [row for row in kept if self.is_gone(row)]
        back = [row | {"id": [""]} for row in gone if DELETION_FIELD_NAME not in row]
        if back:
            self.told.append(
                _(
                    "Somebody else removed rows that your form has. They stand here as new rows: "
                    "remove them too, or save again to bring them back."
                )
            )
        return [row for row in kept if not self.is_gone(row)], [*back, *new]

    def is_gone(self, row: Row) -> bool:
        """Whether a key was sent that is none of the rows; nonsense is for Django to refuse."""
        key = self.key_of(row)
        return key is not None and key not in self.rows_now

    def key_of(self, row: Row) -> int | None:
        key = row.get("id", [""])[-1]
        return int(key) if re.fullmatch(r"[0-9]{1,18}", key) else None

    @cached_property
    def rows_now(self) -> dict[int, Model]:
        return {row.pk: row for row in self.get_queryset()}

    def clean(self) -> None:
        super().clean()
        if self.told:
            raise ValidationError(self.told)

    def _sent_rows(self) -> list[Row]:
        rows: list[Row] = [{} for _number in range(self.total_form_count())]
        for name in self.data:
            number, field = self._place(name)
            if number is not None and number < len(rows):
                rows[number][field] = self.data.getlist(name)
        return rows

    def _send_instead(self, kept: list[Row], new: list[Row]) -> None:
        data = self.data.copy()
        for name in self.data:
            if self._place(name)[0] is not None:
                del data[name]
        for number, row in enumerate([*kept, *new]):
            for field, values in row.items():
                data.setlist(f"{self.prefix}-{number}-{field}", values)
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(kept))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))
        self.data = data
        del self.management_form

    def _place(self, name: str) -> tuple[int | None, str]:
        """Number of the row and name of the field, of a name that was sent."""
        found = re.fullmatch(rf"{self.prefix}-([0-9]{{1,4}})-(\w+)", name)
        return (int(found[1]), found[2]) if found else (None, "")
