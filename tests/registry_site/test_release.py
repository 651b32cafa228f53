"""The name of a release: other files, other name; the same files, the same name."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from registry_site.release import BYTECODE, DEPLOYED, MANIFEST, release_of
from tests.test_container import ROOT, stages

CHANGES = {
    "code": "registry_site/views.py",
    "a template": "templates/base.html",
    "compiled messages": "locale/fr/LC_MESSAGES/django.mo",
    "a static file": "static/css/site.css",
    "the glossary": "fixtures/glossary.csv",
    "a new file": "processing/views/new.py",
    "collected static files": f"var/static/{MANIFEST}",
    "another version of Django": "packages/django-5.2.20.dist-info/METADATA",
}


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Path:
    return deployed(tmp_path_factory.mktemp("original"))


def deployed(directory: Path) -> Path:
    """What is deployed, with some installed packages."""
    for name in DEPLOYED:
        source, target = ROOT / name, directory / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(BYTECODE))
        else:
            shutil.copy(source, target)
    write(directory / "var/static" / MANIFEST, "{}")
    write(directory / "packages/django-5.2.19.dist-info/METADATA", "")
    return directory


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def release(directory: Path) -> str:
    return release_of(
        directory, static_root=directory / "var/static", packages=directory / "packages"
    )


@pytest.mark.parametrize("changed", CHANGES)
def test_release_differs_when_a_visitor_may_see_another_page(changed, original, tmp_path):
    path = deployed(tmp_path) / CHANGES[changed]

    write(path, f"{path.read_text(errors='replace') if path.exists() else ''}\n")

    assert release(tmp_path) != release(original)


def test_release_is_the_same_elsewhere_and_later(original, tmp_path):
    deployed(tmp_path)
    for path in tmp_path.rglob("*"):
        os.utime(path, (1, 1))
    write(tmp_path / "processing" / BYTECODE / "urls.cpython-313.pyc", "compiled")
    write(tmp_path / "templates" / ".base.html.swp", "open in an editor")
    write(tmp_path / "tests" / "test_release.py", "not deployed")

    assert release(tmp_path) == release(original)


def test_release_moves_with_a_file_that_only_changes_its_name(original, tmp_path):
    deployed(tmp_path)
    (tmp_path / "templates/404.html").rename(tmp_path / "templates/405.html")

    assert release(tmp_path) != release(original)


def test_release_is_made_from_all_that_the_image_holds():
    copied = [argument.split()[0] for name, argument in stages()[0] if name == "COPY"]

    assert sorted(DEPLOYED) == sorted(copied[1:])
    assert copied[0].startswith("requirements/")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"RELEASE": ""}, None),
        ({"RELEASE": "1.4"}, "1.4"),
    ],
)
def test_settings_name_the_release_after_the_files_unless_told(environment, expected):
    program = "from registry_site.settings import RELEASE, STATIC_ROOT; print(RELEASE, STATIC_ROOT)"

    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert told[0] == (expected or release_of(ROOT, static_root=Path(told[1])))


def test_image_and_local_run_leave_the_name_to_the_files():
    final = [argument for name, argument in stages()[-1] if name == "ARG"]

    assert final == ["RELEASE="]
    assert "RELEASE" not in (ROOT / "registry_site/local/__main__.py").read_text()
