"""The children in which mutants are tried, each with a database of its own."""

import gc
import os
import pickle
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

MOST_MEMORY = 6 * 1024**3
# Who waits uses no time of the processor: so many seconds by the clock.
LONGEST_WAIT = 120


class Worker:
    """A place for one child at a time, with its database."""

    def __init__(self, number: int, template: str) -> None:
        self.database = f"mutants_{number}"
        self._template = template
        self.report = Path(settings.STATIC_ROOT).parent / f"mutants-{number}"
        # Of the processor that the last child used: what else the machine does changes nothing.
        self.seconds = 0.0
        self.renew()

    def renew(self) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {self.database} TEMPLATE {self._template}")

    def start(self, work: Callable[[], object]) -> int:
        """Run it in a child, which leaves what it returns in the report."""
        self.report.unlink(missing_ok=True)
        child = os.fork()
        if child:
            return child
        code = 1
        try:
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            gc.disable()
            for ending in (signal.SIGALRM, signal.SIGPROF):
                signal.signal(ending, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            connection.settings_dict["NAME"] = self.database
            self.report.write_bytes(pickle.dumps(work()))
            code = 0
        finally:
            os._exit(code)

    def result(self) -> object:
        """What the last child gave, None if it was ended."""
        return pickle.loads(self.report.read_bytes()) if self.report.exists() else None  # noqa: S301


def end_after(seconds: float) -> None:
    """End this process unless it asks again in time."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_WAIT)
