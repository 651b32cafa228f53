"""A pytest plugin that starts before Django reads its settings: a throw-away PostgreSQL.

Each run has its own, so two runs at once do not meet.
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
database = PrivatePostgres(_home / "postgres", throw_away=True)

os.environ.update(
    DATABASE_URL=database.start(),
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
    database.stop()
    shutil.rmtree(_home, ignore_errors=True)
