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
from threading import BoundedSemaphore, get_ident
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import Error, close_old_connections
from django.http import parse_cookie
from gunicorn.workers.gthread import TConn, ThreadWorker

from registry_site.refusals import refusal_page
from registry_site.request_content import FILE, FORM, NO_PLACE, most_bytes_of_files

# So many files are in memory at once. Who sends a further one is told so: whoever waits takes a
# thread, and one person could take them all.
FILES_AT_ONCE = 2
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
        self._files = BoundedSemaphore(FILES_AT_ONCE)

    def init_process(self) -> None:
        # A worker that makes place for a new one sends to the end what it has begun: files take a
        # while. Only here: the server ends after its own graceful_timeout whom it tells to stop.
        self.cfg.set("graceful_timeout", FETCHING_SECONDS)
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self._site = self.wsgi
        self.wsgi = self._limited(self.wsgi)

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: object) -> None:
        # Without the request: gunicorn would write its address into the log.
        super().handle_error(None, _Refused(client, self._site), addr, exc)

    def handle(self, conn: TConn) -> object:
        self._waiting[get_ident()] = (time.monotonic() + SENDING_SECONDS, conn.sock)
        try:
            return super().handle(conn)
        finally:
            self._waiting.pop(get_ident(), None)

    def _limited(self, application: Callable) -> Callable:
        def limited(environ: dict, start_response: Callable) -> Iterable[bytes]:
            if not _may_be_a_file(environ) or not _is_of_a_person(environ):
                return served(environ, start_response, reads_files=False)
            if not self._files.acquire(blocking=False):
                environ[NO_PLACE] = True
                return served(environ, start_response, reads_files=False)
            try:
                return served(environ, start_response, reads_files=True)
            finally:
                self._files.release()

        def served(
            environ: dict, start_response: Callable, *, reads_files: bool
        ) -> Iterable[bytes]:
            thread = get_ident()
            # Who sends slowly waits here, where no time limit of ours runs.
            environ["wsgi.input"] = _received(environ, reads_files=reads_files)
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


class _Refused:
    """The connection of somebody whom gunicorn refuses, before anything of ours reads what he sent.

    What it would say becomes a page of the site, with the same status.
    """

    def __init__(self, client: socket.socket, site: Callable) -> None:
        self._client, self._site = client, site

    def __getattr__(self, name: str) -> object:
        return getattr(self._client, name)

    def sendall(self, answer: bytes) -> None:
        status = answer.split(b"\r\n", 1)[0]
        headers, page = _malformed(self._site)
        if status.split()[1].startswith(b"5"):
            page = refusal_page("500.html", status=500).content
        told = headers | {"Content-Length": str(len(page)), "Connection": "close"}
        lines = [f"{name}: {value}".encode("latin-1") for name, value in told.items()]
        self._client.sendall(b"\r\n".join([status, *lines, b"", page]))


def _malformed(site: Callable) -> tuple[dict[str, str], bytes]:
    """The headers and the page with which the site refuses what it cannot read."""
    environ = {
        **{"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "%00"},
        **{"SERVER_NAME": "site", "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1"},
        **{"HTTP_X_FORWARDED_PROTO": "https", "HTTP_HOST": urlsplit(settings.ADMIN_URL).netloc},
        **{"wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http"},
    }
    headers: dict[str, str] = {}
    page = b"".join(site(environ, lambda _status, told, *_: headers.update(told)))
    return headers, page


def _received(environ: dict, *, reads_files: bool) -> object:
    """The content of a form in memory, and of a file. Of all else, as it comes: what is refused is
    never read.
    """
    length = _length(environ)
    # As Django reads it: in capital letters it is the same.
    is_form = environ.get("CONTENT_TYPE", "").lower().startswith(FORM)
    is_small = is_form and length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if not is_small and not reads_files:
        return environ["wsgi.input"]
    return io.BytesIO(environ["wsgi.input"].read(length))


def _may_be_a_file(environ: dict) -> bool:
    """For an address that takes one."""
    if not environ.get("CONTENT_TYPE", "").lower().startswith(FILE):
        return False
    return _length(environ) <= most_bytes_of_files(environ.get("PATH_INFO", ""))


def _is_of_a_person(environ: dict) -> bool:
    """Whether somebody is logged in: a cookie that is made up takes no place. Who, Django asks."""
    key = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    # As Django does when a request starts: the database may have been restarted since the last.
    close_old_connections()
    try:
        return bool(key) and SESSION_KEY in SessionStore(key)
    except Error:
        # Django says that the database does not answer.
        return False


def _length(environ: dict) -> int:
    return int(environ.get("CONTENT_LENGTH") or 0)
