"""What somebody probably meant by a word that nothing knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from organisations.read_snapshot import public_connection
from processing.finding.search_documents import passages
from processing.finding.spelling import WORD, words_of
from processing.models.publication import Publication

# Up to so many letters, a word is never replaced: too many others are as near.
SHORT = 4
# Errors that are few enough to take the other word, in words of up to so many letters, and in all.
LONG, FEW_IN_SHORT, FEW_IN_LONG = 8, 1, 2
# How alike a word must be to be offered, from 0 to 1: the share of its letters that need no change,
# where two neighbours that changed places are one.
LEAST_ALIKE = 0.72


@dataclass(frozen=True, slots=True)
class Meant:
    word: str
    # How many letters differ; two that changed places are one.
    errors: int
    # Whether it is so near that it is taken; else it is offered.
    is_near: bool


def meant_by(words: Iterable[str], language: str, others: Mapping[str, str]) -> dict[str, Meant]:
    """The word that was most likely meant by each, of the register or of the others: one query."""
    wanted = list(words)
    if not wanted:
        return {}
    with public_connection().cursor() as cursor:
        cursor.execute(
            """
            SELECT asked, ARRAY(
                SELECT word FROM processing_searchword
                WHERE language = %s AND word %% asked
                ORDER BY similarity(word, asked) DESC, entries DESC, word LIMIT 20
            )
            FROM unnest(%s::text[]) AS given (asked)
            """,
            [language, wanted],
        )
        alike = dict(cursor)
    found = {word: _meant(word, [*alike[word], *others]) for word in wanted}
    return {word: meant for word, meant in found.items() if meant}


def _meant(word: str, candidates: list[str]) -> Meant | None:
    matches = extract(
        word, candidates, scorer=OSA.normalized_similarity, score_cutoff=LEAST_ALIKE, limit=5
    )
    if not matches:
        return None
    # The first letter is seldom wrong.
    best = max(matches, key=lambda match: (round(match[1], 3), match[0][0] == word[0]))
    errors = OSA.distance(word, best[0])
    few = FEW_IN_LONG if len(word) >= LONG else FEW_IN_SHORT
    return Meant(best[0], errors, is_near=errors <= few and len(word) > SHORT)


def as_written(word: str, language: str) -> str:
    """The word as a public entry writes it, with its accents: two queries."""
    with public_connection().cursor() as cursor:
        cursor.execute(
            """
            SELECT document.publication_id
            FROM processing_searchword AS known
            JOIN processing_searchtext AS document
                ON document.language = %s AND document.words @@ quote_literal(known.lexeme)::tsquery
            JOIN processing_publication AS publication ON publication.id = document.publication_id
            JOIN organisations_organisation AS body ON body.id = publication.organisation_id
            WHERE known.language = %s AND known.word = %s AND body.is_public
                AND ' ' || document.spellings || ' ' LIKE %s
            LIMIT 1
            """,
            [language, language, word, f"% {word} %"],
        )
        row = cursor.fetchone()
    publication = row and Publication.objects.current().filter(pk=row[0]).only("record").first()
    if not publication:
        return word
    for _weight, text in passages(publication.public_record, language):
        for match in WORD.finditer(text.plain):
            if words_of(match[0]) == [word]:
                # The first word of a text has a capital for that only; in German it may be a noun.
                begins = match.start() == 0 and language != "de" and match[0].istitle()
                return match[0].lower() if begins else match[0]
    return word
