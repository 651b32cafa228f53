"""Understanding what somebody typed: words, "phrases", -without, OR.

A search is a list of clauses that an entry must meet. It meets a clause by a wording in its texts,
by the name or the enterprise number of its body, or by the name of a term that it is filed under.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pyroaring import BitMap

from organisations import enterprise_numbers
from organisations.languages import Passage
from organisations.revision import RegisterRevision
from processing.finding.filler import FILLER, STOP_WORDS
from processing.finding.filters import FacetIndex
from processing.finding.lexicon import (
    COMPOUNDING,
    Lexemes,
    NamedOption,
    closest,
    everyday_words,
    look_up,
    synonyms,
    terms,
)
from processing.finding.matching import TextQuery, Wording, answers
from processing.finding.search_documents import SHORTEST, words_of

TOKEN = re.compile(r'(?P<sign>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))')
PUNCTUATION = "?!.,;:()[]«»“”„’'…"
MOST_CLAUSES = 12
# From so many words on, entries with most of them are shown where none has all.
LEAST_FOR_MOST = 3


@dataclass
class Clause:
    """One thing that entries must hold, or must not."""

    asked: str
    # The first is what was typed, or what was taken instead.
    wordings: list[Wording]
    is_excluded: bool = False
    # What was taken instead of a word that no entry holds.
    corrected: str = ""
    terms: list[NamedOption] = field(default_factory=list)


class Search:
    """A search in one language, and the entries that it finds."""

    def __init__(
        self, text: str, language: str, facets: FacetIndex, revision: RegisterRevision
    ) -> None:
        self.language = language
        self._facets = facets
        self._revision = revision
        self._terms = terms(revision)[language]
        tokens = list(_tokens(text))
        self._known = look_up({word for token in tokens for word in token.words}, language)
        self.clauses = self._clauses(self._telling(tokens)[:MOST_CLAUSES])
        for clause in self.clauses:
            clause.terms = self._named(clause)

    @cached_property
    def entries(self) -> BitMap:
        """The entries that meet every clause; where none does, those that meet most of them."""
        return self._with_all or self._with_most

    @property
    def is_partial(self) -> bool:
        """Whether the entries meet most of the clauses only."""
        return not self._with_all and bool(self._with_most)

    @cached_property
    def _with_all(self) -> BitMap:
        found = self._facets.entries
        for clause, entries in zip(self.clauses, self.of_clauses, strict=True):
            found = found - entries if clause.is_excluded else found & entries
        return found

    @cached_property
    def _with_most(self) -> BitMap:
        """The entries that meet the most clauses, when that is at least half of them."""
        sets = list(zip(self.clauses, self.of_clauses, strict=True))
        wanted = [entries for clause, entries in sets if not clause.is_excluded]
        if len(wanted) < LEAST_FOR_MOST:
            return BitMap()
        excluded = BitMap.union(*(e for clause, e in sets if clause.is_excluded), BitMap())
        # Number of clauses -> the entries that meet at least so many.
        with_so_many = [self._facets.entries - excluded] + [BitMap()] * len(wanted)
        for entries in wanted:
            for number in range(len(wanted), 0, -1):
                with_so_many[number] = with_so_many[number] | (with_so_many[number - 1] & entries)
        for found in with_so_many[: (len(wanted) - 1) // 2 : -1]:
            if found:
                return found
        return BitMap()

    @cached_property
    def of_clauses(self) -> list[BitMap]:
        """The entries that meet each clause by itself."""
        queries = [TextQuery(self.language, (tuple(c.wordings),)) for c in self.clauses]
        found = answers(queries, self._facets.index.kept)
        return [
            (found[query] | self._filed_under(clause)) & self._facets.entries
            for query, clause in zip(queries, self.clauses, strict=True)
        ]

    def in_titles(self) -> BitMap:
        """The entries whose titles meet every clause that asks for something."""
        clauses = tuple(tuple(clause.wordings) for clause in self.wanted)
        if not clauses:
            return BitMap()
        query = TextQuery(self.language, clauses, in_title=True)
        return answers([query], self._facets.index.kept)[query]

    @property
    def wanted(self) -> list[Clause]:
        return [clause for clause in self.clauses if not clause.is_excluded]

    @property
    def exactly(self) -> TextQuery:
        """The words as they were typed."""
        wordings = dict.fromkeys(clause.wordings[0] for clause in self.wanted)
        return TextQuery(self.language, (tuple(wordings),))

    @property
    def broadly(self) -> TextQuery:
        """The words with everything that stands in for them."""
        wordings = dict.fromkeys(w for clause in self.wanted for w in clause.wordings)
        return TextQuery(self.language, (tuple(wordings),))

    @cached_property
    def highlighted_words(self) -> frozenset[str]:
        """The words to highlight where they stand in a text, as words_of() gives them."""
        typed = {w for c in self.wanted for wording in c.wordings for w in words_of(wording.text)}
        looked_up = {form for word in typed if (k := self._known.get(word)) for form in k.forms}
        too_common = {word for word, known in self._known.items() if known.lexeme is None}
        return frozenset((typed | looked_up) - too_common)

    @property
    def named(self) -> list[tuple[str, str]]:
        """(filter, option) of the terms whose names meet every clause."""
        of_clauses = [{(t.filter, t.option) for t in clause.terms} for clause in self.wanted]
        return sorted(set.intersection(*of_clauses)) if of_clauses else []

    def names_of(self, key: int) -> list[Passage]:
        """The names by which an entry was found whose texts hold none of the words."""
        options = self._facets.options
        names = {
            term.name.plain: term.name
            for clause in self.wanted
            for term in clause.terms
            if key in options[term.filter][term.option]
        }
        return list(names.values())

    def corrections(self) -> list[Clause]:
        """The clauses in which another word was taken, where that finds something public."""
        return [
            clause
            for clause, entries in zip(self.clauses, self.of_clauses, strict=True)
            if clause.corrected and entries
        ]

    def _filed_under(self, clause: Clause) -> BitMap:
        options = self._facets.options
        return BitMap.union(*(options[t.filter][t.option] for t in clause.terms), BitMap())

    def _named(self, clause: Clause) -> list[NamedOption]:
        """The terms whose names meet the clause."""
        found = [term for wording in clause.wordings for term in self._terms.named(wording)]
        typed = clause.wordings[0]
        if self.language in COMPOUNDING and len(typed.lexemes) == 1:
            found += self._terms.beginning_with(typed.lexemes[0])
        return list(dict.fromkeys(found))

    def _clauses(self, tokens: list["_Token"]) -> list[Clause]:
        clauses: list[Clause] = []
        for token in tokens:
            clause = self._clause(token)
            if clause is None:
                continue
            if token.is_alternative and clauses and not clause.is_excluded:
                clauses[-1].asked += f" OR {clause.asked}"
                clauses[-1].wordings += clause.wordings
            else:
                clauses.append(clause)
        return self._with_synonyms(clauses)

    def _telling(self, tokens: list["_Token"]) -> list["_Token"]:
        """The tokens without those that only make a question; all when nothing else is asked."""
        telling = [token for token in tokens if token.is_quoted or not self._is_filler(token)]
        return telling if any(not token.is_excluded for token in telling) else tokens

    def _is_filler(self, token: "_Token") -> bool:
        filler = FILLER[self.language]
        return all(word in filler or not self._known[word].lexeme for word in token.words)

    def _clause(self, token: "_Token") -> Clause | None:
        """None for words that are too common to be looked for."""
        lexemes = tuple(lexeme for w in token.words if (lexeme := self._known[w].lexeme))
        if not lexemes or STOP_WORDS[self.language].issuperset(token.words):
            return None
        if token.is_phrase:
            wording = Wording(" ".join(token.words), lexemes, is_phrase=True)
            return Clause(token.text, [wording], token.is_excluded)
        (word,) = token.words
        if enterprise_numbers.read(word):
            return Clause(token.text, _spellings(word), token.is_excluded)
        known = self._known[word]
        clause = Clause(token.text, [Wording(word, lexemes)], token.is_excluded)
        if not known.forms and not known.related and self._is_unknown(word, lexemes):
            self._correct(clause, word)
        else:
            clause.wordings += [Wording(other, (stem,)) for other, stem in known.related]
        return clause

    def _is_unknown(self, word: str, lexemes: Lexemes) -> bool:
        if (
            len(word) <= SHORTEST
            or word.isdecimal()
            or lexemes in synonyms(self._revision)[self.language]
        ):
            return False
        return not self._named(Clause(word, [Wording(word, lexemes)]))

    def _correct(self, clause: Clause, word: str) -> None:
        others = everyday_words(self._revision, self.language)
        meant = closest(word, self.language, others)
        if not meant:
            return
        known = look_up([meant], self.language)[meant]
        self._known[meant] = known
        clause.corrected = meant
        if known.lexeme:
            related = (Wording(other, (stem,)) for other, stem in known.related)
            clause.wordings = [Wording(meant, (known.lexeme,)), *related]

    def _with_synonyms(self, clauses: list[Clause]) -> list[Clause]:
        """Give what an everyday word stands for to its clause; of several words, to all as one."""
        found: list[Clause] = []
        meanings = synonyms(self._revision)[self.language]
        longest = max(map(len, meanings), default=0)
        rest = clauses
        while rest:
            for length in range(min(longest, len(rest)), 0, -1):
                together = rest[:length]
                stems = tuple(stem for c in together for stem in c.wordings[0].lexemes)
                if stems in meanings and len({clause.is_excluded for clause in together}) == 1:
                    clause = together[0] if length == 1 else _merged(together)
                    clause.wordings += [
                        Wording(meaning.text, meaning.lexemes)
                        for meaning in meanings[stems]
                        if meaning.lexemes
                    ]
                    found.append(clause)
                    rest = rest[length:]
                    break
            else:
                found.append(rest[0])
                rest = rest[1:]
        return found


@dataclass(frozen=True)
class _Token:
    text: str
    words: tuple[str, ...]
    is_quoted: bool
    is_phrase: bool
    is_excluded: bool
    is_alternative: bool


def _tokens(text: str) -> Iterator[_Token]:
    follows_or = False
    parts = text.split('"')
    parts[::2] = [enterprise_numbers.written_in_one(part) for part in parts[::2]]
    for match in TOKEN.finditer('"'.join(parts)):
        is_quoted = match["phrase"] is not None
        typed = match["phrase"] if is_quoted else match["word"].strip(PUNCTUATION)
        typed = enterprise_numbers.read(typed.strip()) or typed
        if typed == "OR":
            follows_or = True
            continue
        # A word with a hyphen or an apostrophe in it is several words in a row.
        words = tuple(words_of(typed))
        if words:
            asked = f'"{typed}"' if is_quoted else typed
            yield _Token(asked, words, is_quoted, len(words) > 1, bool(match["sign"]), follows_or)
        follows_or = False


def _spellings(number: str) -> list[Wording]:
    """An enterprise number as texts may write it, the ten digits first."""
    groups = enterprise_numbers.formatted(number).split(".")
    return [
        Wording(number, (number,)),
        Wording(" ".join(groups), tuple(groups), is_phrase=True),
        Wording(f"be{number}", (f"be{number}",)),
    ]


def _merged(clauses: list[Clause]) -> Clause:
    """Several words that mean something together: all of them, in any order."""
    words = " ".join(clause.wordings[0].text for clause in clauses)
    stems = tuple(stem for clause in clauses for stem in clause.wordings[0].lexemes)
    asked = " ".join(clause.asked for clause in clauses)
    return Clause(asked, [Wording(words, stems)], clauses[0].is_excluded)
