"""What a file holds: sheets of cells as text. The separate process imports it: no Django here."""

from typing import Literal, NamedTuple

import msgspec

Kind = Literal["text", "number", "date", "boolean"]


class Cell(msgspec.Struct, frozen=True, array_like=True):
    """A cell as text, and what it was: dates as 2026-11-26, numbers as 1.5, booleans as TRUE."""

    text: str
    kind: Kind = "text"


class Merged(msgspec.Struct, frozen=True, array_like=True):
    """Cells that were merged into the first of them: rows and columns from 0, inclusive."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(msgspec.Struct):
    """One sheet; of a CSV file the only one, without a name."""

    name: str
    # None for a cell that holds nothing.
    rows: list[list[Cell | None]]
    merged: list[Merged] = []
    is_visible: bool = True


class Workbook(msgspec.Struct):
    """A file as it was read."""

    # "xlsx", "xls", "ods" or "csv".
    format: str
    sheets: list[Sheet]
    # Of a CSV file.
    encoding: str = ""
    separator: str = ""
    # Formulas that no program has calculated: their cells are empty. None is calculated here.
    uncalculated: int = 0


class Place(NamedTuple):
    """Where a cell stands: its sheet, row and column, each from 0."""

    sheet: int
    row: int
    column: int


def places(workbook: Workbook) -> dict[Place, Cell]:
    """All cells that hold something."""
    return {
        Place(number, row, column): cell
        for number, sheet in enumerate(workbook.sheets)
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if cell is not None
    }
