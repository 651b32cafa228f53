"""A visitor leaves in the middle of a large file: nothing of it goes on."""

import socket
from collections.abc import Iterator

import pytest
from django.db import connection

from organisations.public_page import FILES_AT_ONCE
from tests import factories
from tests.proxy.arrangement import eventually
from tests.served_site import ServedSite

ENTRIES = 100
# More than what sender and receiver keep on the way, for a part of the entries.
LONG = 400_000


@pytest.fixture
def site(transactional_db, code_lists, body_a, publisher_a, tmp_path) -> Iterator[ServedSite]:
    for number in range(ENTRIES):
        factories.create_publication(body_a, by=publisher_a, name=f"Entry {number}")
    with connection.cursor() as cursor:
        # Of other signs than the next: the database packs what repeats itself.
        signs = "string_agg(md5(n || '-' || publication.id), '')"
        long = f"(SELECT {signs} FROM generate_series(1, %s) AS n)"  # noqa: S608 (ours)
        # No trigger says that a publication never changes.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE processing_publication AS publication SET record ="  # noqa: S608 (ours)
            f" jsonb_set(record, '{{summary}}', jsonb_build_object('en', {long}))",
            [LONG // 32],
        )
        cursor.execute("RESET session_replication_role")
    site = ServedSite(tmp_path)
    yield site
    site.stop()


def test_file_that_is_left_reads_no_further_and_leaves_its_place(site):
    path = "/en/processing/files/csv/"
    for _again in range(2):
        left = [begun(site, path) for _place in range(FILES_AT_ONCE)]
        assert sessions_at_work(site) == FILES_AT_ONCE
        assert site.get("/en/processing/files/jsonl/?q=none")[0] == 503
        for client in left:
            client.close()

        eventually(lambda: sessions_at_work(site) == 0, "nothing is read for who left")
        assert site.get("/en/processing/files/jsonl/?q=none")[0] == 200


def begun(site: ServedSite, path: str) -> socket.socket:
    """Some of the file has come, and far more waits to be fetched."""
    client = socket.create_connection(("127.0.0.1", site.port), timeout=30)
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    received = b""
    while len(received) < 10_000:
        received += client.recv(10_000)
    assert received.startswith(b"HTTP/1.1 200")
    return client


def sessions_at_work(site: ServedSite) -> int:
    """Of the site, in a query or a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'"
        )
        return cursor.fetchone()[0]
