"""The pytest plugin that tries the mutants, each in a child of a process that is ready to test.

A first round runs every test alone and notes which lines it reaches: a mutant needs only the tests
that reach its statement, until one fails. Each worker has a database of its own, made from that of
the tests. Tests with real transactions come last, and the database is made anew after them.
"""

import gc
import hashlib
import os
import pickle
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import getclosurevars
from pathlib import Path
from types import FunctionType
from typing import TextIO

import pytest
from _pytest.runner import runtestprotocol
from coverage.numbits import numbits_to_nums
from django.conf import settings
from django.db import connection, connections
from django.template import loader
from django.urls import get_resolver
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from organisations.revision import current_revision, kept_until_changed
from tests.mutants.applying import Module, NotPossible
from tests.mutants.making import Mutant
from tests.mutants.measuring import Measured, lines_in_functions, lines_of_start, lines_with
from tests.mutants.workers import Worker, end_after

WORKERS = 2
# Seconds of the processor that a test may take alone; with a mutant, MORE times what it took and
# a bit.
LONGEST_TEST = 30
MORE, A_BIT = 5, 5
# On the tests that reach a mutant, only so many seconds of the processor are spent.
LONGEST_MUTANT = 15
OF_A_BROWSER = {"browser", "live_server"}
# What the mutants' tests may reach, kept after so many.
MAP = Path("var/mutants-map.pickle")
AT_ONCE = 200
# Where the code is that decides which lines a test reaches, beside the test's own module.
CODE = ["organisations", "processing", "contact", "registry_site", "templates", "fixtures", "tests"]


@dataclass
class Result:
    mutant: Mutant
    # "killed", "survived", "unreached", or "not possible" to put into a process that has started.
    outcome: str
    # The test that noticed.
    by: str = ""
    # How many tests were run, of how many that reach it.
    tried: int = 0
    reaching: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        tests = f"{self.tried} of {self.reaching} tests"
        parts = (self.outcome, self.mutant.line, self.mutant.name, self.by, tests)
        return " | ".join(map(str, parts)) + f" | {self.seconds:.1f} s"


def _keepers() -> list[Callable]:
    """The functions that keep what does not change with the publications."""
    inner = f"{kept_until_changed.__qualname__}.<locals>"
    # By type(): a lazy object would be asked what it stands for.
    found = [f for f in gc.get_objects() if type(f) is FunctionType]
    found = [
        f for f in found if f.__qualname__.startswith(inner) and "areas" in f.__code__.co_freevars
    ]
    areas = {f: getclosurevars(f).nonlocals["areas"] for f in found}
    return [f for f in found if "load" in f.__code__.co_freevars and "publications" not in areas[f]]


def _forget() -> None:
    """Empty the caches of functions, which hide the mutants of what they kept."""
    kind = type(cache(_forget))
    for found in gc.get_objects():
        if type(found) is kind and found.__module__.partition(".")[0] in CODE:
            found.cache_clear()


class Mutants:
    def __init__(
        self, mutants: Sequence[Mutant], report: TextIO, tell: Callable[[str], None]
    ) -> None:
        self._mutants = mutants
        self._report = report
        self._tell = tell
        self.results: list[Result] = []
        # Line of a file -> the tests that reach it, as their numbers.
        self._reaching: dict[tuple[str, int], set[int]] = defaultdict(set)
        self._seconds: dict[int, float] = {}
        # Those that killed before come first.
        self._kills: dict[str, Counter[int]] = defaultdict(Counter)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = [i for i in session.items if not OF_A_BROWSER & {*i.fixturenames}]
        self._make_ready(session)
        _forget()
        self._modules = {file: Module(file) for file in {m.file for m in self._mutants}}
        self._keepers = _keepers()
        template = connection.settings_dict["NAME"]
        connections.close_all()
        self._workers = [Worker(number, template) for number in range(WORKERS)]
        gc.collect()
        gc.freeze()  # the children share the memory for as long as nobody walks through it
        self._map()
        # What is kept in mind saves the children time, but hides the mutants of what made it.
        early = self._lines_of_warming_up(session)
        is_early = {
            m: not m.is_in_function
            or any((m.file, line) in early for line in m.lines)
            or bool(self._modules[m.file].names_of(m))
            for m in self._mutants
        }
        self._try([m for m in self._mutants if is_early[m]])
        self._warm_up(session)
        connections.close_all()
        gc.freeze()
        self._try([m for m in self._mutants if not is_early[m]])
        return True

    def _make_ready(self, session: pytest.Session) -> None:
        """What the first test would do for all others, but nothing that they keep in mind."""
        first = next(i for i in self._items if "db" in i.fixturenames)
        session._setupstate.setup(first)
        session._setupstate.teardown_exact(session)  # all but what is of the session
        first._request, first.funcargs = False, None  # it was not run yet
        get_resolver()._populate()
        for directory in (Path(d) for e in settings.TEMPLATES for d in e["DIRS"]):
            for path in directory.rglob("*.html"):
                loader.get_template(str(path.relative_to(directory)))
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                translation.gettext("Yes")

    def _map(self) -> None:
        """Which test reaches which lines; known already where neither it nor the code changed."""
        known = pickle.loads(MAP.read_bytes()) if MAP.exists() else {}  # noqa: S301
        code = hashlib.sha256()
        for path in sorted(path for part in CODE for path in Path(part).rglob("*.*")):
            is_made = path.suffix in (".pyc", ".mo") or "mutants" in path.parts
            if path.is_file() and not is_made and not path.name.startswith("test_"):
                code.update(path.read_bytes())
        marks = [
            hashlib.sha256(code.digest() + item.path.read_bytes()).digest() for item in self._items
        ]
        names = [item.nodeid for item in self._items]
        self._tell(f"looking at {len(names)} tests")
        new = [n for n, name in enumerate(names) if known.get(name, [None])[0] != marks[n]]

        def start(number: int, worker: Worker) -> int:
            return worker.start(lambda: self._lines_reached(number))

        def done(number: int, worker: Worker) -> None:
            known[names[number]] = (marks[number], worker.seconds, worker.result())
            if self._is_transactional(number):
                worker.renew()

        MAP.parent.mkdir(exist_ok=True)
        for looked in range(0, len(new), AT_ONCE):
            part = new[looked : looked + AT_ONCE]
            self._share_out(part, start, done)
            passed = {name: entry for name, entry in known.items() if entry[2] is not None}
            MAP.write_bytes(pickle.dumps(passed))
            self._tell(f"{looked + len(part)} of {len(new)} looked at anew")
        for number, name in enumerate(names):
            _mark, self._seconds[number], reached = known[name]
            if reached is None:
                self._tell(f"left out, it fails or takes too long: {name}")
                continue
            for file, lines in reached.items():
                for line in numbits_to_nums(lines):
                    self._reaching[file, line].add(number)

    def _lines_reached(self, number: int) -> dict[str, bytes] | None:
        end_after(LONGEST_TEST)
        with Measured() as measured:
            passed = self._passes(number)
        return measured.lines if passed else None

    def _passes(self, number: int, following: int | None = None) -> bool | None:
        """None when it fails. Without a test that follows, nothing is cleaned up."""
        item = self._items[number]
        nextitem = item if following is None else self._items[following]
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        return None if any(report.failed for report in reports) else True

    def _is_transactional(self, number: int) -> bool:
        return "transactional_db" in self._items[number].fixturenames

    def _warm_up(self, session: pytest.Session) -> None:
        with session.config.stash[blocking_manager_key].unblock():
            revision = current_revision()
            for keep in self._keepers:
                keep(revision)

    def _lines_of_warming_up(self, session: pytest.Session) -> set[tuple[str, int]]:
        def lines() -> dict[str, bytes]:
            with Measured() as measured:
                self._warm_up(session)
            return measured.lines

        worker = self._workers[0]
        os.waitpid(worker.start(lines), 0)
        return {(f, line) for f, bits in worker.result().items() for line in numbits_to_nums(bits)}

    def _try(self, mutants: Sequence[Mutant]) -> None:
        waiting = []
        for mutant in mutants:
            tests = self._tests_of(mutant)
            if tests:
                waiting.append((mutant, tests))
            elif self._is_of_start(mutant):
                self._note(Result(mutant, "not possible"))
            else:
                self._note(Result(mutant, "unreached"))

        chosen: dict[Worker, list[int]] = {}

        def start(work: tuple[Mutant, set[int]], worker: Worker) -> int:
            mutant, tests = work
            chosen[worker] = self._in_order(mutant, tests)
            return worker.start(lambda: self._first_to_fail(mutant, chosen[worker]))

        def done(work: tuple[Mutant, set[int]], worker: Worker) -> None:
            mutant, tests = work
            answer = worker.result()
            result = Result(mutant, "killed", reaching=len(tests))
            result.seconds = worker.seconds
            if answer is None:
                result.by = "took too long, or the process ended"
            else:
                result.outcome, result.tried = answer
            tried = chosen[worker][: result.tried or None]
            if answer and result.outcome == "killed":
                result.by = self._items[tried[-1]].nodeid
                self._kills[mutant.file + mutant.scope][tried[-1]] += 1
                self._kills[mutant.file][tried[-1]] += 1
            self._note(result)
            if any(map(self._is_transactional, tried)):
                worker.renew()

        self._share_out(waiting, start, done)

    def _note(self, result: Result) -> None:
        self.results.append(result)
        print(result, file=self._report, flush=True)
        if len(self.results) % 100 == 0:
            self._tell(f"{len(self.results)} of {len(self._mutants)} tried")

    def _tests_of(self, mutant: Mutant) -> set[int]:
        lines = {(mutant.file, line) for line in mutant.lines} | self._uses(mutant)
        return set().union(*(self._reaching.get(line, ()) for line in lines))

    def _uses(self, mutant: Mutant) -> set[tuple[str, int]]:
        """The lines with what shows a mutant beside its own lines."""
        names = self._modules[mutant.file].names_of(mutant)
        return set().union(*(lines_with().get(name, ()) for name in names))

    def _is_of_start(self, mutant: Mutant) -> bool:
        """Whether what no test reaches is run or read once: models and decorators are made of it.

        A function is, or a constant that no function reads.
        """
        if mutant.is_in_function:
            return any(line in lines_of_start().get(mutant.file, ()) for line in mutant.lines)
        uses = self._uses(mutant)
        return not any(line in lines_in_functions(file) for file, line in uses)

    def _in_order(self, mutant: Mutant, tests: set[int]) -> list[int]:
        """Those that killed nearby, then those that stand where the module's tests do.

        Tests mirror the code: first come those of the module's own files, then those of its folder.
        Of each, quick ones come before slow ones, and the more cases of a test function were tried
        the longer the next one waits.
        """
        home, stem = Path("tests", mutant.file).parent.absolute(), Path(mutant.file).stem
        here, near = self._kills[mutant.file + mutant.scope], self._kills[mutant.file]
        cases: Counter[str] = Counter()
        rank = {}
        for number in sorted(tests, key=self._seconds.get):
            function = self._items[number].nodeid.partition("[")[0]
            rank[number] = cases[function]
            cases[function] += 1

        def key(number: int) -> tuple:
            last, path = self._is_transactional(number), self._items[number].path
            is_own = path.parent == home and path.name.startswith(f"test_{stem}")
            distance = 0 if is_own else 1 if path.parent == home else 2
            wait = self._seconds[number] * (1 + rank[number])
            return last, -here[number], -near[number], distance, wait

        return sorted(tests, key=key)

    def _first_to_fail(self, mutant: Mutant, tests: Sequence[int]) -> tuple[str, int]:
        """The outcome, and how many tests were tried."""
        try:
            self._modules[mutant.file].apply(mutant)
        except NotPossible:
            return "not possible", 0
        start = time.process_time()
        for tried, number in enumerate(tests, 1):
            is_last = tried == len(tests) or time.process_time() - start > LONGEST_MUTANT
            end_after(A_BIT + MORE * self._seconds[number])
            if not self._passes(number, None if is_last else tests[tried]):
                return "killed", tried
            if is_last:
                break
        return "survived", tried

    def _share_out(self, works: Iterable, start: Callable, done: Callable) -> None:
        """Keep every worker busy until all is done."""
        works = iter(works)
        busy: dict[int, tuple[object, Worker]] = {}
        free = list(self._workers)
        while True:
            while free and (work := next(works, None)) is not None:
                worker = free.pop()
                busy[start(work, worker)] = (work, worker)
            if not busy:
                return
            child, _status, used = os.wait3(0)
            if child in busy:
                work, worker = busy.pop(child)
                worker.seconds = used.ru_utime + used.ru_stime
                done(work, worker)
                free.append(worker)
