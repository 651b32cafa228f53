"""What the register knows about words: how they are written, and what they stand for."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from organisations.directory import directories
from organisations.languages import LANGUAGES
from organisations.read_snapshot import public_connection
from organisations.revision import RegisterRevision, kept_until_changed
from processing.code_lists import code_lists_at
from processing.finding.filters import FILTERED_LISTS, OTHER_LISTS
from processing.finding.matching import Wording
from processing.finding.same_words import SameWord, same_words
from processing.finding.search_documents import SHORTEST
from processing.finding.spelling import WORD, words_of
from processing.finding.stems import Lexemes, stems_of
from processing.models.search import Synonym

# Languages that write compounds as one word, and how short a part of one may be.
COMPOUNDING = ("nl", "de")
SHORTEST_PART = 4
# What stands before a word and makes another of it, which is no compound.
PREFIXES = (
    *("aan", "af", "be", "er", "ge", "her", "in", "miss", "mis", "om", "on", "ont", "op", "over"),
    *("toe", "uit", "ver", "voor", "ab", "an", "auf", "aus", "ein", "ent", "un", "unter", "vor"),
    *("zer", "zu"),
)
MOST_FORMS = 40


@dataclass(frozen=True, slots=True)
class StandIn:
    """A wording that an everyday word stands for."""

    text: str
    lexemes: Lexemes


class Elsewhere(NamedTuple):
    """A word in another language; without a lexeme it is too common to be looked for."""

    language: str
    lexeme: str | None
    entries: int


@dataclass(frozen=True, slots=True)
class Known:
    """A word in the entries of the register. Without a lexeme it is too common to be looked for."""

    lexeme: str | None
    # As entries write it.
    forms: tuple[str, ...]
    # Forms with another stem, and longer words that begin or end with it; with their stems.
    related: tuple[tuple[str, str], ...]
    # How many entries hold it, those counted twice that hold two of its forms.
    entries: int = 0
    # What it is in other languages.
    elsewhere: tuple["Elsewhere", ...] = ()


class Recognised(NamedTuple):
    lexeme: str | None
    # Whether public entries hold it in any form, or words that begin with it.
    is_word: bool
    is_beginning: bool


def recognise(
    words: Collection[str], language: str, *, beginnings: Collection[str] = ()
) -> dict[str, Recognised]:
    """Whether entries hold each word: one query, and less than look_up().

    Only the `beginnings` are compared with the beginnings of other words.
    """
    if not words:
        return {}
    with public_connection().cursor() as cursor:
        cursor.execute(
            """
            SELECT word, lexeme, EXISTS (
                SELECT FROM processing_searchword AS known
                WHERE known.language = %(language)s AND known.lexeme = parsed.lexeme
            ), word = ANY(%(beginnings)s) AND EXISTS (
                SELECT FROM processing_searchword AS longer
                WHERE longer.language = %(language)s AND longer.word LIKE given.word || '%%'
            )
            FROM unnest(%(words)s::text[]) AS given (word), LATERAL (
                SELECT (tsvector_to_array(to_tsvector(%(form)s::regconfig, word)))[1] AS lexeme
                OFFSET 0
            ) AS parsed
            """,
            {
                "language": language,
                "form": f"register_{language}",
                "beginnings": list(beginnings),
                "words": list(words),
            },
        )
        return {word: Recognised(*known) for word, *known in cursor}


def look_up(words: Iterable[str], language: str) -> dict[str, Known]:
    """What current entries hold of each word, given as words_of() does: one query.

    A word that no entry holds counts as the beginning of one, in every language. (OFFSET 0: else
    PostgreSQL makes the stem of a word anew for each row that it compares with it.)
    """
    wanted = list(words)
    if not wanted:
        return {}
    query = """
        SELECT word, lexeme, forms, ARRAY(
            SELECT ARRAY[other.word, other.lexeme] FROM processing_searchword AS other
            WHERE other.language = %(language)s AND other.lexeme = ANY(asked.variants)
                AND other.lexeme <> asked.lexeme
            ORDER BY other.entries DESC, other.word LIMIT %(most)s
        ) || ARRAY(
            SELECT ARRAY[longer.word, longer.lexeme] FROM processing_searchword AS longer
            WHERE longer.language = %(language)s
                AND longer.lexeme <> asked.lexeme
                AND longer.lexeme <> ALL(asked.variants)
                AND (
                    longer.word LIKE asked.word || '%%'
                    OR (compounding AND longer.word LIKE asked.lexeme || '%%')
                    OR (compounding AND longer.word LIKE asked.variants[1] || '%%')
                    OR (
                        compounding AND longer.word LIKE '%%' || asked.word
                        -- "Entscheidung" is no kind of "Scheidung".
                        AND left(longer.word, -length(asked.word)) <> ALL(%(prefixes)s)
                    )
                )
                AND CASE WHEN compounding THEN length(asked.word) >= %(part)s
                    ELSE cardinality(forms) = 0 AND length(asked.word) >= %(shortest)s END
            ORDER BY longer.entries DESC, longer.word LIMIT %(most)s
        ), (
            SELECT coalesce(sum(same.entries), 0) FROM processing_searchword AS same
            WHERE same.language = %(language)s AND same.lexeme = asked.lexeme
        ), ARRAY(
            SELECT ARRAY[other.language, other.lexeme, (
                SELECT coalesce(sum(same.entries), 0)::text FROM processing_searchword AS same
                WHERE same.language = other.language AND same.lexeme = other.lexeme
            )]
            FROM (
                SELECT language, (tsvector_to_array(
                    to_tsvector(('register_' || language)::regconfig, asked.word)
                ))[1] AS lexeme
                FROM unnest(%(others)s::text[]) AS given (language)
                OFFSET 0
            ) AS other
        )
        FROM (
            SELECT word, lexeme, %(language)s = ANY(%(compounding)s) AS compounding,
                -- The Dutch stemmer leaves "wijz" of "wijzen", "briev" of "brieven", "bonn" of
                -- "bonnen", and all of "fotos", which is written "foto's".
                CASE WHEN %(language)s = 'nl' THEN array_remove(ARRAY[
                    left(lexeme, -1) || translate(right(lexeme, 1), 'szfv', 'zsvf'),
                    CASE WHEN word ~ '[aiouy]s$' AND word !~ '(aa|ai|au|oi|oo|ou|ui|uu)s$'
                        THEN left(word, -1) END,
                    CASE WHEN lexeme ~ '([bfglmnprs])\\1$' THEN left(lexeme, -1) END,
                    CASE WHEN lexeme ~ '[^aeiou][aeiou][bfglmnprs]$'
                        THEN lexeme || right(lexeme, 1) END
                ], NULL) ELSE '{}' END AS variants,
                ARRAY(
                    SELECT same.word FROM processing_searchword AS same
                    WHERE same.language = %(language)s AND same.lexeme = parsed.lexeme
                    ORDER BY same.entries DESC, same.word LIMIT %(most)s
                ) AS forms
            FROM unnest(%(words)s::text[]) AS given (word), LATERAL (
                SELECT (tsvector_to_array(to_tsvector(%(form)s::regconfig, word)))[1] AS lexeme
                OFFSET 0
            ) AS parsed
            OFFSET 0
        ) AS asked
    """
    parameters = {
        "language": language,
        "form": f"register_{language}",
        "compounding": list(COMPOUNDING),
        "prefixes": list(PREFIXES),
        "words": wanted,
        "part": SHORTEST_PART,
        "shortest": SHORTEST,
        "most": MOST_FORMS,
        "others": [other for other in LANGUAGES if other != language],
    }
    with public_connection().cursor() as cursor:
        cursor.execute(query, parameters)
        return {
            word: Known(
                lexeme,
                tuple(forms),
                tuple(map(tuple, related)),
                int(entries),
                tuple(Elsewhere(other, stem, int(number)) for other, stem, number in elsewhere),
            )
            for word, lexeme, forms, related, entries, elsewhere in cursor
        }


def written_synonyms() -> list[tuple[str, str, list[str]]]:
    """Language, everyday word and what it stands for, as people wrote it: one query."""
    return [
        (language, everyday, [text.strip() for text in means.split(",") if text.strip()])
        for language, everyday, means in Synonym.objects.values_list(
            "language", "everyday", "means"
        )
    ]


@kept_until_changed("code_lists")
def _kept_synonyms(revision: RegisterRevision) -> list[tuple[str, str, list[str]]]:
    return written_synonyms()


@kept_until_changed("code_lists")
def synonyms(revision: RegisterRevision) -> dict[str, dict[Lexemes, list[StandIn]]]:
    """What everyday words stand for, in each language, by the stems of their words."""
    rows = _kept_synonyms(revision)
    everyday = stems_of([(language, word) for language, word, _means in rows])
    meanings = iter(stems_of([(language, text) for language, _w, means in rows for text in means]))
    found: dict[str, dict[Lexemes, list[StandIn]]] = {language: {} for language in LANGUAGES}
    for (language, _word, means), stems in zip(rows, everyday, strict=True):
        listed = [StandIn(text, next(meanings)) for text in means]
        if stems:
            found[language][stems] = listed
    return found


@kept_until_changed("code_lists")
def other_words(revision: RegisterRevision) -> dict[str, dict[Lexemes, list[Wording]]]:
    """What words stand for, in each language, by their stems: synonyms, and what says the same.

    Each wording tells in which language it is looked for.
    """
    found: dict[str, dict[Lexemes, list[Wording]]] = {
        language: {
            stems: [Wording(m.text, m.lexemes, language=language) for m in listed if m.lexemes]
            for stems, listed in of_language.items()
        }
        for language, of_language in synonyms(revision).items()
    }
    words = [word for row in same_words() for word in row]
    stems = stems_of([(word.language, word.text) for word in words])
    written = dict(zip(words, stems, strict=True))
    for row in same_words():
        wordings = {word: list(_wordings(word, written[word])) for word in row if written[word]}
        for word in wordings:
            keys = {written[word], *_without_apostrophe(word)}
            others = [w for other in wordings if other != word for w in wordings[other]]
            for key in keys:
                found[word.language].setdefault(key, []).extend(others)
    return found


def _without_apostrophe(word: SameWord) -> Iterator[Lexemes]:
    """The stem of "autos", which is written "auto's"; the Dutch stemmer leaves it."""
    if word.language == "nl" and word.text[-1] in "aiouy":
        yield (f"{word.text}s",)


def _wordings(word: SameWord, stems: Lexemes) -> Iterator[Wording]:
    written = words_of(word.text)
    yield Wording(" ".join(written), stems, is_phrase=len(written) > 1, language=word.language)
    if word.and_compounds:
        yield Wording(word.text, (written[0],), is_beginning=True, language=word.language)


@kept_until_changed("organisations", "code_lists")
def everyday_words(revision: RegisterRevision) -> dict[str, dict[str, str]]:
    """The words of synonyms and terms in each language, as words_of() gives them -> as written.

    People may mistype them although no entry holds them.
    """
    found: dict[str, dict[str, str]] = {}
    everyday = [(language, word) for language, word, _means in _kept_synonyms(revision)]
    everyday += [(word.language, word.text) for row in same_words() for word in row]
    for language in LANGUAGES:
        code_lists = code_lists_at(revision)[language]
        lists = [*FILTERED_LISTS.values(), *OTHER_LISTS.values()]
        texts = [term.label for name in lists for term in code_lists[name].values()]
        texts += [body.name for body in directories(revision)[language]]
        texts += [word for of_language, word in everyday if of_language == language]
        words = (match[0] for text in texts for match in WORD.finditer(text))
        found[language] = {
            form: word for word in words for form in words_of(word) if len(form) > SHORTEST
        }
    return found
