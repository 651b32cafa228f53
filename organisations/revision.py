"""Which state of the public register an answer shows, and what may be kept until the next."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

from organisations import public_servers
from organisations.read_snapshot import public_connection, server_of_now

Value = TypeVar("Value")


class RegisterRevision(NamedTuple):
    """The number of changes so far that citizens can see, per area."""

    organisations: int
    code_lists: int
    publications: int

    def __str__(self) -> str:
        return ".".join(str(number) for number in self)


def current_revision() -> RegisterRevision:
    """Read the revision: one query. Read it before what it stands for, never after.

    Raises ServerBehind where the server of a public page is too far behind.
    """
    revision = revision_on(public_connection())
    if server := server_of_now():
        public_servers.refuse_if_behind(server, revision)
    return revision


def revision_on(connection: BaseDatabaseWrapper) -> RegisterRevision:
    # Every public request asks it: the ORM would take longer to ask than the database to answer.
    with connection.cursor() as cursor:
        cursor.execute("SELECT area, number FROM organisations_revision")
        numbers = dict(cursor)
    return RegisterRevision(*(numbers.get(area, 0) for area in RegisterRevision._fields))


def kept_until_changed(*areas: str) -> Callable:
    """Keep a function's last value in this process for as long as the areas do not change.

    The function takes the RegisterRevision as its only argument, and reads what is there at that
    revision: in a read_snapshot() where others may look at the value.
    """

    def decorate(load: Callable[[RegisterRevision], Value]) -> Callable[[RegisterRevision], Value]:
        kept: tuple[tuple, Value] | None = None

        def load_once(revision: RegisterRevision) -> Value:
            nonlocal kept
            key = tuple(getattr(revision, area) for area in areas)
            found = kept
            if found is None or found[0] != key:
                # Two threads may both load: the same value, so no lock is needed.
                found = kept = (key, load(revision))
            return found[1]

        return load_once

    return decorate
