"""`python -m registry_site.local.bench 100000 --datasette`."""

import argparse
import json
import os
from pathlib import Path

from registry_site.local.postgres import PrivatePostgres

BASE_DIR = Path(__file__).resolve().parent.parent.parent.parent
DIRECTORY = BASE_DIR / "var" / "bench"


def main() -> None:
    """Fill a database of its own with so many entries, measure, and write the figures down."""
    parser = argparse.ArgumentParser(prog="registry_site.local.bench", description=__doc__)
    parser.add_argument("entries", type=int)
    parser.add_argument("--datasette", action="store_true", help="compare with Datasette as well")
    arguments = parser.parse_args()
    entries = arguments.entries
    directory = DIRECTORY / str(entries)
    directory.mkdir(parents=True, exist_ok=True)
    database = PrivatePostgres(directory / "postgres")
    os.environ.update(
        DATABASE_URL=database.start(),
        DJANGO_SETTINGS_MODULE="registry_site.settings",
        SECRET_KEY="only-for-measuring",
        ALLOWED_HOSTS="testserver,127.0.0.1",
        HTTPS="0",
        TWO_FACTOR="0",
        DEMONSTRATION="1",
        STATEMENT_TIMEOUT="0",
        STATIC_ROOT=str(DIRECTORY / "static"),
    )
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("compilemessages")
        call_command("collectstatic", verbosity=0, interactive=False)
        from registry_site.local.bench.data import fill
        from registry_site.local.bench.meaning import measure_meaning
        from registry_site.local.bench.measure import measure
        from registry_site.local.bench.register import measure_register

        print(f"\n{entries} entries")
        fill(entries)
        results = {"entries": entries, "pages": measure(entries), "admin": measure_register()}
        results["meaning"] = measure_meaning(entries)
        if arguments.datasette:
            from registry_site.local.bench.datasette import compare

            results["datasette"] = compare(directory)
        (directory / "results.json").write_text(json.dumps(results, indent=2))
        print(f"also in {directory / 'results.json'}")
    finally:
        database.stop()


if __name__ == "__main__":
    main()
