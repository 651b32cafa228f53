"""A server that cannot read the register says so, to the operator and to whoever asks /readyz."""

import os
import subprocess
import sys
import time
from http.client import HTTPConnection

from tests.running_site import ROOT, free_port

SECONDS = 60


def ask(port: int, path: str) -> tuple[int, str] | None:
    """Status and body; None while nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    except OSError:
        return None
    finally:
        connection.close()


def test_server_without_a_database_tells_why_it_is_not_ready():
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": f"postgres://nobody@127.0.0.1:{free_port()}/nowhere",
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "1",
        "LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "registry_site/gunicorn_settings.py"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as server:
        deadline = time.monotonic() + SECONDS
        while (alive := ask(port, "/healthz")) is None and time.monotonic() < deadline:
            time.sleep(0.1)
        ready = ask(port, "/readyz")
        server.terminate()
        told = server.stderr.read()

    assert alive == (200, "ok\n")
    assert ready == (503, "no database\n")
    assert "The register could not be read: OperationalError" in told
