"""XLSX: a sheet that explains, one of entries, one for each kind of row, joined by the entry.

XlsxWriter, which knows the format, writes a workbook without rows. Rows, nearly all of it, are put
in between as they come, in a quarter of the time, and stream-zip makes the archive of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import chain, islice
from zipfile import ZipFile

import xlsxwriter
from django.utils.translation import gettext_lazy as _
from isal import isal_zlib
from stream_zip import ZIP_32, stream_zip

from processing.exports.entries import Entries
from processing.exports.fields import ABOUT, ENTRY, OF_THE_RECORD, ROWS, Field, Rows
from processing.exports.sheets import Frame, sheet_parts, writer
from processing.exports.tables import cells_of, columns_of, heading
from processing.exports.words import Words
from processing.spreadsheets import write_text

ENTRIES = _("processing activities")
EXPLANATION = _("explanation")
# What a sheet of the format holds; what is more goes on in the next one.
MOST_ROWS = 1_048_576
LONGEST_NAME = 31
NO_NAME = str.maketrans("[]:*?/\\", "()-----")
WIDTH = 24
# How well sheets are packed.
LEVEL = 1
# What is sent before any sheet: programs see by it what the file is.
FIRST = ("_rels/.rels", "docProps/core.xml", "xl/styles.xml", "xl/theme/theme1.xml")
# Of a sheet without rows: which cells it has, which it need not say, and examples of their looks.
EXTENT = re.compile("<dimension [^>]*/>")
ROW_OF_EXAMPLES = re.compile(r'<row .* s="(\d+)".* s="(\d+)".* s="(\d+)".*</row>')

# What of a record names the entry.
NAMING = ("organisation", "number")

Explained = Sequence[tuple[str, str]]


def xlsx_parts(
    entries: Entries,
    words: Words,
    *,
    explained: Explained,
    day: date,
    about: Sequence[Field] = ABOUT,
    key: Sequence[Field] = (ENTRY,),
) -> Iterator[bytes]:
    """A workbook; `explained` stands on its first sheet, label by label.

    `about` is what is told of an entry beside its record, `key` that of it by which the other
    sheets name it.

    An archive holds one sheet after the other: the entries are read for each, so that none waits.
    """
    tables = [
        _Table(words.heading(ENTRIES), about, OF_THE_RECORD, words),
        *(_Table(words.heading(rows.heading), key, rows.fields, words, rows) for rows in ROWS),
    ]

    def parts() -> Iterator[tuple[str, Iterable[bytes]]]:
        empty = _without_rows(tables, words, explained, day)
        frames = [_frame(empty[_name_of(place)]) for place in range(len(tables))]
        yield from ((name, [empty[name]]) for name in FIRST)
        place = 0
        for table, frame in zip(tables, frames, strict=True):
            for sheet in table.sheets_of(entries, frame):
                yield _name_of(place), sheet
                place += 1
        written = {_name_of(each) for each in range(place)}
        # With the sheets that there are now.
        for name, content in _without_rows(tables, words, explained, day).items():
            if name not in written.union(FIRST):
                yield name, [content]

    # The same entries are the same file all day.
    at = datetime.combine(day, time())
    return stream_zip(
        ((name, at, 0o644, ZIP_32, content) for name, content in parts()),
        get_compressobj=_packer,
    )


def _packer() -> object:
    return isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)


class _Table:
    """A table of entries, or of one kind of their `rows`, in as many sheets as it needs."""

    def __init__(
        self,
        name: str,
        about: Sequence[Field],
        fields: Sequence[Field],
        words: Words,
        rows: Rows | None = None,
    ) -> None:
        self._name = name.translate(NO_NAME)
        self._about, self._fields, self._words, self._rows = about, fields, words, rows
        self.headings = [heading(each, words) for each in columns_of((*about, *fields), words)]
        self._sheets = 1

    @property
    def names(self) -> list[str]:
        """Those of its sheets: the number of a further one stands behind the name."""
        numbers = range(2, self._sheets + 1)
        suffixes = ["", *(f" {number}" for number in numbers)]
        return [self._name[: LONGEST_NAME - len(suffix)] + suffix for suffix in suffixes]

    def sheets_of(self, entries: Entries, frame: Frame) -> Iterator[Iterator[bytes]]:
        """Each is to be taken before the next."""
        rows = self._rows_of(entries, frame)
        while True:
            yield sheet_parts(self.headings, islice(rows, MOST_ROWS - 1), frame)
            following = next(rows, None)
            if following is None:
                return
            rows = chain([following], rows)
            self._sheets += 1

    def _rows_of(self, entries: Entries, frame: Frame) -> Iterator[list[str]]:
        write = writer(frame)
        about_of = cells_of(self._about, self._words, write)
        cells = cells_of(self._fields, self._words, write)
        held = [self._rows.name] if self._rows else [field.name for field in self._fields]
        for entry in entries.with_only(*NAMING, *held):
            if self._rows is None:
                about = list(about_of(entry))
                blank = [""] * (len(self.headings) - len(about))
                yield [*about, *(cells(entry.record) if entry.record else blank)]
            elif entry.record and (told := self._rows.told(entry.record)):
                about = list(about_of(entry))
                yield from ([*about, *cells(row)] for row in told)


def _name_of(place: int) -> str:
    """Of the sheet of a table, within the archive. The one before them explains."""
    return f"xl/worksheets/sheet{place + 2}.xml"


def _frame(sheet: bytes) -> Frame:
    """What stands around the rows of a sheet without any."""
    begin, *looks, end = ROW_OF_EXAMPLES.split(EXTENT.sub("", sheet.decode()))
    return Frame(begin, end, *looks)


def _without_rows(
    tables: Sequence[_Table], words: Words, explained: Explained, day: date
) -> dict[str, bytes]:
    """The parts of a workbook, in each sheet of which a row shows the looks of cells."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    # It would tell the second: the same entries are the same file all day.
    workbook.set_properties({"created": datetime.combine(day, time())})
    looks = [
        workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        workbook.add_format({"num_format": "yyyy-mm-dd"}),
        workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    ]
    sheet = workbook.add_worksheet(words.heading(EXPLANATION))
    sheet.set_column(0, 0, WIDTH)
    sheet.set_column(1, 1, 100)
    for row, (label, text) in enumerate(explained):
        write_text(sheet, row, 0, label, looks[0])
        write_text(sheet, row, 1, text)
    for table in tables:
        for name in table.names:
            sheet = workbook.add_worksheet(name)
            sheet.set_column(0, len(table.headings) - 1, WIDTH)
            sheet.freeze_panes(1, 1)
            for column, look in enumerate(looks):
                sheet.write_blank(0, column, None, look)
    workbook.close()
    with ZipFile(file) as parts:
        return {name: parts.read(name) for name in parts.namelist()}
