"""Each part of production falls: what visitors see meanwhile, and that all goes on afterwards."""

import os
import re
import signal
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import psycopg
import pytest

from tests.conftest import LANGUAGES
from tests.proxy.arrangement import HOST, SECONDS, Answer, Arrangement, eventually, needs_nginx
from tests.proxy.editing import key_of, opened, sent
from tests.proxy.test_answers import strict_headers

# Without the mark of the database there is none where these tests run alone.
pytestmark = [needs_nginx, pytest.mark.django_db]

PAGES = [
    f"/{language}/{page}"
    for language in LANGUAGES
    for page in ("", "processing/", "processing/body/1/")
]
NEVER_KEPT = {
    "/nl/organisations/body/contact/": "nl",
    "/fr/organisations/body/contact/": "fr",
    "/admin/account/login/": "de",
    "/admin/": "de",
}
LOGIN = "/admin/account/login/"
FORM = "application/x-www-form-urlencoded"
AWAY = {
    "nl": "Tijdelijk niet beschikbaar",
    "fr": "Indisponible pour le moment",
    "de": "Zurzeit nicht verfügbar",
    "en": "Not available for the moment",
}


def assert_public_is_served(production: Arrangement) -> None:
    answers = {path: production.ask(path) for path in PAGES}
    assert {answer.status for answer in answers.values()} == {200}
    assert all(f'<html lang="{path[1:3]}"' in answer.text for path, answer in answers.items())


def assert_others_are_told(production: Arrangement, paths: dict[str, str] = NEVER_KEPT) -> None:
    for path, language in paths.items():
        answer = production.ask(path, Accept_Language=language)
        assert (path, answer.status) == (path, 503)
        assert f"<h1>{AWAY[language]}</h1>" in answer.text
        assert answer.headers["retry-after"] == "60"
        assert answer.headers["cache-control"] == "no-store"
        assert strict_headers(answer.headers) == strict_headers(production.ask("/nl/").headers)


@pytest.fixture
def visited(production) -> Iterator[Arrangement]:
    """Whatever falls, it stands again afterwards."""
    assert_public_is_served(production)
    yield production
    eventually(lambda: production.ask("/en/organisations/body/contact/").status == 200, "a form")
    assert production.ask("/admin/account/login/").status == 200
    assert_public_is_served(production)


def test_database_stopped_for_a_while(visited):
    visited.database.pause()
    try:
        assert_public_is_served(visited)
        # The way into the admin asks the database for nothing before somebody logs in.
        assert_others_are_told(
            visited, {path: code for path, code in NEVER_KEPT.items() if "admin" not in path}
        )
        assert visited.ask("/en/processing/?q=neverasked").status == 503
        assert visited.site.get("/readyz")[0] == 503
        assert visited.site.get("/healthz")[0] == 200
    finally:
        visited.database.start()
    eventually(lambda: visited.site.get("/readyz")[0] == 200, "the site is ready")


def test_database_killed_and_back(visited):
    process = visited.database.process_id
    # 0 would be all processes of this one.
    assert process
    os.kill(process, signal.SIGKILL)
    visited.database.pause()
    eventually(lambda: starts(visited), "what it left behind has ended")

    eventually(lambda: visited.ask("/en/processing/?q=other").status == 200, "a new page")


def starts(production: Arrangement) -> bool:
    try:
        production.database.start()
    except SystemExit:
        return False
    return True


def test_site_stopped(visited):
    visited.site.stop()
    try:
        assert_public_is_served(visited)
        assert_others_are_told(visited)
    finally:
        visited.site.start()


def test_site_that_hangs_is_given_up(visited):
    """Stopped, and not ended: it takes connections, and says nothing."""
    proxy = visited.new_proxy("hasty")
    configuration = proxy.home / "nginx.conf"
    configuration.write_text(
        configuration.read_text()
        .replace("_timeout 40s", "_timeout 1s")
        .replace("_timeout 45s", "_timeout 2s")
    )
    proxy.stop()
    proxy.start()
    before, visited.proxy = visited.proxy, proxy
    try:
        assert_public_is_served(visited)
        with stopped(visited):
            assert_public_is_served(visited)
            assert_others_are_told(visited)
    finally:
        visited.proxy = before


@contextmanager
def stopped(production: Arrangement) -> Iterator[None]:
    """The server of the site and its workers stand still."""
    processes = [production.site.process.pid, *children_of(production.site.process.pid)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def children_of(process: int) -> list[int]:
    with open(f"/proc/{process}/task/{process}/children") as file:
        return [int(child) for child in file.read().split()]


def test_site_killed_again_and_again_under_load(visited):
    statuses: Counter[int] = Counter()
    over = threading.Event()

    def visit() -> None:
        while not over.is_set():
            for path in PAGES:
                statuses[visited.ask(path).status] += 1

    visitors = [threading.Thread(target=visit) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    try:
        for _again in range(20):
            for process in children_of(visited.site.process.pid):
                os.kill(process, signal.SIGKILL)
            eventually(lambda: visited.site.get("/readyz")[0] == 200, "a new worker")
    finally:
        over.set()
        for visitor in visitors:
            visitor.join()

    assert set(statuses) == {200}


def test_proxy_killed_and_started_keeps_what_it_had(visited):
    visited.site.stop()
    try:
        # With its workers, as where a container is killed: they would go on without it.
        for process in (visited.proxy.process_id, *children_of(visited.proxy.process_id)):
            os.kill(process, signal.SIGKILL)
        visited.proxy.stop()
        eventually(lambda: is_free(visited.proxy.port), "its workers are gone")
        visited.proxy.start()
        eventually(lambda: visited.ask("/en/").status == 200, "what it kept is read")
        assert_public_is_served(visited)
    finally:
        visited.site.start()


def is_free(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=SECONDS).close()
    except OSError:
        return True
    return False


def test_200_slow_visitors_cost_no_worker(visited):
    """Each sends a form, a byte at a time; the site hears of none of them."""
    # Of its own: what they send counts for the limits of their network.
    before, visited.proxy = visited.proxy, visited.new_proxy("slow")
    head = f"POST /admin/account/login/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n\r\n"
    with ExitStack() as stack:
        stack.callback(setattr, visited, "proxy", before)
        slow = [
            stack.enter_context(
                socket.create_connection(("127.0.0.1", visited.proxy.port), timeout=SECONDS)
            )
            for _ in range(200)
        ]
        for number, client in enumerate(slow):
            # Some in the middle of the headers, some of the form.
            client.sendall((head if number % 2 else head[:60]).encode() + b"x")

        assert_public_is_served(visited)
        assert visited.ask("/en/processing/?q=while").status == 200
        assert visited.ask("/admin/account/login/").status == 200


def test_100_mb_are_refused_before_they_are_sent(visited):
    for path in ("/admin/account/login/", "/nl/organisations/body/contact/", "/nl/"):
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 100000000\r\n\r\n"
        with socket.create_connection(("127.0.0.1", visited.proxy.port), timeout=SECONDS) as client:
            client.sendall(head.encode())
            status = client.recv(65_536).split()[1]
        assert status in (b"413", b"405")

    left = [path for path in (visited.proxy.home / "body").rglob("*") if path.is_file()]
    assert left == []


CONTACT = "/{}/organisations/body/contact/"


def send(production: Arrangement, form: str, language: str = "fr") -> Answer:
    return production.ask(CONTACT.format(language), "POST", form, Content_Type=FORM)


@contextmanager
def read_only(production: Arrangement) -> Iterator[None]:
    """As a standby is, or a server whose disk is nearly full."""
    url = production.database.start()

    def is_told(value: str) -> bool:
        with psycopg.connect(url) as other:
            return other.execute("SHOW default_transaction_read_only").fetchone() == (value,)

    with psycopg.connect(url, autocommit=True) as connection:
        try:
            connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
            connection.execute("SELECT pg_reload_conf()")
            eventually(lambda: is_told("on"), "it takes no changes")
            yield
        finally:
            connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
            connection.execute("SELECT pg_reload_conf()")
            eventually(lambda: is_told("off"), "it takes changes")


@pytest.fixture
def unhurried(visited) -> Iterator[Arrangement]:
    """Behind a proxy that has not counted yet what the tests before sent."""
    before, visited.proxy = visited.proxy, visited.new_proxy("unhurried")
    assert_public_is_served(visited)
    yield visited
    visited.proxy = before


def test_database_that_only_can_be_read(unhurried):
    person, question = unhurried.do("log in"), unhurried.question()
    login = unhurried.ask(LOGIN)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login.text)[1]
    visitor = {"Cookie": login.headers["set-cookie"].split(";")[0], "Origin": f"http://{HOST}"}
    before = unhurried.do("questions")
    with read_only(unhurried):
        assert_public_is_served(unhurried)
        assert unhurried.ask("/en/processing/?q=onlyread").status == 200
        assert unhurried.site.get("/readyz")[0] == 200
        for language, answer in {
            "fr": send(unhurried, question),
            "de": unhurried.ask(
                LOGIN,
                "POST",
                f"csrfmiddlewaretoken={token}&login=x%40people.example&password=x",
                **visitor | {"Accept_Language": "de", "Content_Type": FORM},
            ),
            # That of the person, whatever the browser prefers.
            "en": unhurried.ask("/admin/", Cookie=person, Accept_Language="de"),
        }.items():
            assert (answer.status, answer.headers.get("retry-after")) == (503, "60")
            assert f"<h1>{AWAY[language]}</h1>" in answer.text
    assert unhurried.do("questions") == before
    assert send(unhurried, question).status == 302
    assert unhurried.ask("/admin/", Cookie=person).status == 200


class Editor:
    """Somebody with an open form, who sends it while something is wrong, and once more later."""

    def __init__(self, production: Arrangement) -> None:
        self.production = production
        self.session = production.do("log in")
        self.activity = key_of(production.database.start(), "Draft")
        self.typed = f"Typed by {self.session}"
        self._form = opened(production.proxy.port, self.session, self.activity)

    def looks_around(self) -> Answer:
        return self.production.ask("/admin/", Cookie=self.session, Accept_Language="de")

    def sends_the_form(self) -> int:
        cookies, values = self._form
        values = values | {"remarks": self.typed}
        return sent(self.production.proxy.port, cookies, self.activity, values)


@pytest.fixture
def editor(visited) -> Iterator[Editor]:
    editor = Editor(visited)
    yield editor
    assert editor.sends_the_form() == 302
    _cookies, values = opened(visited.proxy.port, editor.session, editor.activity)
    assert values["remarks"] == editor.typed


def test_database_that_has_no_connection_left(visited, editor):
    with ExitStack() as stack:
        taken = []

        def is_full() -> bool:
            """Take what is free, and end those of the site: it comes back too late."""
            with suppress(psycopg.OperationalError):
                while True:
                    url = visited.database.start()
                    taken.append(stack.enter_context(psycopg.connect(url, autocommit=True)))
            return (
                not taken[0]
                .execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE"
                    " backend_type = 'client backend' AND NOT pid = ANY(%s)",
                    [[other.info.backend_pid for other in taken]],
                )
                .fetchone()[0]
            )

        eventually(is_full, "all are taken")
        assert_public_is_served(visited)
        assert_others_are_told(
            visited, {path: code for path, code in NEVER_KEPT.items() if "admin" not in path}
        )
        assert visited.ask("/en/processing/?q=noplace").status == 503
        assert editor.looks_around().status == 503
        assert editor.sends_the_form() == 503
    eventually(lambda: visited.ask("/en/processing/?q=place").status == 200, "a new page")


def test_database_that_takes_too_long(visited, editor):
    """Whatever asks for the state of the register waits for another, until STATEMENT_TIMEOUT."""
    asked = ("/fr/processing/?q=slow", "/nl/processing/?q=slow", "/de/organisations/body/contact/")
    url = visited.database.start()
    with psycopg.connect(url) as other, ThreadPoolExecutor() as visitors:
        other.execute("LOCK TABLE organisations_revision, organisations_organisation")
        told = list(visitors.map(visited.ask, asked))
        assert_public_is_served(visited)
        assert editor.looks_around().status == 503
        assert editor.sends_the_form() == 503

    for path, answer in zip(asked, told, strict=True):
        assert (path, answer.status) == (path, 503)
        assert f'<html lang="{path[1:3]}"' in answer.text
        assert answer.headers["retry-after"] in ("10", "60")
