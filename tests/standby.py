"""A server that follows another one of this machine, as a replica for public pages does."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from registry_site.local.postgres import USER, PrivatePostgres

# It asks at once for what it missed, where the other one was away.
SETTINGS = "wal_retrieve_retry_interval = '100ms'\n"
SECONDS = 60


class Standby(PrivatePostgres):
    def __init__(self, home: Path, *, of: PrivatePostgres) -> None:
        super().__init__(home, throw_away=True, binaries=of.binaries)
        self._first = of

    def _initialise(self) -> None:
        sockets = psycopg.conninfo.conninfo_to_dict(self._first.start())["host"]
        result = self._run(
            "pg_basebackup",
            *(f"--host={sockets}", f"--username={USER}", f"--pgdata={self._data}"),
            *("--write-recovery-conf", "--checkpoint=fast", "--no-sync"),
        )
        assert result.returncode == 0, result.stdout
        with (self._data / "postgresql.auto.conf").open("a") as file:
            file.write(SETTINGS)

    def kill(self) -> None:
        """As where its machine loses power."""
        assert self.process_id
        os.kill(self.process_id, signal.SIGKILL)
        self.pause()

    def start_again(self) -> None:
        """When what it left behind has ended."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            with suppress(SystemExit):
                self.start()
                return
            time.sleep(0.05)
        raise AssertionError(f"it did not start: see {self.log}")
