"""A pytest plugin that starts before Django reads its settings: a throw-away PostgreSQL.

Each run has its own, so two runs at once do not meet. Runs that follow each other may share one
that somebody else started: TEST_SERVER_URL tells where it is. Its tables are made once.
"""

import os
import shutil
import tempfile
from pathlib import Path

from registry_site.local.postgres import PrivatePostgres

_home = Path(tempfile.mkdtemp(prefix="register-test-"))
_home.chmod(0o755)  # PostgreSQL may have to run under another account
# The live server looks for it before the static files are collected.
(_home / "static").mkdir()
database = None
if not (server := os.environ.get("TEST_SERVER_URL")):
    database = PrivatePostgres(_home / "postgres", throw_away=True)
    server = database.start()

os.environ.update(
    DATABASE_URL=server,
    SECRET_KEY="only-for-tests",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    DEBUG="0",
    DEMONSTRATION="0",
    HTTPS="0",
    TWO_FACTOR="0",
    RELEASE="test",
    SITE_URL="",
    CLIENT_ADDRESS_HEADER="REMOTE_ADDR",
    # The server for browsers has as many threads as it is asked things at once.
    WEB_THREADS="100",
    STATIC_ROOT=str(_home / "static"),
    # Playwright's event loop runs in the thread of the tests.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)


def pytest_unconfigure() -> None:
    if database:
        database.stop()
    shutil.rmtree(_home, ignore_errors=True)
