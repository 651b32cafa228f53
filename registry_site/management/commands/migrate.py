import time
from contextlib import suppress

from django.core.management.commands import migrate
from django.db import Error, OperationalError, connections
from psycopg.errors import DeadlockDetected, LockNotAvailable

# Who waits for a table keeps all who come later waiting for it too: shorter than a page waits
# (STATEMENT_TIMEOUT), and then so long that they have their turn.
WAITING_SECONDS, PAUSE_SECONDS = 1, 2
# An hour: a backup may read all tables for that long.
TRIES = 1200


class Command(migrate.Command):
    help = (
        f"{migrate.Command.help} The site may be in service: where a table is in use, it lets "
        "others go first and tries again."
    )

    def handle(self, *args, **options) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{WAITING_SECONDS}s'")
        try:
            self._try(*args, **options)
        finally:
            # Where the connection is lost, that is what has to be told.
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")

    def _try(self, *args, **options) -> None:
        for left in reversed(range(TRIES)):
            try:
                super().handle(*args, **options)
                break
            except OperationalError as error:
                # What it began is undone; the migrations before it are done.
                if not left or not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                    raise
            self.stdout.write("A table is in use: trying again.")
            time.sleep(PAUSE_SECONDS)
