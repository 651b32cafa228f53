from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from registry_site.refusals import refusal_page

# The status that the proxy answers with -> the page that says so.
PAGES = {
    400: "400.html",
    404: "404_proxy.html",
    405: "400.html",
    413: "413.html",
    429: "429_proxy.html",
    503: "503_away.html",
}


class Command(BaseCommand):
    help = "Write the pages that the proxy (deploy/nginx/) shows where the site gives none."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args, directory: Path, **options) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for status, template in PAGES.items():
                    page = refusal_page(template, status=status)
                    (directory / f"{status}.{language}.html").write_bytes(page.content)
