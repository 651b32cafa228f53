"""One person cannot stop the site: each way in which one did, as the requests that were sent."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from registry_site import gunicorn_settings, worker
from registry_site.request_content import FORM
from tests.drains.helpers import BOUNDARY, LOGIN, PASSWORD
from tests.processing.admin.imports.sending import IMPORTS
from tests.served_site import ServedSite, answer_to


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    site = ServedSite(
        tmp_path_factory.mktemp("served"), "--timeout", "2", "tests.slow_site:application"
    )
    yield site
    site.stop()


@pytest.fixture(scope="module")
def session(site, django_db_blocker) -> Iterator[str]:
    """As of somebody who is logged in, and whose account is gone. Outside of what tests undo."""
    with django_db_blocker.unblock():
        kept = SessionStore()
        kept[SESSION_KEY] = "0"
        kept.create()
    yield kept.session_key
    with django_db_blocker.unblock():
        kept.delete()


# Without the mark there is no database where these tests run alone.
@pytest.mark.django_db
class TestServed:
    def test_upload_of_100_mb_leaves_no_file(self, site):
        size = 100_000_000
        kind = (f"Content-Type: {BOUNDARY}", f"Content-Length: {size}", "Cookie: csrftoken=x")
        part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        seen: set[str] = set()

        with site.begin(LOGIN, *kind) as client:
            client.sendall(part)
            status, page = answer_to(client)
            with suppress(OSError):  # that the connection ends is as good as that all is dropped
                for _piece in range(size // 65_536):
                    client.sendall(b"x" * 65_536)
                    seen.update(path.name for path in site.temporary.iterdir())

        assert (status, "<html" in page) == (415, True)
        assert seen == set()

    def test_upload_that_comes_slowly_is_refused_at_once(self, site):
        kind = (f"Content-Type: {BOUNDARY}", "Content-Length: 1000000")

        with site.begin(PASSWORD, *kind) as client:
            status, _page = answer_to(client)

        assert status == 415
        assert list(site.temporary.iterdir()) == []

    def test_session_that_is_made_up_takes_no_place(self, site, session):
        kind = (f"Content-Type: {BOUNDARY}", "Content-Length: 1000")

        with ExitStack() as stack:
            for number in range(worker.FILES_AT_ONCE):
                made_up = f"Cookie: sessionid=made-up-{number}"
                client = stack.enter_context(site.begin(IMPORTS, *kind, made_up))
                assert answer_to(client)[0] == 302
            with site.begin(IMPORTS, *kind, f"Cookie: sessionid={session}") as client:
                client.sendall(b"x" * 1000)
                # It is read: then the site knows that the account is gone.
                assert answer_to(client)[0] == 302

    def test_file_for_which_there_is_no_place_is_refused_at_once(self, site, session):
        cookie = f"Cookie: sessionid={session}"
        kind = (f"Content-Type: {BOUNDARY}", "Content-Length: 1000", cookie)

        with ExitStack() as stack:
            clients = [
                stack.enter_context(site.begin(IMPORTS, *kind))
                for _ in range(worker.FILES_AT_ONCE + 2)
            ]
            *cut_off, first, second = sorted(client.recv(65_536) for client in clients)
        deadline = time.monotonic() + 30
        afterwards = 503
        # What was cut off leaves its place a moment later.
        while afterwards == 503 and time.monotonic() < deadline:
            with site.begin(IMPORTS, *kind) as client:
                client.sendall(b"x" * 1000)
                afterwards, _page = answer_to(client)

        assert cut_off == [b""] * worker.FILES_AT_ONCE
        assert first.startswith(b"HTTP/1.1 503")
        assert second.startswith(b"HTTP/1.1 503")
        assert b"Retry-After: 5\r\n" in first
        # From nobody who is logged in; but there is place again.
        assert afterwards == 302

    def test_form_without_a_length_is_refused(self, site):
        kind = (f"Content-Type: {FORM}", "Transfer-Encoding: chunked")

        with site.begin(LOGIN, *kind) as client:
            client.sendall(b"3\r\na=1\r\n0\r\n\r\n")
            status, _page = answer_to(client)

        assert status == 411

    @pytest.mark.parametrize("written", [FORM, FORM.upper()])
    def test_form_that_comes_slowly_is_given_up_and_costs_no_worker(self, written, site):
        kind = (f"Content-Type: {written}", "Content-Length: 1000")

        with ExitStack() as stack:
            clients = [stack.enter_context(site.begin(LOGIN, *kind)) for _ in range(8)]
            cut_off = [is_cut_off(client) for client in clients]

        assert cut_off == [True] * 8
        assert site.get("/nl/")[0] == 200
        assert "WORKER TIMEOUT" not in site.errors

    @pytest.mark.parametrize(
        "headers",
        [
            {"X_Forwarded_Ssl": "on"},
            {"X_Forwarded_Protocol": "ssl"},
            {"X_Forwarded_Ssl": "on", "X_Forwarded_Proto": "http"},
            {"X_Forwarded_Protocol": "ssl", "X_Forwarded_Proto": "http"},
        ],
    )
    def test_no_header_makes_the_server_answer_by_itself(self, headers, site):
        status, answered = site.get("/nl/none/", **headers)

        assert status == 404
        assert "Content-Security-Policy" in answered
        assert answered["Cache-Control"] == "no-store"

    def test_what_is_refused_leaves_no_line(self, site):
        addresses = [
            *("/nl/?x=%00", "/nl/processing/?page=%FF", "/admin/?x=" + "y" * 4_000, "/?%00"),
            *("/admin/processing/theme/?nonsense=1", "/nl/processing/?theme=none", "/es/"),
        ]

        # That there was no place for a file is news: it may stand there already.
        before = site.errors

        statuses = {site.get(address)[0] for address in addresses}
        statuses.add(site.get("/nl/", Host="evil.example")[0])

        assert statuses == {302, 400, 404}
        assert site.errors == before

    # Last: it ends the worker.
    def test_request_without_end_is_ended_and_the_public_served_meanwhile(self, site):
        with socket.create_connection(("127.0.0.1", site.port), timeout=30) as endless:
            endless.sendall(b"GET /without-end/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            meanwhile = site.get("/nl/")[0]
            ended = endless.recv(1)

        site.wait_until_ready()
        assert meanwhile == 200
        assert ended == b""
        assert "WORKER TIMEOUT" in site.errors
        # Where in the code it was.
        assert "in without_end" in site.errors


def is_cut_off(client: socket.socket) -> bool:
    """Whether the server ends the connection while a byte comes every tenth of a second."""
    client.settimeout(0.1)
    for _byte in range(60):
        try:
            client.sendall(b"x")
            if client.recv(1) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_workers_are_renewed_one_after_another():
    assert 0 < gunicorn_settings.max_requests_jitter < gunicorn_settings.max_requests
    assert gunicorn_settings.secure_scheme_headers == {}


@pytest.mark.django_db
def test_worker_that_makes_place_for_a_new_one_sends_a_file_to_its_end(tmp_path):
    """After so many requests; the server would give it a second."""
    options = ("--max-requests", "4", "--max-requests-jitter", "0", "--graceful-timeout", "1")
    site = ServedSite(tmp_path, *options, "tests.slow_site:application")
    try:
        with socket.create_connection(("127.0.0.1", site.port), timeout=30) as client:
            client.sendall(b"GET /slowly/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            for _request in range(4):
                with suppress(OSError):
                    site.get("/healthz")
            received = b""
            while part := client.recv(1024):
                received += part
    finally:
        site.stop()

    # All that tests/slow_site.py sends, and that it is all.
    assert received.count(b"part") == 8
    assert received.endswith(b"0\r\n\r\n")
