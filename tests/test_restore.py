"""A dump goes into an empty database, in parts, or as data alone, and the register goes on.

What must come back is every row as it was. Where data come in past the triggers in force, two
things may differ, because the triggers made them anew: the register's revision and at which
number of it a publication last changed. They must be newer, so that nothing built before the
restore is taken for fresh.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from registry_site.local.postgres import PrivatePostgres
from tests import environment
from tests.running_site import ROOT

DEBIAN = Path("/usr/lib/postgresql/15/bin")
# Nobody special: it owns the databases and may do what an operator without a superuser may.
OWNER = "owner"
# What `migrate` puts into an empty database itself.
MADE_BY_MIGRATE = "django_migrations, django_content_type, auth_permission, organisations_revision"
_serial = count(1)

needs_debian = pytest.mark.skipif(
    not DEBIAN.exists() and "CI" not in os.environ,
    reason="no PostgreSQL 15: apt-get install postgresql-15",
)
# The oldest PostgreSQL that the register runs on, and that of the tests, which is a newer one.
OLD, NEW = "old", "new"
# Into an older one no dump goes: PostgreSQL does not promise it.
pairs = pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param(OLD, OLD, marks=needs_debian),
        pytest.param(OLD, NEW, marks=needs_debian),
        (NEW, NEW),
    ],
    indirect=True,
)


class OtherDatabase:
    """The process of tests/other_database.py."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.other_database"],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "registry_site.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def does(self, action: str, url: str) -> dict | None:
        self.process.stdin.write(json.dumps([url, action]) + "\n")
        self.process.stdin.flush()
        end, answer = json.loads(self.process.stdout.readline())
        assert end == "done", answer
        return answer

    def stop(self) -> None:
        self.process.communicate(timeout=30)


@dataclass
class Server:
    """A PostgreSQL with a template of a freshly migrated database and a dump of a full one."""

    postgres: PrivatePostgres
    url: str
    dump: Path
    worker: OtherDatabase

    def prepare(self) -> None:
        self.execute(f"CREATE ROLE {OWNER} LOGIN")
        self.worker.does("migrate", self.new_database("migrated"))
        self.worker.does("fill", self.new_database("filled", template="migrated"))
        self.run("pg_dump", "--format=custom", f"--file={self.dump}", self.of_owner("filled"))

    def execute(self, sql: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql)

    def new_database(
        self, name: str = "", *, template: str = "template0", options: str = ""
    ) -> str:
        name = name or f"restored{next(_serial)}"
        self.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template} {options}")
        return self.of_owner(name)

    def of_owner(self, name: str) -> str:
        head, _register = self.url.rsplit("/", 1)
        return head.replace("register@", f"{OWNER}@") + f"/{name}"

    def run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self.postgres.binaries / program, *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def restore(self, dump: Path, url: str, *options: str) -> None:
        self.run("pg_restore", "--exit-on-error", f"--dbname={url}", *options, dump)


@pytest.fixture(scope="module")
def servers(tmp_path_factory) -> Iterator[dict[str, Server]]:
    directory = tmp_path_factory.mktemp("dumps")
    with ExitStack() as stack:
        running = {NEW: (environment.database, os.environ["DATABASE_URL"])}
        if DEBIAN.exists():
            home = Path(tempfile.mkdtemp(prefix="register-restore-"))
            stack.callback(shutil.rmtree, home, ignore_errors=True)
            home.chmod(0o755)  # PostgreSQL may have to run under another account
            old = PrivatePostgres(home / "postgres", throw_away=True, binaries=DEBIAN)
            stack.callback(old.stop)
            running[OLD] = (old, old.start())
        servers = {}
        for age, (postgres, url) in running.items():
            worker = OtherDatabase()
            stack.callback(worker.stop)
            servers[age] = Server(postgres, url, directory / f"{age}.dump", worker)
        with ThreadPoolExecutor() as threads:
            list(threads.map(Server.prepare, servers.values()))
        yield servers


@pytest.fixture
def source(servers, request) -> Server:
    return servers[request.param]


@pytest.fixture
def target(servers, request) -> Server:
    return servers[request.param]


def empty(migrated: str) -> None:
    with psycopg.connect(migrated) as connection:
        connection.execute(f"TRUNCATE {MADE_BY_MIGRATE} CASCADE")


def rows_of(url: str, *, without_revisions: bool = False) -> dict[str, object]:
    """Table -> how many rows it has and a hash of them all; sequence -> its last number."""
    left_aside = "revision" if without_revisions else ""
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = {
            table: connection.execute(
                f"""
                SELECT count(*), md5(string_agg(row, '' ORDER BY row COLLATE "C"))
                FROM (SELECT (to_jsonb(t) - %s::text)::text AS row FROM {table} AS t) AS rows
                """,  # noqa: S608 (tables of our own)
                [left_aside],
            ).fetchone()
            for (table,) in tables.fetchall()
        }
        sequences = connection.execute("SELECT sequencename, last_value FROM pg_sequences")
        if without_revisions:
            del rows["organisations_revision"]
        return rows | dict(sequences.fetchall())


def revisions_of(url: str) -> tuple[dict[str, int], dict[int, int]]:
    """Area -> its number; publication -> at which number it last changed."""
    with psycopg.connect(url) as connection:
        areas = connection.execute("SELECT area, number FROM organisations_revision")
        publications = connection.execute("SELECT id, revision FROM processing_publication")
        return dict(areas.fetchall()), dict(publications.fetchall())


def assert_same_rows(restored: str, original: str) -> None:
    assert rows_of(restored) == rows_of(original)


def assert_same_rows_made_known_anew(restored: str, original: str) -> None:
    before = rows_of(original, without_revisions=True)
    assert rows_of(restored, without_revisions=True) == before
    (old_areas, old_publications), (areas, publications) = map(revisions_of, (original, restored))
    assert areas.keys() == old_areas.keys()
    assert all(areas[area] > old_areas[area] for area in areas)
    assert publications.keys() == old_publications.keys()
    last = old_areas["publications"]
    assert all(last < number <= areas["publications"] for number in publications.values())


def assert_serves(server: Server, url: str) -> None:
    assert server.worker.does("serve", url) == {
        "before": {"reseau": ["Réseau routier"], "zolder": [], "parking": [], "draft": []},
        "versions": [3, 1, 1],
        "after": {
            "reseau": [],
            "network": ["Road network"],
            "draft": ["Draft"],
            "added": ["Added"],
        },
        "mails": 4,
    }


@pairs
def test_dump_restores_whole(source, target):
    url = target.new_database()

    target.restore(source.dump, url)

    assert_same_rows(url, source.of_owner("filled"))
    assert_serves(target, url)


@pairs
def test_dump_restores_in_sections(source, target):
    url = target.new_database()

    for section in ("pre-data", "data", "post-data"):
        target.restore(source.dump, url, f"--section={section}")

    assert_same_rows(url, source.of_owner("filled"))
    assert_serves(target, url)


@pairs
def test_data_restore_into_a_restored_schema_past_the_triggers(source, target):
    url = target.new_database()

    target.restore(source.dump, url, "--schema-only")
    target.restore(source.dump, url, "--data-only", "--single-transaction")

    assert_same_rows_made_known_anew(url, source.of_owner("filled"))
    assert_serves(target, url)


@pairs
def test_data_restore_into_a_migrated_database_past_the_triggers(source, target):
    url = target.new_database(template="migrated")

    empty(url)
    target.restore(source.dump, url, "--data-only", "--single-transaction")

    assert_same_rows_made_known_anew(url, source.of_owner("filled"))
    assert_serves(target, url)


def test_superuser_restores_data_without_the_triggers(servers):
    server = servers[NEW]
    url = server.new_database(template="migrated").replace(f"{OWNER}@", "register@")

    empty(url)
    server.restore(server.dump, url, "--data-only", "--single-transaction", "--disable-triggers")

    assert_same_rows(url, server.of_owner("filled"))


@needs_debian
def test_names_come_in_the_same_order_whatever_the_collation_of_the_database(servers):
    server = servers[OLD]
    collation = "LOCALE_PROVIDER icu ICU_LOCALE 'nl-BE' LOCALE 'C.UTF-8'"
    url = server.new_database(options=collation)

    server.restore(server.dump, url)

    with psycopg.connect(url) as connection:
        order = connection.execute("SELECT 'loket' < 'Loket', 'Loket' < 'LOKET'")
        assert order.fetchone() == (True, True)
    assert server.worker.does("listed", url) == ["LOKET", "Loket", "loket", "Réseau routier"]


def test_every_function_names_its_schema(db):
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT proname FROM pg_proc
            WHERE pronamespace = current_schema()::regnamespace
            AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
            AND coalesce(array_to_string(proconfig, ' '), '') !~ 'search_path='
        """)

        assert cursor.fetchall() == []
