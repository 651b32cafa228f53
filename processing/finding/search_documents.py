"""What a search reads: written when something is published, taken away when it no longer is."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from organisations.languages import LANGUAGES, Passage, passage
from processing.finding import meanings
from processing.finding.spelling import joined_words_of, words_of
from processing.public_record import Part, PublicRecord, Purpose, rows_of, text_fields_of

# Numbers alone are found, but are no vocabulary.
SHORTEST, LONGEST = 3, 100
# So much of an entry is found in one language: a tsvector holds 1,048,575 bytes, and each different
# word costs time when it is published. An entry that is as long as it may be has fewer, if it was
# written by people and not to keep the database busy.
MOST_BYTES, MOST_DIFFERENT = 500_000, 3_000
# What a tsvector holds beside a word: its length, and each place of it, the first 255.
BYTES_A_WORD, BYTES_A_PLACE = 6, 2


class Weight(StrEnum):
    """How much a text counts when entries are put in order: the letters of PostgreSQL."""

    TITLE = "A"
    # Purposes, and the words that people use.
    TELLING = "B"
    REST = "C"


def passages(record: PublicRecord, language: str) -> Iterator[tuple[Weight, Passage]]:
    """All texts of the record as a page in this language shows them, fallbacks included."""
    yield from ((Weight.TITLE, text) for text in _written(record, language, only="name"))
    for purpose in record.purposes:
        yield from ((Weight.TELLING, p) for p in _written(purpose, language, only="description"))
    yield from ((Weight.TELLING, text) for text in _written(record, language, only="keywords"))
    yield from ((Weight.REST, text) for text in _written(record, language))
    for part in (row for name in rows_of(PublicRecord) for row in getattr(record, name)):
        yield from ((Weight.REST, text) for text in _written(part, language))
    if record.reference:
        yield Weight.REST, Passage(record.reference, language, language)


def _written(part: Part, language: str, only: str = "") -> Iterator[Passage]:
    """The texts of one part: the field `only`, or all but those that weigh more."""
    for name in [only] if only else _light_fields_of(type(part)):
        if text := passage(getattr(part, name), language):
            yield text


# The fields whose texts weigh more than the rest.
HEAVY = {(PublicRecord, "name"), (PublicRecord, "keywords"), (Purpose, "description")}


@cache
def _light_fields_of(struct: type[Part]) -> list[str]:
    return [name for name in text_fields_of(struct) if (struct, name) not in HEAVY]


def add(
    publications: Sequence[tuple[int, PublicRecord]], vectors: Mapping[int, bytes] | None = None
) -> None:
    """Let searches find these publications. Run it in the transaction that makes them current.

    `vectors` are those of them that were made before: that takes time.
    """
    publications = list(publications)
    rows = [
        (key, language, *_document(record, language))
        for key, record in publications
        for language in LANGUAGES
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO processing_searchtext (publication_id, language, title, words, spellings)
            SELECT publication, language, to_tsvector(form, title),
                setweight(to_tsvector(form, title), 'A')
                || setweight(to_tsvector(form, telling), 'B')
                || setweight(to_tsvector(form, rest), 'C'),
                spellings
            FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
                AS given (publication, language, title, telling, rest, spellings),
                LATERAL (SELECT ('register_' || language)::regconfig AS form) AS forms
            """,
            [list(column) for column in zip(*rows, strict=True)],
        )
        _count_words(cursor, [row[0] for row in rows], 1)
    meanings.add(publications, vectors or {})


def _fitting(record: PublicRecord, language: str) -> dict[Weight, list[str]]:
    """The words of the record in the order of their places, as many as a tsvector holds.

    What weighs more comes first, but leaves half to the rest; words that nobody types are left out.
    """
    texts: dict[Weight, list[str]] = {weight: [] for weight in Weight}
    for weight, text in passages(record, language):
        words = words_of(text) + joined_words_of(text)
        texts[weight] += (word for word in words if len(word) <= LONGEST)
    taken, known = 0, set()
    for weight, words in texts.items():
        share = 1 if weight == Weight.REST else 0.5
        for place, word in enumerate(words):
            taken += BYTES_A_PLACE if word in known else len(word.encode()) + BYTES_A_WORD
            known.add(word)
            if taken > MOST_BYTES * share or len(known) > MOST_DIFFERENT * share:
                del words[place:]
                break
    return texts


def remove(keys: Sequence[int]) -> None:
    """Let searches no longer find these publications."""
    meanings.remove(keys)
    with connection.cursor() as cursor:
        _count_words(cursor, keys, -1)
        cursor.execute(
            "DELETE FROM processing_searchtext WHERE publication_id = ANY(%s)", [list(keys)]
        )


def _count_words(cursor: CursorWrapper, keys: Sequence[int], difference: int) -> None:
    """Count the words of these publications in (1) or out (-1), unless their body is hidden.

    Whoever publishes holds the lock of the register's revision, and whoever shows or hides a body
    takes it: no two write here at once.
    """
    # How many words there are is bounded; a busy machine takes its time for them.
    cursor.execute("SET LOCAL statement_timeout = 0")
    cursor.execute(
        """
        SELECT processing_count_words(ARRAY(
            SELECT publication.id FROM processing_publication AS publication
            JOIN organisations_organisation AS body ON body.id = publication.organisation_id
            WHERE publication.id = ANY(%s) AND body.is_public
        ), %s)
        """,
        [list(keys), difference],
    )


def recount() -> None:
    """Count the words of all public entries anew, a language at a time."""
    for language in LANGUAGES:
        with transaction.atomic(), connection.cursor() as cursor:
            # Changes no row, but takes the lock of whoever publishes.
            cursor.execute("UPDATE processing_publication SET is_current = is_current WHERE false")
            cursor.execute("DELETE FROM processing_searchword WHERE language = %s", [language])
            cursor.execute(
                """
                INSERT INTO processing_searchword (language, word, lexeme, entries)
                SELECT %(language)s, word, lexeme, entries
                FROM (
                    SELECT word, count(*) AS entries
                    FROM processing_searchtext AS document
                    JOIN processing_publication AS publication
                        ON publication.id = document.publication_id
                    JOIN organisations_organisation AS body
                        ON body.id = publication.organisation_id,
                    string_to_table(document.spellings, ' ') AS word
                    WHERE document.language = %(language)s AND body.is_public
                    GROUP BY word
                ) AS counted,
                LATERAL (
                    SELECT (tsvector_to_array(to_tsvector(%(form)s::regconfig, word)))[1] AS lexeme
                ) AS parsed
                WHERE lexeme IS NOT NULL
                """,
                {"language": language, "form": f"register_{language}"},
            )


def _document(record: PublicRecord, language: str) -> tuple[str, ...]:
    """The words of each weight, and the vocabulary."""
    words = _fitting(record, language)
    vocabulary = {
        word
        for listed in words.values()
        for word in listed
        if len(word) >= SHORTEST and not word.isdecimal()
    }
    return (*(" ".join(words[weight]) for weight in Weight), " ".join(sorted(vocabulary)))
