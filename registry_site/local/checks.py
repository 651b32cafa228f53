"""What `make check` asks of Django: migrations, deployment settings, message catalogues."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from registry_site.local import catalogues, readability, terms, upgrades
from registry_site.local.postgres import PrivatePostgres

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    home = Path(tempfile.mkdtemp(prefix="register-check-"))
    home.chmod(0o755)
    database = PrivatePostgres(home / "postgres", throw_away=True)
    environment = {
        "DATABASE_URL": database.start(),
        "SECRET_KEY": "x" * 40 + "0123456789abcdef",
        "ALLOWED_HOSTS": "register.example",
        "DEBUG": "0",
        "CLIENT_ADDRESS_HEADER": "X-Real-IP",
    }
    # Catalogues are collected under the same settings.
    os.environ.update(environment)
    try:
        failed = [
            name
            for name, passed in {
                "makemigrations --check": manage("makemigrations", "--check", "--dry-run"),
                "check --deploy": manage("check", "--deploy", "--fail-level", "WARNING"),
                "message catalogues": catalogues_are_complete(),
                "migrations beside the release before": nothing_in(upgrades.problems()),
                "terms of the law": nothing_in(terms.problems()),
                "plain language": nothing_in(readability.problems()),
            }.items()
            if not passed
        ]
    finally:
        database.stop()
        shutil.rmtree(home)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def manage(*arguments: str) -> bool:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=BASE_DIR, check=False).returncode == 0


def catalogues_are_complete() -> bool:
    before = texts()
    catalogues.collect()
    if texts() != before:
        print("The catalogues were behind the code: translate what `make messages` added.")
        return False
    remaining = catalogues.problems()
    print("\n".join(remaining))
    return not remaining


def nothing_in(problems: list[str]) -> bool:
    print("\n".join(problems))
    return not problems


def texts() -> list[str]:
    return [
        catalogues.catalogue_path(language).read_text(encoding="utf-8")
        for language in catalogues.LANGUAGES
    ]


if __name__ == "__main__":
    sys.exit(main())
