"""What is public, entry by entry, as the database gives it: never more than some hundreds.

Its current versions, or its history: all versions of what is public now, and of what was withdrawn
that and when.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db.models import Case, QuerySet, TextField, When
from django.db.models.functions import Cast

from processing.exports.words import Words
from processing.models.publication import Publication
from processing.public_record import PublicRecord

AT_ONCE = 200


class Published(NamedTuple):
    """A version of an entry."""

    record: PublicRecord
    version: int
    published_at: datetime
    is_current: bool = True
    # The fields of the record that it tells otherwise than the version before it.
    changed_fields: Sequence[str] = ()

    withdrawn_at = None

    def reference(self, words: Words) -> str:
        """What names the entry: its body and its number, as in its address."""
        return f"{words.slug(self.record.organisation)}/{self.record.number}"


class Withdrawal(NamedTuple):
    """An entry that was withdrawn: that and when is all that may be told."""

    organisation: int
    number: int
    withdrawn_at: datetime

    record = version = published_at = is_current = None
    changed_fields = ()

    def reference(self, words: Words) -> str:
        return f"{words.slug(self.organisation)}/{self.number}"


def all_entries(**of: object) -> Iterator[Published]:
    """Every entry, or those of a body, by body and number: read by a cursor of the database."""
    current = Publication.objects.current().filter(**of).order_by("organisation_id", "number")
    for _key, *row in _ahead(_rows(current).iterator(chunk_size=AT_ONCE)):
        yield _published(*row)


def chosen_entries(keys: Sequence[int]) -> Iterator[Published]:
    """The publications with these keys, in their order."""
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        found = {key: row for key, *row in _rows(Publication.objects.current().filter(pk__in=some))}
        for key in some:
            if key in found:
                yield _published(*found[key])


def all_history(**of: object) -> Iterator[Published | Withdrawal]:
    """Everything that happened, or to the entries of a body."""
    return _history(Publication.objects.events().filter(**of))


def chosen_history(keys: Sequence[int]) -> Iterator[Published | Withdrawal]:
    """All versions of the entries with these publications."""
    return _history(Publication.objects.filter(pk__in=keys).with_earlier_versions())


def _history(versions: QuerySet) -> Iterator[Published | Withdrawal]:
    """By body, number and version."""
    # What was withdrawn is not even read.
    stored = Case(When(withdrawn_at__isnull=True, then=Cast("record", TextField())))
    rows = versions.annotate(stored=stored).order_by("organisation_id", "number", "version")
    rows = rows.values_list(
        *("organisation_id", "number", "withdrawn_at", "stored", "version", "published_at"),
        *("is_current", "changed_fields"),
    )
    for organisation, number, withdrawn_at, *version in _ahead(rows.iterator(chunk_size=AT_ONCE)):
        if withdrawn_at:
            yield Withdrawal(organisation, number, withdrawn_at)
        else:
            yield _published(*version)


def _ahead(rows: Iterator[tuple]) -> Iterator[tuple]:
    """The rows. The database is asked for the next ones while these become a part of a file."""
    # The first in this thread, which has the connection and its snapshot.
    some = list(islice(rows, AT_ONCE))
    with ThreadPoolExecutor(max_workers=1) as reader:
        while some:
            following = reader.submit(lambda: list(islice(rows, AT_ONCE)))
            yield from some
            some = following.result()


def _rows(publications: QuerySet) -> QuerySet:
    # As text: Django would read the JSON of every record once more.
    stored = Cast("record", TextField())
    return publications.annotate(stored=stored).values_list(
        "pk", "stored", "version", "published_at"
    )


def _published(stored: str, *rest) -> Published:
    return Published(PublicRecord.from_text(stored), *rest)
