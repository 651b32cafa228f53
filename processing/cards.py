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
    version: int
    published_on: date

    def get_absolute_url(self) -> str:
        return reverse("processing:activity_detail", args=[self.body.slug, self.number])


def cards(publications: PublicationQuerySet, language: str, *, directory: Directory) -> list[Card]:
    """One query; every body of the publications must be in the directory."""
    rows = publications.values_list(
        "title", "summary", "organisation_id", "number", "version", "published_at"
    )
    return [
        Card(
            title=passage(title, language),
            summary=passage(summary, language),
            body=directory.by_id[organisation],
            number=number,
            version=version,
            published_on=localdate(published_at),
        )
        for title, summary, organisation, number, version, published_at in rows
        # A body that is hidden between the two queries takes its entries with it.
        if organisation in directory.by_id
    ]
