"""The proxy of deploy/nginx/ on one's own machine, for `make production` and the tests."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from registry_site.local.port import any_port
from registry_site.local.postgres import die_with_parent

CONFIGURATION = Path(__file__).resolve().parent.parent.parent / "deploy" / "nginx"
# Debian's place, which is not on the path of everybody.
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
START_SECONDS = 20
HTTP = """\
upstream site {{ {sites} }}
upstream inner {{ server 127.0.0.1:{inner}; }}
map $host $visitors_scheme {{ default {scheme}; }}
map $host $pages {{ default {home}/pages; }}
access_log {home}/requests.log told;
"""
TLS = """\
listen 127.0.0.1:{port} ssl http2;
include tls.conf;
ssl_certificate {certificate};
ssl_certificate_key {certificate};
"""


class Proxy:
    """nginx on a port of loopback, before a site on another; all it keeps is below a directory.

    `pages` is where `manage.py proxy_pages` wrote; `certificate` a file with its key, for TLS.
    """

    def __init__(
        self, home: Path, *, port: int, site: int, pages: Path, certificate: Path | None = None
    ) -> None:
        self.port = port
        self.home = home.resolve()
        self._process: subprocess.Popen | None = None
        here = self.home / "here"
        here.mkdir(parents=True, exist_ok=True)
        self._inner = any_port()
        self._scheme, server = "http", f"listen 127.0.0.1:{port};\n"
        if certificate:
            self._scheme, server = "https", TLS.format(port=port, certificate=certificate)
        self._name_sites(site)
        (here / "server.conf").write_text(server)
        (here / "inner.conf").write_text(f"listen 127.0.0.1:{self._inner};\n")
        for name in CONFIGURATION.glob("*.conf"):
            shutil.copy(name, self.home)
        shutil.copytree(pages, self.home / "pages", dirs_exist_ok=True)

    def start(self) -> None:
        """Start it, or raise SystemExit with what it says."""
        if PROGRAM is None:
            raise SystemExit("There is no nginx. On Debian: apt-get install nginx-light")
        # Workers of root would become another account, which may not reach the place.
        options = "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"
        command = [PROGRAM, "-p", f"{self.home}/", "-c", self.home / "nginx.conf", "-g", options]
        with (self.home / "errors.log").open("a") as errors:
            self._process = subprocess.Popen(
                command,
                stdout=errors,
                stderr=errors,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        deadline = time.monotonic() + START_SECONDS
        while not _answers(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"nginx did not start:\n{self.errors}")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=30)

    def lead_to(self, *sites: int) -> None:
        """Ask the sites on these ports from now on, in turn; what is asked already is answered."""
        self._name_sites(*sites)
        os.kill(self.process_id, signal.SIGHUP)

    def _name_sites(self, *ports: int) -> None:
        sites = " ".join(f"server 127.0.0.1:{port};" for port in ports)
        (self.home / "here" / "http.conf").write_text(
            HTTP.format(sites=sites, inner=self._inner, home=self.home, scheme=self._scheme)
        )

    def forget(self) -> None:
        """Forget all that is kept: what an operator does to withdraw something at once."""
        for place in self.home.glob("kept-*"):
            for file in place.rglob("*"):
                if file.is_file():
                    file.unlink()

    @property
    def process_id(self) -> int:
        return self._process.pid

    @property
    def errors(self) -> str:
        return (self.home / "errors.log").read_text()

    @property
    def requests(self) -> str:
        """What it wrote down of the requests so far."""
        return (self.home / "requests.log").read_text()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
