"""What it costs to find entries by their meaning: to make the vectors, to keep and to read them."""

import os
import sys
import time
from http.client import HTTPConnection

from django.core.management import call_command
from django.db import connection, transaction

from processing.finding import meanings
from processing.models import Publication, SearchMeaning
from processing.public_record import PublicRecord
from registry_site.local.bench.datasette import PORTS, memory
from registry_site.local.datasette import serving

SAMPLE = 500
PATH = "/nl/processing/?q=afwezigheid+van+werknemers"


def make_missing() -> None:
    """Make the vectors that an earlier run has left out."""
    if SearchMeaning.objects.count() < Publication.objects.current().count():
        call_command("rebuild_search", "--missing")


def measure_meaning(entries: int) -> dict:
    """Print and return seconds, megabytes on disk, and megabytes of a worker with and without."""
    costs = {"seconds_to_make": _seconds_to_make(entries), "disk_mb": _megabytes_on_disk()}
    for name, value in (("with", "1"), ("without", "0")):
        costs[f"memory_pss_mb_{name}"] = _memory_of_worker(value)
    print(
        f"vectors of {entries} entries: {costs['seconds_to_make']:.0f} s to make,"
        f" {costs['disk_mb']:.0f} MB on disk; memory of a worker (PSS)"
        f" {costs['memory_pss_mb_with']:.0f} MB with them,"
        f" {costs['memory_pss_mb_without']:.0f} MB without"
    )
    return costs


def _seconds_to_make(entries: int) -> float:
    """Of all entries, by those of a sample."""
    rows = Publication.objects.current().order_by("-pk").values_list("pk", "record")[:SAMPLE]
    records = [(key, PublicRecord.from_json(record)) for key, record in rows]
    with transaction.atomic():
        meanings.remove([key for key, _record in records])
        started = time.perf_counter()
        meanings.add(records, {})
        seconds = time.perf_counter() - started
    return seconds / len(records) * entries


def _megabytes_on_disk() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('processing_searchmeaning') / 1048576.0")
        return float(cursor.fetchone()[0])


def _memory_of_worker(search_meaning: str) -> float:
    """After it has answered a search."""
    port = PORTS["register"]
    command = [sys.executable, "-m", "gunicorn", "--config", "registry_site/gunicorn_settings.py"]
    environment = os.environ | {
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "2",
        "HTTPS": "0",
        "SEARCH_MEANING": search_meaning,
    }
    with serving(command, port, environment) as process:
        for _time in range(20):
            client = HTTPConnection("127.0.0.1", port, timeout=600)
            client.request("GET", PATH)
            client.getresponse().read()
            client.close()
        return memory(process)
