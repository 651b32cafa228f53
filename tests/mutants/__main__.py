"""Tell which mutants the tests notice: `make mutants`, `make mutants ONLY=a/module.py`."""

import argparse
import shlex
import sys
from collections import Counter
from pathlib import Path

from tests.mutants.making import mutants_of
from tests.mutants.session import tell, try_mutants

TARGETS = [
    "processing/finding/*.py",
    "organisations/public_page.py",
    "processing/models/*.py",
    "contact/outbox.py",
]
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
    tell(f"{len(mutants)} mutants of {len(files)} modules")
    results = try_mutants(mutants, shlex.split(options.tests), options.report)
    if results is None:
        return 1
    is_whole = not options.tests and options.every == 1 and not options.again
    return _report(results, whole=is_whole)


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
            tell(f"\n{place} ({r.tried} of {r.reaching} tests)\n- {before}\n+ {after}")
    unreached = Counter(
        f"{r.mutant.file}:{r.mutant.line} {r.mutant.scope}: {r.mutant.change[0]}"
        for r in unexplained
        if r.outcome == "unreached"
    )
    for place, number in unreached.items():
        tell(f"\nno test reaches {place} ({number} mutants)")
    tell("")
    for file in dict.fromkeys(r.mutant.file for r in results):
        mine = [r for r in results if r.mutant.file == file]
        count = Counter(r.outcome for r in mine)
        explained = sum(r.mutant.name in reasons for r in mine if r in alive)
        tell(
            f"{file}: {len(mine)} mutants, {count['killed']} killed, {explained} explained,"
            f" {count['survived'] + count['unreached'] - explained} survived"
            f" ({count['unreached']} unreached), {count['not possible']} not possible,"
            f" {sum(r.seconds for r in mine):.0f} s"
        )
    names = {r.mutant.name for r in alive}
    files = {r.mutant.file for r in results}
    stale = [n for n in reasons if whole and n.split(" | ")[0] in files and n not in names]
    for name in stale:
        tell(f"survives no longer: {name}")
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
