"""Rows of current entries for the pages that are asked for most.

Which they are, PublicationQuerySet.current() says. To make SQL of it takes the ORM several times as
long as the database takes to answer, so that is done once in a process.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db.models import Expression, TextField
from django.db.models.functions import Cast

from organisations.read_snapshot import public_connection
from processing.finding.key_sets import sql_array
from processing.models.publication import Publication
from processing.public_record import PublicRecord

# As text: reading JSON twice would take longer than all the rest.
RECORD = Cast("record", TextField())


class CurrentVersion(NamedTuple):
    """What the page of an entry shows."""

    number: int
    version: int
    published_at: datetime
    public_record: PublicRecord


def current_version(slug: str, number: int) -> CurrentVersion | None:
    """The entry with this address, if it is public now: one query."""
    sql, marks = _sql_of_entry()
    given = {SLUG: slug, NUMBER: number}
    rows = _rows(sql, [given[mark] for mark in marks])
    if not rows:
        return None
    *known, record = rows[0]
    return CurrentVersion(*known, PublicRecord.from_text(record))


def rows_of(keys: Sequence[int], *columns: str | Expression) -> list[tuple]:
    """The key and these columns of the entries with these keys, in no order: one query.

    JSON comes as text.
    """
    return _rows(_sql_of_keys(columns), [sql_array(keys)])


def _rows(sql: str, values: list) -> list[tuple]:
    with public_connection().cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


# What stands for the slug and the number in the SQL that is kept.
SLUG, NUMBER = "any-body", 1


@cache
def _sql_of_entry() -> tuple[str, tuple]:
    entries = Publication.objects.current().at(SLUG, NUMBER)
    columns = entries.values_list("number", "version", "published_at", RECORD)
    return columns.query.sql_with_params()


@cache
def _sql_of_keys(columns: tuple[str | Expression, ...]) -> str:
    entries = Publication.objects.current().filter(pk__in=[0]).values_list("pk", *columns)
    sql, _keys = entries.query.sql_with_params()
    return sql.replace("IN (%s)", "= ANY(%s::bigint[])")
