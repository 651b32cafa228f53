"""Which entries a text finds, and by what.

An entry meets a clause of the text by a wording in its texts, by the name or the enterprise number
of its body, or by the name of a term that it is filed under; or by meeting all the words that the
clause is made of.
"""

import math
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from pyroaring import BitMap

from organisations.languages import Passage
from organisations.revision import RegisterRevision
from processing.finding.clauses import Clause, Reading
from processing.finding.corrections import as_written
from processing.finding.filters import FacetIndex
from processing.finding.lexicon import everyday_words
from processing.finding.likeness import LEAST_ALIKE, Likeness, beyond_chance
from processing.finding.matching import TextQuery, Wording, answers
from processing.finding.search_documents import SHORTEST
from processing.finding.spelling import joined_words_of, words_of
from processing.finding.tokens import tokens_of

# How much a clause tells: from 1, where most entries meet it, to so much, where few do.
MOST_TELLING = 4
# Where no entry meets all clauses: what those must meet that are shown, as a share of what the best
# one meets.
LEAST_TOLD = 0.5
# And how like what was asked they must be, where that is known.
LEAST_ALIKE_PARTIAL = 0.2


class Guess(NamedTuple):
    """A word that was typed, the one that was taken or is offered, and the text with that."""

    typed: str
    meant: str
    text: str

    @property
    def query(self) -> str:
        return urlencode({"q": self.text})


class Search:
    """A search in one language, and the entries that it finds."""

    def __init__(
        self, text: str, language: str, facets: FacetIndex, revision: RegisterRevision
    ) -> None:
        self.language = language
        self._text = text
        self._facets = facets
        self._revision = revision
        reading = Reading(text, language, revision)
        self._known = reading.known
        self.clauses = reading.clauses

    @property
    def wanted(self) -> list[Clause]:
        return [clause for clause in self.clauses if not clause.is_excluded]

    @cached_property
    def entries(self) -> BitMap:
        """The entries that meet every clause; where none does, those that meet the telling ones."""
        return self._with_all or BitMap.union(*self._with_telling, BitMap())

    @property
    def is_partial(self) -> bool:
        """Whether the entries meet some of the clauses only."""
        return not self._with_all and bool(self._with_telling)

    def best_first(self, found: BitMap) -> Iterator[BitMap]:
        """These of the entries in steps, those first that probably fit better than the others."""
        if self.is_partial:
            yield from (step & found for step in self._with_telling)
        else:
            yield self.in_titles() & found
            yield self.likeness.nearest(found)
            yield found

    @cached_property
    def likeness(self) -> Likeness:
        """How like entries are to what was asked, without what was to be left out.

        As it was typed: what was taken for a typing error may be an everyday word.
        """
        said = self._text
        for token in tokens_of(self._text):
            if token.is_excluded:
                said = said.replace(f"-{token.text}", "")
        return Likeness(said, self._facets.index)

    @property
    def is_known(self) -> bool:
        """Whether some entry has something of what was asked for."""
        return any(entries for _weight, entries in self._weighed)

    @cached_property
    def could_be_meant(self) -> BitMap:
        """The entries with all that was asked for exactly, and nothing that was to be left out."""
        found = self._facets.entries
        for clause, entries in zip(self.clauses, self.of_clauses, strict=True):
            if clause.is_excluded:
                found = found - entries
            elif clause.is_exact:
                found = found & entries
        return found

    @cached_property
    def of_clauses(self) -> list[BitMap]:
        """The entries that meet each clause by itself."""
        return [self._meet(clause) for clause in self.clauses]

    def telling(self, key: int) -> int:
        """How much all clauses tell that the entry meets."""
        return sum(weight for weight, entries in self._weighed if key in entries)

    @cached_property
    def weights(self) -> list[int]:
        """How much each wanted clause tells."""
        return [weight for weight, _entries in self._weighed]

    def in_titles(self) -> BitMap:
        """The entries whose titles meet every clause that asks for something."""
        clauses = tuple(
            tuple(w for part in clause.with_parts for w in part.wordings if not w.language)
            for clause in self.wanted
        )
        if not all(clauses) or not clauses:
            return BitMap()
        query = TextQuery(self.language, clauses, in_title=True)
        return answers([query], self._facets.index.kept)[query]

    @cached_property
    def highlighted_words(self) -> frozenset[str]:
        """The words to highlight where they stand in a text, as words_of() gives them."""
        texts = {w.text for c in self.wanted for part in c.with_parts for w in part.wordings}
        typed = {word for text in texts for word in self._telling_words(text)}
        looked_up = {form for word in typed if (k := self._known.get(word)) for form in k.forms}
        too_common = {word for word, known in self._known.items() if known.lexeme is None}
        return frozenset((typed | looked_up) - too_common)

    def _telling_words(self, text: str) -> Iterator[str]:
        """The words of a wording; not what only ties those that an everyday word stands for."""
        words = words_of(text)
        for word in words:
            if len(words) == 1 or word in self._known or len(word) > SHORTEST:
                yield word
        yield from joined_words_of(text)

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
            for part in clause.with_parts
            for term in part.terms
            if key in options[term.filter][term.option]
        }
        return list(names.values())

    @cached_property
    def corrections(self) -> list[Guess]:
        """The words that were taken for others, where that finds something public."""
        return [
            self._guess(clause, clause.corrected)
            for clause, entries in zip(self.clauses, self.of_clauses, strict=True)
            if clause.corrected and entries
        ]

    @cached_property
    def offers(self) -> list[Guess]:
        """The words that may have been meant, which nothing was searched for."""
        return [self._guess(clause, clause.offered) for clause in self.clauses if clause.offered]

    def _guess(self, clause: Clause, meant: str) -> Guess:
        written = everyday_words(self._revision)[self.language].get(meant)
        written = written or as_written(meant, self.language)
        return Guess(clause.asked, written, self._text.replace(clause.asked, written, 1))

    @cached_property
    def _with_all(self) -> BitMap:
        found = self._facets.entries
        for clause, entries in zip(self.clauses, self.of_clauses, strict=True):
            found = found - entries if clause.is_excluded else found & entries
        return found

    @cached_property
    def _with_telling(self) -> list[BitMap]:
        """The entries that meet the most telling clauses, in steps; those with the most first.

        With an encoder, only those with the most: of them, those that say something like it. All of
        them where no entry at all does.
        """
        steps = self._by_telling()
        if not steps or not self.likeness.is_known:
            return steps
        alike = BitMap(self.likeness.most_alike(steps[0], LEAST_ALIKE_PARTIAL))
        told = alike | self.likeness.without_vector(steps[0])
        meant = self.could_be_meant
        if not told and not self.likeness.most_alike(meant, beyond_chance(LEAST_ALIKE, len(meant))):
            told = steps[0]
        return [told] if told else []

    def _by_telling(self) -> list[BitMap]:
        excluded = BitMap.union(
            *(e for c, e in zip(self.clauses, self.of_clauses, strict=True) if c.is_excluded),
            BitMap(),
        )
        weighed = [(weight, entries) for weight, entries in self._weighed if entries]
        total = sum(weight for weight, _entries in weighed)
        # How much they tell -> the entries that meet clauses which tell at least so much.
        at_least = [self._facets.entries - excluded] + [BitMap()] * total
        for weight, entries in weighed:
            for told in range(total, 0, -1):
                at_least[told] = at_least[told] | (at_least[max(told - weight, 0)] & entries)
        best = max((told for told in range(1, total + 1) if at_least[told]), default=0)
        least = math.ceil(best * LEAST_TOLD)
        if not best:
            return []
        at_least.append(BitMap())
        steps = (at_least[told] - at_least[told + 1] for told in range(best, least - 1, -1))
        return [step for step in steps if step]

    @cached_property
    def _weighed(self) -> list[tuple[int, BitMap]]:
        """How much each wanted clause tells, and the entries that meet it."""
        number = len(self._facets.entries) + 1
        return [
            (_telling(len(entries) + 1, number), entries)
            for clause, entries in zip(self.clauses, self.of_clauses, strict=True)
            if not clause.is_excluded
        ]

    def _meet(self, clause: Clause) -> BitMap:
        found = self._met_by_itself(clause)
        if clause.parts:
            found |= BitMap.intersection(*map(self._met_by_itself, clause.parts))
        return found & self._facets.entries

    def _met_by_itself(self, clause: Clause) -> BitMap:
        found = [self._answers[query] for query in self._queries(clause)]
        return BitMap.union(*found, self.filed_under(clause))

    def filed_under(self, clause: Clause) -> BitMap:
        """The entries that meet the clause by the name of what they are filed under."""
        options = self._facets.options
        return BitMap.union(*(options[t.filter][t.option] for t in clause.terms), BitMap())

    @cached_property
    def _answers(self) -> dict[TextQuery, BitMap]:
        parts = [part for clause in self.clauses for part in clause.with_parts]
        queries = [query for part in parts for query in self._queries(part)]
        return answers(queries, self._facets.index.kept)

    def _queries(self, clause: Clause) -> list[TextQuery]:
        """What to look for in texts for each language."""
        wordings: dict[str, dict[Wording, None]] = {}
        for wording in clause.wordings:
            wordings.setdefault(wording.language or self.language, {})[wording] = None
        return [TextQuery(language, (tuple(listed),)) for language, listed in wordings.items()]


def _telling(met: int, number: int) -> int:
    """1 for what all `number` entries meet, MOST_TELLING for what one does."""
    rarity = math.log(number / met) / math.log(number) if number > 1 else 1
    return max(1, math.ceil(rarity * MOST_TELLING))
