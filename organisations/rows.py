"""The rows of a form of the admin, of which somebody else may have removed some meanwhile."""

import re
from functools import cached_property

from django.core.exceptions import BadRequest, RequestDataTooBig, ValidationError
from django.db.models import Model
from django.forms import BaseInlineFormSet, Form, ModelChoiceField
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils.translation import gettext as _

from organisations.pickers import PickedField

# So many rows may a form send, all kinds together: those that it removes are among them.
MOST_ROWS = 70
# The name of a field in a row.
IN_A_ROW = re.compile(r"(\w+)-([0-9]{1,4})-\w+")
# What was sent for a row: name of the field -> values.
Row = dict[str, list[str]]


class SentRows(QueryDict):
    """What a form sent. Django copies it for each kind of row, each text by itself.

    Copies share what nobody can change: a field gets other values, but no value is added to it.
    """

    @classmethod
    def of(cls, data: QueryDict) -> "SentRows":
        made = cls(mutable=True, encoding=data.encoding)
        dict.update(made, {name: tuple(values) for name, values in data.lists()})
        return made

    def copy(self) -> "SentRows":
        made = type(self)(mutable=True, encoding=self.encoding)
        dict.update(made, self)
        return made


def with_rows_sent(data: QueryDict) -> QueryDict:
    """The form with as many rows as it holds, whatever it says: rows not sent do not exist.

    Look before Django makes the rows: it believes the number that stands in a form, and each row
    costs time. Raises RequestDataTooBig for more than MOST_ROWS, and BadRequest for a number that
    is none.
    """
    last: dict[str, int] = {}
    for name in data:
        if place := IN_A_ROW.fullmatch(name):
            kind, number = place[1], int(place[2])
            last[kind] = max(last.get(kind, 0), number + 1)
    cut, rows = SentRows.of(data), 0
    for name in data:
        kind, separator, _rest = name.rpartition("-TOTAL_FORMS")
        if separator:
            numbers = [data.get(f"{kind}-{count}_FORMS", "") for count in ("TOTAL", "INITIAL")]
            if not all(re.fullmatch("[0-9]{1,4}", number) for number in numbers):
                raise BadRequest("The form does not say how many rows it holds.")
            total = min(int(numbers[0]), last.get(kind, 0))
            cut[name] = str(total)
            rows += total
    if rows > MOST_ROWS:
        raise RequestDataTooBig("The form holds too many rows.")
    return cut


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

    def add_fields(self, form: Form, index: int | None) -> None:
        """Let the key of a row be found among the rows, which have been read: Django asks again."""
        super().add_fields(form, index)
        key = form.fields[self._pk_field.name]
        if self.is_bound and isinstance(key, ModelChoiceField):
            rows = {str(number): row for number, row in self.rows_now.items()}
            form.fields[self._pk_field.name] = PickedField(
                key.queryset, found=rows, initial=key.initial, required=False, widget=key.widget
            )

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
        # Most are of other kinds: a pattern takes longer to tell.
        if not name.startswith(f"{self.prefix}-"):
            return None, ""
        found = re.fullmatch(rf"{self.prefix}-([0-9]{{1,4}})-(\w+)", name)
        return (int(found[1]), found[2]) if found else (None, "")
