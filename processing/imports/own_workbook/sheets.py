"""Recognises the sheets of the register's own workbook, and which of their rows belong together."""

from collections.abc import Iterable

from processing.imports.fields import OWN_COLUMN, Target
from processing.imports.own_workbook.columns import GUIDE, JOIN, LISTS, OwnColumn, known
from processing.imports.tables.layout import Column, Found, Grid, Row, Table
from processing.imports.values import words_of

# The columns of a table of this shape are keys of columns.known().
SHAPE = "own"
MARK = "="


def read_own(grid: Grid, found: Found) -> bool:
    """Read the sheet as a table if it is one of the register's own; whether it is."""
    first = grid.texts(0)
    if first.get(0) in (LISTS, GUIDE):
        found.leave_out(grid.places, "heading")
        return True
    if not grid.sheet.is_visible or not (columns := _columns(grid, first)):
        return False
    part = next(iter(columns.values()))[1].part
    table = Table(grid.number, grid.sheet.name, part, SHAPE)
    table.columns = {column.key: column for column, _own in columns.values()}
    for row in (0, 1):
        found.leave_out(grid.places_in(row), "heading")
    for row in range(2, len(grid.sheet.rows)):
        places = {place.column: place for place in grid.places_in(row)}
        found.leave_out([p for c, p in places.items() if c not in columns], "alone")
        cells = [
            (columns[column][0].key, places[column], cell)
            for column, cell in grid.cells(row)
            if column in columns
        ]
        if cells:
            table.rows.append(Row(cells))
    found.tables.append(table)
    return True


def _columns(grid: Grid, first: dict[int, str]) -> dict[int, tuple[Column, OwnColumn]]:
    """The columns that the first row names; none where it names others too, or one twice."""
    owns = {number: known().get(text) for number, text in first.items()}
    if None in owns.values() or len({own.key for own in owns.values()}) != len(owns):
        return {}
    if len({own.part for own in owns.values()}) != 1:
        return {}
    headings = grid.texts(1)
    return {
        number: (_column(grid, own, number, headings.get(number) or own.heading), own)
        for number, own in owns.items()
    }


def _column(grid: Grid, own: OwnColumn, number: int, heading: str) -> Column:
    return Column(MARK + own.key, heading, "", own.part, grid.sheet.name, number)


def target_of(column: Column) -> Target | None:
    """What a column of the own workbook is meant for; None for any other column."""
    own = known().get(column.key.removeprefix(MARK)) if column.key.startswith(MARK) else None
    return Target(OWN_COLUMN, own.key, own.language) if own else None


def names_of(row: Row) -> list[str]:
    """What the other sheets may call the activity of a row, the surest first: words."""
    told: dict[str, str] = {}
    for key, _place, cell in row.cells:
        told[key.rpartition(".")[2]] = words_of(cell.text)
    named = [told.get(JOIN), told.get("reference")]
    named += [words for name, words in told.items() if name.startswith("name_")]
    return [words for words in named if words]


def joined_by(row: Row) -> str:
    """What a row about a part calls its activity: words; "" for none."""
    return next((words_of(c.text) for k, _p, c in row.cells if k.endswith(f".{JOIN}")), "")


def own_tables(tables: Iterable[Table]) -> list[Table]:
    """Those of the activities first."""
    return sorted((t for t in tables if t.shape == SHAPE), key=lambda table: bool(table.part))
