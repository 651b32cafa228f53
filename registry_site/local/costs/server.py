"""The site under gunicorn, and what one request to it costs."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

BASE_DIR = Path(__file__).resolve().parent.parent.parent.parent
COMMAND = [sys.executable, "-m", "gunicorn", "--config", "registry_site/gunicorn_settings.py"]
FORM = "application/x-www-form-urlencoded"
START_SECONDS, ANSWER_SECONDS = 60, 60


@dataclass(frozen=True, eq=False)
class Request:
    """Something that somebody asks of the site."""

    path: str
    # What is posted, in the form that it is sent in; None for a page that is fetched.
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    # What it is, where its address does not say that.
    name: str = ""

    @classmethod
    def posted(cls, path: str, values: dict, cookies: dict[str, str], name: str) -> "Request":
        """A form of the admin, sent from its page."""
        token = cookies.get("csrftoken", "")
        body = urlencode({"csrfmiddlewaretoken": token} | values, doseq=True).encode()
        headers = {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}
        return cls(path, body, headers | cookie_header(cookies), name)

    def __str__(self) -> str:
        asked = f"{'GET' if self.body is None else 'POST'} {self.path}"
        asked = asked if len(asked) < 90 else f"{asked[:80]}… ({len(self.path)} characters)"
        return f"{asked} ({self.name})" if self.name else asked


def cookie_header(cookies: dict[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


@dataclass(frozen=True)
class Cost:
    request: Request
    status: int
    # Seconds of a processor core that the web worker and what it started took, and the database.
    web: float
    database: float
    # Megabytes by which the worker grew while it answered, and of the answer.
    growth: float
    size: float

    @property
    def cpu(self) -> float:
        return self.web + self.database


class Server:
    """gunicorn on a port of its own, for as long as the block lasts."""

    def __init__(self, port: int, *options: str, workers: int, postgres: int = 0) -> None:
        self.port = port
        self._command = [*COMMAND, *options]
        # The process of the database server, where its time is counted.
        self._postgres = postgres
        self._environment = os.environ | {
            "BIND": f"127.0.0.1:{port}",
            "WEB_WORKERS": str(workers),
            "STATEMENT_TIMEOUT": "5",
        }

    def __enter__(self) -> "Server":
        self._process = subprocess.Popen(
            self._command, cwd=BASE_DIR, env=self._environment, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError):
                self.ask(Request("/readyz"))
                return self
            time.sleep(0.1)
        raise SystemExit("The site did not start.")

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)

    def ask(self, request: Request) -> tuple[int, bytes]:
        """Status and content of the answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            method = "GET" if request.body is None else "POST"
            connection.request(method, request.path, request.body, request.headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def cost(self, request: Request) -> Cost:
        """What the request costs the one worker of this server."""
        (worker,) = _children(self._process.pid)
        _forget_peak(worker)
        memory, web, database = _memory(worker, "VmRSS"), _spent(worker), self._database()
        status, content = self.ask(request)
        return Cost(
            request=request,
            status=status,
            web=_spent(worker) - web,
            database=self._database() - database,
            growth=max(_memory(worker, "VmHWM") - memory, 0),
            size=len(content) / 1e6,
        )

    def _database(self) -> float:
        return sum(map(_seconds, _children(self._postgres))) if self._postgres else 0


def _children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in text.split()]


def _seconds(process: int) -> float:
    """The time that the threads of a process had a processor for; those that ended left out."""
    spent = 0.0
    for task in Path(f"/proc/{process}/task").glob("*/schedstat"):
        with suppress(OSError):
            spent += int(task.read_text().split()[0]) / 1e9
    return spent


def _spent(process: int) -> float:
    """With the time of processes that it started and that have ended."""
    figures = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return _seconds(process) + (int(figures[13]) + int(figures[14])) / os.sysconf("SC_CLK_TCK")


def _forget_peak(process: int) -> None:
    Path(f"/proc/{process}/clear_refs").write_text("5")


def _memory(process: int, name: str) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0.0
