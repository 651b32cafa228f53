"""Tells entries one after another, and of each body and term once in a file."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from organisations.directory import Body
from processing.exports.entries import Published
from processing.exports.words import Words, country_name
from processing.law import GROUNDS
from processing.linked_data import entry, entry_rows
from processing.linked_data.addresses import Addresses
from processing.linked_data.bodies import tell_body, tell_department, tell_register
from processing.linked_data.concepts import Meaning, meaning_of, tell_term, tell_type
from processing.linked_data.mappings import mappings
from processing.linked_data.terms import IT, TYPE, Group, Node, Pattern, Term, Triple, iri, triple
from processing.linked_data.vocabularies import LABEL, PREFIXES, term

# There are not many combinations of codes; what people made up does not fill the memory.
MOST_PATTERNS = 20_000


class Graph:
    """What several entries refer to is kept: some hundreds of bodies and of terms."""

    def __init__(self, words: Words, origin: str, day: date) -> None:
        self.words = words
        self.addresses = Addresses(origin)
        # On which it is told.
        self.day = day
        self._meanings: dict[tuple[str, str], Meaning] = {}
        self._patterns: dict[tuple, Pattern] = {}
        self._once: set[object] = set()
        # What was referred to and is told behind the entry.
        self._waiting: Group = []

    def groups(self, entries: Iterable[Published], *, body: int | None = None) -> Iterator[Group]:
        """The triples of each entry, and of what is referred to for the first time.

        First, those of a body, even where it has no entry.
        """
        self.body(body)
        for published in entries:
            told: Group = []
            node = Node(self.addresses.entry(published.reference(self.words)), told)
            entry.tell(published, node, self)
            entry_rows.tell(published.record, node, self)
            told += self._waiting
            self._waiting = []
            yield told
        if self._waiting:
            yield self._waiting

    def pattern(self, tell: Callable, *values: object) -> Pattern:
        """What `tell` tells of something that these values decide: asked once for them."""
        key = (tell, *values)
        found = self._patterns.get(key)
        if found is None:
            lines: Group = []
            tell(Node(IT, lines), self, *values)
            found = b"".join(lines)
            if len(self._patterns) < MOST_PATTERNS:
                self._patterns[key] = found
        return found

    def meaning(self, code_list: str, code: str) -> Meaning:
        """Of a code of a list, or of a ground in law."""
        key = (code_list, code)
        if key not in self._meanings:
            self._meanings[key] = self._new_meaning(code_list, code)
        return self._meanings[key]

    def _new_meaning(self, code_list: str, code: str) -> Meaning:
        if code_list in ("grounds", "sources"):
            own = GROUNDS[code].iri if code in GROUNDS else ""
            meaning = Meaning(iri(own) if own else None, mappings().get((code_list, code)))
        else:
            meaning = meaning_of(code_list, code, self.words, self.addresses)
            tell_term(code_list, code, meaning, self.words, self._waiting)
        told: Group = []
        tell_type(code_list, meaning, told)
        for line in told:
            self.once(line)
        return meaning

    def typed(self, thing: Term, *types: Term) -> Term:
        """A thing of a vocabulary, with what it is."""
        for each in types:
            self.once(triple(thing, TYPE, each))
        return thing

    def once(self, line: Triple) -> None:
        if line not in self._once:
            self._once.add(line)
            self._waiting.append(line)

    def body(self, key: int | None, *types: Term) -> Term | None:
        """None for one that is not public. `types` are what it is for an entry."""
        body = self.words.directory().by_id.get(key)
        if body is None:
            return None
        if body.id not in self._once:
            self._once.add(body.id)
            tell_body(body, self.words, self.addresses, self._waiting)
            # Of which its description speaks.
            for other in (body.parent_id, body.supervisory_authority_id):
                self.body(other)
        return self.typed(iri(self.addresses.body(body.slug)), *types)

    def register(self, body: Body) -> str:
        """Its address."""
        key = ("register", body.id)
        if key not in self._once:
            self._once.add(key)
            tell_register(body, self.words, self.addresses, self._waiting)
        return self.addresses.register(body.slug)

    def department(self, body: Body, department: int) -> Term | None:
        told: Group = []
        found = tell_department(body, department, self.words, self.addresses, told)
        for line in told:
            self.once(line)
        return found

    def country(self, code: str) -> Term:
        node = Node(f"{PREFIXES['loc']}{code}", self._waiting)
        if node.iri not in self._once:
            self._once.add(node.iri)
            node.is_a(term("dpv:Country"))
            node.texts(self.words.named(country_name, code), LABEL)
        return node.iri
