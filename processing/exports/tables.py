"""CSV: one row an entry. What an entry has several of stands in one cell each, in its order."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from processing.exports.entries import Published
from processing.exports.fields import ABOUT, OF_THE_RECORD, ROWS, Field, reader
from processing.exports.kinds import Cell, Column
from processing.exports.words import Words
from processing.public_record import Part

# Without it, Excel reads accents as other letters.
BYTE_ORDER_MARK = "\ufeff"
# What stands between the rows of an entry, such as its purposes, in one cell.
BETWEEN_ROWS = " | "
# A spreadsheet program would calculate a text that begins so. It shows what stands behind an
# apostrophe as it is.
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
# To a program that takes another sign for the separator, a line break in a cell begins a row.
FORMULA_IN_A_LINE = re.compile("([\r\n])(?=[\t ]*[=+\\-@＝＋－＠])")
# Some thousands of characters are sent at once.
PART = 64 * 1024


def csv_parts(entries: Iterable[Published], words: Words, *, separator: str) -> Iterator[bytes]:
    """A table in UTF-8 (RFC 4180), a row an entry."""
    table = Table(words)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator)
    written.write(BYTE_ORDER_MARK)
    writer.writerow([heading(column, words) for column in table.columns])
    for entry in entries:
        writer.writerow([safe(cell) for cell in table.row(entry)])
        if written.tell() > PART:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()


def heading(column: Column, words: Words) -> str:
    """What stands above a column: a name for machines where no language is more than others."""
    return column.heading if words.language else column.name


class Table:
    """All that is told of an entry, in one row."""

    def __init__(self, words: Words) -> None:
        self.columns = columns_of((*ABOUT, *OF_THE_RECORD), words)
        self._about, self._of_the_record = cells_of(ABOUT, words), cells_of(OF_THE_RECORD, words)
        self._rows = []
        for rows in ROWS:
            of_rows, columns = words.heading(rows.heading), columns_of(rows.fields, words)
            self._rows.append((rows, cells_of(rows.fields, words), [""] * len(columns)))
            # Each begins with what the rows are.
            self.columns += [
                Column(f"{rows.name}.{column.name}", f"{of_rows}: {column.heading}")
                for column in columns
            ]

    def row(self, entry: Published) -> list[Cell]:
        """The cells of an entry, one for each column."""
        cells = [*self._about(entry), *self._of_the_record(entry.record)]
        for rows, cells_of_row, blank in self._rows:
            told = [cells_of_row(each) for each in rows.told(entry.record)]
            if len(told) > 1:
                cells += map(_joined, zip(*told, strict=True))
            else:
                cells += told[0] if told else blank
        return cells


def columns_of(fields: Sequence[Field], words: Words) -> list[Column]:
    return [column for field in fields for column in field.columns(words)]


def cells_of(fields: Sequence[Field], words: Words) -> Callable[[Part | Published], list[Cell]]:
    """What gives the cells of an entry, or of one of its rows, in these fields."""
    makers = [field.kind.cells(words) for field in fields]
    values_of = reader(fields, words)

    def cells(of: Part | Published) -> list[Cell]:
        pairs = zip(makers, values_of(of), strict=True)
        return [cell for make, value in pairs for cell in make(value)]

    return cells


def safe(cell: Cell) -> Cell:
    """The cell as no spreadsheet program calculates it; days and moments as ISO 8601 has them."""
    if isinstance(cell, str):
        if "\n" in cell or "\r" in cell:
            cell = FORMULA_IN_A_LINE.sub(r"\1'", cell)
        return f"'{cell}" if cell[:1] in FORMULA else cell
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else cell


def _joined(cells: Sequence[Cell]) -> str:
    """The cells of several rows in one, each in its place; empty where none says anything."""
    told = ["" if cell is None else str(cell) for cell in cells]
    return BETWEEN_ROWS.join(told) if any(told) else ""
