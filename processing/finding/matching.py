"""Which publications hold some words: asked of the database, and kept where the answer is long."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from organisations.read_snapshot import public_connection

# A longer answer is kept in the process: reading it again would take longer than all the rest.
LONG = 500
MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that stand for something: all of them together, or as the phrase that they form."""

    text: str
    # The stems of the words.
    lexemes: tuple[str, ...]
    is_phrase: bool = False
    # Whether longer words that begin with its one stem are looked for, too.
    is_beginning: bool = False
    # Where it is not the language of the search: that of the texts in which it is looked for.
    language: str = ""


# One of these must be met.
Wordings = tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class TextQuery:
    """Which publications hold what each of the clauses asks, in texts for one language."""

    language: str
    clauses: tuple[Wordings, ...]
    # Only where the title holds it.
    in_title: bool = False

    @property
    def is_costly(self) -> bool:
        """Phrases are looked for in the texts themselves, after the index."""
        return any(wording.is_phrase for clause in self.clauses for wording in clause)


Kept = dict[TextQuery, BitMap]
# Held by who reads or changes what is kept: the threads of a process share it.
_keeping = threading.Lock()


def answers(queries: Iterable[TextQuery], kept: Kept) -> dict[TextQuery, BitMap]:
    """The answer to each query, long ones from what is kept: at most one query."""
    wanted = dict.fromkeys(queries)
    with _keeping:
        found = {query: kept[query] for query in wanted if query in kept}
    found |= _ask([query for query in wanted if query not in found])
    with _keeping:
        for query, publications in found.items():
            if len(publications) > LONG or query.is_costly:
                kept.pop(query, None)
                kept[query] = publications  # the last used stands last
        while len(kept) > MOST_KEPT:
            del kept[next(iter(kept))]
    return found


def brought_up_to_date(kept: Kept, touched: BitMap) -> Kept:
    """The kept answers after the touched publications changed: one query.

    An answer that none of them is or was in is the same set as before.
    """
    with _keeping:
        kept = dict(kept)
    now = _ask(list(kept), among=touched) if kept and touched else {}
    return {
        query: (publications - touched) | now[query]
        if now.get(query) or publications.intersect(touched)
        else publications
        for query, publications in kept.items()
    }


def _ask(queries: Sequence[TextQuery], *, among: BitMap | None = None) -> Kept:
    if not queries:
        return {}
    parts, parameters = [], []
    for number, query in enumerate(queries):
        condition, words = tsquery(query)
        column = "title" if query.in_title else "words"
        part = (
            f"SELECT {number}, array_agg(publication_id) FROM processing_searchtext"  # noqa: S608
            f" WHERE language = %s AND {column} @@ {condition}"
        )
        parameters += [query.language, *words]
        if among is not None:
            part += " AND publication_id = ANY(%s)"
            parameters.append(list(among))
        parts.append(part)
    with public_connection().cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return {queries[number]: BitMap(keys or ()) for number, keys in cursor}


def tsquery(query: TextQuery) -> tuple[str, list[str]]:
    """The query as SQL with its parameters; what people typed is never read as SQL or syntax."""
    parts, parameters = [], []
    for clause in query.clauses:
        phrases = [wording.text for wording in clause if wording.is_phrase]
        others = [wording for wording in clause if not wording.is_phrase]
        options = ["phraseto_tsquery(%s, %s)"] * len(phrases)
        for phrase in phrases:
            parameters += [f"register_{query.language}", phrase]
        if others:
            options.append("%s::tsquery")
            parameters.append(" | ".join(dict.fromkeys(map(_together, others))))
        parts.append(f"({' || '.join(options)})")
    return f"({' && '.join(parts)})", parameters


def _together(wording: Wording) -> str:
    quoted = (lexeme.replace("\\", "\\\\").replace("'", "''") for lexeme in wording.lexemes)
    begins = ":*" if wording.is_beginning else ""
    return "(" + " & ".join(f"'{lexeme}'{begins}" for lexeme in quoted) + ")"
