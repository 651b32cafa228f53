"""Which lines run: those of a test, of a function, and when a process starts."""

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import coverage
from coverage.numbits import nums_to_numbits

REACHED = ["organisations/*", "processing/*", "contact/*", "registry_site/*"]


@cache
def lines_with() -> dict[str, set[tuple[str, int]]]:
    """Word -> the lines of the code that hold it."""
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for path in (path for part in REACHED for path in Path().glob(f"{part}*/*.py")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for word in re.findall(r"\w+", line):
                found[word].add((str(path), number))
    return found


@cache
def lines_in_functions(file: str) -> frozenset[int]:
    """The others run once, when the process starts."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(Path(file).read_text())):
        if isinstance(node, ast.FunctionDef):
            lines.update(range(node.body[0].lineno, node.end_lineno + 1))
        elif isinstance(node, ast.Lambda):
            lines.update(range(node.body.lineno, node.body.end_lineno + 1))
    return frozenset(lines)


@cache
def lines_of_start() -> dict[str, set[int]]:
    """The lines that run when a process starts, by file."""
    start = f"""if True:
        import coverage, django, json
        measured = coverage.Coverage(data_file=None, config_file=False, include={REACHED})
        measured.start()
        django.setup()
        from django.urls import get_resolver
        get_resolver()._populate()
        measured.stop()
        data = measured.get_data()
        print(json.dumps({{file: data.lines(file) for file in data.measured_files()}}))
    """
    told = subprocess.run([sys.executable, "-c", start], check=True, capture_output=True).stdout
    found = json.loads(told)
    return {str(Path(file).relative_to(Path.cwd())): set(lines) for file, lines in found.items()}


class Measured:
    """Notes the lines that run, by file."""

    def __enter__(self) -> "Measured":
        self._coverage = coverage.Coverage(data_file=None, config_file=False, include=REACHED)
        # Some tests reach none of the code.
        self._coverage.set_option("run:disable_warnings", ["no-data-collected"])
        self._coverage.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._coverage.stop()
        data = self._coverage.get_data()
        self.lines = {
            str(Path(file).relative_to(Path.cwd())): nums_to_numbits(data.lines(file))
            for file in data.measured_files()
        }
