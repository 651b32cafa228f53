"""Showing where the words of a search stand in a text."""

from collections.abc import Set
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from organisations.languages import Passage
from processing.finding.search_documents import passages
from processing.finding.spelling import found_in
from processing.public_record import PublicRecord

# How much of a long text is shown around the first word that was found.
BEFORE, AFTER = 80, 160
# How much of a summary stands in a list: two lines on a desk, three on a phone.
LONGEST_BEGINNING = 130
# That there is more stands in the line of the last word.
LEFT_OUT = "\N{NO-BREAK SPACE}…"


class Highlighted(Passage):
    """A text that renders with some of its words in <mark>."""

    __slots__ = ("places",)

    # From where to where each of the words stands.
    places: list[tuple[int, int]]

    @classmethod
    def of(cls, text: Passage, words: Set[str]) -> "Highlighted":
        highlighted = cls(text.plain, text.language, text.page_language)
        highlighted.places = list(found_in(highlighted.plain, words))
        return highlighted

    def __html__(self) -> SafeString:
        pieces, end = [], 0
        plain = self.plain
        for first, last in self.places:
            pieces += [escape(plain[end:first]), "<mark>", escape(plain[first:last]), "</mark>"]
            end = last
        # Every piece of text is escaped above.
        html = mark_safe("".join([*pieces, escape(plain[end:])]))  # noqa: S308
        if self.is_fallback:
            return format_html('<span lang="{}">{}</span>', self.language, html)
        return html

    @property
    def is_found(self) -> bool:
        return bool(self.places)


def snippet(record: PublicRecord, language: str, words: Set[str]) -> Highlighted | None:
    """The stretch of the record's texts around the first of the words."""
    for _weight, text in passages(record, language):
        for start, end in found_in(text.plain, words):
            return Highlighted.of(_cut(text, start, end), words)
    return None


def beginning(text: Passage, words: Set[str] = frozenset()) -> Passage:
    """As much of a text as a list shows; if none of the words stands there, from the first on."""
    plain = text.plain
    if len(plain) <= LONGEST_BEGINNING:
        return text
    start, end = next(iter(found_in(plain, words)), (0, 0)) if words else (0, 0)
    if end > LONGEST_BEGINNING:
        return _cut(text, start, end, before=LONGEST_BEGINNING // 3, after=LONGEST_BEGINNING // 2)
    last = plain.rfind(" ", 0, LONGEST_BEGINNING + 1)
    cut = plain[: last if last > 0 else LONGEST_BEGINNING].rstrip(",;:–- ")
    return Passage(f"{cut}{LEFT_OUT}", text.language, text.page_language)


def _cut(
    text: Passage, start: int, end: int, *, before: int = BEFORE, after: int = AFTER
) -> Passage:
    plain = text.plain
    first = plain.rfind(" ", 0, max(start - before, 0)) + 1
    last = plain.find(" ", end + after)
    cut = plain[first:] if last == -1 else plain[first:last]
    told = ("… " if first else "") + cut + ("" if last == -1 else LEFT_OUT)
    return Passage(told, text.language, text.page_language)
