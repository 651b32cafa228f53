"""One moment of one database for everything that a public answer reads.

What is read at different moments, or from different replicas, may not fit together: an older page
would be kept under a newer tag, or counts would differ from the list beside them.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection, IsolationLevel
from psycopg.errors import SerializationFailure

from organisations import public_servers
from organisations.public_servers import ServerUnfit

_thread = threading.local()


class PublicReads:
    """Django's router: what a public page reads, it reads as citizens may, all from one server."""

    def db_for_read(self, model: type, **hints: object) -> str | None:
        return server_of_now()

    def allow_relation(self, *objects: object, **hints: object) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db not in settings.PUBLIC_SERVERS


def server_of_now() -> str | None:
    """That which this thread reads a public page from; None elsewhere."""
    return getattr(_thread, "server", None)


@contextmanager
def public_snapshot() -> Iterator[None]:
    """As read_snapshot(), on one of the servers for public pages, where settings name some.

    Raises ServerUnfit where that one is lost meanwhile, or is too far behind (current_revision());
    OperationalError where none answers.
    """
    before = server_of_now()
    server = before or (public_servers.reached() if settings.PUBLIC_SERVERS else None)
    _thread.server = server
    # Django may have another one, once this one is lost.
    session = connections[server].connection if server else None
    try:
        with read_snapshot():
            yield
    except Error as error:
        if session is None or not _is_unfit(session, error):
            raise
        public_servers.leave_out(server, error)
        raise ServerUnfit from error
    finally:
        _thread.server = before


def _is_unfit(session: Connection, error: Error) -> bool:
    """Whether the server is behind, the connection is gone, or a replica gave up the snapshot."""
    is_given_up = isinstance(error.__cause__, SerializationFailure)
    return isinstance(error, ServerUnfit) or is_given_up or session.closed


def no_public_reads(**_signal: object) -> None:
    """A request begins as any other, whatever an earlier one of this thread left behind."""
    _thread.server = None


def public_connection() -> BaseDatabaseWrapper:
    """The connection that reads of public data go through, those in raw SQL too."""
    return connections[server_of_now() or DEFAULT_DB_ALIAS]


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
