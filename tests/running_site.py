"""`make run` as a process, with everything that it leaves behind in a directory of ours."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit
from zlib import crc32

import psycopg

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 240
# What an address or a place can stand in: to read the rest of thousands of pages takes a minute.
TAG = re.compile(r"<[a-z][^>]*\s(?:id|href|src|poster)=[^>]*>")


class RunningSite:
    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="register-run-"))
        self.home.chmod(0o755)  # PostgreSQL may have to run under another account
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self.output = ""

    def start(self) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            # What tests/environment.py set is not what somebody has who types `make run`.
            if name in {"PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV"}
        }
        with (self.home / "output").open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "registry_site.local", "run"],
                cwd=ROOT,
                env=environment | {"PORT": str(self.port), "REGISTER_VAR": str(self.home)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while True:
            self.output = (self.home / "output").read_text()
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the site did not start:\n{self.output}")
            try:
                if self.get("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.2)

    def wait_until_silent(self) -> None:
        """Until nothing answers any more: what a killed site started ends on its own."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                self.get("/healthz")
            except OSError:
                return
            time.sleep(0.1)
        raise AssertionError("something still answers")

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=60)

    def remove(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, *, follow: bool = False) -> "Answer":
        """The answer at a path; with `follow`, the one that a redirect leads to."""
        answer = self._get(path)
        while follow and answer.status == 302:
            answer = self._get(answer.header("location"))
        return answer

    def _get(self, path: str) -> "Answer":
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            headers = [(name.lower(), value) for name, value in response.getheaders()]
            # Pictures are asked for too; nobody reads them as text.
            text = response.read().decode(errors="replace")
            return Answer(path, response.status, headers, text)
        finally:
            connection.close()

    def database_is_running(self) -> bool:
        return any(self.home.glob("postgres/pg*/postmaster.pid"))

    def query(self, sql: str) -> list[tuple]:
        """Ask the site's own database."""
        (pid_file,) = self.home.glob("postgres/pg*/postmaster.pid")
        sockets = pid_file.read_text().splitlines()[4]
        with psycopg.connect(host=sockets, user="register", dbname="register") as connection:
            return connection.execute(sql).fetchall()


@dataclass
class Answer:
    path: str
    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str | None:
        return dict(self.headers).get(name)

    @property
    def is_page(self) -> bool:
        return (self.header("content-type") or "").startswith("text/html")


class Links(HTMLParser):
    """Where a page leads and what it loads; it is fed with start tags alone."""

    # After none of them comes a content that is no markup.
    CDATA_CONTENT_ELEMENTS = RCDATA_CONTENT_ELEMENTS = ()

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.pages: list[str] = []
        self.loads: list[str] = []
        self.fragments: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if identifier := values.get("id"):
            self.ids.add(identifier)
        if tag == "a" and (target := values.get("href")):
            address, fragment = urldefrag(urljoin(self.base, target))
            self.pages.append(address)
            if fragment and address == urldefrag(self.base)[0]:
                self.fragments.append(fragment)
        if tag == "link" and values.get("rel") in {"stylesheet", "icon"}:
            self.loads.append(urljoin(self.base, values["href"]))
        if tag == "link" and values.get("rel") in {"canonical", "alternate"}:
            self.pages.append(values["href"])
        self.loads += [
            urljoin(self.base, values[name]) for name in ("src", "poster") if name in values
        ]


def crawl(site: RunningSite, start: list[str]) -> dict[str, Answer]:
    """Every page that links lead to from the start, and everything that those pages load."""
    found: dict[str, Answer] = {}
    waiting = list(start)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = found[path] = site.get(path)
        if not answer.is_page:
            continue
        links = Links(site.url + path)
        links.feed("".join(TAG.findall(answer.text)))
        missing = [name for name in links.fragments if name not in links.ids]
        assert missing == [], f"{path} links to {missing} on itself"
        for address in [*links.pages, *links.loads]:
            parts = urlsplit(address)
            if f"{parts.scheme}://{parts.netloc}" == site.url:
                is_one_of_many = is_narrowed(address) or "/files/" in address
                if is_one_of_many and crc32(address.encode()) % 50:
                    continue  # as many as choices of filters, or as formats: one in fifty will do
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
            else:
                assert address in links.pages, f"{path} loads {address}"
    return found


def is_narrowed(address: str) -> bool:
    """Whether the address is a list with filters, in another order, or with more options."""
    return bool(set(parse_qs(urlsplit(address).query)) - {"page", "received", "show"})


def shape(path: str) -> str:
    """What kind of page an address leads to: its numbers, bodies and language left out."""
    path = re.sub(r"^/(nl|fr|de|en)/", "/{lang}/", path)
    path = re.sub(r"/(organisations|processing)/[a-z-]+/", r"/\1/{slug}/", path)
    return re.sub(r"\d+", "{n}", path)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
