import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the message catalogues of the site. Needs no GNU gettext, unlike Django's own."
    requires_system_checks = ()

    def handle(self, *args, **options) -> None:
        for directory in settings.LOCALE_PATHS:
            for source in sorted(Path(directory).glob("*/LC_MESSAGES/*.po")):
                compile_catalogue(source)


def compile_catalogue(source: Path) -> None:
    """Write the .mo file beside a .po file, unless it is there and newer."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    # A name of our own: two test runs may compile at once.
    partial = target.with_suffix(f".mo.{os.getpid()}")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    partial.replace(target)
