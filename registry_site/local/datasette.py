"""Datasette, which this site is measured beside: installed on demand, apart from all else."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

VERSION = "0.65.2"


def installed(home: Path) -> Path:
    program = home / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run(
            [home / "bin" / "pip", "install", "--quiet", f"datasette=={VERSION}"], check=True
        )
    return program


@contextmanager
def serving(command: list, port: int, environment: dict) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _attempt in range(600):
            try:
                HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)
