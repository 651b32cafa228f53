"""Entries of invented registers, as a data protection officer types them: a file for each.

`[entry]` holds fields of the activity, `[[purposes]]` and so on its rows, `internal` what citizens
must not see. A value is what is typed or chosen, and what the public page then shows; where these
are not the same, `typed` and `shown`. A number counts the rows of a kind: `purposes = [1]`.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Name of the field -> value.
Values = dict[str, object]


@dataclass(frozen=True)
class Case:
    name: str
    language: str
    # Whether the body shows its departments.
    shows_departments: bool
    entry: Values
    # Kind of rows -> rows.
    rows: dict[str, list[Values]]

    def __str__(self) -> str:
        return self.name

    @property
    def internal(self) -> Iterator[object]:
        """What was typed, and is for the body alone."""
        for values in (self.entry, *(row for rows in self.rows.values() for row in rows)):
            yield from values.get("internal", {}).values()


def all_cases() -> list[Case]:
    return [_read(path) for path in sorted(Path(__file__).parent.glob("*.toml"))]


def _read(path: Path) -> Case:
    declared = tomllib.loads(path.read_text())
    rows = {name: rows for name, rows in declared.items() if isinstance(rows, list)}
    shows = declared.get("shows_departments", False)
    return Case(path.stem, declared["language"], shows, declared["entry"], rows)


def typed(value: object) -> object:
    return value["typed"] if isinstance(value, dict) else value


def shown(value: object) -> list[str]:
    """What of a value the page shows, all of it."""
    if isinstance(value, list):
        return [text for one in value for text in shown(one)]
    if isinstance(value, dict):
        return shown(value["shown"])
    return [str(value)]
