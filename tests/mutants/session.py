"""Runs the tests with the plugin that tries mutants."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import pytest

from tests.mutants.making import Mutant

if TYPE_CHECKING:
    from tests.mutants.running import Mutants, Result

# Tests that start the site, kill processes or need a browser or a container: they reach no code
# in this process, or share what cannot be shared.
LEFT_OUT = ["*browser*", "*running_site*", "*killed*", "*container*"]


def try_mutants(
    mutants: Sequence[Mutant], tests: Sequence[str], report: Path
) -> "list[Result] | None":
    """What became of each mutant with these tests, as pytest takes them: all when none is named.

    The report tells it line by line meanwhile. None when the tests could not start.
    """
    arguments = ["-q", "-s", "-p", "no:cacheprovider", "--assert=plain", "--tb=native"]
    arguments += [f"--ignore-glob={pattern}" for pattern in LEFT_OUT]
    report.parent.mkdir(exist_ok=True)
    with report.open("w") as file:
        late = _Late(mutants, file)
        pytest.main([*arguments, *tests], plugins=[late])
    return late.runner.results if late.runner else None


class _Late:
    """The runner needs Django's settings, which pytest's plugins choose."""

    def __init__(self, mutants: Sequence[Mutant], report: TextIO) -> None:
        self._mutants = mutants
        self._report = report
        self.runner: Mutants | None = None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        from tests.mutants.running import Mutants

        self.runner = Mutants(self._mutants, self._report, tell)
        session.config.pluginmanager.register(self.runner)


def tell(text: str) -> None:
    print(text, flush=True)
