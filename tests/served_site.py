"""The site under gunicorn, with the settings of production, on the database of the tests."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from django.db import connection

from tests.running_site import ROOT, free_port

START_SECONDS = 60


class ServedSite:
    """`options` are for gunicorn, `variables` for the site, which writes temporary files into
    `temporary`. `code` is where another release lies; `listening`, on which addresses it
    listens beside that of this machine.
    """

    def __init__(
        self,
        home: Path,
        *options: str,
        user: str = "",
        code: Path = ROOT,
        listening: str = "127.0.0.1",
        **variables: str,
    ) -> None:
        database = connection.settings_dict
        host = database["HOST"].replace("/", "%2F")
        self.port = free_port()
        self.temporary = home / "temporary"
        self.temporary.mkdir()
        self._errors = home / "errors"
        self._code = code
        self._environment = os.environ | {
            "DATABASE_URL": f"postgres://{user or database['USER']}@{host}/{database['NAME']}",
            "BIND": f"{listening}:{self.port}",
            "WEB_WORKERS": "1",
            "TMPDIR": str(self.temporary),
            **variables,
        }
        command = [sys.executable, "-m", "gunicorn", "-c", "registry_site/gunicorn_settings.py"]
        self._command = [*command, *options]
        self.start()
        try:
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def start(self) -> None:
        with self._errors.open("a") as errors:
            self.process = subprocess.Popen(
                self._command, cwd=self._code, env=self._environment, stderr=errors
            )

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    @property
    def errors(self) -> str:
        """What it wrote for an operator."""
        return self._errors.read_text()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError):
                if self.get("/readyz")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"the site did not start:\n{self.errors}")

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str]]:
        """Status and headers of an answer."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            asked.request("GET", path, headers=named)
            response = asked.getresponse()
            response.read()
            return response.status, dict(response.getheaders())
        finally:
            asked.close()

    def begin(self, path: str, *headers: str) -> socket.socket:
        """Send the head of a POST; the content is for who calls."""
        client = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        head = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers, "", ""]
        client.sendall("\r\n".join(head).encode())
        return client


def answer_to(client: socket.socket) -> tuple[int, str]:
    """Status and text of what comes back; the connection stays open."""
    with HTTPResponse(client) as response:
        response.begin()
        return response.status, response.read().decode()
