"""What differs between two versions of an entry, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from organisations.languages import Passage
from processing.entry.answers import Answer, Entry, Item

WORDS = re.compile(r"\s+|[^\s]+")
# Below this share of common words, marking single words confuses: the whole text counts as new.
LEAST_ALIKE = 0.5
# Matching takes time with the product of both lengths: some 600 words against 600 is enough.
MOST_PAIRS = 1_500_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both versions have, or only one of them."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What one version says at this place."""

    pieces: list[Piece]
    language: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. Without `before` it was added, without `after` it was removed."""

    place: str
    before: Side | None
    after: Side | None


@dataclass(frozen=True, slots=True)
class ChangedSection:
    title: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Line:
    place: str
    text: str
    language: str


def compare(before: Entry, after: Entry) -> list[ChangedSection]:
    """The differences by section, the name and the summary first."""
    head = list(_changes(_head(before), _head(after)))
    sections = [ChangedSection(_("Name and summary"), head)]
    # Both have every section of the site, in the same order.
    for old, new in zip(before.sections, after.sections, strict=True):
        sections.append(
            ChangedSection(new.title, list(_changes(_lines(old.items), _lines(new.items))))
        )
    return [section for section in sections if section.changes]


def _head(entry: Entry) -> list[Line]:
    places = (
        (_("Name"), entry.name),
        (_("Summary"), entry.summary),
        (_("How to use one's rights"), entry.rights_procedure),
    )
    return [_line(place, text) for place, text in places if text]


def _lines(items: list[Item]) -> list[Line]:
    lines = []
    for item in items:
        title = str(item.title or "")
        if title:
            lines.append(_line("", item.title))
        for row in item.rows:
            place = " – ".join(filter(None, (title, row.label)))
            lines += [_line(place, answer) for answer in row.answers]
    return lines


def _line(place: str, answer: Answer) -> Line:
    language = answer.language if isinstance(answer, Passage) and answer.is_fallback else ""
    return Line(place, str.__str__(answer), language)


def _changes(before: list[Line], after: list[Line]) -> Iterator[Change]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        old, new = before[a1:a2], after[b1:b2]
        for pair in _pairs(old, new):
            yield _change(*pair)


def _pairs(old: list[Line], new: list[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    """Put the lines of the same place next to each other; the others stand alone."""
    waiting = list(new)
    for line in old:
        partner = next((other for other in waiting if other.place == line.place), None)
        if partner and line.place:
            waiting.remove(partner)
        else:
            partner = None
        yield line, partner
    for line in waiting:
        yield None, line


def _change(old: Line | None, new: Line | None) -> Change:
    if old and new and old.language == new.language:
        before, after = _sides(old, new)
    else:
        before = old and Side([Piece(old.text, True)], old.language)
        after = new and Side([Piece(new.text, True)], new.language)
    return Change((new or old).place, before, after)


def _sides(old: Line, new: Line) -> tuple[Side, Side]:
    """Both texts with the words marked that the other does not have."""
    words, other_words = WORDS.findall(old.text), WORDS.findall(new.text)
    matcher = SequenceMatcher(a=words, b=other_words, autojunk=False)
    if len(words) * len(other_words) > MOST_PAIRS or matcher.ratio() < LEAST_ALIKE:
        return Side([Piece(old.text, True)], old.language), Side(
            [Piece(new.text, True)], new.language
        )
    before, after = [], []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        before.append(Piece("".join(words[a1:a2]), kind != "equal"))
        after.append(Piece("".join(other_words[b1:b2]), kind != "equal"))
    return Side(_joined(before), old.language), Side(_joined(after), new.language)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Without empty pieces; a space between two changed words belongs to the change."""
    filled = [piece for piece in pieces if piece.text]
    joined: list[Piece] = []
    for position, piece in enumerate(filled):
        between = 0 < position < len(filled) - 1 and not piece.text.strip()
        changed = piece.is_changed or between
        if joined and joined[-1].is_changed == changed:
            joined[-1] = Piece(joined[-1].text + piece.text, changed)
        else:
            joined.append(Piece(piece.text, changed))
    return joined
