"""CSV files in any encoding, with any separator. Read in the separate process: no Django here."""

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter

from processing.imports.files.hostile import Unreadable

SEPARATORS = (";", ",", "\t", "|")
# More than reading.LONGEST_CELL, which tells why it is refused.
LONGEST_CELL = 100_000
# By so many rows the separator is told.
LOOKED_AT = 200


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and its encoding. Raises Unreadable for what is no text."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif data.startswith(BOM_UTF8):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # What is in no text: a file of another kind.
        if "\0" in text or sum(text.count(sign) for sign in "\x01\x02\x03\x04\x05\x06\x0e\x0f") > 3:
            raise Unreadable("no_table")
        return text, encoding
    raise Unreadable("truncated")


def separator_of(text: str) -> str:
    """What separates the cells: what gives the most rows of the same width, then the widest."""
    if text[:4].casefold() == "sep=" and text[4:5] in SEPARATORS:
        return text[4]
    scores = {separator: _score(text, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: scores[separator])


def _score(text: str, separator: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ):
            if number == LOOKED_AT:
                break
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
    except csv.Error:
        return 0, 0
    width, rows = max(
        ((width, rows) for width, rows in widths.items() if width > 1),
        key=lambda found: (found[1], found[0]),
        default=(0, 0),
    )
    return rows * (width > 1), width


def rows_of(text: str, separator: str) -> list[list[str]]:
    """Raises Unreadable."""
    csv.field_size_limit(LONGEST_CELL)
    if text[:4].casefold() == "sep=" and text[4:5] == separator:
        text = text.partition("\n")[2]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Unreadable("truncated") from error
