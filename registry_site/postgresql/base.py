"""Django's connection to PostgreSQL, which remembers for all threads where nobody answers.

A machine that is gone without a word is given up when its time to answer is over. Were that so for
each request, a few of them would take all threads for as long as it is gone, and pages that a proxy
keeps would wait for them: so one request tries, and the others are told at once.
"""

import time
from threading import Lock

from django.db.backends.postgresql import base

# Who refuses a connection says so sooner.
SILENT_AFTER_SECONDS = 1
# Where a server is that said nothing to who tried last -> held by who tries again.
_silent: dict[tuple, Lock] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict) -> object:
        place = tuple(conn_params.get(name) for name in ("host", "hostaddr", "port"))
        trying = _silent.get(place)
        if trying is None:
            return self._connected(place, conn_params)
        if not trying.acquire(blocking=False):
            raise self.Database.OperationalError("nothing was heard of the server just now")
        try:
            return self._connected(place, conn_params)
        finally:
            trying.release()

    def _connected(self, place: tuple, conn_params: dict) -> object:
        began = time.monotonic()
        try:
            connection = super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            if time.monotonic() - began < SILENT_AFTER_SECONDS:
                _silent.pop(place, None)
            else:
                # Also by one that began before another got through: the next success mends that.
                _silent.setdefault(place, Lock())
            raise
        _silent.pop(place, None)
        return connection
