"""What a search reads: written when something is published, taken away when it no longer is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple, get_origin

import msgspec
from django.db import connection

from organisations.languages import LANGUAGES, Passage, Text, passage, sort_key
from processing.public_record import Part, PublicRecord, Purpose

# What a visitor may take for a word. Numbers alone are found, but are no vocabulary.
WORD = re.compile(r"[^\W_]+")
SHORTEST, LONGEST = 3, 100
# So much of an entry is found in one language: a tsvector holds 1,048,575 bytes, and each different
# word costs time when it is published.
MOST_BYTES, MOST_WORDS = 500_000, 10_000
# What a tsvector holds beside a word: its length, and each place of it, the first 255.
BYTES_A_WORD, BYTES_A_PLACE = 6, 2
WORDS_AT_ONCE = 2_000


class Weight(StrEnum):
    """How much a text counts when entries are put in order: the letters of PostgreSQL."""

    TITLE = "A"
    PURPOSE = "B"
    REST = "C"


def passages(record: PublicRecord, language: str) -> Iterator[tuple[Weight, Passage]]:
    """All texts of the record as a page in this language shows them, fallbacks included."""
    yield from ((Weight.TITLE, text) for text in _written(record, language, only="name"))
    for purpose in record.purposes:
        yield from ((Weight.PURPOSE, p) for p in _written(purpose, language, only="description"))
    yield from ((Weight.REST, text) for text in _written(record, language))
    for part in _parts(record):
        yield from ((Weight.REST, text) for text in _written(part, language))
    names = [record.reference, *(processor.name for processor in record.processors)]
    yield from ((Weight.REST, Passage(name, language, language)) for name in names if name)


def _parts(record: PublicRecord) -> Iterator[Part]:
    for name in _fields(type(record)).rows:
        yield from (part for part in getattr(record, name) if isinstance(part, Part))


def _written(part: Part, language: str, only: str = "") -> Iterator[Passage]:
    """The texts of one part: the field `only`, or all but those that weigh more."""
    for name in [only] if only else _fields(type(part)).texts:
        if text := passage(getattr(part, name), language):
            yield text


class _Fields(NamedTuple):
    # Texts that do not weigh more than the rest, and what holds rows or codes.
    texts: list[str]
    rows: list[str]


# The fields whose texts weigh more than the rest.
HEAVY = {(PublicRecord, "name"), (Purpose, "description")}


@cache
def _fields(struct: type[Part]) -> _Fields:
    fields = msgspec.structs.fields(struct)
    return _Fields(
        [f.name for f in fields if f.type == Text and (struct, f.name) not in HEAVY],
        [f.name for f in fields if get_origin(f.type) is tuple],
    )


def words_of(text: str) -> list[str]:
    """The words of a text in small letters and without accents.

    PostgreSQL is given these and not the text: it would take "loon/wedde" for the name of a file.
    """
    return WORD.findall(sort_key(text))


def add(publications: Iterable[tuple[int, PublicRecord]]) -> None:
    """Let searches find these publications. Run it in the transaction that makes them current."""
    vocabulary = Counter()
    rows = []
    for key, record in publications:
        for language in LANGUAGES:
            texts = _fitting(record, language)
            rows.append((key, language, *(" ".join(texts[weight]) for weight in Weight)))
            vocabulary.update((language, word) for word in _vocabulary(record, language))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO processing_searchtext (publication_id, language, title, words)
            SELECT publication, language, to_tsvector(form, title),
                setweight(to_tsvector(form, title), 'A')
                || setweight(to_tsvector(form, purposes), 'B')
                || setweight(to_tsvector(form, rest), 'C')
            FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
                AS given (publication, language, title, purposes, rest),
                LATERAL (SELECT ('register_' || language)::regconfig AS form) AS forms
            """,
            [list(column) for column in zip(*rows, strict=True)],
        )
    _count(vocabulary)


def _fitting(record: PublicRecord, language: str) -> dict[Weight, list[str]]:
    """The words of the record in the order of their places, as many as a tsvector holds.

    What weighs more comes first, but leaves half to the rest; words that nobody types are left out.
    """
    texts: dict[Weight, list[str]] = {weight: [] for weight in Weight}
    for weight, text in passages(record, language):
        texts[weight] += (word for word in words_of(text) if len(word) <= LONGEST)
    taken, known = 0, set()
    for weight, words in texts.items():
        share = 1 if weight == Weight.REST else 0.5
        for place, word in enumerate(words):
            taken += BYTES_A_PLACE if word in known else len(word.encode()) + BYTES_A_WORD
            known.add(word)
            if taken > MOST_BYTES * share or len(known) > MOST_WORDS * share:
                del words[place:]
                break
    return texts


def remove(publications: Iterable[tuple[int, PublicRecord]]) -> None:
    """Let searches no longer find these publications."""
    vocabulary = Counter()
    keys = []
    for key, record in publications:
        keys.append(key)
        for language in LANGUAGES:
            for word in _vocabulary(record, language):
                vocabulary[language, word] -= 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM processing_searchtext WHERE publication_id = ANY(%s)", [keys])
    _count(vocabulary)


def _vocabulary(record: PublicRecord, language: str) -> set[str]:
    return {
        word
        for words in _fitting(record, language).values()
        for word in words
        if len(word) >= SHORTEST and not word.isdecimal()
    }


def _count(changes: dict[tuple[str, str], int]) -> None:
    """Add to the number of entries of each word. Words that no entry has any more go away.

    Whoever publishes holds the lock of the register's revision: no two write here at once.
    """
    rows = [(language, word, change) for (language, word), change in sorted(changes.items())]
    # No statement takes as long as the database may give up (STATEMENT_TIMEOUT).
    for start in range(0, len(rows), WORDS_AT_ONCE):
        _count_some(rows[start : start + WORDS_AT_ONCE])


def _count_some(rows: list[tuple[str, str, int]]) -> None:
    languages, words, differences = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO processing_searchword AS known (language, word, lexeme, entries)
            SELECT language, word, lexeme, difference
            FROM unnest(%s::text[], %s::text[], %s::int[]) AS given (language, word, difference),
                LATERAL (
                    SELECT (tsvector_to_array(to_tsvector(
                        ('register_' || language)::regconfig, word
                    )))[1] AS lexeme
                ) AS parsed
            WHERE lexeme IS NOT NULL AND difference > 0
            ON CONFLICT (language, word) DO UPDATE SET entries = known.entries + EXCLUDED.entries
            """,
            [list(languages), list(words), list(differences)],
        )
        cursor.execute(
            """
            UPDATE processing_searchword AS known
            SET entries = greatest(known.entries + difference, 0)
            FROM unnest(%s::text[], %s::text[], %s::int[]) AS given (language, word, difference)
            WHERE known.language = given.language AND known.word = given.word AND difference < 0
            """,
            [list(languages), list(words), list(differences)],
        )
        cursor.execute(
            "DELETE FROM processing_searchword WHERE entries = 0 AND word = ANY(%s)", [list(words)]
        )
