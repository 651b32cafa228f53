"""`make production`: the whole arrangement on one's own machine."""

import os
import re
import subprocess
import sys

import psycopg
import pytest

from tests.proxy.arrangement import answer_at, eventually, needs_nginx
from tests.running_site import ROOT, free_port

# Without the mark of the database there is none where these tests run alone.
pytestmark = [needs_nginx, pytest.mark.django_db]


@pytest.fixture
def database(production) -> str:
    """A database of its own, with tables."""
    url = production.database.start()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE own")
    own = url.rpartition("/")[0] + "/own"
    production.copy_tables(own)
    return own


def test_all_parts_start_serve_and_end(database, tmp_path):
    port = free_port()
    environment = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ
    }
    variables = {"PORT": str(port), "REGISTER_VAR": str(tmp_path), "DATABASE_URL": database}
    with (tmp_path / "output").open("w") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", "registry_site.local", "production"],
            cwd=ROOT,
            env=environment | variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    told = (tmp_path / "output").read_text
    try:
        eventually(lambda: is_served(port) or running.poll() is not None, "it is served")
        assert running.poll() is None, told()
        host = f"127.0.0.1:{port}"
        home = answer_at(port, "/nl/", Host=host)
        again = answer_at(port, "/nl/", Host=host)
        login = answer_at(port, "/admin/account/login/", Host=host)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login.text)[1]
        refused = answer_at(
            port,
            "/admin/account/login/",
            "POST",
            f"csrfmiddlewaretoken={token}&login=x%40people.example&password=x",
            Host=host,
            Origin=f"http://{host}",
            Cookie=login.headers["set-cookie"].split(";")[0],
            Content_Type="application/x-www-form-urlencoded",
        )
    finally:
        running.terminate()
        code = running.wait(timeout=60)

    assert (home.status, again.content) == (200, home.content)
    assert f'<link rel="canonical" href="http://{host}/nl/">' in home.text
    assert home.headers["server"] == "nginx"
    # The form is read and answered: the port is the one that the browser knows.
    assert (refused.status, "csrfmiddlewaretoken" in refused.text) == (200, True)
    assert code == 0
    assert not is_served(port)
    requests = (tmp_path / "proxy" / "requests.log").read_text()
    assert '"kept":"HIT"' in requests
    assert f"http://{host}/" in told()


def is_served(port: int) -> bool:
    try:
        return answer_at(port, "/readiness-of-all/", Host=f"127.0.0.1:{port}").status == 404
    except OSError:
        return False
