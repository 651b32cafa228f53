"""The stems of texts that change seldom: names of terms and bodies, synonyms.

The database makes them; each process keeps them, because all of them are asked for at every
revision of bodies and code lists, and few are new.
"""

from collections.abc import Sequence

from organisations.read_snapshot import public_connection
from processing.finding.spelling import words_of

# The stems of the words of a text, in their order.
Lexemes = tuple[str, ...]
# So many texts are kept: many times those of our lists. Beyond, all are forgotten.
MOST_KEPT = 100_000

# Version of PostgreSQL, whose stemmers differ; language and text -> stems.
_kept: dict[tuple[int, str, str], Lexemes] = {}


def stems_of(texts: Sequence[tuple[str, str]]) -> list[Lexemes]:
    """The stems of each text, given with its language: one query for those not known yet."""
    version = public_connection().pg_version
    found = {text: _kept.get((version, *text)) for text in texts}
    missing = [text for text, stems in found.items() if stems is None]
    if missing:
        made = dict(zip(missing, _stemmed(missing), strict=True))
        found |= made
        # Two threads may both do this: the same values, so no lock is needed.
        if len(_kept) + len(made) > MOST_KEPT:
            _kept.clear()
        _kept.update({(version, *text): stems for text, stems in made.items()})
    return [found[text] for text in texts]


def _stemmed(texts: Sequence[tuple[str, str]]) -> list[Lexemes]:
    with public_connection().cursor() as cursor:
        languages = [language for language, _text in texts]
        plain = [" ".join(words_of(text)) for _language, text in texts]
        cursor.execute(
            """
            SELECT ARRAY(
                SELECT lexeme FROM unnest(to_tsvector(('register_' || language)::regconfig, text))
                ORDER BY positions[1]
            )
            FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS given (language, text, place)
            ORDER BY place
            """,
            [languages, plain],
        )
        return [tuple(row[0]) for row in cursor]
