"""What somebody typed, understood: clauses that an entry must meet, or must not.

A word is looked for as it was typed, in its other spellings and forms, in compounds, and by what it
stands for. A word that nothing knows is of another language, or made of several words, or mistyped.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from organisations import enterprise_numbers
from organisations.languages import LANGUAGES
from organisations.revision import RegisterRevision
from processing.finding.compounds import TakenApart, could_be_parts, take_apart
from processing.finding.corrections import Meant, meant_by
from processing.finding.filler import FILLER, STOP_WORDS
from processing.finding.lexicon import (
    COMPOUNDING,
    Elsewhere,
    Known,
    everyday_words,
    look_up,
    other_words,
    recognise,
)
from processing.finding.matching import Wording
from processing.finding.named_options import NamedOption, terms
from processing.finding.search_documents import SHORTEST
from processing.finding.spelling import words_of
from processing.finding.tokens import Token, tokens_of

MOST_CLAUSES = 12
# A word that few entries hold may be of another language: where so many times more hold it there.
FEW, MORE_ELSEWHERE = 3, 1.5
# A compound that so few entries hold is looked for by its parts as well.
RARE = 5


@dataclass
class Clause:
    """One thing that entries must hold, or must not."""

    asked: str
    # What was typed, or what was taken instead; then other ways to write the same.
    spellings: list[Wording]
    # All else that stands for it.
    others: list[Wording] = field(default_factory=list)
    is_excluded: bool = False
    # In quotation marks, or a number: nothing else is meant.
    is_exact: bool = False
    # What was taken instead of a word that no entry holds, and what could have been meant.
    corrected: str = ""
    offered: str = ""
    terms: list[NamedOption] = field(default_factory=list)
    # The words that it is made of: what meets all of them meets it.
    parts: list["Clause"] = field(default_factory=list)

    @property
    def wordings(self) -> list[Wording]:
        return self.spellings + self.others

    @property
    def with_parts(self) -> list["Clause"]:
        return [self, *self.parts]


class Reading:
    """A text in a language, read with what the register knows of words."""

    def __init__(self, text: str, language: str, revision: RegisterRevision) -> None:
        self._language = language
        self._terms = terms(revision)
        self._other_words = other_words(revision)
        self._everyday = everyday_words(revision)
        self._called = self._called_by(text)
        tokens = list(tokens_of(text))
        joined = _joined(tokens)
        asked = [word for token in tokens for word in (*token.words, *token.spellings)]
        self.known: dict[str, Known] = look_up({*asked, *joined.values()}, language)
        telling = self._telling(tokens)[:MOST_CLAUSES]
        read = {token: clause for token in telling if (clause := self._clause(token)) is not None}
        self._add_joined(joined, read)
        self._add_other_languages(read)
        self._read_unknown(read)
        self.clauses = self._with_synonyms(_with_alternatives(read))
        for clause in self.clauses:
            self._name(clause)
        if not any(token.is_excluded or token.is_alternative for token in tokens):
            self._name_whole()

    def _telling(self, tokens: list[Token]) -> list[Token]:
        """The tokens without those that only make a question; all when nothing else is asked."""
        telling = [token for token in tokens if token.is_quoted or not self._is_filler(token)]
        return telling if any(not token.is_excluded for token in telling) else tokens

    def _is_filler(self, token: Token) -> bool:
        filler = FILLER[self._language]
        return all(word in filler or not self.known[word].lexeme for word in token.words)

    def _clause(self, token: Token) -> Clause | None:
        """None for words that are too common to be looked for."""
        lexemes = tuple(lexeme for w in token.words if (lexeme := self.known[w].lexeme))
        if not lexemes or STOP_WORDS[self._language].issuperset(token.words):
            return None
        clause = self._understood(token, lexemes)
        clause.is_exact = token.is_quoted or all(word.isdecimal() for word in token.words)
        return clause

    def _understood(self, token: Token, lexemes: tuple[str, ...]) -> Clause:
        if token.is_phrase:
            return self._in_a_row(token, lexemes)
        (word,) = token.words
        if enterprise_numbers.read(word):
            return Clause(token.text, _number(word), is_excluded=token.is_excluded)
        clause = self._of_word(token.text, word)
        clause.is_excluded = token.is_excluded
        # "coeur" is no "cour": only German writes both "ae" and the umlaut, others by mistake.
        if self._language == "de" or not self.known[word].forms:
            clause.spellings += self._spelled(token.spellings)
        return clause

    def _in_a_row(self, token: Token, lexemes: tuple[str, ...]) -> Clause:
        """Words in a row; tied by a sign only, they may be written as one, or stand apart."""
        phrase = Wording(" ".join(token.words), lexemes, is_phrase=True)
        clause = Clause(token.text, [phrase], is_excluded=token.is_excluded)
        if token.is_quoted:
            return clause
        clause.spellings += self._spelled(token.spellings)
        parts = [word for word in token.words if self.known[word].lexeme]
        if len(parts) > 1 and not any(part.isdecimal() for part in parts):
            clause.parts = [self._of_word(part, part) for part in parts]
        return clause

    def _of_word(self, asked: str, word: str) -> Clause:
        known = self.known[word]
        lexemes = (known.lexeme,) if known.lexeme else ()
        return Clause(asked, [Wording(word, lexemes)], self._related(word))

    def _related(self, word: str) -> list[Wording]:
        return [Wording(other, (stem,)) for other, stem in self.known[word].related]

    def _spelled(self, words: Iterable[str]) -> list[Wording]:
        """Those that entries or synonyms hold; numbers are no vocabulary."""
        return [Wording(word, (self.known[word].lexeme,)) for word in words if self._knows(word)]

    def _knows(self, word: str) -> bool:
        known = self.known[word]
        if not known.lexeme or word.isdecimal():
            return bool(known.lexeme)
        wording = Wording(word, (known.lexeme,))
        return bool(known.forms) or self._is_everyday(word, wording, self._language)

    def _add_joined(
        self, joined: dict[tuple[Token, Token], str], read: dict[Token, Clause]
    ) -> None:
        """Words that stand apart may be meant as one: each of them is met by that one, too."""
        for pair, word in joined.items():
            if not self._knows(word):
                continue
            wording = Wording(word, (self.known[word].lexeme,))
            clauses = [read[token] for token in pair if token in read]
            for clause in clauses:
                clause.spellings.append(wording)
                clause.others += self._related(word)
            if not clauses:
                first, second = pair
                both = replace(first, text=f"{first.text} {second.text}", words=(word,))
                read[both] = self._of_word(both.text, word)
                read[both].is_excluded = both.is_excluded

    def _add_other_languages(self, read: dict[Token, Clause]) -> None:
        """Look for words of other languages in texts of those; for the words beside them, too.

        One query for each of these languages.
        """
        words = {t.words[0]: clause for t, clause in read.items() if not t.is_phrase}
        foreign = {
            other.language
            for word, clause in words.items()
            for other in self._elsewhere(word, clause)
        }
        for language in sorted(foreign):
            known = look_up(words, language)
            for token, clause in list(read.items()):
                if token.is_phrase:
                    continue
                (word,) = token.words
                if known[word].lexeme:
                    self._add_in(language, word, known[word], clause)
                elif not self.known[word].forms and len(read) > 1:
                    del read[token]

    def _add_in(self, language: str, word: str, known: Known, clause: Clause) -> None:
        wording = Wording(word, (known.lexeme,), language=language)
        if known.forms or known.related or self._is_everyday(word, wording, language):
            clause.others += [wording, *self._meanings(wording, language)]
            clause.others += [
                Wording(other, (stem,), language=language) for other, stem in known.related
            ]

    def _elsewhere(self, word: str, clause: Clause) -> list[Elsewhere]:
        """The other languages of which the word probably is."""
        own = self.known[word].entries
        if len(word) <= SHORTEST or word.isdecimal() or len(clause.spellings) > 1 or own > FEW:
            return []
        if not own and clause.others:
            return []
        is_unknown = self._is_unknown(word, clause)
        says_something = clause.spellings[0].lexemes in self._other_words[self._language]
        return [
            other
            for other in self.known[word].elsewhere
            if other.lexeme
            and (
                (other.entries > own * MORE_ELSEWHERE and not says_something)
                or (not says_something and (other.lexeme,) in self._other_words[other.language])
                or (
                    is_unknown
                    and self._is_everyday(word, Wording(word, (other.lexeme,)), other.language)
                )
            )
        ]

    def _read_unknown(self, read: dict[Token, Clause]) -> None:
        """Take apart or correct the words that nothing knows: at most three queries.

        A long word that few entries hold is taken apart as well.
        """
        words = {t.words[0]: (t, clause) for t, clause in read.items() if not t.is_phrase}
        # What is a name is meant as it stands, be it in another language.
        unknown = [] if self._called else [w for w in words if self._is_unknown(w, words[w][1])]
        apart = self._taken_apart(words, unknown)
        meant = meant_by(unknown, self._language, self._everyday[self._language])
        near = {
            word: guess.word
            for word, guess in meant.items()
            if _is_taken(guess, words[word][0], apart.get(word))
        }
        parts = {part for taken in apart.values() for part in taken.parts}
        self.known |= look_up({*near.values(), *parts} - self.known.keys(), self._language)
        for word, (_token, clause) in words.items():
            if word in near:
                self._correct(clause, near[word])
            elif word in apart:
                clause.parts = [self._of_word(part, part) for part in apart[word].parts]
            elif word in meant:
                clause.offered = meant[word].word

    def _taken_apart(self, words: Iterable[str], unknown: list[str]) -> dict[str, TakenApart]:
        rare = [word for word in words if self._is_rare_compound(word)]
        wanted = dict.fromkeys([*unknown, *rare])
        parts = {part for word in wanted for part in could_be_parts(word, self._language)}
        beginnings = {part for part in parts if any(word.startswith(part) for word in unknown)}
        recognised = recognise(parts, self._language, beginnings=beginnings)
        return {
            word: taken
            for word in wanted
            if (taken := take_apart(word, self._language, recognised))
            and (taken.is_sure or word in unknown)
        }

    def _is_unknown(self, word: str, clause: Clause) -> bool:
        if len(clause.spellings) > 1 or clause.others or self.known[word].forms:
            return False
        if len(word) <= SHORTEST or word.isdecimal():
            return False
        return not self._is_everyday(word, clause.spellings[0], self._language)

    def _is_rare_compound(self, word: str) -> bool:
        return self._language in COMPOUNDING and self.known[word].entries <= RARE

    def _is_everyday(self, word: str, wording: Wording, language: str) -> bool:
        """Whether a synonym or a term has the word."""
        return (
            word in self._everyday[language]
            or wording.lexemes in self._other_words[language]
            or bool(self._named(wording, language))
        )

    def _correct(self, clause: Clause, meant: str) -> None:
        clause.corrected = meant
        if self.known[meant].lexeme:
            taken = self._of_word(meant, meant)
            clause.spellings, clause.others = taken.spellings, taken.others

    def _with_synonyms(self, clauses: list[Clause]) -> list[Clause]:
        """Give what an everyday word stands for to its clause; of several words, to all as one."""
        found: list[Clause] = []
        meant = self._other_words[self._language]
        longest = max(map(len, meant), default=0)
        rest = clauses
        while rest:
            for length in range(min(longest, len(rest)), 1, -1):
                together = rest[:length]
                stems = tuple(stem for c in together for stem in c.spellings[0].lexemes)
                if stems in meant and len({clause.is_excluded for clause in together}) == 1:
                    found.append(_merged(together))
                    break
            else:
                length = 1
                found.append(rest[0])
            rest = rest[length:]
        for part in [part for clause in found for part in clause.with_parts]:
            for wording in part.spellings:
                part.others += self._meanings(wording, self._language)
        return found

    def _meanings(self, wording: Wording, language: str) -> list[Wording]:
        return [
            replace(meaning, language="") if meaning.language == self._language else meaning
            for meaning in self._other_words[language].get(wording.lexemes, ())
        ]

    def _name(self, clause: Clause) -> None:
        """Give the clause the terms whose names meet it."""
        for part in clause.with_parts:
            named = self._named(part.spellings[0], self._language)
            for wording in part.wordings[1:]:
                named += self._terms[wording.language or self._language].named(wording)
            part.terms = self._here(named)

    def _called_by(self, text: str) -> list[NamedOption]:
        """The terms that the whole text is the name of, in any language."""
        words = words_of(text)
        return [term for language in LANGUAGES for term in self._terms[language].called(words)]

    def _name_whole(self) -> None:
        """Give all clauses the terms that the whole text is the name of."""
        for clause in self.clauses:
            clause.terms = self._here([*clause.terms, *self._called])

    def _here(self, named: Iterable[NamedOption]) -> list[NamedOption]:
        """Each term once; one of another language by its name in this one."""
        here = self._terms[self._language].here
        found: dict[tuple[str, str], NamedOption] = {}
        for term in named:
            own = term if term.name.page_language == self._language else here(term)
            found.setdefault((term.filter, term.option), own)
        return list(found.values())

    def _named(self, wording: Wording, language: str) -> list[NamedOption]:
        """The terms whose names hold what was typed, or a compound that begins with it."""
        known = self.known.get(wording.text)
        # What no text says is looked for in names of all kinds.
        by_any_word = language == self._language and known is not None and not known.forms
        named = self._terms[language].named(wording, by_any_word=by_any_word)
        if language == self._language in COMPOUNDING and len(wording.lexemes) == 1:
            named = named + self._terms[language].beginning_with(wording.lexemes[0])
        return named


def _is_taken(guess: Meant, token: Token, apart: TakenApart | None) -> bool:
    """Whether the guess is taken for what was meant: it is near, and a compound is less likely."""
    if not guess.is_near or token.is_in_capitals:
        return False
    return guess.errors == 1 or apart is None or not apart.is_sure


def _joined(tokens: list[Token]) -> dict[tuple[Token, Token], str]:
    """Neighbours, and the word that they are when written as one."""
    return {
        (first, second): first.words[0] + second.words[0]
        for first, second in pairwise(tokens[: 2 * MOST_CLAUSES])
        if not (first.is_phrase or second.is_phrase or first.is_quoted or second.is_quoted)
        and first.is_excluded == second.is_excluded
        and not second.is_alternative
        and not (first.words[0].isdecimal() or second.words[0].isdecimal())
    }


def _with_alternatives(read: dict[Token, Clause]) -> list[Clause]:
    """The clauses, those with OR between them as one."""
    clauses: list[Clause] = []
    for token, clause in read.items():
        if token.is_alternative and clauses and not clause.is_excluded:
            clauses[-1].asked += f" OR {clause.asked}"
            clauses[-1].others += clause.wordings
        else:
            clauses.append(clause)
    return clauses


def _number(number: str) -> list[Wording]:
    """An enterprise number as texts may write it, the ten digits first."""
    groups = enterprise_numbers.formatted(number).split(".")
    return [
        Wording(number, (number,)),
        Wording(" ".join(groups), tuple(groups), is_phrase=True),
        Wording(f"be{number}", (f"be{number}",)),
    ]


def _merged(clauses: list[Clause]) -> Clause:
    """Several words that mean something together: all of them, in any order."""
    words = " ".join(clause.spellings[0].text for clause in clauses)
    stems = tuple(stem for clause in clauses for stem in clause.spellings[0].lexemes)
    asked = " ".join(clause.asked for clause in clauses)
    return Clause(asked, [Wording(words, stems)], is_excluded=clauses[0].is_excluded)
