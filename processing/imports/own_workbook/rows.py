"""The rows of the register's own workbook: each is one row of the activity, as it stands there."""

from collections.abc import Mapping, Sequence
from functools import cache

from django.core.exceptions import ValidationError
from django.db.models import Model

from processing.imports.drafts.draft import Item, Named, Values, Writer, columns_of
from processing.imports.fields import OWN_COLUMN, Target
from processing.imports.own_workbook.columns import JOIN, known, models
from processing.imports.own_workbook.sheets import MARK, names_of
from processing.imports.own_workbook.values import NoValue, is_text, value_of
from processing.imports.tables.gathering import Source
from processing.imports.values import UNSEEN, cleaned, is_blank, words_of


def named(sources: Sequence[Source]) -> dict[str, Named]:
    """Words -> the activity of the own workbook that other rows call so."""
    found: dict[str, Named] = {}
    for number, source in enumerate(sources):
        row = source.rows[0][1]
        if not all(key.startswith(MARK) for key, _place, _cell in row.cells):
            continue
        told = {key.rpartition(".")[2]: cleaned(cell.text) for key, _place, cell in row.cells}
        names = [text for name, text in told.items() if name.startswith("name_")]
        for words in names_of(row):
            found.setdefault(words, Named(number, told.get("reference", ""), names))
    return found


def begin(writer: Writer, source: Source, targets: Mapping[str, Target]) -> None:
    """Of an activity of the own workbook: what its sheets leave empty is nothing, and says so."""
    cells = [(part, key, cell) for part, row in source.rows for key, _place, cell in row.cells]
    if not any(key.startswith(MARK) for _part, key, _cell in cells):
        return
    writer.own_keys = {}
    for part, key, cell in cells:
        if key == f"{MARK}{part}.key" and cell.text.isdecimal() and len(cell.text) < 10:
            writer.own_keys.setdefault(part, set()).add(int(cell.text))
    for name in (t.code for t in targets.values() if t.field == OWN_COLUMN):
        column = known()[name]
        if column.part:
            writer.draft.content.setdefault(column.part, [])
        elif column.name not in (JOIN, "review_due_on"):
            writer.draft.content[column.name] = None


def read(writer: Writer, part: str, items: list[Item]) -> None:
    """Write one row of a sheet into the draft."""
    values: Values = {}
    written: list[Item] = []
    for item in items:
        column = known()[item.target.code]
        if column.field is None:
            writer.understood(item, "number")
        elif column.names_activity:
            _name_successor(writer, item)
        elif not is_text(column.field) and is_blank(item.text):
            writer.nothing(item)
        elif _put(writer, values, item):
            written.append(item)
    _check(writer, part, values, written)
    for item in written:
        writer.understood(item, _field_of(item))
    if not part:
        writer.draft.review_due_on = str(values.pop("review_due_on", "") or "")
        writer.draft.content.update(values)
    elif values.keys() - {"key"} and not writer.is_full:
        _add(writer, part, values)


def _name_successor(writer: Writer, item: Item) -> None:
    """Which activity of the workbook replaces this one: it may have no key yet."""
    found = writer.others.get(words_of(item.text))
    if is_blank(item.text):
        writer.nothing(item)
    elif found is None or found.number == writer.draft.number:
        writer.remark(item, "not_joined")
    else:
        writer.draft.successor = found
        writer.understood(item, "replaced_by")


def _put(writer: Writer, values: Values, item: Item) -> bool:
    """Whether the cell is in its field now; else it is in the remarks."""
    column = known()[item.target.code]
    if is_text(column.field):
        raw = item.cell.text
        # As it stands there: what is written here has no program's traces to be cleaned of.
        plain = item.text if UNSEEN.search(raw) else raw.replace("\r\n", "\n").strip()
        return writer.put(values, column.part, column.name, item.part(plain))
    try:
        value = value_of(writer, column.field, item)
    except NoValue as refused:
        writer.remark(item, refused.reason)
        return False
    if value == []:
        return False
    values[column.name] = value
    return True


def _check(writer: Writer, part: str, values: Values, written: list[Item]) -> None:
    """Keep in the remarks what the database would refuse: a field, or the whole row."""
    row = models()[part]()
    for name, value in values.items():
        field = row._meta.get_field(name)
        if not field.many_to_many:
            setattr(row, field.attname, value if field.is_relation else field.to_python(value))
    for name in _wrong_fields(row, part):
        setattr(row, name, row._meta.get_field(name).get_default())
        _refuse(writer, values, written, {name})
    if not _holds_together(row, part):
        _refuse(writer, values, written, set(values) if part else {"ends_on"})


def _refuse(writer: Writer, values: Values, written: list[Item], names: set[str]) -> None:
    for item in [i for i in written if known()[i.target.code].name in names]:
        written.remove(item)
        writer.remark(item, "row_refused")
    for name in names:
        values.pop(name, None)


def _wrong_fields(row: Model, part: str) -> list[str]:
    """Those that say what their fields cannot hold, each for itself."""
    try:
        row.clean_fields(exclude=_relations(part) | {"key", "number"})
    except ValidationError as error:
        return list(error.error_dict)
    return []


@cache
def _relations(part: str) -> set[str]:
    return {field.name for field in models()[part]._meta.get_fields() if field.is_relation}


def _holds_together(row: Model, part: str) -> bool:
    needed = [f for f in row._meta.concrete_fields if f.is_relation and not f.null]
    if part and any(getattr(row, f.attname) is None for f in needed if f.name != "activity"):
        return False
    try:
        row.validate_constraints()
    except ValidationError:
        return False
    return True


def _field_of(item: Item) -> str:
    """As accounts name it."""
    column = known()[item.target.code]
    name = getattr(column.field, "translated_field", column.field).name
    return f"{column.part}.{name}" if column.part else name


def _add(writer: Writer, part: str, values: Values) -> None:
    """With the key that the workbook gives it, or the next one that is free."""
    rows = writer.draft.content.setdefault(part, [])
    if "key" in columns_of(part):
        taken = {row["key"] for row in rows}
        if values.get("key") in {None, *taken}:
            told = writer.own_keys.get(part, set())
            values["key"] = max(taken | told, default=0) + 1
    rows.append(values)
    writer.row_count += 1
