"""What docs/security.md claims can be looked up: its files, tests and settings are there."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "docs" / "security.md"
STATES = {"met", "partly", "not met", "operator", "no use"}
# The sections of the chapters that are told in full, and the last requirement of level 1 or 2 in
# each: those of level 3 follow it.
LAST = {
    **{"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1},
    **{"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3},
    **{"6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4},
    **{"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2},
    **{"8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "12.1": 3, "12.2": 2, "12.3": 4},
    **{"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3},
    **{"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3},
}
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
FILE = re.compile(r"(?!https?:)[\w.][\w.-]*(/[\w.-]+)*/?")
SETTING = re.compile(r"[A-Z][A-Z_]+")
COMMAND = re.compile(r"(make|manage\.py) (\w+)")


def names(document: Path) -> list[str]:
    """What stands in the signs of code, and where links lead."""
    text = document.read_text(encoding="utf-8")
    return re.findall(r"`([^`\n]+)`", text) + re.findall(r"\]\(([^)]+)\)", text)


def not_there(named: list[str]) -> list[str]:
    """Of what is named, the tests, files, settings and commands that do not exist."""
    return [name for name in named if not _is_there(name)]


def _is_there(name: str) -> bool:
    if match := TEST.fullmatch(name):
        return match[2] in functions_in(match[1])
    if match := COMMAND.fullmatch(name):
        tool, command = match.groups()
        if tool == "make":
            return f"\n{command}:" in (ROOT / "Makefile").read_text()
        return any(ROOT.glob(f"*/management/commands/{command}.py"))
    if SETTING.fullmatch(name):
        return f"`{name}`" in (ROOT / "README.md").read_text() or is_set(name)
    looks_like_a_file = FILE.fullmatch(name) and re.search(r"/|\.(py|md|txt|toml|js)$", name)
    return not looks_like_a_file or (ROOT / name).exists()


@cache
def functions_in(path: str) -> set[str]:
    file = ROOT / path
    if not file.exists():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@cache
def is_set(name: str) -> bool:
    """Whether a value has that name in the site's own code."""
    code = [
        path
        for app in ("registry_site", "organisations", "processing", "contact")
        for path in (ROOT / app).rglob("*.py")
    ]
    return any(re.search(rf"\b{name} = ", path.read_text(encoding="utf-8")) for path in code)


def rows() -> list[list[str]]:
    """The cells of each row about requirements."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in lines
        if re.match(r"\| \d+\.\d+\.\d+", line)
    ]


def numbers(row: list[str]) -> list[str]:
    return re.findall(r"\b\d+\.\d+\.\d+\b", row[0])


def test_everything_it_names_is_there():
    for document in (DOCUMENT, ROOT / "SECURITY.md", ROOT / "docs" / "scaling.md"):
        assert not_there(names(document)) == []
    operating = ROOT / "docs" / "operating.md"
    assert not_there([name for name in names(operating) if "tests/" in name]) == []
    assert sum("::" in name for name in names(DOCUMENT)) > 100


def test_what_is_not_there_is_noticed():
    gone = [
        *("tests/none.py::test_none", "tests/registry_site/test_headers.py::test_none"),
        *("processing/none.py", "docs/none/", "none.md", "NO_SUCH_SETTING"),
        *("make none", "manage.py none"),
    ]

    assert not_there(gone) == gone
    assert not_there(["/healthz", "nosniff", "SameSite", "make scoping", "manage.py purge"]) == []


def test_every_requirement_of_its_chapters_is_told_once():
    told = [number for row in rows() for number in numbers(row)]
    demanded = {
        f"{section}.{number}" for section, last in LAST.items() for number in range(1, last + 1)
    }

    assert len(told) == len(set(told))
    assert demanded <= set(told)


def test_every_requirement_has_a_state_and_says_why_it_is_not_met():
    for requirement, state, how, _test in rows():
        assert state in STATES, requirement
        if state in {"partly", "not met"}:
            assert how, requirement
