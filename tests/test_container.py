"""The Dockerfile without a container engine: its steps, then a page from what they made."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from fnmatch import fnmatch
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def instructions() -> list[tuple[str, str]]:
    """(instruction, argument) of each line of the Dockerfile."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in lines]


def stages() -> list[list[tuple[str, str]]]:
    found = []
    for instruction, argument in instructions():
        if instruction == "FROM":
            found.append([])
        found[-1].append((instruction, argument))
    return found


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Path:
    """The root directory in which the build stage was carried out."""
    root = tmp_path_factory.mktemp("image")
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    work = root / "app"
    work.mkdir()
    for instruction, argument in stages()[0]:
        if instruction == "COPY":
            source, target = shlex.split(argument)
            copy(ROOT / source, work / target)
        elif instruction == "ENV":
            name, value = argument.split("=", 1)
            environment[name] = inside(value, root)
        elif instruction == "RUN":
            subprocess.run(
                ["sh", "-ec", command(argument, root)], cwd=work, env=environment, check=True
            )
    return root


def is_ignored(path: Path) -> bool:
    """Whether .dockerignore leaves the path out: the last line that fits it decides."""
    path = path.relative_to(ROOT)
    # A line that fits a directory fits what lies below it.
    places = [path, *path.parents[:-1]]
    ignored = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        if pattern.startswith("**/"):
            fits = any(place.match(pattern.removeprefix("**/")) for place in places)
        else:
            fits = any(fnmatch(str(place), pattern) for place in places)
        if fits:
            ignored = not line.startswith("!")
    return ignored


def copy(source: Path, target: Path) -> None:
    if source.is_dir():

        def ignored(directory: str, names: list[str]) -> list[str]:
            return [name for name in names if is_ignored(Path(directory, name))]

        shutil.copytree(source, target, ignore=ignored)
    else:
        target = target / source.name if target.is_dir() else target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def test_image_holds_what_the_site_needs_and_no_tools_for_development(image):
    names = {str(path.relative_to(image / "app")) for path in (image / "app").rglob("*")}

    assert {"manage.py", "registry_site/wsgi.py", "locale/nl/LC_MESSAGES/django.mo"} <= names
    assert "fixtures/codelists/themes.csv" in names
    assert not {"tests", "docs", "README.md", "registry_site/local"} & names


def inside(text: str, root: Path) -> str:
    """The text with the image's paths moved below our directory."""
    return re.sub(r"(?<![\w.])/(app|opt)\b", rf"{root}/\1", text)


def command(text: str, root: Path) -> str:
    # Tests use no network: uv installs the same pinned files from its cache.
    pip, uv = "/opt/venv/bin/pip install --no-cache-dir", f"{Path(sys.executable).parent}/uv"
    assert pip in text or "pip install" not in text
    text = text.replace(pip, f"{uv} pip install --offline --quiet --python /opt/venv/bin/python")
    return inside(text.replace("python -m venv", f"{sys.executable} -m venv --without-pip"), root)


@pytest.mark.django_db(transaction=True)
def test_image_serves_a_page_with_a_read_only_file_system(image, code_lists):
    final = dict(stages()[-1])
    port = free_port()
    environment = {
        "PATH": f"{image}/opt/venv/bin:/usr/bin:/bin",
        "STATIC_ROOT": f"{image}/app/collected",
        "SECRET_KEY": "only-for-this-test",
        "ALLOWED_HOSTS": "register.example",
        "HTTPS": "0",
        "DATABASE_URL": database_url(),
        "BIND": f"127.0.0.1:{port}",
        "LOG_JSON": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    before = state(image)
    server = subprocess.Popen(json.loads(final["CMD"]), cwd=image / "app", env=environment)
    try:
        assert answer(port, "/healthz") == (200, "ok\n")
        status, page = answer(port, "/fr/", host="register.example")
        style = re.search(r'href="(/static/css/site\.[0-9a-f]+\.css)"', page)[1]
        assert (status, '<html lang="fr"' in page) == (200, True)
        assert "Organismes" in page
        assert answer(port, style, host="register.example")[0] == 200
    finally:
        server.terminate()
        assert server.wait(timeout=30) == 0
    assert state(image) == before


def test_image_runs_as_somebody_without_rights():
    final = dict(stages()[-1])

    assert final["USER"].isdecimal()
    assert int(final["USER"]) > 0


def state(directory: Path) -> dict[str, float]:
    """Every file and when it was written: nothing may change while the site runs."""
    return {str(path): path.stat().st_mtime for path in directory.rglob("*") if path.is_file()}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def database_url() -> str:
    settings = connection.settings_dict
    host = settings["HOST"].replace("/", "%2F")
    return f"postgres://{settings['USER']}@{host}/{settings['NAME']}"


def answer(port: int, path: str, host: str = "") -> tuple[int, str]:
    """Status and text of an answer, once the server is up."""
    request = Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host} if host else {})
    deadline = time.monotonic() + 120
    while True:
        try:
            with urlopen(request, timeout=10) as response:
                return response.status, response.read().decode()
        except URLError as error:
            if hasattr(error, "code") or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
