"""A published entry in a list: title, summary and body, without its whole record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

from organisations.directory import Body, Directory
from organisations.languages import Passage, Text, passage
from processing.finding.highlighting import Highlighted, beginning, snippet
from processing.finding.search import Search
from processing.law import ActsAs
from processing.public_record import PublicRecord, reader
from processing.public_rows import RECORD, rows_of

_texts = msgspec.json.Decoder(Text).decode
# What a list tells of most entries: a tenth of their records.
_head = reader("organisation", "number", "acts_as", "name", "summary")


@dataclass(frozen=True, slots=True)
class Summary:
    title: Passage
    summary: Passage | None
    body: Body
    number: int
    published_on: date
    acts_as: str
    # Only as the result of a search: the title and the summary with the words that were found, a
    # stretch of another text when they are in neither, and what the entry is filed under else.
    shown_title: Passage
    shown_summary: Passage | None
    found: Highlighted | None = None
    filed_under: Sequence[Passage] = ()

    @property
    def is_on_behalf_of_others(self) -> bool:
        return self.acts_as == ActsAs.PROCESSOR

    def get_absolute_url(self) -> str:
        # Not reverse(): a page of 25 would spend a millisecond on it.
        return f"/{get_language()}/processing/{self.body.slug}/{self.number}/"

    @property
    def has_fallback(self) -> bool:
        """Whether some text stands in another language than the page's."""
        texts = (self.title, self.summary, self.body.call_name)
        return any(text.is_fallback for text in texts if text)


def summaries(keys: Sequence[int], language: str, *, directory: Directory) -> list[Summary]:
    """The publications with these keys, in their order: one query."""
    columns = ("title", "summary", "organisation_id", "number", "published_at", "acts_as")
    zone = get_current_timezone()
    found = {}
    for key, title, summary, organisation, number, published_at, role in rows_of(keys, *columns):
        name, text = passage(_texts(title), language), passage(_texts(summary), language)
        body = directory.by_id[organisation]
        day = published_at.astimezone(zone).date()
        shown = text and beginning(text)
        found[key] = Summary(name, text, body, number, day, role, name, shown)
    return [found[key] for key in keys]


def summaries_of_search(
    keys: Sequence[int], language: str, *, directory: Directory, search: Search
) -> list[Summary]:
    """The same, with the words of the search highlighted where they stand: one query."""
    zone = get_current_timezone()
    found = {}
    for key, stored, published_at in rows_of(keys, RECORD, "published_at"):
        record = _head(stored.encode())
        name, text = passage(record.name, language), passage(record.summary, language)
        title = Highlighted.of(name, search.highlighted_words)
        shown = text and beginning(text, search.highlighted_words)
        summary = shown and Highlighted.of(shown, search.highlighted_words)
        is_found = title.is_found or (summary and summary.is_found)
        elsewhere = None if is_found else _elsewhere(stored, language, search)
        found[key] = Summary(
            title=name,
            summary=text,
            body=directory.by_id[record.organisation],
            number=record.number,
            published_on=published_at.astimezone(zone).date(),
            acts_as=record.acts_as,
            shown_title=title,
            shown_summary=summary,
            found=elsewhere,
            filed_under=() if is_found or elsewhere else search.names_of(key),
        )
    return [found[key] for key in keys]


def _elsewhere(stored: str, language: str, search: Search) -> Highlighted | None:
    """A stretch of the other texts of a record with the words of the search."""
    return snippet(PublicRecord.from_text(stored), language, search.highlighted_words)
