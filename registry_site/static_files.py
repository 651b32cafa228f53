"""Static files as they are served: with hashes in their names, the stylesheet in one piece."""

import re
from collections.abc import Iterator

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\) layer\((?P<layer>[\w.]+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts what the stylesheet imports into it: one request instead of one for each component."""

    def post_process(self, paths: dict, dry_run: bool = False, **options: object) -> Iterator:
        if not dry_run and STYLESHEET in paths:
            bundle = self._bundled(paths)
            self.delete(STYLESHEET)
            self._save(STYLESHEET, ContentFile(bundle.encode()))
            paths = paths | {STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run, **options)

    def _bundled(self, paths: dict) -> str:
        folder = STYLESHEET.rpartition("/")[0]

        def content(found: re.Match) -> str:
            style = _read(paths, f"{folder}/{found['name']}")
            return f"@layer {found['layer']} {{\n{style}}}\n"

        return IMPORT.sub(content, _read(paths, STYLESHEET))


def _read(paths: dict, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return COMMENT.sub("", file.read().decode())
