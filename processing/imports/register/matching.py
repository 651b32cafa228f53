"""Which activity of the register a draft tells of: by its reference, else by its name."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from organisations.languages import LANGUAGES
from organisations.models import Organisation
from processing.imports.values import words_of

NAMES = tuple(f"name_{language}" for language in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Match:
    """The activity of the register that is meant, by its key; or why none is told."""

    activity: int | None = None
    # Told by the name alone: somebody should look.
    is_by_name: bool = False
    # One of reasons.NOT_IMPORTED.
    refused: str = ""


@dataclass(slots=True)
class Known:
    """What the activities of a body are called."""

    references: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)
    # Those that have a reference of their own.
    referred: set[int] = field(default_factory=set)

    def add(self, key: int, reference: str, names: Iterable[str]) -> None:
        if words := reference_of(reference):
            self.references.setdefault(words, []).append(key)
            self.referred.add(key)
        for name in {words for name in names if (words := words_of(name))}:
            self.names.setdefault(name, []).append(key)

    def find(self, reference: str, names: Iterable[str], *, joins_by_name: bool) -> Match:
        """Another reference makes another activity, whatever its name."""
        words = reference_of(reference)
        by_reference = self.references.get(words, []) if words else []
        if by_reference:
            return self._only(by_reference, is_by_name=False)
        if not joins_by_name:
            return Match()
        found = {key for name in names for key in self.names.get(words_of(name), ())}
        if words:
            found -= self.referred
        return self._only(sorted(found), is_by_name=True)

    def _only(self, found: list[int], *, is_by_name: bool) -> Match:
        if len(found) > 1:
            return Match(refused="ambiguous")
        return Match(found[0], is_by_name) if found else Match()


def reference_of(text: str) -> str:
    """1.10 is another reference than 1.1, and than 110."""
    return " ".join(text.split()).casefold()


def known_of(organisation: Organisation) -> Known:
    """What the activities of the body are called now: one query."""
    known = Known()
    rows = organisation.activities.order_by("number")
    for key, reference, *names in rows.values_list("pk", "reference", *NAMES):
        known.add(key, reference, filter(None, names))
    return known
