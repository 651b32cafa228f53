"""CSV: one row an entry. What an entry has several of stands in one cell each, in its order."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import call

from processing.exports.entries import Published
from processing.exports.fields import ABOUT, OF_THE_RECORD, ROWS, Field, reader
from processing.exports.kinds import Cell, Column, Write, plain
from processing.exports.words import Words
from processing.public_record import Part

# Without it, Excel reads accents as other letters.
BYTE_ORDER_MARK = "\ufeff"
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
END = "\r\n"


def csv_parts(
    entries: Iterable[Published],
    words: Words,
    *,
    separator: str,
    about: Sequence[Field] = ABOUT,
) -> Iterator[bytes]:
    """A table in UTF-8 (RFC 4180), a row an entry."""
    table = Table(words, writer(separator), about)
    written = [BYTE_ORDER_MARK, line((heading(c, words) for c in table.columns), separator)]
    size = 0
    for entry in entries:
        written.append(row := separator.join(table.row(entry)) + END)
        size += len(row)
        if size > PART:
            yield "".join(written).encode()
            written, size = [], 0
    yield "".join(written).encode()


def line(cells: Iterable[Cell], separator: str) -> str:
    """A row of a table."""
    return separator.join(map(writer(separator), cells)) + END


def writer(separator: str) -> Write:
    """What writes a cell as the csv module does, in a third of its time: texts are long."""

    def write(cell: Cell) -> str:
        text = cell if cell.__class__ is str else plain(cell)
        if not text:
            return ""
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
            return '"' + text.replace('"', '""') + '"'
        return text

    return write


def heading(column: Column, words: Words) -> str:
    """What stands above a column: a name for machines where no language is more than others."""
    return column.heading if words.language else column.name


class Table:
    """All that is told of an entry, in one row. `about` is what is told beside its record."""

    def __init__(self, words: Words, write: Write, about: Sequence[Field] = ABOUT) -> None:
        self.columns = columns_of((*about, *OF_THE_RECORD), words)
        self._about = cells_of(about, words, write)
        self._of_the_record = cells_of(OF_THE_RECORD, words, write)
        self._rows = []
        for rows in ROWS:
            of_rows, columns = words.heading(rows.heading), columns_of(rows.fields, words)
            one = cells_of(rows.fields, words, write)
            several = _joined_cells_of(rows.fields, words, write)
            self._rows.append((rows, one, several, [""] * len(columns)))
            # Each begins with what the rows are.
            self.columns += [
                Column(f"{rows.name}.{column.name}", f"{of_rows}: {column.heading}")
                for column in columns
            ]

    def row(self, entry: Published) -> list[str]:
        """The cells of an entry, one for each column."""
        cells = list(self._about(entry))
        if entry.record is None:
            return cells + [""] * (len(self.columns) - len(cells))
        cells += self._of_the_record(entry.record)
        for rows, one, several, blank in self._rows:
            told = rows.told(entry.record)
            if not told:
                cells += blank
            else:
                cells += one(told[0]) if len(told) == 1 else several(told)
        return cells


def columns_of(fields: Sequence[Field], words: Words) -> list[Column]:
    return [column for field in fields for column in field.columns(words)]


def cells_of(
    fields: Sequence[Field], words: Words, write: Write
) -> Callable[[Part | Published], Iterable[str]]:
    """What gives the cells of an entry, or of one of its rows, in these fields."""
    makers = [field.kind.cells(words, write) for field in fields]
    values_of = reader(fields, words)
    # Each function is called with its value, without a line of Python for each.
    return lambda of: chain.from_iterable(map(call, makers, values_of(of)))


def _joined_cells_of(
    fields: Sequence[Field], words: Words, write: Write
) -> Callable[[Sequence[Part]], Iterable[str]]:
    """What gives the cells of several rows, joined."""
    makers = [field.kind.joined(words, write) for field in fields]
    values_of = reader(fields, words)

    def joined(rows: Sequence[Part]) -> Iterable[str]:
        columns = zip(*map(values_of, rows), strict=True)
        return chain.from_iterable(map(call, makers, columns))

    return joined


def safe(text: str) -> str:
    """The text as no spreadsheet program calculates it, whatever it takes for the separator."""
    text = FORMULA_IN_A_LINE.sub(r"\1'", text)
    text = FORMULA_IN_A_CELL.sub(r"\1'", text)
    return f"'{text}" if text[:1] in FORMULA else text
