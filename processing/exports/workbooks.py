"""XLSX: a sheet that explains, one of entries, one for each kind of row, joined by the entry."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from tempfile import TemporaryDirectory, TemporaryFile

import xlsxwriter
from django.utils.translation import gettext_lazy as _
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from processing.exports.entries import Published
from processing.exports.fields import ABOUT, ENTRY, OF_THE_RECORD, ROWS, Field
from processing.exports.kinds import Cell
from processing.exports.tables import cells_of, columns_of, heading
from processing.exports.words import Words
from processing.public_record import Part
from processing.spreadsheets import OPTIONS, write_text

ENTRIES = _("processing activities")
EXPLANATION = _("explanation")
# What a sheet of the format holds; what is more goes on in the next one.
MOST_ROWS = 1_048_576
LONGEST_NAME = 31
NO_NAME = str.maketrans("[]:*?/\\", "()-----")
WIDTH = 24
PART = 64 * 1024


def xlsx_parts(
    entries: Iterable[Published],
    words: Words,
    *,
    explained: Sequence[tuple[str, str]],
    day: date,
    about: Sequence[Field] = ABOUT,
    key: Sequence[Field] = (ENTRY,),
) -> Iterator[bytes]:
    """A workbook; `explained` stands on its first sheet, label by label.

    `about` is what is told of an entry beside its record, `key` that of it by which the other
    sheets name it.

    Its rows wait on the disk: the format tells of all sheets before it gives the first.
    """
    with TemporaryDirectory() as directory, TemporaryFile() as file:
        workbook = xlsxwriter.Workbook(file, OPTIONS | {"tmpdir": directory})
        # It would tell the second: the same entries are the same file all day.
        workbook.set_properties({"created": datetime.combine(day, time())})
        _write(workbook, entries, words, explained, about, key)
        try:
            workbook.close()
        except FileCreateError as error:
            # Such as a full disk, which is no fault of the site.
            raise error.args[0] from error
        file.seek(0)
        while part := file.read(PART):
            yield part


def _write(
    workbook: xlsxwriter.Workbook,
    entries: Iterable[Published],
    words: Words,
    explained: Sequence[tuple[str, str]],
    about: Sequence[Field],
    key: Sequence[Field],
) -> None:
    formats = _Formats(workbook)
    _explain(workbook.add_worksheet(words.heading(EXPLANATION)), formats, explained)
    of_entries = _Sheet(workbook, formats, words, words.heading(ENTRIES), about, OF_THE_RECORD)
    of_rows = [
        (rows, _Sheet(workbook, formats, words, words.heading(rows.heading), key, rows.fields))
        for rows in ROWS
    ]
    for entry in entries:
        of_entries.add(entry, entry.record)
        if entry.record is None:
            continue
        for rows, sheet in of_rows:
            for row in rows.told(entry.record):
                sheet.add(entry, row)


class _Formats:
    """How cells look."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})


class _Sheet:
    """A table of a kind of thing, in as many sheets as it needs."""

    def __init__(
        self,
        workbook: xlsxwriter.Workbook,
        formats: _Formats,
        words: Words,
        name: str,
        about: Sequence[Field],
        fields: Sequence[Field],
    ) -> None:
        self._workbook = workbook
        self._formats = formats
        self._words = words
        self._name = name.translate(NO_NAME)
        self._about, self._of = cells_of(about, words), cells_of(fields, words)
        self._columns = columns_of((*about, *fields), words)
        self._number = 0
        self._begin()

    def add(self, entry: Published, of: Part | None) -> None:
        if self._next == MOST_ROWS:
            self._begin()
        cells = [*self._about(entry), *(self._of(of) if of else ())]
        for column, cell in enumerate(cells):
            self._write(column, cell)
        self._next += 1

    def _begin(self) -> None:
        self._number += 1
        # Of a further sheet, behind the name.
        suffix = f" {self._number}" if self._number > 1 else ""
        self._sheet = self._workbook.add_worksheet(
            self._name[: LONGEST_NAME - len(suffix)] + suffix
        )
        self._sheet.set_column(0, len(self._columns) - 1, WIDTH)
        self._sheet.freeze_panes(1, 1)
        for place, column in enumerate(self._columns):
            write_text(self._sheet, 0, place, heading(column, self._words), self._formats.heading)
        self._next = 1

    def _write(self, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            write_text(self._sheet, self._next, column, cell)
        elif isinstance(cell, datetime):
            self._sheet.write_datetime(self._next, column, cell, self._formats.moment)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._next, column, cell, self._formats.day)
        else:
            self._sheet.write_number(self._next, column, cell)


def _explain(sheet: Worksheet, formats: _Formats, explained: Sequence[tuple[str, str]]) -> None:
    sheet.set_column(0, 0, WIDTH)
    sheet.set_column(1, 1, 100)
    for row, (label, text) in enumerate(explained):
        write_text(sheet, row, 0, label, formats.heading)
        write_text(sheet, row, 1, text)
