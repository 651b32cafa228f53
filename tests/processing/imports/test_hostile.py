"""Files that do harm or that nobody can read are refused, in a process with limits."""

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from processing.imports.drafts.terms import vocabulary_of
from processing.imports.files import hostile, reading
from processing.imports.files.hostile import Unreadable
from processing.imports.files.separate_process import MEMORY, SECONDS, read_safely
from processing.imports.refusals import REASONS, reason_of
from processing.imports.tables.finding import find_tables
from processing.imports.tables.headings import vocabulary
from processing.imports.tables.mapping import propose
from tests.processing.imports.registers import csv_file, workbook

GOOD = workbook(("Register", [["Naam", "Doel"], ["a", "b"]]))
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;">' % (n + 1, n, n, n) for n in range(97, 120))
    + b"]><worksheet>&x;</worksheet>"
)


def changed(data: bytes, name: str = "", content: bytes | None = None, **added: bytes) -> bytes:
    """A packed file with one part replaced, and others added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, content if part == name and content is not None else old.read(part))
        for part, text in added.items():
            new.writestr(part.replace("__", "/"), text)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BEGINNING = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
END = b"</sheetData></worksheet>"


def sheet_with(rows: bytes, behind: bytes = b"") -> bytes:
    return changed(GOOD, SHEET, BEGINNING + rows + END.replace(b"</work", behind + b"</work"))


def merged_cells(area: bytes, count: int) -> bytes:
    return b"<mergeCells>" + b'<mergeCell ref="%s"/>' % area * count + b"</mergeCells>"


def numbered_rows(count: int) -> bytes:
    return b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(1, count)
    )


def with_password_flag(data: bytes) -> bytes:
    """The flag of each part in the list at the end says that it is encrypted."""
    found = bytearray(data)
    place = found.find(b"PK\x01\x02")
    while place >= 0:
        found[place + 8] |= 1
        place = found.find(b"PK\x01\x02", place + 4)
    return bytes(found)


def that_lies(data: bytes) -> bytes:
    """A bomb that tells a size of ten bytes."""
    found = bytearray(changed(data, SHEET, b" " * 60_000_000))
    place = found.find(b"PK\x01\x02")
    while place >= 0:
        found[place + 24 : place + 28] = (10).to_bytes(4, "little")
        place = found.find(b"PK\x01\x02", place + 4)
    return bytes(found)


def ods(manifest: bytes = b"<manifest/>", **added: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", b"<office:document-content/>")
        for part, text in added.items():
            archive.writestr(part.replace("__", "/"), text)
    return stream.getvalue()


REPEATED = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    b'<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">'
    b'<table:table-cell office:value-type="string" table:number-columns-repeated="1000000">'
    b"<text:p>a</text:p></table:table-cell></table:table-row></table:table>"
    b"</office:spreadsheet></office:body></office:document-content>"
)
ODS = (Path(__file__).parent / "samples" / "fr-vertical-fiches.ods").read_bytes()
HOSTILE = {
    "zip bomb": (changed(GOOD, SHEET, b" " * 60_000_000), "x.xlsx", {"bomb"}),
    "zip bomb that lies": (that_lies(GOOD), "x.xlsx", {"truncated"}),
    "many parts": (changed(GOOD, **{f"a{n}": b"" for n in range(2_001)}), "x.xlsx", {"bomb"}),
    "entities": (changed(GOOD, SHEET, BILLION_LAUGHS), "x.xlsx", {"entities"}),
    "entities in ODS": (
        changed(ods(), "content.xml", BILLION_LAUGHS),
        "x.ods",
        {"entities"},
    ),
    "a million rows": (sheet_with(numbered_rows(1_000_001)), "x.xlsx", {"too_many_rows", "bomb"}),
    "too many rows": (sheet_with(numbered_rows(50_010)), "x.xlsx", {"too_many_rows"}),
    "a million rows in CSV": (b"a;b\n" * 1_000_000, "x.csv", {"too_many_rows"}),
    "a million columns in CSV": (b";" * 1_000_000 + b"a", "x.csv", {"too_many_columns"}),
    "many merged cells": (
        sheet_with(numbered_rows(40_000), merged_cells(b"A3:A1048576", 50)),
        "x.xlsx",
        {"too_many_cells"},
    ),
    "the last cell": (
        sheet_with(b'<row r="1048576"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'),
        "x.xlsx",
        {"too_much", "too_many_rows"},
    ),
    "many columns": (
        sheet_with(b'<row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1"><v>1</v></c></row>'),
        "x.xlsx",
        {"too_many_columns", "truncated"},
    ),
    "repeated cells in ODS": (
        changed(ODS, "content.xml", REPEATED),
        "x.ods",
        # The library that reads has a limit of its own, and says no more.
        {"too_much", "truncated"},
    ),
    "few rows repeated in ODS": (
        changed(
            ODS,
            "content.xml",
            REPEATED.replace(b'"1000000"', b'"49999"', 1).replace(b"1000000", b"9"),
        ),
        "x.ods",
        {"bomb"},
    ),
    "long cell in XLSX": (
        sheet_with(
            b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>' % (b"ab" * 16_384)
        ),
        "x.xlsx",
        {"long_cell"},
    ),
    "longer cell than spreadsheets have in CSV": (b"a;" + b"b" * 32_768, "x.csv", {"long_cell"}),
    "deep nesting": (sheet_with(b"<a>" * 200_000), "x.xlsx", {"bomb"}),
    "long cell in CSV": (b"a;" + b"b" * 200_000, "x.csv", {"truncated"}),
    "password": (CFB + "EncryptedPackage".encode("utf-16-le"), "x.xlsx", {"encrypted"}),
    "password of ZIP": (with_password_flag(GOOD), "x.xlsx", {"encrypted"}),
    "password of ODS": (ods(b"<m><manifest:encryption-data/></m>"), "x.ods", {"encrypted"}),
    "macros by name": (GOOD, "x.xlsm", {"macros"}),
    "macros in XLSX": (
        changed(GOOD, xl__vbaProject=b"", **{"xl/vbaProject.bin": b""}),
        "x.xlsx",
        {"macros"},
    ),
    "macros in XLS": (CFB + "_VBA_PROJECT".encode("utf-16-le"), "x.xls", {"macros"}),
    "macros in ODS": (ods(Basic__Standard=b""), "x.ods", {"macros"}),
    "XLSX named CSV": (GOOD, "x.csv", {"wrong_extension"}),
    "XLSX named XLS": (GOOD, "x.xls", {"wrong_extension"}),
    "CSV named XLSX": (b"a;b\n", "x.xlsx", {"wrong_extension"}),
    "HTML named XLS": (b"<html><table><tr><td>a</table>", "x.xls", {"no_table"}),
    "PDF named XLSX": (b"%PDF-1.7\n", "x.xlsx", {"no_table"}),
    "PNG named CSV": (b"\x89PNG\r\n\x1a\n\0\0", "x.csv", {"no_table"}),
    "bytes named CSV": (bytes(range(256)) * 4, "x.csv", {"no_table"}),
    "DOCX named XLSX": (
        changed(GOOD).replace(b"xl/workbook.xml", b"wd/workbook.xml"),
        "x.xlsx",
        {"no_table"},
    ),
    "no extension": (GOOD, "register", {"unknown_format"}),
    "another extension": (b"a", "x.docx", {"unknown_format"}),
    "half of a file": (GOOD[: len(GOOD) // 2], "x.xlsx", {"truncated"}),
    "damaged file": (GOOD[:300] + bytes(200) + GOOD[500:], "x.xlsx", {"truncated", "no_table"}),
    "half of an XLS": (CFB, "x.xls", {"truncated"}),
    "nothing": (b"", "x.csv", {"empty"}),
    "spaces": (b" \r\n\t", "x.csv", {"empty"}),
    "large file": (b"a" * (hostile.MOST_BYTES + 1), "x.csv", {"too_large"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused(name):
    data, file_name, codes = HOSTILE[name]

    with pytest.raises(Unreadable) as refused:
        read_safely(data, file_name)

    assert refused.value.code in codes


def test_merged_cells_reach_no_further_than_the_sheet():
    areas = merged_cells(b"A3:XFD1048576", 50) + merged_cells(b"A90:A99", 1)
    data = sheet_with(numbered_rows(5), areas.replace(b"</mergeCells><mergeCells>", b""))

    (sheet,) = read_safely(data, "x.xlsx").sheets

    assert {(m.top, m.left, m.bottom, m.right) for m in sheet.merged} == {(2, 0, 3, 0)}


def test_refusals_leave_nothing_behind():
    before = sorted(os.listdir(tempfile.gettempdir()))

    for name in ("zip bomb", "entities", "half of a file", "repeated cells in ODS"):
        data, file_name, _codes = HOSTILE[name]
        with pytest.raises(Unreadable):
            read_safely(data, file_name)

    assert sorted(os.listdir(tempfile.gettempdir())) == before


def test_every_refusal_has_words():
    sources = (*Path(hostile.__file__).parents[1].rglob("*.py"),)
    text = "".join(path.read_text() for path in sources)
    codes = {part.split('"')[1] for part in text.split("Unreadable(")[1:] if part.startswith('"')}

    assert codes | {"too_much"} == set(REASONS)
    with translation.override("en"):
        assert reason_of(Unreadable("empty")) == "The file is empty."


LIMITED = """
import resource
from processing.imports.files.separate_process import limit_this_process
limit_this_process()
print(resource.getrlimit(resource.RLIMIT_CPU)[0])
try:
    bytearray(%d)
except MemoryError:
    print("no memory")
try:
    with open("written", "w") as file:
        file.write("x" * 10)
except OSError:
    print("no file")
"""


def test_process_has_limits(tmp_path):
    code = LIMITED % MEMORY
    path = os.pathsep.join(path for path in sys.path if path)

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": path},
        check=True,
    )

    assert done.stdout.split("\n")[:3] == [str(SECONDS), "no memory", "no file"]
    assert all(path.stat().st_size == 0 for path in tmp_path.iterdir())


def test_largest_register_is_read():
    """Ten thousand activities with thirty columns."""
    row = [f"value {n} of an activity" for n in range(30)]
    rows = [[f"Heading {n}" for n in range(30)], *[[f"{n}", *row[1:]] for n in range(10_000)]]

    workbook = read_safely(csv_file(rows, ";", "utf-8"), "x.csv")

    assert len(workbook.sheets[0].rows) == 10_001
    assert reading.MOST_ROWS > 10_000


def test_many_columns_on_many_sheets_are_refused():
    sheets = [
        (f"Sheet {n}", [["Naam", "Doel", *[f"{n} kolom {c}" for c in range(60)]], ["a"] * 62])
        for n in range(40)
    ]
    found = find_tables(reading.read(workbook(*sheets), "x.xlsx"), vocabulary())

    with pytest.raises(Unreadable) as refused:
        propose(found)

    assert refused.value.code == "too_many_columns"


def test_likeness_is_asked_only_so_often():
    """Comparing each of a million texts with thousands of others would take minutes."""
    headings, terms = vocabulary(), vocabulary_of({"data": {"A": {"nl": "Identificatiegegevens"}}})
    data = terms.lists["data"]
    before = headings.meant("Bewaartermjin"), data.find("Identificatiegegevns")

    for n in range(50_001):
        data.find(f"tekst {n}")
        if n < 5_001:
            headings.meant(f"kolom {n}")

    assert all(before)
    assert headings.meant("Bewaartermijjn") is None
    assert headings.meant("Bewaartermijn").field == "retention.period"
    assert data.find("Identificatiegegevenns") is None
    assert data.find("identificatiegegevens").code == "A"
