"""JSON and JSON Lines: an entry as an object, texts by language, codes with their labels."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from processing.exports.entries import Published
from processing.exports.fields import ABOUT, OF_THE_RECORD, ROWS, Field, reader
from processing.exports.words import Words
from processing.public_record import Part

# Bytes that are sent at once: entries may be long.
AT_ONCE = 1 << 18


def json_parts(
    entries: Iterable[Published],
    words: Words,
    *,
    about: dict,
    fields: Sequence[Field] = ABOUT,
) -> Iterator[bytes]:
    """One document: what it is, then all entries."""
    yield msgspec.json.encode(about)[:-1] + b',"entries":['
    between = b"\n"
    for lines in _lines(entries, words, fields):
        yield between + b",\n".join(lines)
        between = b",\n"
    yield b"\n]}\n"


def jsonl_parts(
    entries: Iterable[Published], words: Words, *, fields: Sequence[Field] = ABOUT
) -> Iterator[bytes]:
    """An entry a line, for whoever reads them one by one."""
    for lines in _lines(entries, words, fields):
        yield b"\n".join((*lines, b""))


class Document:
    """All that is told of an entry, as an object. What it says nothing about is left out.

    `about` is what is told beside its record.
    """

    def __init__(self, words: Words, about: Sequence[Field] = ABOUT) -> None:
        self._about, self._of_the_record = told_of(about, words), told_of(OF_THE_RECORD, words)
        self._rows = [(rows, told_of(rows.fields, words)) for rows in ROWS]

    def of(self, entry: Published) -> dict:
        told = self._about(entry)
        if entry.record is None:
            return told
        told |= self._of_the_record(entry.record)
        for rows, told_of_row in self._rows:
            if found := rows.told(entry.record):
                told[rows.name] = [told_of_row(each) for each in found]
        return told


def told_of(fields: Sequence[Field], words: Words) -> Callable[[Part | Published], dict]:
    """What tells, by their names, the values of these fields."""
    makers = [(field.name, field.kind.told(words)) for field in fields]
    values_of = reader(fields, words)

    def told(of: Part | Published) -> dict:
        pairs = zip(makers, values_of(of), strict=True)
        return {name: make(value) for (name, make), value in pairs if value or value == 0}

    return told


def _lines(
    entries: Iterable[Published], words: Words, fields: Sequence[Field]
) -> Iterator[list[bytes]]:
    encode, document = msgspec.json.Encoder().encode, Document(words, fields)
    lines, size = [], 0
    for entry in entries:
        lines.append(encode(document.of(entry)))
        size += len(lines[-1])
        if size >= AT_ONCE:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines
