"""A public page that loses its server in the middle is read once more, from another."""

import threading
from collections.abc import Iterator
from functools import partial

import psycopg
import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from organisations import public_servers
from organisations.read_snapshot import no_public_reads, public_snapshot
from organisations.revision import current_revision
from processing.finding.filters import facet_index_at
from registry_site.local.port import any_port
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("code_lists")]

SERVERS = ["public", "public_2", "public_3"]
# More than any page has.
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def three_servers(settings, code_lists, monkeypatch) -> Iterator[None]:
    """As a site has them: here, all are the same."""

    def ensure_connection(self) -> None:
        if self.connection is None:
            with self.wrap_database_errors:
                self.connect()

    # Tests may connect to databases that were there before them only; this one is.
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure_connection)
    for server in SERVERS:
        connections.databases[server] = dict(connections.databases["default"])
        connections[server].ensure_connection()
    settings.DATABASE_ROUTERS = ["organisations.read_snapshot.PublicReads"]
    settings.PUBLIC_SERVERS = SERVERS
    no_public_reads()
    yield
    settings.PUBLIC_SERVERS = settings.DATABASE_ROUTERS = []
    for server in SERVERS:
        public_servers.take_back(server)
        connections[server].close()
        del connections[server]
        del connections.databases[server]


class Killer:
    """Ends the connection of whichever server is asked, after so many queries of a page."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.killed: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        self.after -= 1
        if self.after == 0:
            session = context["connection"]
            with psycopg.connect(**address()) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid_of(session)])
            self.killed.append(session.alias)
        return result


def pid_of(session) -> int:
    return session.connection.info.backend_pid


def address() -> dict:
    return connection.get_connection_params() | {"cursor_factory": None}


@pytest.mark.parametrize(
    "address", ["/en/processing/?q=visitors", "/en/processing/body-a/1/", "/sitemap.xml"]
)
def test_page_is_answered_whenever_its_server_ends(address, body_a, publisher_a, visitor, settings):
    factories.create_publication(body_a, by=publisher_a, name="Visitors")
    expected = visitor.get(address)
    assert expected.status_code == 200
    for after in range(1, MOST_QUERIES):
        # No page is kept under the name of another release.
        settings.RELEASE = f"release {after}"
        killer = Killer(after)
        for server in SERVERS:
            public_servers.take_back(server)
        with (
            connections["public"].execute_wrapper(killer),
            connections["public_2"].execute_wrapper(killer),
        ):
            answer = visitor.get(address)

        assert (answer.status_code, answer.text) == (200, expected.text), after
        if not killer.killed:
            break
    assert after >= 2


def test_server_that_does_not_answer_is_passed_over(body_a, publisher_a, visitor):
    factories.create_publication(body_a, by=publisher_a, name="Visitors")
    for server in SERVERS[:-1]:
        connections[server].close()
        elsewhere = {"HOST": "127.0.0.1", "PORT": str(any_port())}
        connections[server].settings_dict = connections[server].settings_dict | elsewhere

    answer = visitor.get("/en/processing/?q=visitors&sort=newest")

    assert "Visitors" in answer.text
    assert [connections[server].connection is None for server in SERVERS] == [True, True, False]


def test_file_begins_again_with_another_server(body_a, publisher_a, visitor):
    factories.create_publication(body_a, by=publisher_a, name="Visitors")
    killer = Killer(2)

    with (
        connections["public"].execute_wrapper(killer),
        connections["public_2"].execute_wrapper(killer),
    ):
        answer = visitor.get("/data/processing/files/jsonl/")
        content = b"".join(answer.streaming_content)

    assert killer.killed
    assert (answer.status_code, content.count(b"\n")) == (200, 1)


def test_index_of_a_server_behind_is_its_own(body_a, publisher_a, visitor):
    """However many newer ones this process has read meanwhile."""
    publish = partial(factories.create_publication, body_a, by=publisher_a)
    publish(name="First")

    def go_on() -> None:
        for number in range(10):
            publish(name=f"Later {number}")
            assert f"Later {number}" in visitor.get("/en/processing/?sort=newest").text
        connections.close_all()

    with public_snapshot():
        revision = current_revision()
        person = threading.Thread(target=go_on)
        person.start()
        person.join()

        found = facet_index_at(revision).index

    assert (found.revision, len(found.entries)) == (revision.publications, 1)


class TestBehind:
    @pytest.fixture(autouse=True)
    def primary_had_something(self, settings, monkeypatch) -> Iterator[None]:
        settings.PUBLIC_SECONDS_BEHIND = 0
        for name, nothing in (("_primary_had", ()), ("_failed_looks", 0), ("_replicas_had", {})):
            monkeypatch.setattr(public_servers, name, nothing)
        public_servers.primary_has((5, 5, 5))
        yield
        public_servers.take_back(SERVERS[-1])

    def test_connection_to_the_primary_that_is_lost_brings_nothing_back(self):
        public_servers.leave_out(SERVERS[-1], OSError())

        with pytest.raises(public_servers.ServerBehind):
            public_servers.refuse_if_behind("public", (5, 4, 5))

    def test_while_the_primary_is_away_the_replica_answers_that_has_most(self):
        with pytest.raises(public_servers.ServerBehind):
            public_servers.replica_has("public_2", (5, 4, 5))
        with pytest.raises(public_servers.ServerBehind):
            public_servers.replica_has("public", (5, 3, 5))
        for _look in range(3):
            public_servers.does_not_answer(SERVERS[-1], OSError())

        public_servers.replica_has("public_2", (5, 4, 5))
        with pytest.raises(public_servers.ServerBehind):
            public_servers.replica_has("public", (5, 3, 5))
        # Until it does not answer any more, either.
        public_servers.does_not_answer("public_2", OSError())
        public_servers.replica_has("public", (5, 3, 5))

    def test_who_was_left_out_first_is_tried_first(self):
        for server in reversed(SERVERS):
            public_servers.leave_out(server, OSError())

        assert public_servers.reached() == SERVERS[-1]
