"""What differs between two versions of an entry, in words."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from organisations.languages import Passage
from processing.entry.answers import Answer, Entry, Link, Section
from processing.entry.sections import NAME_AND_SUMMARY

# A word with the space behind it.
WORDS = re.compile(r"\S+\s*|\s+")
# Below this share of common words, marking single words confuses: the whole text counts as new.
LEAST_ALIKE = 0.5
# Matching takes time with the number of pairs of equal words: long and monotonous texts are
# compared as wholes.
MOST_PAIRS = 10_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both versions have, or only one of them."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class MixedPiece:
    """A stretch of text that both versions have; or only the one before (del) or after (ins)."""

    text: str
    tag: str = ""


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
    # Both in one text, where they have enough words in common.
    mixed: tuple[MixedPiece, ...] = ()


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
    sections = [ChangedSection(str(NAME_AND_SUMMARY), head)]
    # Both have every section of the site, in the same order.
    for old, new in zip(before.sections, after.sections, strict=True):
        sections.append(ChangedSection(new.title, list(_changes(_lines(old), _lines(new)))))
    return [section for section in sections if section.changes]


def _head(entry: Entry) -> list[Line]:
    places = (
        (_("Name"), entry.name),
        (_("Summary"), entry.summary),
        (_("How to use one's rights"), entry.rights_procedure),
    )
    return [_line(place, text) for place, text in places if text]


def _lines(section: Section) -> list[Line]:
    # That there is nothing is an answer, and no answer is none.
    lines = [] if section.items or not section.declared else [_line("", section.declared)]
    for item in section.items:
        title = str(item.title or "")
        if title:
            lines.append(_line("", item.title))
        for row in item.rows:
            place = " – ".join(filter(None, (title, row.label)))
            lines += [_line(place, answer) for answer in row.answers]
    return lines


def _line(place: str, answer: Answer) -> Line:
    language = answer.language if isinstance(answer, Passage) and answer.is_fallback else ""
    text = str.__str__(answer)
    if isinstance(answer, Link) and not answer.url.startswith("/") and answer.url != text:
        # Somebody chose where it leads: another address is another answer.
        text = f"{text} ({answer.url})"
    return Line(place, text, language)


def _changes(before: list[Line], after: list[Line]) -> Iterator[Change]:
    for kind, a1, a2, b1, b2 in _steps(before, after) or [
        ("replace", 0, len(before), 0, len(after))
    ]:
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
    place = (new or old).place
    if old and new and old.language == new.language and (told := _word_by_word(old, new)):
        return Change(place, *told)
    before = old and Side([Piece(old.text, True)], old.language)
    after = new and Side([Piece(new.text, True)], new.language)
    return Change(place, before, after)


def _word_by_word(old: Line, new: Line) -> tuple[Side, Side, tuple[MixedPiece, ...]] | None:
    """Both texts with the words marked that the other does not have, each and in one.

    None where they have too few words in common for that.
    """
    words, other_words = WORDS.findall(old.text), WORDS.findall(new.text)
    steps = _steps(words, other_words)
    same = sum(a2 - a1 for kind, a1, a2, _b1, _b2 in steps or [] if kind == "equal")
    if 2 * same < LEAST_ALIKE * (len(words) + len(other_words)):
        return None
    before, after, mixed = [], [], []
    for kind, a1, a2, b1, b2 in steps:
        removed, added = "".join(words[a1:a2]), "".join(other_words[b1:b2])
        before.append(Piece(removed, kind != "equal"))
        after.append(Piece(added, kind != "equal"))
        pieces = [("", added)] if kind == "equal" else [("del", removed), ("ins", added)]
        mixed += [MixedPiece(text, tag) for tag, text in pieces if text]
    return Side(_joined(before), old.language), Side(_joined(after), new.language), tuple(mixed)


def _steps(before: list, after: list) -> list[tuple[str, int, int, int, int]] | None:
    """How one list becomes the other (as difflib tells it), None where that would take too long."""
    counted, other = Counter(before), Counter(after)
    if sum(number * other[value] for value, number in counted.items()) > MOST_PAIRS:
        return None
    return SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Without empty pieces, neighbours of a kind together, no mark on the space behind a change."""
    joined: list[Piece] = []
    for piece in pieces:
        text = piece.text
        if joined and joined[-1].is_changed and not piece.is_changed:
            changed = joined[-1].text.rstrip()
            text = joined[-1].text[len(changed) :] + text
            joined[-1] = Piece(changed, True)
        if joined and text and joined[-1].is_changed == piece.is_changed:
            joined[-1] = Piece(joined[-1].text + text, piece.is_changed)
        elif text:
            joined.append(Piece(text, piece.is_changed))
    return joined
