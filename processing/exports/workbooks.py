"""XLSX: a sheet that explains, one of entries, one for each kind of row, joined by the entry.

XlsxWriter, which knows the format, writes a workbook without rows. Rows, nearly all of it, are put
in between by code of our own: in a quarter of the time, and packed while they wait.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from django.utils.translation import gettext_lazy as _

from processing.exports.archives import Archive
from processing.exports.entries import Published
from processing.exports.fields import ABOUT, ENTRY, OF_THE_RECORD, ROWS, Field
from processing.exports.sheets import Frame, Sheet
from processing.exports.tables import cells_of, columns_of, heading
from processing.exports.words import Words
from processing.public_record import Part
from processing.spreadsheets import write_text

ENTRIES = _("processing activities")
EXPLANATION = _("explanation")
# What a sheet of the format holds; what is more goes on in the next one.
MOST_ROWS = 1_048_576
LONGEST_NAME = 31
NO_NAME = str.maketrans("[]:*?/\\", "()-----")
WIDTH = 24
# Bytes of the sheet of entries that are sent at once.
AT_ONCE = 64 * 1024
# What is sent before any sheet: programs see by it what the file is.
FIRST = ("_rels/.rels", "docProps/core.xml", "xl/styles.xml", "xl/theme/theme1.xml")
# Of a sheet without rows: which cells it has, which it need not say, and examples of their looks.
EXTENT = re.compile("<dimension [^>]*/>")
ROW_OF_EXAMPLES = re.compile(r'<row .* s="(\d+)".* s="(\d+)".* s="(\d+)".*</row>')

Explained = Sequence[tuple[str, str]]


def xlsx_parts(
    entries: Iterable[Published],
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

    The sheet of entries is sent while it grows. The others wait: an archive holds one after the
    other, and the format tells of all sheets in one place.
    """
    of_entries = _Table(words.heading(ENTRIES), about, OF_THE_RECORD, words)
    of_rows = [_Table(words.heading(rows.heading), key, rows.fields, words) for rows in ROWS]
    tables = [of_entries, *of_rows]
    empty = _without_rows(tables, words, explained, day)
    for place, table in enumerate(tables):
        table.begin(_frame(empty[_name_of(place)]))
    archive, sent = Archive(), of_entries.sheets[0].part
    for name in FIRST:
        yield from archive.file(name, empty[name])
    yield archive.begin(_name_of(0))
    for entry in entries:
        of_entries.add(entry, entry.record)
        if sent.waiting > AT_ONCE:
            yield from sent.take()
        if entry.record is not None:
            for rows, table in zip(ROWS, of_rows, strict=True):
                for row in rows.told(entry.record):
                    table.add(entry, row)
    _first, *others = [sheet.ended() for table in tables for sheet in table.sheets]
    yield from sent.take()
    yield archive.end(sent)
    for place, part in enumerate(others, 1):
        yield from archive.whole(_name_of(place), part)
    # With the sheets that there are now.
    for name, content in _without_rows(tables, words, explained, day).items():
        if name not in archive.names:
            yield from archive.file(name, content)
    yield archive.directory()


class _Table:
    """A table of a kind of thing, in as many sheets as it needs."""

    def __init__(
        self, name: str, about: Sequence[Field], fields: Sequence[Field], words: Words
    ) -> None:
        self._name = name.translate(NO_NAME)
        self._about, self._of = cells_of(about, words), cells_of(fields, words)
        self.headings = [heading(each, words) for each in columns_of((*about, *fields), words)]
        self.sheets: list[Sheet] = []

    @property
    def names(self) -> list[str]:
        """Those of its sheets: the number of a further one stands behind the name."""
        numbers = range(2, len(self.sheets) + 1)
        suffixes = ["", *(f" {number}" for number in numbers)]
        return [self._name[: LONGEST_NAME - len(suffix)] + suffix for suffix in suffixes]

    def begin(self, frame: Frame) -> None:
        self._frame = frame
        self.sheets.append(Sheet(self.headings, frame))

    def add(self, entry: Published, of: Part | None) -> None:
        if self.sheets[-1].rows == MOST_ROWS:
            self.begin(self._frame)
        self.sheets[-1].add([*self._about(entry), *(self._of(of) if of else ())])


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
