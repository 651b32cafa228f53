"""Tell which rules the tests do not notice when they are taken away.

Most are put into the process that runs the tests, as the mutants are: each then needs only the
tests that reach it. Those that run when a process starts are taken away in a copy of the
repository, and so are those that no test noticed at first.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from registry_site.local.postgres import PrivatePostgres
from tests.mutants.making import Mutant, mutant_at
from tests.mutants.session import try_mutants
from tests.scoping.rules import ROOT, RULES, TESTS, Rule

REPORT = Path("var/scoping.txt")


def main(parts: list[str]) -> int:
    """With parts of names: only the rules that are called so."""
    chosen = [rule for rule in RULES if any(part in rule.name for part in parts or [""])]
    mutants = {rule: _as_mutant(rule) for rule in chosen}
    results = try_mutants([m for m in mutants.values() if m], TESTS, REPORT) or []
    noticed = {result.mutant: result.by for result in results if result.outcome == "killed"}
    others = []
    for rule, mutant in mutants.items():
        if mutant in noticed:
            print("noticed  ", rule.name, noticed[mutant], flush=True)
        else:
            others.append(rule)
    unnoticed = 0
    for rule, by in _in_a_copy(others):
        unnoticed += not by
        print("noticed  " if by else "UNNOTICED", rule.name, by, flush=True)
    return 1 if unnoticed else 0


def _as_mutant(rule: Rule) -> Mutant | None:
    before, present, _after = Path(rule.file).read_bytes().partition(rule.present.encode())
    if not present:
        raise SystemExit(f"{rule.file} no longer holds the rule: {rule.name}")
    return mutant_at(rule.file, len(before), len(before) + len(present), rule.absent)


def _in_a_copy(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    """Each rule with the first test that fails without it; nothing when none does."""
    with tempfile.TemporaryDirectory(prefix="register-scoping-") as directory:
        copy = Path(directory) / "register"
        ignored = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__")
        shutil.copytree(ROOT, copy, ignore=ignored)
        Path(directory).chmod(0o755)  # PostgreSQL may have to run under another account
        # No rule stands in a migration: all runs share the tables.
        database = PrivatePostgres(Path(directory) / "postgres", throw_away=True)
        environment = os.environ | {"TEST_SERVER_URL": database.start()}
        try:
            for rule in rules:
                path = copy / rule.file
                kept = path.read_text()
                path.write_text(kept.replace(rule.present, rule.absent))
                yield rule, _first_to_fail(rule, copy, environment)
                path.write_text(kept)
        finally:
            database.stop()


def _first_to_fail(rule: Rule, copy: Path, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    # Dumps need the programs of a server that the tests started themselves: they fail here anyway.
    command += ["--ignore-glob=*browser*", "-k", "not dump", *(rule.tests or TESTS)]
    run = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    # "FAILED tests/test_some.py::test_thing - why"; an error in setting up says nothing.
    failed = (line for line in run.stdout.splitlines() if line.startswith("FAILED "))
    return next(failed, "").removeprefix("FAILED ").partition(" - ")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
