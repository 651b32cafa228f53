"""One moment of one database for everything that a public answer reads.

What is read at different moments, or from different replicas, may not fit together: an older page
would be kept under a newer tag, or counts would differ from the list beside them.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import IsolationLevel

from organisations.models import Revision

# The database as citizens may read it, where it has an address of its own (PUBLIC_DATABASE_URL).
PUBLIC = "public"
_thread = threading.local()


class PublicReads:
    """Django's router: what a public page reads, it reads as citizens may."""

    def db_for_read(self, model: type, **hints: object) -> str | None:
        return PUBLIC if getattr(_thread, "is_public", False) else None

    def allow_relation(self, *objects: object, **hints: object) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db != PUBLIC


@contextmanager
def public_reads() -> Iterator[None]:
    """Let all that is read meanwhile be read as PublicReads says, where settings name it."""
    before = getattr(_thread, "is_public", False)
    _thread.is_public = True
    try:
        yield
    finally:
        _thread.is_public = before


def no_public_reads(**_signal: object) -> None:
    """A request begins as any other, whatever an earlier one of this thread left behind."""
    _thread.is_public = False


def public_connection() -> BaseDatabaseWrapper:
    """The connection that reads of public data go through, those in raw SQL too."""
    return connections[router.db_for_read(Revision)]


@contextmanager
def read_snapshot() -> Iterator[None]:
    """Let all that is read see the state of the database at the first query (REPEATABLE READ).

    Within a transaction that has begun already, such as that of a test, it changes nothing.
    """
    connection = public_connection()
    if connection.in_atomic_block:
        yield
        return
    # Not when the transaction begins: another connection would know nothing of what follows.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    # psycopg begins the next transactions so: no statement of its own.
    session = connection.connection
    session.isolation_level, session.read_only = IsolationLevel.REPEATABLE_READ, True
    try:
        with transaction.atomic(using=connection.alias):
            yield
    finally:
        if not session.closed:
            session.isolation_level = session.read_only = None


@contextmanager
def without_time_limit() -> Iterator[None]:
    """Let the database take longer than STATEMENT_TIMEOUT: for what no visitor can make longer."""
    connection = public_connection()

    def limit(value: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout')")
            (before,) = cursor.fetchone()
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [value])
        return before

    before = limit("0")
    try:
        yield
    except BaseException:
        # The end of a transaction that failed brings the limit back.
        if not connection.in_atomic_block:
            limit(before)
        raise
    limit(before)
