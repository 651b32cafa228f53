"""Production on one machine: nginx as it is deployed, the site, a PostgreSQL of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection

from contact.tokens import new_token
from registry_site.local.postgres import PrivatePostgres
from registry_site.local.proxy import PROGRAM, Proxy
from tests.running_site import free_port
from tests.served_site import ServedSite
from tests.test_restore import OtherDatabase

needs_nginx = pytest.mark.skipif(
    PROGRAM is None and "CI" not in os.environ, reason="no nginx: apt-get install nginx-light"
)
HOST = "register.example"
# So long a test waits for what must come in the end.
SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    # By their names in small letters; those that come twice, with a comma.
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class Arrangement:
    """A small register (tests/other_database.py) that caches keep for a second."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.home = Path(tempfile.mkdtemp(prefix="register-proxy-"))
        self._stack.callback(shutil.rmtree, self.home, ignore_errors=True)
        self.home.chmod(0o755)  # PostgreSQL may have to run under another account
        self.database = PrivatePostgres(self.home / "postgres", throw_away=True)
        self.worker = OtherDatabase()
        self._stack.callback(self.worker.stop)
        self.site_variables = {
            "ALLOWED_HOSTS": HOST,
            "PUBLIC_CACHE_SECONDS": "1",
            "STATEMENT_TIMEOUT": "2",
            "CLIENT_ADDRESS_HEADER": "X-Real-IP",
            "RELEASE": "proxied",
        }

    def start(self) -> None:
        url = self.database.start()
        # It may be another one by then.
        self._stack.callback(lambda: self.database.stop())
        self.copy_tables(url)
        self.do("fill")
        self.site = ServedSite(self.home, DATABASE_URL=url, **self.site_variables)
        self._stack.callback(lambda: self.site.stop())
        call_command("proxy_pages", self.home / "pages")
        self.proxy = self.new_proxy("proxy")

    def stop(self) -> None:
        self._stack.close()

    def new_proxy(self, name: str, **options: object) -> Proxy:
        proxy = Proxy(
            self.home / name,
            **{"port": free_port(), "site": self.site.port, "pages": self.home / "pages"} | options,
        )
        self._stack.callback(proxy.stop)
        proxy.start()
        return proxy

    def do(self, action: str) -> object:
        return self.worker.does(action, self.database.start())

    def copy_tables(self, url: str) -> None:
        """From the database of the tests: to make them takes far longer."""
        source = connection.settings_dict
        address = ["--host", source["HOST"], "--username", source["USER"], source["NAME"]]
        programs = self.database.binaries
        dump = subprocess.run(
            [programs / "pg_dump", "--format=custom", "--no-privileges", *address],
            capture_output=True,
            check=True,
        )
        subprocess.run(
            [programs / "pg_restore", "--no-owner", f"--dbname={url}"],
            input=dump.stdout,
            check=True,
        )

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """The answer of the proxy."""
        return answer_at(self.proxy.port, path, method, body, **{"Host": HOST} | headers)

    def question(self, message: str = "Which data?") -> str:
        """A filled-in form of a citizen."""
        asked = {
            **{"kind": "question", "email": "robin@citizens.example", "message": message},
            "token": new_token("body", None, may_hurry=True),
        }
        return urlencode(asked)

    def send(self, *parts: bytes) -> bytes:
        """All that comes back until the proxy closes, for what is sent as given."""
        with socket.create_connection(("127.0.0.1", self.proxy.port), timeout=SECONDS) as client:
            for part in parts:
                client.sendall(part)
            received = b""
            # A reset: it closed while there was more to read.
            with suppress(ConnectionResetError):
                while piece := client.recv(65_536):
                    received += piece
            return received


def answer_at(port: int, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
    """`_` in the name of a header stands for `-`."""
    asked = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        asked.request(method, path, body or None, named)
        return read(asked.getresponse())
    finally:
        asked.close()


def read(response: HTTPResponse) -> Answer:
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        known = headers.get(name.lower())
        headers[name.lower()] = f"{known}, {value}" if known else value
    return Answer(response.status, headers, response.read())


def eventually(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)


def self_signed(home: Path) -> Path:
    """A file with a certificate for this machine, and its key."""
    key, certificate = home / "certificate.key", home / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-noenc", "-days", "1", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    certificate.write_text(certificate.read_text() + key.read_text())
    return certificate
