"""What differs between two versions of an entry, in words."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz.distance import Indel

from organisations.languages import Passage
from processing.entry.answers import Answer, Entry, Link, Section
from processing.entry.sections import NAME_AND_SUMMARY

# A word with the space behind it.
WORDS = re.compile(r"\S+\s*|\s+")
# Below this share of common words, marking single words confuses: the whole text counts as new.
LEAST_ALIKE = 0.5
# A single short word between two changes says nothing about what stayed.
SHORT = 4
# What the texts of one comparison may take together: pairs of a word before and one after (the
# longest text has ten million), and stretches that changed or stayed. Those for which it does not
# suffice are told as wholes.
MOST_PAIRS = 40_000_000
MOST_STRETCHES = 1_000


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


@dataclass(frozen=True, slots=True)
class Stretch:
    """From where to where in what was before and in what is after; the same in both, or not."""

    is_same: bool
    before: slice
    after: slice


class Effort:
    """What comparing may still take."""

    def __init__(self) -> None:
        self._pairs, self._stretches = MOST_PAIRS, MOST_STRETCHES

    def stretches(self, before: Sequence, after: Sequence) -> list[Stretch] | None:
        """How one list becomes the other with most in common, None where that takes too much."""
        pairs = len(before) * len(after)
        if pairs > self._pairs:
            return None
        self._pairs -= pairs
        return list(_stretches(before, after))

    def suffices_for(self, stretches: list[Stretch]) -> bool:
        if len(stretches) > self._stretches:
            return False
        self._stretches -= len(stretches)
        return True


def compare(before: Entry, after: Entry) -> list[ChangedSection]:
    """The differences by section, the name and the summary first."""
    effort = Effort()
    head = list(_changes(_head(before), _head(after), effort))
    sections = [ChangedSection(str(NAME_AND_SUMMARY), head)]
    # Both have every section of the site, in the same order.
    for old, new in zip(before.sections, after.sections, strict=True):
        changes = list(_changes(_lines(old), _lines(new), effort))
        sections.append(ChangedSection(new.title, changes))
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


def _changes(before: list[Line], after: list[Line], effort: Effort) -> Iterator[Change]:
    everything = [Stretch(False, slice(None), slice(None))]
    for stretch in effort.stretches(before, after) or everything:
        if not stretch.is_same:
            for old, new in _pairs(before[stretch.before], after[stretch.after]):
                # The same stands in both where nobody has looked how the one became the other.
                if old != new:
                    yield _change(old, new, effort)


def _pairs(old: list[Line], new: list[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    """Put the lines of the same place next to each other; the others stand alone."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for number, line in enumerate(new):
        if line.place:
            waiting[line.place].append(number)
    alone = set(range(len(new)))
    for line in old:
        partner = None
        if places := waiting.get(line.place):
            alone.discard(number := places.popleft())
            partner = new[number]
        yield line, partner
    for number in sorted(alone):
        yield None, new[number]


def _change(old: Line | None, new: Line | None, effort: Effort) -> Change:
    place = (new or old).place
    if old and new and old.language == new.language and (told := _word_by_word(old, new, effort)):
        return Change(place, *told)
    before = old and Side([Piece(old.text, True)], old.language)
    after = new and Side([Piece(new.text, True)], new.language)
    return Change(place, before, after)


def _word_by_word(
    old: Line, new: Line, effort: Effort
) -> tuple[Side, Side, tuple[MixedPiece, ...]] | None:
    """Both texts with the words marked that the other does not have, each and in one.

    None where they have too few words in common for that.
    """
    words, other_words = WORDS.findall(old.text), WORDS.findall(new.text)
    stretches = effort.stretches(words, other_words)
    if stretches is None:
        return None
    stretches = _readable(stretches, words)
    same = sum(_length(stretch.before) for stretch in stretches if stretch.is_same)
    if 2 * same < LEAST_ALIKE * (len(words) + len(other_words)):
        return None
    if not effort.suffices_for(stretches):
        return None
    before, after, mixed = [], [], []
    for stretch in stretches:
        removed = "".join(words[stretch.before])
        added = "".join(other_words[stretch.after])
        before.append(Piece(removed, not stretch.is_same))
        after.append(Piece(added, not stretch.is_same))
        pieces = [("", added)] if stretch.is_same else [("del", removed), ("ins", added)]
        mixed += [MixedPiece(text, tag) for tag, text in pieces if text]
    return Side(_joined(before), old.language), Side(_joined(after), new.language), tuple(mixed)


def _stretches(before: Sequence, after: Sequence) -> Iterator[Stretch]:
    """By what both have, in the order of both."""
    a = b = 0
    # The last of these is empty, and stands at the end.
    for block in Indel.opcodes(before, after).as_matching_blocks():
        if (a, b) != (block.a, block.b):
            yield Stretch(False, slice(a, block.a), slice(b, block.b))
        a, b = block.a + block.size, block.b + block.size
        if block.size:
            yield Stretch(True, slice(block.a, a), slice(block.b, b))


def _readable(stretches: list[Stretch], words: list[str]) -> list[Stretch]:
    """With short words that stayed between two changes as parts of one change."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if len(joined) > 1 and not stretch.is_same:
            first, between = joined[-2:]
            if _length(between.before) == 1 and len(words[between.before][0].strip()) <= SHORT:
                del joined[-2:]
                before = slice(first.before.start, stretch.before.stop)
                after = slice(first.after.start, stretch.after.stop)
                stretch = Stretch(False, before, after)
        joined.append(stretch)
    return joined


def _length(stretch: slice) -> int:
    return stretch.stop - stretch.start


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
