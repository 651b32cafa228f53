"""The name of what is deployed, made from its files: other files are another release.

Validators of public answers hold it, so what caches keep of an older release grows stale without
anybody naming the new one.
"""

import hashlib
import platform
from pathlib import Path

import django

# What the Dockerfile copies: code, and all that it reads while it runs.
DEPLOYED = (
    *("manage.py", "registry_site", "organisations", "processing", "contact"),
    *("templates", "static", "locale", "fixtures"),
)
# Where the collected static files tell under which names pages load them.
MANIFEST = "staticfiles.json"
# Python makes these from what is hashed already.
BYTECODE = "__pycache__"


def release_of(directory: Path, *, static_root: Path, packages: Path | None = None) -> str:
    """16 hexadecimal digits: the same wherever the same files lie, whenever they were written.

    `packages` is where the installed packages lie, whose names hold their versions; that of this
    process unless given.
    """
    digest = hashlib.sha256()
    packages = packages or Path(django.__file__).parent.parent
    # The names of the metadata of all packages: to read each one's version takes ten times as long.
    installed = sorted(path.name for path in packages.glob("*.dist-info"))
    _add(digest, "packages", "\n".join([platform.python_version(), *installed]).encode())
    for path in _files(directory):
        _add(digest, path.relative_to(directory).as_posix(), path.read_bytes())
    manifest = static_root / MANIFEST
    _add(digest, MANIFEST, manifest.read_bytes() if manifest.is_file() else b"")
    return digest.hexdigest()[:16]


def _files(directory: Path) -> list[Path]:
    """The files of the release, in one order on every machine; not what an editor hides there."""
    places = [directory / name for name in DEPLOYED]
    found = [path for place in places for path in (place, *place.rglob("*")) if path.is_file()]
    found = [path for path in found if BYTECODE not in path.parts and path.name[0] != "."]
    return sorted(found, key=lambda path: path.relative_to(directory).as_posix())


def _add(digest, name: str, content: bytes) -> None:
    """With the lengths before them: no name or content runs over into the next."""
    digest.update(f"{len(name)} {name} {len(content)} ".encode())
    digest.update(content)
