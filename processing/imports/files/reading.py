"""The bytes of a file become sheets of cells. Read in the separate process: no Django here."""

import datetime
import io
from collections.abc import Iterable, Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from processing.imports.files import csv_files, hostile
from processing.imports.files.cells import Cell, Merged, Sheet, Workbook
from processing.imports.files.hostile import Unreadable

MOST_SHEETS = 500
MOST_ROWS = 50_000
MOST_COLUMNS = 500
# Cells that hold something, in all sheets; and all that calamine lays out, empty ones too.
MOST_CELLS = 500_000
MOST_LAID_OUT = 5_000_000
MOST_CHARACTERS = 20_000_000
# A few bytes may say that a row is repeated: so many cells for each byte, behind the first ones.
MOST_CELLS_A_BYTE = 10
FIRST_CELLS = 50_000
# As spreadsheet programs have it.
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 100
# Rows over which merged areas reach, in all sheets: an area counts as many as it has.
MOST_MERGED_ROWS = 500_000


class _Counted:
    """How much all sheets together hold so far."""

    def __init__(self, data: bytes) -> None:
        self.cells = self.characters = self.laid_out = self.merged_rows = 0
        self.told = FIRST_CELLS + MOST_CELLS_A_BYTE * len(data)

    def add(self, text: str) -> None:
        self.cells += 1
        self.characters += len(text)
        if len(text) > LONGEST_CELL:
            raise Unreadable("long_cell")
        if self.cells > MOST_CELLS or self.characters > MOST_CHARACTERS:
            raise Unreadable("too_many_cells")
        if self.cells > self.told:
            raise Unreadable("bomb")

    def add_merged(self, area: Merged) -> None:
        self.merged_rows += area.bottom - area.top + 1
        if self.merged_rows > MOST_MERGED_ROWS:
            raise Unreadable("too_many_cells")


def read(data: bytes, name: str) -> Workbook:
    """What a file holds. Raises Unreadable."""
    found = hostile.format_of(data, name)
    if found == "csv":
        return _read_csv(data)
    uncalculated = 0 if found == "xls" else hostile.look_into(data)
    try:
        return _read_workbook(data, found, uncalculated)
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except (CalamineError, XmlError, ZipError) as error:
        raise Unreadable("truncated") from error


def _read_csv(data: bytes) -> Workbook:
    text, encoding = csv_files.decoded(data)
    separator = csv_files.separator_of(text)
    rows = csv_files.rows_of(text, separator)
    _check_size(len(rows), max(map(len, rows), default=0))
    counted = _Counted(data)
    cells = [[_cell(value, counted) for value in row] for row in rows]
    return Workbook("csv", [Sheet("", _trimmed(cells))], encoding, separator)


def _read_workbook(data: bytes, found: str, uncalculated: int) -> Workbook:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        sheets = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        if len(sheets) > MOST_SHEETS:
            raise Unreadable("too_many_sheets")
        counted = _Counted(data)
        read_sheets = [
            _read_sheet(
                workbook.get_sheet_by_name(sheet.name),
                is_visible=sheet.visible == SheetVisibleEnum.Visible,
                counted=counted,
            )
            for sheet in sheets
        ]
    return Workbook(found, read_sheets, uncalculated=uncalculated)


def _read_sheet(sheet: CalamineSheet, *, is_visible: bool, counted: _Counted) -> Sheet:
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    _check_size(height, width)
    counted.laid_out += height * width
    if counted.laid_out > MOST_LAID_OUT:
        raise Unreadable("too_many_cells")
    rows = sheet.to_python(skip_empty_area=False) if height else []
    cells = [[_cell(value, counted) for value in row] for row in rows]
    merged = list(_merged(sheet, height, width, counted))
    return Sheet(sheet.name[:LONGEST_SHEET_NAME], _trimmed(cells), merged, is_visible)


def _merged(sheet: CalamineSheet, height: int, width: int, counted: _Counted) -> Iterator[Merged]:
    """The merged areas as far as the sheet reaches: a few bytes may name a million rows."""
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:MOST_ROWS]:
        if top < height and left < width:
            area = Merged(top, left, min(bottom, height - 1), min(right, width - 1))
            counted.add_merged(area)
            yield area


def _check_size(height: int, width: int) -> None:
    if height > MOST_ROWS:
        raise Unreadable("too_many_rows")
    if width > MOST_COLUMNS:
        raise Unreadable("too_many_columns")


def _cell(value: object, counted: _Counted) -> Cell | None:
    found = _as_cell(value)
    if found is not None:
        counted.add(found.text)
    return found


def _as_cell(value: object) -> Cell | None:
    if isinstance(value, str):
        return Cell(value) if value.strip() else None
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", "boolean")
    if isinstance(value, float):
        # A workbook knows no whole numbers: 3 is kept as 3.0.
        return Cell(f"{value:.15g}", "number")
    if isinstance(value, int):
        return Cell(str(value), "number")
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return Cell(value.date().isoformat() if is_day else value.isoformat(" "), "date")
    if isinstance(value, datetime.date):
        return Cell(value.isoformat(), "date")
    return Cell(str(value)) if value is not None else None


def _trimmed(rows: Iterable[list[Cell | None]]) -> list[list[Cell | None]]:
    """Without the empty cells at the ends of rows, and the empty rows at the end."""
    kept = []
    for row in rows:
        while row and row[-1] is None:
            row.pop()
        kept.append(row)
    while kept and not kept[-1]:
        kept.pop()
    return kept
