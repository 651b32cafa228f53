"""XLSX: a sheet that explains, one of entries, one for each kind of row, joined by the entry.

XlsxWriter, which knows the format, writes a workbook without rows. Rows, nearly all of it, are put
in between as they come, in a quarter of the time, and stream-zip makes the archive of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from django.utils.translation import gettext_lazy as _
from isal import isal_zlib
from stream_zip import ZIP_32, stream_zip

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
# Characters of a sheet that are sent, or packed, at once; and how well.
AT_ONCE, LEVEL = 64 * 1024, 1
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

    def parts() -> Iterator[tuple[str, Iterable[bytes]]]:
        empty = _without_rows(tables, words, explained, day)
        for place, table in enumerate(tables):
            table.begin(_frame(empty[_name_of(place)]))
        yield from ((name, [empty[name]]) for name in FIRST)
        yield _name_of(0), _growing(entries, of_entries, of_rows)
        others = [sheet for table in tables for sheet in table.sheets][1:]
        written = {_name_of(place): sheet.rest() for place, sheet in enumerate(others, 1)}
        yield from written.items()
        # With the sheets that there are now.
        for name, content in _without_rows(tables, words, explained, day).items():
            if name not in (*FIRST, _name_of(0), *written):
                yield name, [content]

    # The same entries are the same file all day.
    at = datetime.combine(day, time())
    return stream_zip(
        ((name, at, 0o644, ZIP_32, content) for name, content in parts()),
        get_compressobj=_packer,
    )


def _packer() -> object:
    return isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)


def _growing(
    entries: Iterable[Published], of_entries: "_Table", of_rows: Sequence["_Table"]
) -> Iterator[bytes]:
    """The first sheet of entries, while all sheets grow."""
    first = of_entries.sheets[0]
    for entry in entries:
        of_entries.add(entry, entry.record)
        if entry.record is not None:
            for rows, table in zip(ROWS, of_rows, strict=True):
                for row in rows.told(entry.record):
                    table.add(entry, row)
        if first.size > AT_ONCE:
            yield first.take()
        for table in (of_entries, *of_rows):
            if table.sheets[-1] is not first and table.sheets[-1].size > AT_ONCE:
                table.sheets[-1].wait()
    yield from first.rest()


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
