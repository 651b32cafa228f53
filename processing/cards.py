"""A published entry in a list: title, summary and body, without its whole record."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from organisations.directory import Body, Directory
from organisations.languages import Passage, passage
from processing.models.publication import PublicationQuerySet


@dataclass(frozen=True, slots=True)
class Card:
    title: Passage
    summary: Passage | None
    body: Body
    number: int
    published_on: date

    def get_absolute_url(self) -> str:
        return reverse("processing:activity_detail", args=[self.body.slug, self.number])

    @property
    def has_fallback(self) -> bool:
        """Whether some text stands in another language than the page's."""
        texts = (self.title, self.summary, self.body.call_name)
        return any(text.is_fallback for text in texts if text)


def cards(publications: PublicationQuerySet, language: str, *, directory: Directory) -> list[Card]:
    """One query; every body of the publications must be in the directory."""
    rows = publications.values_list("title", "summary", "organisation_id", "number", "published_at")
    return [
        Card(
            title=passage(title, language),
            summary=passage(summary, language),
            body=directory.by_id[organisation],
            number=number,
            published_on=localdate(published_at),
        )
        for title, summary, organisation, number, published_at in rows
        # A body that is hidden between the two queries takes its entries with it.
        if organisation in directory.by_id
    ]
