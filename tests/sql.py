"""Which statements some code sends to the database, beside those that a file tells.

`with assert_sql("home"):` compares them with the part "home" of a file that stands next to the test
and is named like it (test_x.sql). `pytest --update-sql` writes what it sees into these files.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from difflib import unified_diff
from itertools import groupby
from pathlib import Path

import pytest
from django.db import connections

# What opens and ends transactions: how often is no matter of the code that is looked at.
TRANSACTION = re.compile(
    r"(BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET (LOCAL|SESSION|TRANSACTION))\b"
)
# Longer rows are told as all of their table, so that a new column changes no file.
MOST_COLUMNS = 8
COLUMN = r"(?:\(?\w+\.\w+\)?|%s)(?: AS \w+)?"
COLUMNS = re.compile(
    "(?:(?<=SELECT )|(?<=DISTINCT ))COLUMN(?:, COLUMN)*(?= FROM )".replace("COLUMN", COLUMN)
)
BY_PLACE = re.compile(r"\bORDER BY \d+\b")
TUPLE_OF_ONE = re.compile(r"(?:(?<=\()|(?<=, ))\(%s\)(?=[,)])")
SEVERAL_VALUES = re.compile(r"%s(?:, %s)+|(?<=\bIN \()%s(?=\))")
# Of statements that put many together, the first is told.
UNION = re.compile(r" UNION ALL .*")
NEW_LINE = re.compile(
    r" (?=(?:FROM|LEFT OUTER JOIN|INNER JOIN|WHERE|GROUP BY|ORDER BY|UNION|ON CONFLICT)\b)"
)
HEADING = "-- "


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-sql", action="store_true", help="write the SQL into *.sql files")


@pytest.fixture
def assert_sql(request: pytest.FixtureRequest) -> Callable:
    path = request.path.with_suffix(".sql")

    @contextmanager
    def assert_sql(name: str) -> Iterator[None]:
        with statements() as sent:
            yield
        found = in_words(sent)
        if request.config.getoption("--update-sql"):
            write(path, parts(path) | {name: found})
        told = parts(path).get(name, "")
        if found != told:
            lines = unified_diff(told.splitlines(), found.splitlines(), path.name, "sent now")
            changes = "\n".join(line.rstrip() for line in lines)
            pytest.fail(f"{name}\n{changes}\nIf it is meant: pytest --update-sql", pytrace=False)

    return assert_sql


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are sent meanwhile, without their values."""
    sent: list[str] = []

    def notice(execute: Callable, sql, params, many: bool, context: dict) -> object:
        if not TRANSACTION.match(sql.lstrip()):
            sent.append(normalised(sql))
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(notice))
        yield sent


def normalised(sql: str) -> str:
    """The same for the same statement, however many values it has and columns a row."""
    sql = " ".join(sql.replace('"', "").split())
    sql = COLUMNS.sub(lambda found: columns(found[0]), sql)
    sql = SEVERAL_VALUES.sub("…", TUPLE_OF_ONE.sub("%s", sql))
    sql = BY_PLACE.sub("ORDER BY …", sql)
    return NEW_LINE.sub("\n    ", UNION.sub(" UNION ALL …", sql))


def columns(listed: str) -> str:
    """What a row holds, by its names; modeltranslation gives them in any order."""
    found = sorted(column.partition(" AS ")[0].strip("()") for column in listed.split(", "))
    told = []
    for table, of_table in groupby(found, key=lambda column: column.partition(".")[0]):
        names = list(of_table)
        told += names if len(names) <= MOST_COLUMNS else [f"{table}.*"]
    return ", ".join(told)


def in_words(sent: list[str]) -> str:
    """One statement below the other; what is sent several times in a row is told once."""
    lines = []
    for statement, same in groupby(sent):
        times = len(list(same))
        lines.append(statement if times == 1 else f"{times} times: {statement}")
    return "\n".join(lines)


def parts(path: Path) -> dict[str, str]:
    """The parts of a file by their names; those that say the same stand together."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = {}
    names = []
    for line in text.splitlines():
        if line.startswith(HEADING):
            names.append(line.removeprefix(HEADING))
        elif line:
            found |= {name: [*found.get(name, []), line] for name in names}
        else:
            names = []
    return {name: "\n".join(lines) for name, lines in found.items()}


def write(path: Path, found: dict[str, str]) -> None:
    alike: dict[str, list[str]] = {}
    for name, statements in found.items():
        alike.setdefault(statements, []).append(f"{HEADING}{name}\n")
    text = "\n".join(f"{''.join(names)}{statements}\n" for statements, names in alike.items())
    path.write_text(text, encoding="utf-8")
