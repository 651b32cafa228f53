"""As the arrangement, with servers of the database on machines at the ends of cables."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command

from registry_site.local.postgres import PrivatePostgres
from registry_site.local.proxy import Proxy
from tests.cable import Cable
from tests.proxy.arrangement import Arrangement
from tests.running_site import ROOT, free_port
from tests.served_site import ServedSite
from tests.standby import Standby

ROLE = "register_public"


class OnAnotherMachine(PrivatePostgres):
    """Reached over the cable, and by tests through its socket, pulled or not."""

    cable: Cable

    def _initialise(self) -> None:
        super()._initialise()
        with (self._data / "pg_hba.conf").open("a") as file:
            file.write("host all all samenet trust\n")

    def _launch(self) -> None:
        self.listen_addresses = self.cable.far
        with self.cable.far_away():
            super()._launch()

    def url_for(self, role: str) -> str:
        return f"postgres://{role}@{self.cable.far}/register"


class DistantStandby(OnAnotherMachine, Standby):
    pass


class Distant(Arrangement):
    """A site that reads public pages from a standby; primary, standby and a proxy are elsewhere."""

    def __init__(self, cables: list[Cable]) -> None:
        super().__init__()
        self.to_primary, self.to_standby, self.to_proxy = cables
        self.database = OnAnotherMachine(self.home / "distant", throw_away=True)
        self.database.cable = self.to_primary

    def start(self) -> None:
        # Through its socket.
        self.url = self.database.start()
        self._stack.callback(self.database.stop)
        self.copy_tables(self.url)
        self.do("fill")
        with psycopg.connect(self.url) as primary:
            primary.execute(f"CREATE ROLE {ROLE} LOGIN")
        self.standby = DistantStandby(self.home / "standby", of=self.database)
        self.standby.cable = self.to_standby
        self.standby.start()
        self._stack.callback(self.standby.stop)
        self.site_variables |= {
            "DATABASE_URL": self.database.url_for("register"),
            "PUBLIC_DATABASE_URL": self.standby.url_for(ROLE),
            "PUBLIC_SECONDS_BEHIND": "600",
            # It is no limit of the site that ends what waits here.
            "STATEMENT_TIMEOUT": "300",
        }
        with self.running("grant_roles", "--public", ROLE) as granting:
            assert granting.wait() == 0
        # A worker that makes place for a new one would hold visitors up, too.
        options = ("--max-requests", "0")
        self.site = ServedSite(self.home, *options, listening="0.0.0.0", **self.site_variables)  # noqa: S104
        self._stack.callback(self.site.stop)
        call_command("proxy_pages", self.home / "pages")
        self.proxy = self.new_proxy("proxy")

    @contextmanager
    def running(self, *command: str, **variables: str) -> Iterator[subprocess.Popen]:
        """manage.py, which is ended afterwards; it writes into a file of its name."""
        environment = os.environ | self.site_variables | {"DJANGO_ALLOW_ASYNC_UNSAFE": ""}
        with self.told_by(command[0]).open("a") as told:
            process = subprocess.Popen(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=environment | {"PGAPPNAME": command[0]} | variables,
                stdout=told,
                stderr=told,
            )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)

    def told_by(self, command: str) -> Path:
        return self.home / f"{command}.log"

    def ask_database(self, sql: str, *values: object) -> list[tuple]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def behind_a_distant_proxy(self) -> Iterator[None]:
        """Visitors are where that one is."""
        before = self.proxy
        with self.to_proxy.far_away():
            self.proxy = Proxy(
                self.home / "distant-proxy",
                **{"port": free_port(), "site": self.site.port, "pages": self.home / "pages"},
            )
            here = self.proxy.home / "here" / "http.conf"
            site = f"127.0.0.1:{self.site.port}"
            here.write_text(
                here.read_text().replace(site, f"{self.to_proxy.near}:{self.site.port}")
            )
            self.proxy.start()
            try:
                yield
            finally:
                self.proxy.stop()
                self.proxy = before
