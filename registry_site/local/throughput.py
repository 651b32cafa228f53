"""How many kept pages a second the proxy gives, beside a file that nginx serves by itself.

`python -m registry_site.local.throughput`: starts what `make production` starts, asks by wrk, and
prints a table; then how long pages take that are made anew. `--datasette` asks the same of
Datasette, with the same entries. Needs nginx and wrk.
"""

import csv
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

from registry_site.local.datasette import installed, serving
from registry_site.local.port import any_port
from registry_site.local.postgres import die_with_parent
from registry_site.local.proxy import PROGRAM

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SECONDS = int(os.environ.get("SECONDS", "8"))
CONNECTIONS = (32, 256)
LANGUAGES = ("nl", "fr", "de", "en")
EVERYTHING = "en/processing/files/csv/"
COLUMNS = {"body": "Federal body (code)", "number": "Number", "name": "Name", "text": "Summary"}
# So many different pages of a kind, and no more a second than the proxy lets one network make anew.
PAGES_ANEW = 100
PAUSE = 0.05
PAGES = {"list": "processing/", "entry": "processing/fps-finance/1/", "home": ""}
START_SECONDS = 300
# A server that does nothing but send one file: what all else is compared with.
BARE = """\
daemon off; pid {home}/pid; error_log {home}/errors.log; worker_processes auto;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000;
  open_file_cache max=100; default_type text/html;
  server {{ listen 127.0.0.1:{port}; root {home}/files; }}
}}
"""
PERCENTILES = """\
done = function(summary, latency)
  io.write(string.format("%.2f %.2f %.2f %.2f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


def main() -> int:
    if PROGRAM is None or shutil.which("wrk") is None:
        raise SystemExit("There is no nginx or no wrk. On Debian: apt-get install nginx-light wrk")
    port, bare_port = any_port(), any_port()
    var = BASE_DIR / "var" / "throughput"
    site = _started(
        [sys.executable, "-m", "registry_site.local", "production"],
        {"REGISTER_VAR": str(var), "PORT": str(port)},
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/en/", site)
        with tempfile.TemporaryDirectory(prefix="register-throughput-") as directory:
            home = Path(directory)
            script = home / "percentiles.lua"
            script.write_text(PERCENTILES)
            bare = _bare_server(home, bare_port, f"http://127.0.0.1:{port}/en/{PAGES['list']}")
            try:
                _compare(port, bare_port, script)
                entries = _entries(f"http://127.0.0.1:{port}/{EVERYTHING}")
                _tell_of_pages_made_anew(port, entries)
                if "--datasette" in sys.argv:
                    _ask_datasette(entries, bare_port, home, var / "datasette", script)
            finally:
                _end(bare)
        print(f"\nmemory of all processes of the site (PSS): {_memory(site.pid)} MB")
    finally:
        _end(site)
    return 0


def _compare(port: int, bare_port: int, script: Path) -> None:
    print(f"\n{'page':16} {'connections':>11} {'a second':>9} {'of a file':>9}", end="")
    print(f" {'p50 ms':>7} {'p95':>7} {'p99':>7} {'errors':>6}")
    for connections in CONNECTIONS:
        file = _asked(f"http://127.0.0.1:{bare_port}/page", connections, script)
        _tell("a file", connections, file, file[0])
        for name, path in PAGES.items():
            for language in LANGUAGES:
                address = f"http://127.0.0.1:{port}/{language}/{path}"
                # The first is made anew, and kept.
                _get(address)
                found = _asked(address, connections, script)
                _tell(f"{name} {language}", connections, found, file[0])


def _entries(address: str) -> list[dict[str, str]]:
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
        lines = answer.read().decode("utf-8-sig").splitlines()
    rows = csv.DictReader(lines, delimiter=";")
    # One that has several rows has its number in the first only.
    return [{name: row[told] for name, told in COLUMNS.items()} for row in rows if row["Number"]]


def _tell_of_pages_made_anew(port: int, entries: list[dict[str, str]]) -> None:
    """Each asked once, through the proxy, which then has none of them."""
    print(f"\n{'made anew':24} {'pages':>5} {'p50 ms':>7} {'p95':>7} {'p99':>7}")
    words = dict.fromkeys(
        word for entry in entries for word in re.findall(r"\w{5,}", entry["name"])
    )
    kinds = {
        "list": [f"processing/?organisation={body}" for body in _bodies(entries)],
        "search": [f"processing/?q={quote(word)}" for word in words],
        "entry": [f"processing/{entry['body']}/{entry['number']}/" for entry in entries],
    }
    for kind, paths in kinds.items():
        addresses = [
            f"http://127.0.0.1:{port}/{language}/{path}" for path in paths for language in LANGUAGES
        ]
        _tell_times(kind, addresses)


def _bodies(entries: list[dict[str, str]]) -> Iterable[str]:
    return dict.fromkeys(entry["body"] for entry in entries)


def _tell_times(kind: str, addresses: list[str]) -> None:
    times = []
    for address in addresses[:PAGES_ANEW]:
        started = time.perf_counter()
        _get(address)
        times.append((time.perf_counter() - started) * 1000)
        time.sleep(PAUSE)
    shares = quantiles(times, n=100)
    told = " ".join(f"{shares[percent - 1]:7.1f}" for percent in (50, 95, 99))
    print(f"{kind:24} {len(times):5} {told}", flush=True)


def _ask_datasette(
    entries: list[dict[str, str]], bare_port: int, home: Path, program: Path, script: Path
) -> None:
    path, port = home / "entries.db", any_port()
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE entries ({', '.join(COLUMNS)})")
        named = ", ".join(f":{name}" for name in COLUMNS)
        # Names of columns above.
        database.executemany(f"INSERT INTO entries VALUES ({named})", entries)  # noqa: S608
        database.execute("CREATE INDEX entries_body ON entries (body)")
        database.execute(
            "CREATE VIRTUAL TABLE entries_fts USING fts5 (name, text, content=entries)"
        )
        database.execute("INSERT INTO entries_fts (entries_fts) VALUES ('rebuild')")
    database.close()
    command = [installed(program), "serve", "-i", path, "--port", str(port)]
    command += ["--setting", "default_page_size", "25", "--setting", "suggest_facets", "off"]
    site = f"http://127.0.0.1:{port}/entries/entries"
    with serving(command, port, dict(os.environ)):
        listed = f"{site}?_facet=body"
        _tell_times("datasette: list", [f"{listed}&body={body}" for body in _bodies(entries)])
        words = [entry["name"].split()[0] for entry in entries]
        _tell_times("datasette: search", [f"{listed}&_search={quote(word)}" for word in words])
        rows = [f"{site}/{number}" for number in range(1, len(entries) + 1)]
        _tell_times("datasette: entry", rows)
        for connections in CONNECTIONS:
            file = _asked(f"http://127.0.0.1:{bare_port}/page", connections, script)
            for kind, address in {"list": listed, "entry": rows[0]}.items():
                found = _asked(address, connections, script)
                _tell(f"datasette: {kind}", connections, found, file[0])


def _tell(name: str, connections: int, found: list[float], file: float) -> None:
    speed, *times, errors = found
    told = " ".join(f"{each:7.2f}" for each in times)
    print(f"{name:16} {connections:11} {speed:9.0f} {speed / file:9.2f} {told} {errors:6.0f}")


def _asked(address: str, connections: int, script: Path) -> list[float]:
    """Requests a second, the time that 50, 95 and 99 % took at most (ms), and how many failed."""
    run = subprocess.run(
        [
            *("wrk", "-t2", f"-c{connections}", f"-d{SECONDS}s", "-s", script),
            *("-H", "Accept-Encoding: gzip", address),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    last = run.stdout.strip().splitlines()[-1]
    return [float(each) for each in last.split()]


def _bare_server(home: Path, port: int, page: str) -> subprocess.Popen:
    """One nginx with one file: the very bytes of a page as they are sent, packed."""
    (home / "files").mkdir()
    (home / "files" / "page").write_bytes(_get(page))
    (home / "files" / "page").chmod(0o644)
    home.chmod(0o755)
    configuration = home / "nginx.conf"
    configuration.write_text(BARE.format(home=home, port=port))
    options = "user root;" if os.geteuid() == 0 else ""
    process = _started([PROGRAM, "-p", f"{home}/", "-c", str(configuration), "-g", options], {})
    _wait_for(f"http://127.0.0.1:{port}/page", process)
    return process


def _get(address: str) -> bytes:
    # An address of this module, on loopback.
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return answer.read()


def _started(command: list[str], environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        command,
        cwd=BASE_DIR,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            _get(address)
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"Nothing answers at {address}.") from None
            time.sleep(0.5)


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    process.wait(timeout=60)


def _memory(process: int) -> int:
    """What a process and all below it take of the memory, in MB; what they share counts once."""
    kilobytes = 0
    for each in _with_children(process):
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{each}/smaps_rollup").read_text(), re.M)
        kilobytes += int(found[1]) if found else 0
    return kilobytes // 1024


def _with_children(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _with_children(int(child))


if __name__ == "__main__":
    sys.exit(main())
