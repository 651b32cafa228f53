"""What somebody may mean who has typed the beginning of it: bodies, subjects, entries.

Each word that was typed must begin a word of the name, in one of the languages of the site. Names
in the language of the page come first, and among them those that begin with all that was typed.
Entries are found by the words that people use for them as well, behind those with such a title.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from organisations.directory import directories
from organisations.languages import LANGUAGES, Passage, sort_key
from organisations.revision import RegisterRevision, kept_until_changed
from processing.code_lists import code_lists_at
from processing.finding.beginnings import LAST, Beginnings
from processing.finding.filters import FILTERED_LISTS, FILTERS
from processing.finding.offers import address_of
from processing.finding.register import Register
from processing.finding.spelling import plain, words_of
from processing.finding.tokens import Token, tokens_of
from processing.models.publication import Publication
from processing.summaries import summaries

LONGEST_TEXT = 100
# One letter tells nothing, and who has typed more words knows what it is called.
SHORTEST_WORD, MOST_WORDS = 2, 12
MOST_BODIES, MOST_SUBJECTS, MOST_ENTRIES = 3, 3, 5
# Fewer letters begin words of other languages by chance.
SHORTEST_ELSEWHERE = 3


class Suggestion(NamedTuple):
    name: Passage
    # What else tells it apart: the short name, the kind of subject, the body.
    note: Passage | Promise | str
    address: str


class Group(NamedTuple):
    label: Promise
    suggestions: list[Suggestion]


@dataclass(frozen=True, slots=True)
class Typed:
    """The beginning of a name."""

    text: str
    # For each word, or several that a sign ties, the ways to write it; each as words.
    written: tuple[tuple[tuple[str, ...], ...], ...]

    @classmethod
    def of(cls, text: str) -> "Typed":
        read = filter(None, (_ways_to_write(token) for token in tokens_of(text)))
        return cls(" ".join(words_of(text)), tuple(read))

    @property
    def is_telling(self) -> bool:
        words = sum(len(way) for ways in self.written for way in ways)
        return 0 < words <= MOST_WORDS

    def looked_for_in(self, language: str) -> Iterator[tuple[str, ...]]:
        """The language of the page, then all others together."""
        yield (language,)
        if len(self.text) >= SHORTEST_ELSEWHERE:
            yield tuple(code for code in LANGUAGES if code != language)

    def among(self, beginnings: Beginnings, language: str) -> BitMap:
        """What has a name in the language with a beginning of each word."""
        return BitMap.intersection(
            *(
                BitMap.union(
                    *(
                        BitMap.intersection(*(beginnings.having(language, word) for word in words))
                        for words in ways
                    )
                )
                for ways in self.written
            )
        )


def _ways_to_write(token: Token) -> tuple[tuple[str, ...], ...]:
    ways = (token.words, *((spelling,) for spelling in token.spellings))
    telling = (tuple(word for word in way if len(word) >= SHORTEST_WORD) for way in ways)
    return tuple(filter(None, telling))


class Named(NamedTuple):
    """A body, or a term of a code list, that is an option of a filter."""

    filter: str
    option: str
    # Language -> its names, as words with single spaces between.
    names: dict[str, list[str]]

    def begins_with(self, text: str, languages: Sequence[str]) -> bool:
        names = (name for language in languages for name in self.names.get(language, ()))
        return any(name.startswith(text) for name in names)


@dataclass(frozen=True, slots=True)
class Names:
    """Things in the order of a language, and the words in their names."""

    listed: list[Named]
    words: Beginnings

    @classmethod
    def of(cls, listed: list[Named]) -> "Names":
        texts = (
            (place, {language: " ".join(names) for language, names in thing.names.items()})
            for place, thing in enumerate(listed)
        )
        return cls(listed, Beginnings.of(texts))

    def best_first(self, typed: Typed, language: str) -> Iterator[Named]:
        known = BitMap()
        for languages in typed.looked_for_in(language):
            found = BitMap.union(*(typed.among(self.words, code) for code in languages)) - known
            known |= found
            yield from sorted(
                (self.listed[place] for place in found),
                key=lambda thing: not thing.begins_with(typed.text, languages),
            )


def suggestions(text: str, register: Register) -> list[Group]:
    """Groups of suggestions, without empty ones: at most two queries, and none for a short text."""
    typed = Typed.of(text)
    if not typed.is_telling:
        return []
    groups = [
        Group(_("Federal bodies"), list(_bodies(typed, register))[:MOST_BODIES]),
        Group(_("Subjects"), _subjects(typed, register)[:MOST_SUBJECTS]),
        Group(_("Processing activities"), _entries(typed, register)),
    ]
    return [group for group in groups if group.suggestions]


def as_asked(text: str) -> str:
    """The text in the one form in which it is asked for: what reads the same has one address."""
    return " ".join(plain(text.lower()).split())[:LONGEST_TEXT].strip()


def _bodies(typed: Typed, register: Register) -> Iterator[Suggestion]:
    for found in _names_of_bodies(register.revision)[register.language].best_first(
        typed, register.language
    ):
        body = register.directory.by_slug[found.option]
        yield Suggestion(body.name, body.short_name or "", body.get_absolute_url())


def _subjects(typed: Typed, register: Register) -> list[Suggestion]:
    """Terms that entries are filed under."""
    counts = register.facets.counts({})
    names = _names_of_terms(register.revision)
    return [
        Suggestion(
            register.name_of(found.filter, found.option),
            FILTERS[found.filter].label,
            address_of(found.filter, found.option),
        )
        for found in names.best_first(typed, register.language)
        if counts[found.filter][found.option]
    ]


def _entries(typed: Typed, register: Register) -> list[Suggestion]:
    keys = _titles_beginning_with(typed.text, register.language)
    order = register.facets.index.sorted_keys(register.language)
    index = register.facets.index
    for languages in typed.looked_for_in(register.language):
        for words in (index.title_words(), index.keyword_words()):
            if (missing := MOST_ENTRIES - len(keys)) > 0:
                found = BitMap.union(*(typed.among(words, language) for language in languages))
                keys += order.page((found & register.facets.entries) - BitMap(keys), 0, missing)
    found = summaries(keys, register.language, directory=register.directory) if keys else []
    return [
        Suggestion(entry.title, entry.body.call_name, entry.get_absolute_url()) for entry in found
    ]


def _titles_beginning_with(text: str, language: str) -> list[int]:
    """The first entries whose titles, as a page in the language shows them, begin so."""
    column = f"sort_{language}"
    first = sort_key(text).partition("\t")[0]
    rows = Publication.objects.current().filter(
        **{f"{column}__gte": first, f"{column}__lt": first + LAST}
    )
    return list(rows.order_by(column, "id").values_list("id", flat=True)[:MOST_ENTRIES])


@kept_until_changed("organisations")
def _names_of_bodies(revision: RegisterRevision) -> dict[str, Names]:
    """The bodies in the order of each language."""
    names: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        for body in directories(revision)[language]:
            written = [n for n in (body.name, body.short_name) if n and not n.is_fallback]
            folded = [_folded(name) for name in (*written, *body.former_names.splitlines())]
            names.setdefault(body.slug, {})[language] = folded
    return {
        language: Names.of([Named("body", body.slug, names[body.slug]) for body in directory])
        for language, directory in directories(revision).items()
    }


@kept_until_changed("code_lists")
def _names_of_terms(revision: RegisterRevision) -> Names:
    code_lists = code_lists_at(revision)
    return Names.of(
        [
            Named(name, code, _written(code_lists, of_list, code))
            for name, of_list in FILTERED_LISTS.items()
            for code in code_lists[LANGUAGES[0]][of_list]
        ]
    )


def _written(code_lists: dict, of_list: str, code: str) -> dict[str, list[str]]:
    labels = {language: code_lists[language][of_list][code].label for language in LANGUAGES}
    return {lang: [_folded(label)] for lang, label in labels.items() if not label.is_fallback}


def _folded(name: str) -> str:
    return " ".join(words_of(name))
