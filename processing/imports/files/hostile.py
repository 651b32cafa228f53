"""What is refused before a file is read: what does harm, or what nobody can read.

No Django here: the separate process imports it. What a refusal is called in words: refusals.py.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

MOST_BYTES = 8_000_000
# Of all that is packed in a workbook, together; and how often smaller than its content it may be.
MOST_UNPACKED = 150_000_000
MOST_RATIO = 200
MOST_PARTS = 2_000
ZIP = b"PK\x03\x04"
# Compound File Binary: an XLS workbook, or a workbook with a password.
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What else a file may begin with: PDF, PNG, GIF, JPEG, gzip, 7z, RAR, programs, RTF.
OTHERS = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"MZ")
OTHERS += (b"\x7fELF", b"{\\rtf")
EXTENSIONS = {"xlsx": "xlsx", "xls": "xls", "ods": "ods", "csv": "csv", "txt": "csv", "tsv": "csv"}
WITH_MACROS = {"xlsm", "xltm", "xlsb", "xlam"}
CHUNK = 1_000_000
# A workbook that an office program writes never declares entities.
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
UNCALCULATED = re.compile(rb"</f>(?:<v ?/>|<v></v>)?</c>|<f[^<>]*/></c>")
# Elements within elements; a workbook has about ten. Counted at the end of each chunk.
MOST_DEPTH = 1_000
# Rows with formats alone, too, which reading passes over.
MOST_ROW_ELEMENTS = 200_000


class Unreadable(Exception):
    """A file that is refused; the code says why, and `detail` what it is about."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def refuse_by_name(data: bytes, name: str) -> None:
    """What takes no time to tell. Raises Unreadable."""
    extension = extension_of(name)
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    if not data:
        raise Unreadable("empty")
    if extension in WITH_MACROS:
        raise Unreadable("macros")
    if extension not in EXTENSIONS:
        raise Unreadable("unknown_format", extension)


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].casefold() if "." in name else ""


def format_of(data: bytes, name: str) -> str:
    """The format of a file: "xlsx", "xls", "ods" or "csv". Raises Unreadable."""
    refuse_by_name(data, name)
    if not data.strip():
        raise Unreadable("empty")
    found = _sniffed(data)
    if found != EXTENSIONS[extension_of(name)]:
        raise Unreadable("wrong_extension", found)
    return found


def _sniffed(data: bytes) -> str:
    if data.startswith(ZIP):
        return _packed_format(data)
    if data.startswith(CFB):
        return _compound_format(data)
    if data.lstrip().startswith(OTHERS):
        raise Unreadable("no_table")
    if re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<!DOCTYPE|<html|<\?xml)", data, re.IGNORECASE):
        raise Unreadable("no_table")
    return "csv"


def _compound_format(data: bytes) -> str:
    """The names of what a compound file holds stand in it in UTF-16."""
    holds = {
        name for name in ("EncryptedPackage", "_VBA_PROJECT", "WordDocument") if _in(data, name)
    }
    if "EncryptedPackage" in holds:
        raise Unreadable("encrypted")
    if "_VBA_PROJECT" in holds:
        raise Unreadable("macros")
    if "WordDocument" in holds:
        raise Unreadable("no_table")
    return "xls"


def _in(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def _packed_format(data: bytes) -> str:
    with _opened(data) as archive:
        names = {name.casefold() for name in archive.namelist()}
        if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names):
            raise Unreadable("macros")
        if "xl/workbook.bin" in names:
            raise Unreadable("unknown_format", "xlsb")
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "content.xml" in names:
            return "ods"
    raise Unreadable("no_table")


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise Unreadable("truncated") from error


def look_into(data: bytes) -> int:
    """Unpack all of a packed workbook, without keeping it: a bomb does not tell its size.

    Returns how many formulas have no value. Raises Unreadable.
    """
    unpacked = uncalculated = 0
    with _opened(data) as archive:
        if len(archive.infolist()) > MOST_PARTS:
            raise Unreadable("bomb")
        for part in archive.infolist():
            if part.flag_bits & 1:
                raise Unreadable("encrypted")
            look = _Look(part.filename.casefold())
            for chunk in _chunks(archive, part):
                unpacked += len(chunk)
                if unpacked > min(MOST_UNPACKED, 1_000_000 + MOST_RATIO * len(data)):
                    raise Unreadable("bomb")
                look.at(chunk)
            uncalculated += look.uncalculated
    return uncalculated


class _Look:
    """Goes through one part of a packed workbook, chunk by chunk."""

    def __init__(self, name: str) -> None:
        self.is_xml = name.endswith((".xml", ".rels", ".vml"))
        self.is_manifest = name.endswith("manifest.xml")
        self.depth = self.rows = self.uncalculated = 0
        self.before = b""

    def at(self, chunk: bytes) -> None:
        if not self.is_xml:
            return
        text = self.before + chunk
        # UTF-16 would hide what is looked for here, and no office program writes it.
        is_hidden = not self.before and text[:2] in (b"\xff\xfe", b"\xfe\xff")
        if is_hidden or DECLARES.search(text):
            raise Unreadable("entities")
        if self.is_manifest and b"encryption-data" in text:
            raise Unreadable("encrypted")
        self.before = chunk[-200:]
        self.uncalculated += len(UNCALCULATED.findall(chunk))
        self.rows += chunk.count(b"<row")
        self.depth += _deeper(chunk)
        if self.rows > MOST_ROW_ELEMENTS:
            raise Unreadable("too_many_rows")
        if self.depth > MOST_DEPTH:
            raise Unreadable("bomb")


def _deeper(text: bytes) -> int:
    """How many more elements are open behind a text than before it."""
    return text.count(b"<") - 2 * text.count(b"</") - text.count(b"/>") - text.count(b"<?")


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise Unreadable("truncated") from error
    except RuntimeError as error:
        raise Unreadable("encrypted") from error
