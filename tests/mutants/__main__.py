"""Tell which mutants the tests notice: `make mutants`, `make mutants ONLY=a/module.py`."""

import argparse
import shlex
import sys
from collections import Counter
from pathlib import Path
from typing import TextIO

import pytest

from tests.mutants.making import mutants_of

TARGETS = [
    "processing/finding/*.py",
    "organisations/public_page.py",
    "processing/models/*.py",
    "contact/outbox.py",
]
# Tests that start the site, kill processes or need a browser or a container: they reach no code
# in this process, or share what cannot be shared.
LEFT_OUT = ["*browser*", "*running_site*", "*killed*", "*container*"]
SURVIVORS = Path(__file__).with_name("survivors.txt")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", default=TARGETS, help="modules, as patterns")
    parser.add_argument("--tests", default="", help="only these tests, as pytest takes them")
    parser.add_argument("--every", type=int, default=1, help="a sample: one of so many mutants")
    parser.add_argument("--again", action="store_true", help="only those that survived last time")
    parser.add_argument("--report", type=Path, default=Path("var/mutants.txt"))
    options = parser.parse_args()
    files = sorted({str(path) for pattern in options.only for path in Path().glob(pattern)})
    if not files:
        parser.error(f"no module is called {' or '.join(options.only)}")
    mutants = [mutant for file in files for mutant in mutants_of(file)][:: options.every]
    if options.again:
        alive = _survivors(options.report)
        mutants = [mutant for mutant in mutants if mutant.name in alive]
    _tell(f"{len(mutants)} mutants of {len(files)} modules")
    # Imported late: pytest's plugins choose the settings.
    arguments = ["-q", "-s", "-p", "no:cacheprovider", "--assert=plain", "--tb=native"]
    arguments += [f"--ignore-glob={pattern}" for pattern in LEFT_OUT]
    options.report.parent.mkdir(exist_ok=True)
    with options.report.open("w") as report:
        late = _Late(mutants, report)
        code = pytest.main([*arguments, *shlex.split(options.tests)], plugins=[late])
    if late.runner is None:
        return int(code) or 1
    is_whole = not options.tests and options.every == 1 and not options.again
    return _report(late.runner.results, whole=is_whole)


class _Late:
    """The runner needs Django's settings, which pytest's plugins choose."""

    def __init__(self, mutants: list, report: TextIO) -> None:
        self._mutants = mutants
        self._report = report
        self.runner = None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        from tests.mutants.running import Mutants

        self.runner = Mutants(self._mutants, self._report, _tell)
        session.config.pluginmanager.register(self.runner)


def _tell(text: str) -> None:
    print(text, flush=True)


def _survivors(report: Path) -> set[str]:
    """The mutants that no test noticed when this report was written."""
    lines = [line.split(" | ") for line in report.read_text().splitlines()]
    return {
        " | ".join(name)
        for outcome, _line, *name, _by, _tests, _seconds in lines
        if outcome in ("survived", "unreached")
    }


def _report(results: list, *, whole: bool) -> int:
    results.sort(key=lambda result: (result.mutant.file, result.mutant.start))
    reasons = _reasons()
    alive = [r for r in results if r.outcome in ("survived", "unreached")]
    unexplained = [r for r in alive if r.mutant.name not in reasons]
    for r in unexplained:
        if r.outcome == "survived":
            before, after = r.mutant.change
            place = f"{r.mutant.file}:{r.mutant.line} {r.mutant.scope}"
            _tell(f"\n{place} ({r.tried} of {r.reaching} tests)\n- {before}\n+ {after}")
    unreached = Counter(
        f"{r.mutant.file}:{r.mutant.line} {r.mutant.scope}: {r.mutant.change[0]}"
        for r in unexplained
        if r.outcome == "unreached"
    )
    for place, number in unreached.items():
        _tell(f"\nno test reaches {place} ({number} mutants)")
    _tell("")
    for file in dict.fromkeys(r.mutant.file for r in results):
        mine = [r for r in results if r.mutant.file == file]
        count = Counter(r.outcome for r in mine)
        explained = sum(r.mutant.name in reasons for r in mine if r in alive)
        _tell(
            f"{file}: {len(mine)} mutants, {count['killed']} killed, {explained} explained,"
            f" {count['survived'] + count['unreached'] - explained} survived"
            f" ({count['unreached']} unreached), {count['not possible']} not possible,"
            f" {sum(r.seconds for r in mine):.0f} s"
        )
    names = {r.mutant.name for r in alive}
    files = {r.mutant.file for r in results}
    stale = [n for n in reasons if whole and n.split(" | ")[0] in files and n not in names]
    for name in stale:
        _tell(f"survives no longer: {name}")
    return 1 if unexplained or stale else 0


def _reasons() -> dict[str, str]:
    """Mutant -> why no test can or need notice it."""
    lines = SURVIVORS.read_text().splitlines() if SURVIVORS.exists() else []
    found = {}
    name = ""
    for line in lines:
        if line.startswith("    "):
            found[name] = line.strip()
        elif line and not line.startswith("#"):
            name = line
    return found


if __name__ == "__main__":
    sys.exit(main())
