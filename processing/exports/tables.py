"""CSV: one row an entry. What an entry has several of stands in one cell each, in its order."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from operator import call

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
# And a separator, a cell, which quotation marks may go before. The other two tell, in less time,
# where there can be one.
FORMULA_IN_A_CELL = re.compile('([;,\t]"*+|(?<=[\r\n])"++)(?=[=+\\-@＝＋－＠])')
BEHIND_A_COMMA = re.compile(',"*+[=+\\-@＝＋－＠]').search
BEHIND_A_SEMICOLON = re.compile(';"*+[=+\\-@＝＋－＠]').search
# Some thousands of characters are sent at once.
PART = 64 * 1024


def csv_parts(
    entries: Iterable[Published],
    words: Words,
    *,
    separator: str,
    about: Sequence[Field] = ABOUT,
) -> Iterator[bytes]:
    """A table in UTF-8 (RFC 4180), a row an entry."""
    table = Table(words, about)
    written = [BYTE_ORDER_MARK, line((heading(c, words) for c in table.columns), separator)]
    size = 0
    for entry in entries:
        written.append(row := line(table.row(entry), separator))
        size += len(row)
        if size > PART:
            yield "".join(written).encode()
            written, size = [], 0
    yield "".join(written).encode()


def line(cells: Iterable[Cell], separator: str) -> str:
    """A row of a table, as the csv module writes it, in a third of its time: texts are long."""
    told = []
    for cell in cells:
        text = cell if cell.__class__ is str else _plain(cell)
        if text:
            has_lines = "\n" in text or "\r" in text
            if (
                has_lines
                or text[0] in FORMULA
                or ("," in text and BEHIND_A_COMMA(text))
                or (";" in text and BEHIND_A_SEMICOLON(text))
                or "\t" in text
            ):
                text = safe(text)
            if has_lines or separator in text or '"' in text:
                text = '"' + text.replace('"', '""') + '"'
        told.append(text)
    return separator.join(told) + "\r\n"


def heading(column: Column, words: Words) -> str:
    """What stands above a column: a name for machines where no language is more than others."""
    return column.heading if words.language else column.name


class Table:
    """All that is told of an entry, in one row. `about` is what is told beside its record."""

    def __init__(self, words: Words, about: Sequence[Field] = ABOUT) -> None:
        self.columns = columns_of((*about, *OF_THE_RECORD), words)
        self._about, self._of_the_record = cells_of(about, words), cells_of(OF_THE_RECORD, words)
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
        cells = self._about(entry)
        if entry.record is None:
            return cells + [""] * (len(self.columns) - len(cells))
        cells += self._of_the_record(entry.record)
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
        # Each function is called with its value, without a line of Python for each.
        return list(chain.from_iterable(map(call, makers, values_of(of))))

    return cells


def safe(text: str) -> str:
    """The text as no spreadsheet program calculates it, whatever it takes for the separator."""
    text = FORMULA_IN_A_LINE.sub(r"\1'", text)
    text = FORMULA_IN_A_CELL.sub(r"\1'", text)
    return f"'{text}" if text[:1] in FORMULA else text


def _plain(cell: Cell) -> str:
    """What is no text, or none of our own; days and moments as ISO 8601 has them."""
    if cell is None:
        return ""
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)


def _joined(cells: Sequence[Cell]) -> str:
    """The cells of several rows in one, each in its place; empty where none says anything."""
    if not any(cells) and 0 not in cells:
        return ""
    try:
        return BETWEEN_ROWS.join(cells)
    except TypeError:
        # Some are no texts.
        return BETWEEN_ROWS.join(["" if cell is None else str(cell) for cell in cells])
