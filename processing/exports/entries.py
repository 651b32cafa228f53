"""What is public now, entry by entry, as the database gives it: never more than some hundreds."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from processing.exports.words import Words
from processing.models.publication import Publication
from processing.public_record import PublicRecord

AT_ONCE = 200


class Published(NamedTuple):
    """The current version of an entry."""

    record: PublicRecord
    version: int
    published_at: datetime

    def reference(self, words: Words) -> str:
        """What names the entry: its body and its number, as in its address."""
        return f"{words.slug(self.record.organisation)}/{self.record.number}"


def all_entries(**of: object) -> Iterator[Published]:
    """Every entry, or those of a body, by body and number: read by a cursor of the database."""
    current = Publication.objects.current().filter(**of).order_by("organisation_id", "number")
    for _key, *row in _rows(current).iterator(chunk_size=AT_ONCE):
        yield _published(*row)


def chosen_entries(keys: Sequence[int]) -> Iterator[Published]:
    """The publications with these keys, in their order."""
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        found = {key: row for key, *row in _rows(Publication.objects.current().filter(pk__in=some))}
        for key in some:
            if key in found:
                yield _published(*found[key])


def _rows(publications: QuerySet) -> QuerySet:
    # As text: Django would read the JSON of every record once more.
    stored = Cast("record", TextField())
    return publications.annotate(stored=stored).values_list(
        "pk", "stored", "version", "published_at"
    )


def _published(stored: str, version: int, published_at: datetime) -> Published:
    return Published(PublicRecord.from_text(stored), version, published_at)
