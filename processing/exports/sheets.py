"""Sheets of XLSX that grow row by row, in the words of the format (ECMA-376, Part 1, 18.3)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from isal import igzip
from xlsxwriter.utility import xl_col_to_name

from processing.exports.kinds import Cell
from processing.spreadsheets import MOST_CHARACTERS

# Bytes that wait in memory, of each sheet; where there are more, all wait on the disk.
IN_MEMORY = 256 * 1024
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
    """A sheet as XML: taken as it grows, or waiting for its turn. It leaves out empty cells."""

    def __init__(self, headings: Sequence[str], frame: Frame) -> None:
        self.rows = 0
        # Characters that were written and not taken.
        self.size = 0
        self._frame = frame
        self._begins = [f'<c r="{xl_col_to_name(place)}' for place in range(len(headings))]
        self._written = [frame.begin]
        self._waiting = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (until all is taken)
        self._packer = igzip.IGzipFile(fileobj=self._waiting, mode="wb", compresslevel=1)
        self.add(headings, of_texts=f' s="{frame.heading}"')

    def add(self, cells: Sequence[Cell], *, of_texts: str = "") -> None:
        """A row; `of_texts` is told of all its texts."""
        self.rows = number = self.rows + 1
        row = [f'<row r="{number}">']
        for begin, cell in zip(self._begins, cells, strict=False):
            if cell.__class__ is str:
                if cell:
                    row.append(f'{begin}{number}"{of_texts} t="inlineStr">{_text(cell)}</c>')
            elif cell is not None:
                row.append(f'{begin}{number}"{self._number(cell)}</v></c>')
        row.append("</row>")
        self._written.append(row := "".join(row))
        self.size += len(row)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = "".join(self._written).encode()
        self._written, self.size = [], 0
        return taken

    def wait(self) -> None:
        """Let what was written wait, packed."""
        self._packer.write(self.take())

    def rest(self) -> Iterator[bytes]:
        """All that was not taken, with the end: nothing is added any more."""
        self._packer.close()
        self._waiting.seek(0)
        with igzip.IGzipFile(fileobj=self._waiting, mode="rb") as packed:
            while some := packed.read(AT_ONCE):
                yield some
        self._waiting.close()
        self._written.append(self._frame.end)
        yield self.take()

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
