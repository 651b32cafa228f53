"""Sheets of XLSX that grow row by row, in the words of the format (ECMA-376, Part 1, 18.3)."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from processing.exports.archives import Part
from processing.exports.kinds import Cell
from processing.spreadsheets import MOST_CHARACTERS

# Characters of rows that are packed at once.
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


class Sheet:
    """A part of a workbook. What is empty in a row is left out."""

    def __init__(self, headings: Sequence[str], frame: Frame) -> None:
        self.part = Part()
        self.rows = 0
        self._frame = frame
        self._begins = [f'<c r="{xl_col_to_name(place)}' for place in range(len(headings))]
        self._written = [frame.begin]
        self._size = 0
        self.add(headings, of_texts=f' s="{frame.heading}"')

    def add(self, cells: Sequence[Cell], *, of_texts: str = "") -> None:
        """A row; `of_texts` is told of all its texts."""
        self.rows = number = self.rows + 1
        row = [f'<row r="{number}">']
        for begin, cell in zip(self._begins, cells, strict=False):
            if cell.__class__ is str:
                if cell:
                    row.append(
                        f'{begin}{number}"{of_texts} t="inlineStr"><is>{_text(cell)}</is></c>'
                    )
            elif cell is not None:
                row.append(f'{begin}{number}"{self._number(cell)}</v></c>')
        row.append("</row>")
        self._written.append(row := "".join(row))
        self._size += len(row)
        if self._size > AT_ONCE:
            self._pack()

    def ended(self) -> Part:
        """The part, to which nothing is added any more."""
        self._written.append(self._frame.end)
        self._pack()
        self.part.end()
        return self.part

    def _pack(self) -> None:
        self.part.add("".join(self._written).encode())
        self._written, self._size = [], 0

    def _number(self, cell: Cell) -> str:
        if isinstance(cell, datetime):
            seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
            days = (cell.date() - DAY_ZERO).days + seconds / SECONDS_OF_A_DAY
            return f' s="{self._frame.moment}"><v>{days:.16G}'
        if isinstance(cell, date):
            return f' s="{self._frame.day}"><v>{(cell - DAY_ZERO).days}'
        return f"><v>{cell}"


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
        return f'<is><t xml:space="preserve">{text}</t></is>'
    return f"<is><t>{text}</t></is>"
