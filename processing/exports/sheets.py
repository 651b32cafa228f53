"""Sheets of XLSX that grow row by row, in the words of the format (ECMA-376, Part 1, 18.3)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from processing.exports.kinds import Cell, Write
from processing.spreadsheets import MOST_CHARACTERS

# Characters of a sheet that are sent at once.
AT_ONCE = 64 * 1024
# A day is the number of days since this one.
DAY_ZERO = date(1899, 12, 30)
SECONDS_OF_A_DAY = 24 * 60 * 60
# What XML cannot hold, and what would be read as if it were that.
UNUSUAL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")


class Frame(NamedTuple):
    """What stands around the rows of a sheet, and the numbers under which cells have a look."""

    begin: str
    end: str
    heading: str
    day: str
    moment: str


def sheet_parts(
    headings: Sequence[str], rows: Iterable[Iterable[str]], frame: Frame
) -> Iterator[bytes]:
    """A sheet as XML; its rows hold cells as writer() writes them. It leaves out empty ones."""
    begins = [f'<c r="{xl_col_to_name(place)}' for place in range(len(headings))]
    of_headings = f' s="{frame.heading}"'
    first = [of_headings + _text(heading) for heading in headings]
    written = [frame.begin, _row(1, first, begins)]
    size = 0
    for number, cells in enumerate(rows, 2):
        written.append(row := _row(number, cells, begins))
        size += len(row)
        if size > AT_ONCE:
            yield "".join(written).encode()
            written, size = [], 0
    written.append(frame.end)
    yield "".join(written).encode()


def _row(number: int, cells: Iterable[str], begins: Sequence[str]) -> str:
    told = [f'{begin}{number}"{cell}' for begin, cell in zip(begins, cells, strict=True) if cell]
    return f'<row r="{number}">{"".join(told)}</row>'


def writer(frame: Frame) -> Write:
    """What writes a cell, but for its beginning, which tells its place."""

    def write(cell: Cell) -> str:
        if cell.__class__ is str:
            return _text(cell) if cell else ""
        if cell is None:
            return ""
        if isinstance(cell, datetime):
            seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
            days = (cell.date() - DAY_ZERO).days + seconds / SECONDS_OF_A_DAY
            return f' s="{frame.moment}"><v>{days:.16G}</v></c>'
        if isinstance(cell, date):
            return f' s="{frame.day}"><v>{(cell - DAY_ZERO).days}</v></c>'
        return f"><v>{cell}</v></c>"

    return write


def _text(text: str) -> str:
    """A text, as far as a cell holds it, as a text: whatever it looks like."""
    if len(text) > MOST_CHARACTERS // 2:
        # A cell counts signs beyond U+FFFF as two.
        text = text.encode("utf-16-le")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "ignore")
    if "_x" in text or not text.isprintable():
        text = UNUSUAL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if text[0].isspace() or text[-1].isspace():
        return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f' t="inlineStr"><is><t>{text}</t></is></c>'
