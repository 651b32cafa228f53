"""Public pages are read from a standby: what visitors see when it is behind, or gone."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from registry_site.local.port import any_port
from tests.proxy.arrangement import HOST, Answer, Arrangement, answer_at, eventually
from tests.registry_site.test_watching import WatchedSite
from tests.running_site import ROOT
from tests.standby import Standby

pytestmark = pytest.mark.django_db

ROLE = "register_public"
LIST = "/en/processing/?sort=newest"
FORM = "/en/organisations/body/contact/"
# What a site writes for an operator.
GONE, BACK = "for now: ", "may be read from"


class Servers(Arrangement):
    """A primary, a standby, and two sites that read from it: a patient and a strict one."""

    def start(self) -> None:
        self.url = self.database.start()
        self._stack.callback(self.database.stop)
        self.copy_tables(self.url)
        self.do("fill")
        with psycopg.connect(self.url) as primary:
            primary.execute(f"CREATE ROLE {ROLE} LOGIN")
        self.standby = Standby(self.home / "standby", of=self.database)
        self.standby_url = self.standby.start()
        self._stack.callback(self.standby.stop)
        self.site_variables |= {
            "DATABASE_URL": self.url,
            "PUBLIC_DATABASE_URL": self.as_public(self.standby_url),
        }
        # Rights reach the standby as rows do.
        self.manage("grant_roles", "--public", ROLE)
        self.patient = self.new_site("patient", seconds_behind=600)
        self.strict = self.new_site("strict", seconds_behind=1)

    def as_public(self, url: str) -> str:
        return url.replace("://register@", f"://{ROLE}@")

    def new_site(self, name: str, *, seconds_behind: int) -> WatchedSite:
        home = self.home / name
        home.mkdir()
        variables = self.site_variables | {"PUBLIC_SECONDS_BEHIND": str(seconds_behind)}
        site = WatchedSite(home, **variables)
        self._stack.callback(site.stop)
        return site

    def manage(self, *command: str, **variables: str) -> str:
        """What manage.py writes."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=os.environ | self.site_variables | {"DJANGO_ALLOW_ASYNC_UNSAFE": ""} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    @contextmanager
    def standing_behind(self) -> Iterator[None]:
        """The standby answers, and hears of no change."""
        self.catch_up()
        with psycopg.connect(self.standby_url, autocommit=True) as standby:
            standby.execute("SELECT pg_wal_replay_pause()")
            eventually(
                lambda: (
                    standby.execute("SELECT pg_get_wal_replay_pause_state()").fetchone()
                    == ("paused",)
                ),
                "it stands",
            )
            try:
                yield
            finally:
                standby.execute("SELECT pg_wal_replay_resume()")

    def catch_up(self) -> None:
        with (
            psycopg.connect(self.url, autocommit=True) as primary,
            psycopg.connect(self.standby_url, autocommit=True) as standby,
        ):
            (written,) = primary.execute("SELECT pg_current_wal_insert_lsn()::text").fetchone()
            # Whoever waits for this, all before it is written.
            primary.execute("SELECT pg_switch_wal()")
            eventually(
                lambda: standby.execute(
                    "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [written]
                ).fetchone()[0],
                "the standby has caught up",
            )


@pytest.fixture(scope="module")
def servers(django_db_setup, django_db_blocker) -> Iterator[Servers]:
    servers = Servers()
    try:
        with django_db_blocker.unblock():
            servers.start()
        yield servers
    finally:
        servers.stop()


def ask(site: WatchedSite, path: str, method: str = "GET", body: str = "", **headers) -> Answer:
    return answer_at(site.port, path, method, body, **{"Host": HOST} | headers)


def is_read_from_the_standby(servers: Servers, site: WatchedSite) -> bool:
    with servers.standing_behind():
        name = servers.do("publish")
        return name not in ask(site, LIST).text


def test_page_of_a_replica_is_kept_under_the_tag_of_what_it_shows(servers):
    site, person = servers.patient, servers.do("log in")
    with servers.standing_behind():
        before = ask(site, LIST)
        name = servers.do("publish")
        # The process itself has read the newer register now.
        site.figures()

        again = ask(site, LIST)
        known = ask(site, LIST, If_None_Match=before.headers["etag"])
        found = ask(site, f"/en/processing/?q={name}")
        admin = ask(site, "/admin/processing/processingactivity/", Cookie=person)

        assert (again.text, again.headers["etag"]) == (before.text, before.headers["etag"])
        assert known.status == 304
        # A page that was made anew is of the older register, too: with its own index.
        assert (found.status, "/en/processing/body/" in found.text) == (200, False)
        assert admin.status == 200
        assert name in admin.text
    eventually(lambda: name in ask(site, LIST).text, "the page is the new one")
    newer = ask(site, LIST, If_None_Match=before.headers["etag"])
    assert (newer.status, newer.headers["etag"] != before.headers["etag"]) == (200, True)


def test_replica_that_is_too_far_behind_is_left_out(servers):
    patient, strict = servers.patient, servers.strict
    with servers.standing_behind():
        before = ask(strict, LIST)
        assert "LOKET" in before.text
        servers.do("withdraw")

        eventually(lambda: "LOKET" not in ask(strict, LIST).text, "the strict one leaves it")

        now, stale = ask(strict, LIST), ask(patient, LIST)
        # Other pages have other tags, and the same page the same: whoever made it.
        assert (stale.text, stale.headers["etag"]) == (before.text, before.headers["etag"])
        assert now.headers["etag"] != stale.headers["etag"]
        figures = strict.figures()
        told = f'server="{servers.standby_url.partition("@")[2].partition("/")[0]}"'
        told = told.replace("%2F", "/")
        assert figures["register_replica_up", told] == 1
        assert figures["register_replica_seconds_behind", told] > 0
        assert f"{GONE}ServerBehind" in strict.errors
    eventually(lambda: strict.errors.count(GONE) == strict.errors.count(BACK), "it is taken back")
    eventually(lambda: ask(patient, LIST).text == now.text, "both are the same")
    assert ask(patient, LIST).headers["etag"] == now.headers["etag"]
    servers.catch_up()
    assert strict.figures()["register_replica_seconds_behind", told] == 0


def test_replica_killed_costs_no_request_and_is_used_again(servers):
    site = servers.patient
    statuses: Counter[int] = Counter()
    over = threading.Event()

    def visit(visitor: int) -> None:
        number = 0
        while not over.is_set():
            number += 1
            # Never asked before: no page that is kept.
            path = f"/en/suggestions/?q=visitor{visitor}of{number}"
            statuses[ask(site, path).status] += 1

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(4)]
    for visitor in visitors:
        visitor.start()
    try:
        eventually(lambda: statuses.total() > 100, "they are at it")
        servers.standby.kill()
        before = statuses.total()
        eventually(lambda: statuses.total() > before + 100, "they go on")
    finally:
        over.set()
        for visitor in visitors:
            visitor.join()
    assert set(statuses) == {200}
    name = servers.do("publish")
    assert name in ask(site, LIST).text

    servers.standby.start_again()

    eventually(lambda: is_read_from_the_standby(servers, site), "it is used again")


def test_replica_that_takes_no_connection_is_left_out(servers):
    site, process = servers.strict, servers.standby.process_id
    assert process
    eventually(lambda: site.errors.count(GONE) == site.errors.count(BACK), "it is used")
    before = site.errors.count(GONE)
    os.kill(process, signal.SIGSTOP)
    try:
        eventually(lambda: site.errors.count(GONE) > before, "it is noticed")
        assert ask(site, "/en/processing/?q=stopped").status == 200
    finally:
        os.kill(process, signal.SIGCONT)
    eventually(lambda: site.errors.count(GONE) == site.errors.count(BACK), "it is taken back")


def test_primary_gone_leaves_the_public_its_pages(servers):
    """What the replica lacked then, too: nobody has it now."""
    site, question = servers.strict, servers.question()
    with servers.standing_behind():
        name = servers.do("publish")
        eventually(lambda: name in ask(site, LIST).text, "the primary answers")
        servers.database.pause()
        try:
            eventually(
                lambda: (page := ask(site, LIST)).status == 200 and name not in page.text,
                "what the replica has is the newest",
            )
            assert_only_forms_are_away(site, question)
            figures = site.figures()
            assert figures["register_database_up", ""] == 0
            assert [figures[name] for name in figures if "register_replica_up" in name] == [1]
        finally:
            servers.database.start()
    eventually(lambda: ask(site, FORM).status == 200, "forms are there again")
    eventually(lambda: name in ask(site, LIST).text, "the page is the new one")
    eventually(lambda: is_read_from_the_standby(servers, servers.patient), "all goes on")


def assert_only_forms_are_away(site: WatchedSite, question: str) -> None:
    pages = (LIST, "/en/processing/?q=gone", "/nl/", "/fr/organisations/body/", "/readyz")
    for path in (*pages, "/api/v1/health", "/data/processing/files/jsonl/"):
        assert (path, ask(site, path).status) == (path, 200)
    assert ask(site, "/en/processing/body/99/").status == 404
    sent = ask(site, FORM, "POST", question, Content_Type="application/x-www-form-urlencoded")
    assert sent.status == ask(site, FORM).status == 503


def test_check_asks_every_server(servers):
    gone = f"postgres://{ROLE}@127.0.0.1:{any_port()}/register"
    told = servers.manage(
        *("check", "--deploy", "--database", "default"),
        PUBLIC_DATABASE_URL=f"{servers.as_public(servers.standby_url)} {gone}",
    )

    ours = set(re.findall(r"registry_site\.[EW]00[4-9]", told))
    assert ours == {"registry_site.W004", "registry_site.W006"}
    assert told.count("registry_site.W006") == 1
