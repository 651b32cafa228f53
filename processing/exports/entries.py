"""What is public, entry by entry, as the database gives it: a few at a time.

Its current versions, or its history: all versions of what is public now, and of what was withdrawn
that and when.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, F, Func, JSONField, QuerySet, When
from django.db.models.expressions import Combinable
from psycopg.adapt import Loader

from organisations.read_snapshot import public_connection
from processing.exports.words import Words
from processing.models.publication import Publication
from processing.public_record import FORMAT, PublicRecord, reader

# Few, because each may hold hundreds of thousands of characters. Up to four times as many wait
# here and there.
AT_ONCE = 25
# So often the database is asked ahead. Were it once, the thread beside would get to ask only when
# the other one waits already: Python lets one work at a time. So it goes from answer to question.
AHEAD = 2


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


class Entries:
    """Entries that are read from the database anew each time that somebody goes through them."""

    def __init__(self, read: Callable[[Sequence[str]], Iterator[Published | Withdrawal]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Published | Withdrawal]:
        return self._read(())

    def with_only(self, *fields: str) -> Iterator[Published | Withdrawal]:
        """Their records lack all other fields: that takes a fraction of the time."""
        return self._read(fields)


def all_entries(**of: object) -> Entries:
    """Every entry, or those of a body, by body and number: read by a cursor of the database."""
    current = Publication.objects.current().filter(**of).order_by("organisation_id", "number")

    def read(fields: Sequence[str]) -> Iterator[Published]:
        record_of = reader(*fields)
        for _key, stored, *about in _ahead(_rows(_told(current, fields))):
            yield Published(record_of(stored), *about)

    return Entries(read)


def chosen_entries(keys: Sequence[int]) -> Entries:
    """The publications with these keys, in their order."""

    def read(fields: Sequence[str]) -> Iterator[Published]:
        record_of = reader(*fields)
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            rows = _rows(_told(Publication.objects.current().filter(pk__in=some), fields))
            found = {key: row for key, *row in rows}
            for key in some:
                if key in found:
                    stored, *about = found[key]
                    yield Published(record_of(stored), *about)

    return Entries(read)


def all_history(**of: object) -> Entries:
    """Everything that happened, or to the entries of a body."""
    return _history(Publication.objects.events().filter(**of))


def chosen_history(keys: Sequence[int]) -> Entries:
    """All versions of the entries with these publications."""
    return _history(Publication.objects.filter(pk__in=keys).with_earlier_versions())


def _history(versions: QuerySet) -> Entries:
    """By body, number and version."""
    versions = versions.order_by("organisation_id", "number", "version")

    def read(fields: Sequence[str]) -> Iterator[Published | Withdrawal]:
        record_of = reader(*fields)
        # What was withdrawn is not even read.
        stored = Case(When(withdrawn_at__isnull=True, then=_stored(fields)))
        rows = versions.annotate(stored=stored).values_list(
            *("organisation_id", "number", "withdrawn_at", "stored", "version", "published_at"),
            *("is_current", "changed_fields"),
        )
        for organisation, number, withdrawn_at, stored, *about in _ahead(_rows(rows)):
            if withdrawn_at:
                yield Withdrawal(organisation, number, withdrawn_at)
            else:
                yield Published(record_of(stored), *about)

    return Entries(read)


def _ahead(rows: Iterator[tuple]) -> Iterator[tuple]:
    """The rows. The database is asked for the next ones while these become a part of a file."""

    def read() -> list[tuple]:
        return list(islice(rows, AT_ONCE))

    # The first in this thread, which has the connection and its snapshot.
    some = read()
    with ThreadPoolExecutor(max_workers=1) as reading:
        coming = deque(reading.submit(read) for _ in range(AHEAD if some else 0))
        try:
            while some:
                yield from some
                some = coming.popleft().result()
                coming.append(reading.submit(read))
        finally:
            # Whoever leaves waits for what is read by now, for nothing more.
            for each in coming:
                each.cancel()


def _told(publications: QuerySet, fields: Sequence[str]) -> QuerySet:
    return publications.values_list("pk", _stored(fields), "version", "published_at")


def _stored(fields: Sequence[str]) -> Combinable:
    """The record; with `fields`, without the others, where it has the format of today."""
    if not fields:
        return F("record")
    # The format, by which it is known how to read the record, is no field of it and stays.
    others = set(PublicRecord.__struct_fields__).difference(fields)
    return _Without("record", others=",".join(sorted(others)), format=FORMAT)


class _Without(Func):
    # Each operator would unpack what is stored packed: `||`, which adds nothing, does it once.
    template = (
        "(SELECT CASE WHEN whole -> 'format' = '%(format)s' THEN whole - '{%(others)s}'::text[]"
        " ELSE whole END FROM (SELECT %(expressions)s || '{}' AS whole OFFSET 0) AS unpacked)"
    )
    output_field = JSONField()


def _rows(queryset: QuerySet) -> Iterator[tuple]:
    """What a query of the ORM finds, by a cursor of the database; JSON as bytes, which Django
    would read.
    """
    try:
        asked = queryset.query.sql_with_params()
    except EmptyResultSet:  # of no keys
        return
    with public_connection().chunked_cursor() as cursor:
        cursor.cursor.adapters.register_loader("jsonb", _AsStored)
        cursor.execute(*asked)
        while some := cursor.fetchmany(AT_ONCE):
            yield from some


class _AsStored(Loader):
    def load(self, data: bytes) -> bytes:
        return bytes(data)
