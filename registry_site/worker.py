"""The web worker: gunicorn's threads, with limits of time that hold for each request.

gunicorn sees only whether the main loop of a worker lives; a request could run for ever beside it.
Why threads still: docs/decisions/0024-one-person-cannot-stop-the-site.md.
"""

import io
import os
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import get_ident

from django.conf import settings
from gunicorn.workers.gthread import TConn, ThreadWorker

FORM = "application/x-www-form-urlencoded"
# So long may a visitor take to send a request, and to fetch the answer. A buffering proxy in front
# does both at once.
SENDING_SECONDS = 10
FETCHING_SECONDS = 120


class Worker(ThreadWorker):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # By thread: since when it makes an answer, or until when it waits for whom.
        self._working: dict[int, float] = {}
        self._waiting: dict[int, tuple[float, socket.socket]] = {}

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self.wsgi = self._limited(self.wsgi)

    def handle(self, conn: TConn) -> object:
        self._waiting[get_ident()] = (time.monotonic() + SENDING_SECONDS, conn.sock)
        try:
            return super().handle(conn)
        finally:
            self._waiting.pop(get_ident(), None)

    def _limited(self, application: Callable) -> Callable:
        def limited(environ: dict, start_response: Callable) -> Iterable[bytes]:
            thread = get_ident()
            # Who sends slowly waits here, where no time limit of ours runs.
            environ["wsgi.input"] = _received(environ)
            _deadline, client = self._waiting.pop(thread)
            self._working[thread] = time.monotonic()
            try:
                return application(environ, start_response)
            finally:
                del self._working[thread]
                self._waiting[thread] = (time.monotonic() + FETCHING_SECONDS, client)

        return limited

    def notify(self) -> None:
        """Tell the server that this worker lives, as of the start of its oldest request.

        The server ends a worker that it has not heard of for `timeout` seconds.
        """
        for deadline, client in tuple(self._waiting.values()):
            if time.monotonic() > deadline:
                with suppress(OSError):
                    client.shutdown(socket.SHUT_RDWR)
        super().notify()
        if started := tuple(self._working.values()):
            os.utime(self.tmp.fileno(), (min(started), min(started)))


def _received(environ: dict) -> object:
    """The content of a form in memory. Of all else, as it comes: what is refused is never read."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    # As Django reads it: in capital letters it is the same.
    is_form = environ.get("CONTENT_TYPE", "").lower().startswith(FORM)
    if not is_form or length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return environ["wsgi.input"]
    return io.BytesIO(environ["wsgi.input"].read(length))
