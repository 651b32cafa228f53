"""Reads files as the programs do for which they are made."""

import csv
import io
import json
import re
from collections.abc import Iterable
from xml.etree import ElementTree
from zipfile import ZipFile

import python_calamine

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ENTRY_OF_TRIPLES = re.compile(r"<(?P<site>https?://[^/]+/id/processing/)(?P<reference>[^#>]+)[#>]")


def entries_of(file_format: str, content: bytes) -> dict[str, object]:
    """Entry -> all that the file tells of it, in the order of the file."""
    return READERS[file_format](content)


def table_of(content: bytes, separator: str = ";") -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def sheets_of(content: bytes) -> dict[str, list[list]]:
    assert_every_program_reads(content)
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def assert_every_program_reads(content: bytes) -> None:
    """Some find a text only where the format says (ECMA-376, Part 1, 18.3.1.53)."""
    with ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                sheet = ElementTree.fromstring(parts.read(name))  # noqa: S314 (ours)
                for cell in sheet.iter(f"{SHEET}c"):
                    if cell.get("t") == "inlineStr":
                        (inner,) = cell
                        assert [inner.tag, *(each.tag for each in inner)] == [
                            f"{SHEET}is",
                            f"{SHEET}t",
                        ]


def _of_table(content: bytes, separator: str) -> dict[str, object]:
    rows = [list(row.values()) for row in table_of(content, separator)]
    return {row[0]: row[1:] for row in rows}


def _of_lines(lines: Iterable[dict]) -> dict[str, object]:
    return {line.pop("entry"): line for line in lines}


def _of_workbook(content: bytes) -> dict[str, object]:
    found: dict[str, list] = {}
    _explanation, *sheets = sheets_of(content).items()
    for name, rows in sheets:
        for reference, *cells in rows[1:]:
            found.setdefault(reference, []).append((name, cells))
    return found


def _of_triples(content: bytes) -> dict[str, object]:
    """What is told of an entry and of its parts, without what names it."""
    found: dict[str, set] = {}
    for line in content.decode().split("\n"):
        if begins := ENTRY_OF_TRIPLES.match(line):
            told = found.setdefault(begins["reference"].replace("%20", " "), set())
            told.add(line.replace(begins["site"] + begins["reference"], ""))
    return found


READERS = {
    "csv": lambda content: _of_table(content, ";"),
    "csv-comma": lambda content: _of_table(content, ","),
    "json": lambda content: _of_lines(json.loads(content)["entries"]),
    "jsonl": lambda content: _of_lines(map(json.loads, content.splitlines())),
    "xlsx": _of_workbook,
    "nt": _of_triples,
}
