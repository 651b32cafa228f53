"""What entries say, as vectors: written when something is published, gone when it no longer is.

Made from the public record alone, and never a condition of publishing: an entry without a vector is
found by its words, and `rebuild_search --missing` makes it.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from django.db import connection, transaction

from organisations.languages import LANGUAGES, passage
from organisations.read_snapshot import public_connection
from processing.finding import encoder
from processing.finding.key_sets import sql_array
from processing.public_record import PublicRecord

logger = logging.getLogger(__name__)

# Numbers of a vector are kept as whole ones from -127 to 127.
LARGEST = 127
READ_AT_ONCE = 2000


class Vectors(NamedTuple):
    """Keys of publications, and a row for each: of length 1."""

    keys: list[int]
    rows: np.ndarray


def texts_of(record: PublicRecord) -> list[str]:
    """What an entry says in few words, as a page in each language shows it: each text once.

    What says most stands first, and more blurs it: the words that people use tell more than the
    sentences that explain.
    """
    texts = (_text(record, language) for language in LANGUAGES)
    return list(dict.fromkeys(texts))


def _text(record: PublicRecord, language: str) -> str:
    said = [record.summary, *(purpose.description for purpose in record.purposes)]
    heads, rest = (
        filter(None, (passage(text, language) for text in texts))
        for texts in ([record.name, record.keywords], said)
    )
    return f"{'. '.join(heads)}. {' '.join(rest)}"[: encoder.LONGEST]


def encoded(publications: Iterable[tuple[int, PublicRecord]]) -> dict[int, bytes]:
    """A vector for each: what its texts of all languages have in common; none without an encoder.

    Each entry by itself, so that what others say changes no bit of it.
    """
    found = {}
    try:
        for key, record in publications if encoder.is_available() else ():
            found[key] = packed(encoder.encode(texts_of(record)).sum(axis=0))
    except Exception as error:
        logger.error("Published without a vector: %s", type(error).__name__)
    return found


def add(publications: Sequence[tuple[int, PublicRecord]], made: Mapping[int, bytes]) -> None:
    """Let searches find these publications by what they say.

    Run it in the transaction that makes them current: whatever goes wrong here, that goes on.
    `made` holds vectors that were made before it began.
    """
    missing = [(key, record) for key, record in publications if key not in made]
    found = {**made, **encoded(missing)}
    keys = [key for key, _record in publications if key in found]
    if not keys:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO processing_searchmeaning (publication_id, encoder, vector)
                SELECT publication, %s, vector
                FROM unnest(%s::bigint[], %s::bytea[]) AS given (publication, vector)
                """,
                [encoder.NAME, keys, [found[key] for key in keys]],
            )
    except Exception as error:
        logger.error("Published without a vector: %s", type(error).__name__)


def remove(keys: Sequence[int]) -> None:
    """Let searches no longer find these publications."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM processing_searchmeaning WHERE publication_id = ANY(%s)", [list(keys)]
        )


def packed(vector: np.ndarray) -> bytes:
    """A byte for each number. Only the direction counts: the largest becomes as large as it can."""
    return np.rint(vector * (LARGEST / np.abs(vector).max())).astype(np.int8).tobytes()


def unpacked(stored: Sequence[bytes]) -> np.ndarray:
    """A row for each vector that was stored, of length 1."""
    rows = np.frombuffer(b"".join(stored), np.int8).reshape(-1, encoder.SIZE).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1)


def of(keys: Iterable[int]) -> Iterator[Vectors]:
    """The vectors of these publications, as far as there are, a query for so many at once."""
    listed = list(keys)
    for at in range(0, len(listed), READ_AT_ONCE):
        some = sql_array(listed[at : at + READ_AT_ONCE])
        yield _read("publication_id = ANY(%s::bigint[])", [some])


def of_all() -> Iterator[Vectors]:
    """The vectors of all current publications, hidden ones included."""
    last = 0
    while len((read := _read("publication_id > %s", [last])).keys):
        yield read
        last = read.keys[-1]


def _read(condition: str, parameters: list) -> Vectors:
    with public_connection().cursor() as cursor:
        cursor.execute(
            "SELECT publication_id, vector FROM processing_searchmeaning"  # noqa: S608
            f" WHERE {condition} AND encoder = %s ORDER BY publication_id LIMIT {READ_AT_ONCE}",
            [*parameters, encoder.NAME],
        )
        rows = cursor.fetchall()
    return Vectors([key for key, _vector in rows], unpacked([vector for _key, vector in rows]))
