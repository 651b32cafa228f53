"""A release and the next one, on the same tables and behind the same proxy: nobody notices.

tests/proxy/next_release.py makes the next one. docs/operating.md tells operators the same steps.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import psycopg
import pytest

from contact.tokens import SECONDS_TO_FILL_IN
from tests.admin_forms import ACTIVITIES, form_on
from tests.proxy.arrangement import HOST, Arrangement, answer_at, eventually, needs_nginx
from tests.proxy.editing import key_of, opened, save, sent
from tests.proxy.next_release import TEXT, NextRelease, stylesheet_on
from tests.proxy.test_faults import CONTACT, FORM, PAGES, children_of
from tests.proxy.traffic import Traffic
from tests.served_site import ServedSite

# Without the mark of the database there is none where these tests run alone.
pytestmark = [needs_nginx, pytest.mark.django_db]

# Of the arrangement, in seconds.
STATEMENT_TIMEOUT = 2
QUESTION = {"kind": "question", "email": "robin@citizens.example"}


class Exchange:
    """The site of the arrangement is of this release; beside it comes one of the next."""

    def __init__(self, production: Arrangement) -> None:
        self.production = production
        self.home = production.home / "upgrade"
        self.home.mkdir()
        self.next = NextRelease(self.home)
        self.url = production.database.start()
        self.session = production.do("log in")
        self.site = production.site
        self.proxy = production.new_proxy("exchange")
        self.edited, self.rich = (key_of(self.url, name) for name in ("Draft", "Réseau routier"))
        self.following: ServedSite | None = None
        self.traffic = Traffic(production, self.session, self.edited)

    def start_next(self) -> None:
        variables = self.production.site_variables | self.next.variables
        self.following = ServedSite(
            self.home, code=self.next.code, **variables | {"DATABASE_URL": self.url}
        )

    def leads_to(self, *sites: ServedSite) -> None:
        """As an operator tells the proxy; nothing goes to others any more when this returns."""
        before = set(children_of(self.proxy.process_id))
        self.proxy.lead_to(*(site.port for site in sites))
        eventually(lambda: not before & set(children_of(self.proxy.process_id)), "new workers")

    def shelf_and_remarks(self) -> tuple[str, str]:
        """What the tables hold of the activity that has everything, with the further column."""
        told = "SELECT shelf, remarks FROM processing_processingactivity WHERE id = %s"
        with psycopg.connect(self.url) as connection:
            return connection.execute(told, [self.rich]).fetchone()

    def pages_are_of_the_next(self, expected: bool) -> bool:
        return {TEXT in self.production.ask(path).text for path in PAGES} == {expected}

    def has_all_that_was_taken(self) -> None:
        with psycopg.connect(self.url) as connection:
            messages = connection.execute("SELECT message FROM contact_question").fetchall()
            typed = connection.execute(
                "SELECT content->>'remarks' FROM processing_historyentry WHERE content IS NOT NULL"
            ).fetchall()
        assert {(message,) for message in self.traffic.asked} - set(messages) == set()
        assert {(name,) for name in self.traffic.saved} - set(typed) == set()

    def stop(self) -> None:
        if self.following and self.following.process.poll() is None:
            self.following.stop()
        if self.site.process.poll() is not None:
            self.site.start()
            self.site.wait_until_ready()


@pytest.fixture(scope="module")
def exchange(production, django_db_blocker) -> Iterator[Exchange]:
    before = production.proxy
    with django_db_blocker.unblock():
        exchange = Exchange(production)
    production.proxy = exchange.proxy
    try:
        yield exchange
    finally:
        production.proxy = before
        exchange.stop()


@contextmanager
def read_by_a_backup(url: str) -> Iterator[None]:
    """Until others have waited for the table longer than a page waits for the database."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'"
    over = threading.Event()

    def read() -> None:
        with psycopg.connect(url) as connection:
            connection.execute("LOCK TABLE processing_processingactivity IN ACCESS SHARE MODE")
            begun.set()
            while not connection.execute(waiting).fetchone()[0] and not over.wait(0.05):
                pass
            over.wait(STATEMENT_TIMEOUT + 1)

    begun = threading.Event()
    backup = threading.Thread(target=read)
    backup.start()
    begun.wait()
    try:
        yield
    finally:
        over.set()
        backup.join()


class TestUpgrade:
    """One after another: each begins with what the one before left."""

    def test_migration_under_traffic(self, exchange):
        """Longer than a page waits for the database, the table is read by somebody else."""
        with exchange.traffic.flowing():
            with read_by_a_backup(exchange.url):
                preparing = exchange.next.prepare(exchange.url)
                told, _errors = preparing.communicate()
            assert preparing.returncode == 0, told
            saved = len(exchange.traffic.saved)
            eventually(lambda: len(exchange.traffic.saved) > saved + 2, "changes on the new tables")

        assert exchange.traffic.failed == []
        assert "in use" in told
        exchange.has_all_that_was_taken()

    def test_next_release_beside_this_one_and_instead_of_it(self, exchange):
        traffic = exchange.traffic
        with traffic.flowing():
            exchange.start_next()
            traffic.made.clear()
            exchange.leads_to(exchange.site, exchange.following)
            eventually(lambda: min(traffic.made[True], traffic.made[False]) > 5, "pages of both")
            assert statuses_of_stylesheets(exchange) == {200}
            assert_forms_of_one_are_taken_by_the_other(exchange)
            exchange.leads_to(exchange.following)
            exchange.site.stop()
            # Whether the proxy was told before or afterwards.
            exchange.leads_to(exchange.site, exchange.following)
            traffic.made.clear()
            saved = len(traffic.saved)
            eventually(
                lambda: len(traffic.saved) > saved + 4, "changes through the one that is left"
            )
            exchange.leads_to(exchange.following)
            eventually(lambda: exchange.pages_are_of_the_next(True), "all pages of the next one")

        assert traffic.made[False] == 0
        assert traffic.failed == []
        assert {frozenset(of_the_next) for of_the_next in traffic.tags.values()} == {
            *(frozenset({True}), frozenset({False})),
        }
        exchange.has_all_that_was_taken()

    def test_this_release_again_on_the_tables_of_the_next(self, exchange):
        traffic = exchange.traffic
        with traffic.flowing():
            exchange.production.do("migrate")
            exchange.site.start()
            exchange.site.wait_until_ready()
            exchange.leads_to(exchange.following, exchange.site)
            exchange.leads_to(exchange.site)
            exchange.following.stop()
            traffic.made.clear()
            eventually(lambda: exchange.pages_are_of_the_next(False), "all pages of this one")

        assert traffic.made[True] == 0
        assert traffic.failed == []
        assert all(len(of_the_next) == 1 for of_the_next in traffic.tags.values())
        exchange.has_all_that_was_taken()
        # What the next one wrote stays, whatever this one does beside it.
        port, session = exchange.site.port, exchange.session
        history = f"{ACTIVITIES}{exchange.rich}/history/"
        assert answer_at(port, history, Host=HOST, Cookie=session).status == 200
        assert save(port, session, exchange.rich, remarks="After it") == 302
        assert exchange.shelf_and_remarks() == ("A 12", "After it")


def statuses_of_stylesheets(exchange: Exchange) -> set[int]:
    """Of both releases, again and again: each time it is another address for the proxy."""
    styles = [
        stylesheet_on(answer_at(site.port, "/en/", Host=HOST).text)
        for site in (exchange.site, exchange.following)
    ]
    assert len(set(styles)) == 2
    asked = [f"{style}?{number}" for style in styles for number in range(10)]
    return {exchange.production.ask(path).status for path in asked}


def assert_forms_of_one_are_taken_by_the_other(exchange: Exchange) -> None:
    """Opened with the one, and sent to the other: of an editor, and of a citizen."""
    ports = exchange.site.port, exchange.following.port
    # A person takes that long: contact/tokens.py.
    forms = {port: answer_at(port, CONTACT.format("fr"), Host=HOST).text for port in ports}
    opened_at = time.monotonic()
    assert save(ports[1], exchange.session, exchange.rich, shelf="A 12") == 302
    for one, other in (ports, ports[::-1]):
        cookies, values = opened(one, exchange.session, exchange.rich)
        typed = f"Opened at {one}"
        assert sent(other, cookies, exchange.rich, values | {"remarks": typed}) == 302
        assert exchange.shelf_and_remarks() == ("A 12", typed)
    time.sleep(max(opened_at + SECONDS_TO_FILL_IN + 0.1 - time.monotonic(), 0))
    for one, other in (ports, ports[::-1]):
        asked = form_on(forms[one]) | QUESTION | {"message": f"Opened at {one}"}
        answer = answer_at(
            other, CONTACT.format("fr"), "POST", urlencode(asked), Host=HOST, Content_Type=FORM
        )
        assert answer.status == 302, answer.text
        exchange.traffic.asked.append(asked["message"])
