"""`python -m registry_site.local.bench 100000 --meaning --datasette`."""

import argparse
import json
import os
from pathlib import Path

from registry_site.local.postgres import PrivatePostgres

BASE_DIR = Path(__file__).resolve().parent.parent.parent.parent
DIRECTORY = BASE_DIR / "var" / "bench"


def main() -> None:
    """Fill a database of its own with so many entries, measure, and write the figures down.

    The database stays, so that another run only measures.
    """
    parser = argparse.ArgumentParser(prog="registry_site.local.bench", description=main.__doc__)
    parser.add_argument("entries", type=int)
    parser.add_argument(
        "--made", type=int, default=100_000, help="so many differ; the others are copies of them"
    )
    parser.add_argument(
        "--meaning", action="store_true", help="make vectors, which takes long, and search by them"
    )
    parser.add_argument("--datasette", action="store_true", help="compare with Datasette as well")
    parser.add_argument(
        "--only", default="", metavar="WORD", help="only pages of the site that are called so"
    )
    parser.add_argument("--home", type=Path, default=DIRECTORY, help="where databases stay")
    arguments = parser.parse_args()
    directory = arguments.home / str(arguments.entries)
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
        SEARCH_MEANING=str(int(arguments.meaning)),
        STATEMENT_TIMEOUT="0",
        STATIC_ROOT=str(arguments.home / "static"),
    )
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("compilemessages")
        call_command("collectstatic", verbosity=0, interactive=False)
        _measure(arguments, directory)
    finally:
        database.stop()


def _measure(arguments: argparse.Namespace, directory: Path) -> None:
    from registry_site.local.bench.data import fill
    from registry_site.local.bench.meaning import make_missing, measure_meaning
    from registry_site.local.bench.measure import measure
    from registry_site.local.bench.register import measure_register

    entries = arguments.entries
    print(f"\n{entries} entries")
    fill(entries, made=arguments.made)
    results = {"entries": entries}
    if arguments.meaning:
        make_missing()
    results["pages"] = measure(entries, only=arguments.only)
    if not arguments.only:
        results["admin"] = measure_register()
    if arguments.meaning:
        results["meaning"] = measure_meaning(entries)
    if arguments.datasette:
        from registry_site.local.bench.datasette import compare

        results["datasette"] = compare(directory)
    (directory / "results.json").write_text(json.dumps(results, indent=2))
    print(f"also in {directory / 'results.json'}")


if __name__ == "__main__":
    main()
