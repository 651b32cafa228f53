"""The row of each kind in which nobody wrote: a form has one, for those without script."""

from collections.abc import Iterable

from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from organisations.rows import IN_A_ROW, Row, SentRows
from processing.snapshots import content_fields

# What a field that may be left open sends where nothing is chosen.
OPEN = {"", "unknown"}
# What every row sends, be it blank: whose it is, and the key by which others would name it.
OF_EVERY_ROW = {"activity", "key"}


def without_blank_rows(data: QueryDict, kinds: dict[str, type[Model]]) -> QueryDict:
    """The form without the rows at the end of each kind that say nothing.

    They are neither saved nor wrong, and do not count among the rows that fit.
    """
    sent: dict[str, dict[int, Row]] = {}
    for name, values in data.lists():
        place = IN_A_ROW.fullmatch(name)
        if place and place[1] in kinds:
            field = name.rpartition("-")[2]
            sent.setdefault(place[1], {}).setdefault(int(place[2]), {})[field] = values
    blank = [
        f"{kind}-{number}-{field}"
        for kind, rows in sent.items()
        for number in _blank_at_the_end(kinds[kind], rows)
        for field in rows[number]
    ]
    if not blank:
        return data
    kept = SentRows.of(data)
    for name in blank:
        kept.pop(name, None)
    return kept


def _blank_at_the_end(kind: type[Model], rows: dict[int, Row]) -> Iterable[int]:
    defaults = {
        field.name: str(field.get_default())
        for field in content_fields(kind, without={"id", *OF_EVERY_ROW})
        if field.has_default()
    }
    for number in sorted(rows, reverse=True):
        if not _is_blank(rows[number], defaults):
            return
        yield number


def _is_blank(row: Row, defaults: dict[str, str]) -> bool:
    return DELETION_FIELD_NAME not in row and all(
        value.strip() in OPEN or value == defaults.get(name)
        for name, values in row.items()
        if name not in OF_EVERY_ROW
        for value in values
    )
