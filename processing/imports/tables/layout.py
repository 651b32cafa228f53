"""What is found in a sheet: columns with headings, rows of cells, and what stands outside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from processing.imports.files.cells import Cell, Place, Sheet
from processing.imports.values import cleaned, words_of

# So much of a heading, or of a title over several, is told of a column: the page and the list of
# imports have it.
LONGEST_TITLE = 300

# Why a cell belongs to no activity.
Outside = Literal[
    "heading", "above", "below", "section", "explanation", "example", "no_table", "hidden", "alone"
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list, or a label of a form: the same on every sheet that has it."""

    # Names it among all of the file, and in what a body decided about it earlier.
    key: str
    heading: str
    # The group of columns or the section of a form that it stands in.
    group: str
    # Which rows of an activity its sheet is about; "" for the activity itself.
    part: str
    # Where it was found first: title of the sheet and number of the column.
    sheet: str
    number: int

    def __post_init__(self) -> None:
        for name in ("heading", "group"):
            object.__setattr__(self, name, getattr(self, name)[:LONGEST_TITLE])

    @property
    def title(self) -> str:
        """What to call it, for people; "C" for the third column without a heading."""
        named = " – ".join(filter(None, (self.group, self.heading)))
        return " ".join(named.split())[:LONGEST_TITLE] or letters_of(self.number)


@dataclass(slots=True)
class Row:
    """One row of a list or of a form: cells with the keys of their columns."""

    cells: list[tuple[str, Place, Cell]]
    # Merged cells that reach down from rows above.
    above: list[tuple[str, Place, Cell]] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A list with a row or more for each activity, a form about one activity, or a sheet of the
    register's own workbook.
    """

    sheet: int
    title: str
    part: str
    shape: Literal["list", "form", "own"]
    columns: dict[str, Column] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """The tables of a file, and the cells that stand in none of them."""

    tables: list[Table] = field(default_factory=list)
    outside: dict[Place, Outside] = field(default_factory=dict)

    def leave_out(self, places: Iterable[Place], reason: Outside) -> None:
        self.outside.update(dict.fromkeys(places, reason))

    @property
    def columns(self) -> dict[str, Column]:
        """All columns of all tables, each once."""
        found: dict[str, Column] = {}
        for table in self.tables:
            for key, column in table.columns.items():
                found.setdefault(key, column)
        return found


class Grid:
    """A sheet by rows: its texts, its cells and their places. What nobody sees is not there."""

    def __init__(self, number: int, sheet: Sheet) -> None:
        self.number = number
        self.sheet = sheet
        self.width = max(map(len, sheet.rows), default=0)
        self._texts = [_texts(row) for row in sheet.rows]

    @property
    def places(self) -> list[Place]:
        """Of all cells that hold something."""
        return [place for row in range(len(self.sheet.rows)) for place in self.places_in(row)]

    @property
    def size(self) -> int:
        """How many cells hold something."""
        return sum(map(len, self._texts))

    def at(self, row: int, column: int) -> Cell | None:
        return self.sheet.rows[row][column] if column in self.texts(row) else None

    def cells(self, row: int) -> Iterator[tuple[int, Cell]]:
        return ((column, self.sheet.rows[row][column]) for column in self.texts(row))

    def texts(self, row: int) -> dict[int, str]:
        """Column -> text, of the cells that hold one."""
        return self._texts[row] if 0 <= row < len(self._texts) else {}

    def places_in(self, row: int) -> list[Place]:
        return [Place(self.number, row, column) for column in self.texts(row)]


def _texts(row: list[Cell | None]) -> dict[int, str]:
    texts = {column: cleaned(cell.text) for column, cell in enumerate(row) if cell is not None}
    return {column: text for column, text in texts.items() if text}


def column_key(part: str, group: str, heading: str, number: int) -> str:
    """Names a column by its words, so that a changed file has the same; the number tells the
    second with the same words.
    """
    words = [words_of(text[:LONGEST_TITLE])[:120] for text in (group, heading)]
    return "|".join((part, *words, "" if number == 1 and heading else str(number)))


def letters_of(number: int) -> str:
    """A column as spreadsheets call it: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
