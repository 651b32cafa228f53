"""What a search reads: written when something is published, taken away when it no longer is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache

from django.db import connection

from organisations.languages import LANGUAGES, Passage, passage, sort_key
from processing.public_record import Part, PublicRecord, Purpose, rows_of, text_fields_of

# What a visitor may take for a word. Numbers alone are found, but are no vocabulary.
WORD = re.compile(r"[^\W_]+")
SHORTEST, LONGEST = 3, 100


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
    for part in (row for name in rows_of(PublicRecord) for row in getattr(record, name)):
        yield from ((Weight.REST, text) for text in _written(part, language))
    names = [record.reference, *(processor.name for processor in record.processors)]
    yield from ((Weight.REST, Passage(name, language, language)) for name in names if name)


def _written(part: Part, language: str, only: str = "") -> Iterator[Passage]:
    """The texts of one part: the field `only`, or all but those that weigh more."""
    for name in [only] if only else _light_fields_of(type(part)):
        if text := passage(getattr(part, name), language):
            yield text


# The fields whose texts weigh more than the rest.
HEAVY = {(PublicRecord, "name"), (Purpose, "description")}


@cache
def _light_fields_of(struct: type[Part]) -> list[str]:
    return [name for name in text_fields_of(struct) if (struct, name) not in HEAVY]


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
            texts = {weight: [] for weight in Weight}
            for weight, text in passages(record, language):
                texts[weight] += words_of(text)
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
        for _weight, text in passages(record, language)
        for word in words_of(text)
        if SHORTEST <= len(word) <= LONGEST and not word.isdecimal()
    }


def _count(changes: dict[tuple[str, str], int]) -> None:
    """Add to the number of entries of each word. Words that no entry has any more go away.

    Whoever publishes holds the lock of the register's revision: no two write here at once.
    """
    if not changes:
        return
    languages, words, differences = zip(
        *((language, word, change) for (language, word), change in sorted(changes.items())),
        strict=True,
    )
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
