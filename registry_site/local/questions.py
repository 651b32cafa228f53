"""How many questions of people the search answers: `python -m registry_site.local.questions FILE`.

The file is a CSV with the columns lang, kind, question and expected: one or more BODY/NUMBER of the
demonstration register. A question is answered when one of these is among the first five entries
that the page shows, by words or by meaning.
"""

import argparse
import csv
import os
import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from registry_site.local.postgres import PrivatePostgres

FIRST = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="registry_site.local.questions", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what is not answered")
    parser.add_argument("--keep", type=Path, help="a directory in which the register stays")
    parser.add_argument("--rebuild", action="store_true", help="write its search texts anew")
    arguments = parser.parse_args()
    home = arguments.keep or Path(tempfile.mkdtemp(prefix="register-questions-"))
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    # Read when these are imported.
    os.environ["REGISTER_VAR"] = str(home)
    from registry_site.local.__main__ import prepare, set_environment

    database = PrivatePostgres(home / "postgres")
    try:
        os.environ["DATABASE_URL"] = database.start()
        set_environment(0, debug=False, demonstration=True)
        prepare()
        if arguments.rebuild:
            from django.core.management import call_command

            call_command("rebuild_search")
        ask(arguments.file, misses=arguments.misses)
    finally:
        database.stop()
        if not arguments.keep:
            shutil.rmtree(home)
    return 0


def ask(file: Path, *, misses: bool) -> None:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    asked, answered = Counter(), Counter()
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            language, question = row["lang"], row["question"]
            found = first_of(client, language, question)
            is_answered = not set(row["expected"].split()).isdisjoint(found[:FIRST])
            for key in ((language, row["kind"]), (language, "all"), ("all", "all")):
                asked[key] += 1
                answered[key] += is_answered
            if misses and not is_answered:
                print(f"{language} {row['kind']} {question} | {row['expected']} | {found[:FIRST]}")
    for key in sorted(asked):
        share = 100 * answered[key] / asked[key]
        print(f"{' '.join(key):14} {answered[key]:4} of {asked[key]:4}  {share:5.1f} %")


def first_of(client: object, language: str, question: str) -> list[str]:
    """BODY/NUMBER of the entries on the first page: those with the words, then those like it."""
    query = urlencode({"q": question})
    page = client.get(f"/{language}/processing/?{query}", follow=True).content.decode()
    return re.findall(rf'<h[23]><a [^>]*href="/{language}/processing/([^"]*)/"', page)


if __name__ == "__main__":
    raise SystemExit(main())
