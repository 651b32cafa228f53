"""The same entries and the same questions to this site and to Datasette, side by side over HTTP."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from organisations.languages import passage
from processing.finding.search_documents import passages
from processing.models import Publication
from processing.public_record import PublicRecord
from registry_site.local.datasette import installed, serving

ROUNDS = 60
PORTS = {"register": 8391, "datasette": 8392}
WORDS = ["luchtvaart", "belasting", "pensioen", "rijbewijs", "patiënt", "aangifte inkomsten"]
COMMON = ["gegevens"]
BASES = ["a", "b", "c", "e", "f"]


def compare(directory: Path) -> dict:
    """Print and return the p95 in milliseconds of both, per kind of question."""
    program = installed(directory / "datasette")
    database = directory / "entries.db"
    keys = _copied(database)
    inspected = directory / "inspect.json"
    subprocess.run(
        [program, "inspect", database, "--inspect-file", inspected], check=True, capture_output=True
    )
    register = [sys.executable, "-m", "gunicorn", "--config", "registry_site/gunicorn_settings.py"]
    other = [
        *(program, "serve", "-i", database, "--inspect-file", inspected),
        *("--port", str(PORTS["datasette"]), "--setting", "suggest_facets", "off"),
        *("--setting", "default_page_size", "25", "--setting", "facet_time_limit_ms", "10000"),
        *("--setting", "sql_time_limit_ms", "10000"),
    ]
    environment = os.environ | {
        "BIND": f"127.0.0.1:{PORTS['register']}",
        "WEB_WORKERS": "1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "0",
    }
    results = {}
    with serving(register, PORTS["register"], environment) as process:
        ours = {kind: _times(PORTS["register"], ask) for kind, ask in _ours(keys).items()}
        results["memory_pss_mb"] = memory(process)
    with serving(other, PORTS["datasette"], environment):
        theirs = {kind: _times(PORTS["datasette"], ask) for kind, ask in _theirs(keys).items()}
    print(f"{'p95 in ms':28} {'register':>9} {'datasette':>10} {'share':>6}")
    for kind, times in ours.items():
        mine, other_time = quantiles(times, n=20)[-1], quantiles(theirs[kind], n=20)[-1]
        results[kind] = {"register": mine, "datasette": other_time, "share": mine / other_time}
        print(f"{kind:28} {mine:9.1f} {other_time:10.1f} {mine / other_time:6.2f}", flush=True)
    print(f"memory of a worker (PSS): {results['memory_pss_mb']:.0f} MB")
    return results


def _ours(keys: list[tuple[int, str, int]]) -> dict[str, Callable[[random.Random], str]]:
    listed = "/nl/processing/?"

    def entry(chance: random.Random) -> str:
        _key, slug, number = chance.choice(keys)
        return f"/nl/processing/{slug}/{number}/"

    return {
        "filtered list": lambda chance: listed + urlencode({"basis": chance.choice(BASES)}),
        "search": lambda chance: listed + urlencode({"q": chance.choice(WORDS)}),
        "search, very common word": lambda chance: listed + urlencode({"q": chance.choice(COMMON)}),
        "entry": entry,
    }


def _theirs(keys: list[tuple[int, str, int]]) -> dict[str, Callable[[random.Random], str]]:
    listed = "/entries/entries?_facet=body&_facet=basis&"
    return {
        "filtered list": lambda chance: listed + urlencode({"basis": chance.choice(BASES)}),
        "search": lambda chance: listed + urlencode({"_search": chance.choice(WORDS)}),
        "search, very common word": lambda chance: (
            listed + urlencode({"_search": chance.choice(COMMON)})
        ),
        "entry": lambda chance: f"/entries/entries/{chance.choice(keys)[0]}",
    }


def _times(port: int, ask: Callable[[random.Random], str]) -> list[float]:
    chance = random.Random(1)
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    paths = [ask(chance) for _round in range(ROUNDS)]
    times = []
    for path in [*dict.fromkeys(paths), *paths]:
        started = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        times.append((time.perf_counter() - started) * 1000)
        if response.status != 200:
            raise SystemExit(f"{path} answers {response.status}")
    connection.close()
    return times[-ROUNDS:]  # the first ones only warmed both up


def _copied(path: Path) -> list[tuple[int, str, int]]:
    """Write the entries into an SQLite file; returns (key, slug, number) of some of them."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT, number INTEGER, basis TEXT,"
        " themes TEXT, title TEXT, summary TEXT, text TEXT, record TEXT)"
    )
    rows = (
        Publication.objects.current()
        .order_by("pk")
        .values_list("pk", "organisation__slug", "number", "record")
    )
    keys = []
    for key, slug, number, stored in rows.iterator(chunk_size=2000):
        record = PublicRecord.from_json(stored)
        text = "\n".join(words.plain for _weight, words in passages(record, "nl"))
        database.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(key, slug, number, record.legal_grounds[0].ground[2:], json.dumps(record.themes)),
                *(passage(record.name, "nl"), passage(record.summary, "nl"), text),
                json.dumps(stored),
            ),
        )
        keys.append((key, slug, number))
    for column in ("body", "basis", "title"):
        database.execute(f"CREATE INDEX entries_{column} ON entries ({column})")
    database.execute(
        'CREATE VIRTUAL TABLE entries_fts USING fts5 (title, text, content="entries",'
        " content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute("INSERT INTO entries_fts (entries_fts) VALUES ('rebuild')")
    database.commit()
    database.execute("ANALYZE")
    database.close()
    return keys[:: max(len(keys) // 500, 1)]


def memory(process: subprocess.Popen) -> float:
    """Megabytes that a worker keeps for itself (proportional set size), the median of workers."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    sizes = []
    for child in children:
        for line in Path(f"/proc/{child}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                sizes.append(int(line.split()[1]) / 1024)
    return median(sizes)
