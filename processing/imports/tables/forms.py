"""Forms: a sheet about one activity, with labels on the left and values to the right of them."""

from dataclasses import dataclass, field

from processing.imports.files.cells import Cell, Place
from processing.imports.tables.headings import Headings, meant_by
from processing.imports.tables.layout import Column, Found, Grid, Row, Table, column_key

# Labels stand in one of so many columns.
LOOKED_AT = 6
# So many labels make a form.
FEW = 3
# So many cells of the headings of a small table are known.
MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Form:
    column: int
    score: float


def best_form(grid: Grid, headings: Headings) -> Form | None:
    """The column with the most labels that have a value at their right; None for too few."""
    forms = []
    for column in range(min(LOOKED_AT, grid.width)):
        known = {}
        for row in range(min(len(grid.sheet.rows), 500)):
            texts = grid.texts(row)
            target = column in texts and headings.meant(texts[column])
            if target and target.certainty >= 0.75 and any(other > column for other in texts):
                known.setdefault((target.field, target.code), target.certainty)
        if len(known) >= FEW:
            forms.append(Form(column, sum(known.values())))
    return max(forms, key=lambda form: form.score, default=None)


@dataclass(slots=True)
class _Reader:
    """Goes through the rows of a form from top to bottom."""

    grid: Grid
    label_column: int
    headings: Headings
    found: Found
    table: Table
    section: str = ""
    # Of a small table within the form: its columns, and their headings.
    inner: dict[int, str] = field(default_factory=dict)
    # The label that values belong to, and whether it still has none.
    label: str = ""
    waits: bool = False

    def read(self) -> None:
        main = Row([])
        self.table.rows.append(main)
        for row in range(len(self.grid.sheet.rows)):
            texts = self.grid.texts(row)
            if not texts:
                # A section goes on behind an empty row; a small table does not.
                self.section = "" if self.inner else self.section
                self.inner, self.label, self.waits = {}, "", False
            elif self._begins_inner(texts):
                self.inner = texts
                if self.headings.part_of(texts[min(texts)]):
                    self.section = texts[min(texts)]
                self.found.leave_out(self.grid.places_in(row), "heading")
            elif self.inner and not self._is_label(texts):
                self.table.rows.append(Row(self._inner_row(row)))
            else:
                self.inner = {}
                main.cells.extend(self._labelled(row, texts))

    def _begins_inner(self, texts: dict[int, str]) -> bool:
        """Whether the cells of a row are headings: of a part, or of the part of the section."""
        if len(texts) < 2 or min(texts) > self.label_column:
            return False
        first, *others = (texts[column] for column in sorted(texts))
        part, of_section = self.headings.part_of(first), self.headings.part_of(self.section)
        if not part and (not of_section or not self._is_sure(first)):
            return False
        known = sum(self._means(text, part or of_section) for text in others)
        return known == len(others) or (len(others) > 1 and known >= MOSTLY * len(others))

    def _means(self, text: str, part: str) -> bool:
        target = self.headings.meant(text, part)
        return bool(target) and target.is_sure

    def _is_label(self, texts: dict[int, str]) -> bool:
        """Whether a row behind a small table goes on with the form."""
        text = texts.get(self.label_column, "")
        target = text and self.headings.meant(text)
        return bool(target) and target.is_sure and not target.code and self._tells_more(text)

    def _tells_more(self, text: str) -> bool:
        # What stands in the first column of a small table about data is a category of data.
        return self.headings.part_of(text) != self.headings.part_of(self.section) or not self.inner

    def _inner_row(self, row: int) -> list[tuple[str, Place, Cell]]:
        cells = []
        for column, cell in self.grid.cells(row):
            heading = self.inner.get(column, "")
            group = "" if heading == self.section else self.section
            cells.append((self._key(heading, column, group), self._place(row, column), cell))
        return cells

    def _labelled(self, row: int, texts: dict[int, str]) -> list[tuple[str, Place, Cell]]:
        """The values of a row, with the labels at their left."""
        cells: list[tuple[str, Place, Cell]] = []
        columns = list(self.grid.cells(row))
        has_value = self.label_column not in texts
        for position, (column, cell) in enumerate(columns):
            place, text = self._place(row, column), texts.get(column, "")
            is_last = position == len(columns) - 1
            if column == self.label_column and (not is_last or self._is_known(text)):
                self._begin(text, place, is_section=is_last)
                has_value = False
            elif not self._has_label(column):
                self.found.leave_out([place], "alone")
            elif has_value and not is_last and self._is_sure(text):
                self._begin(text, place, is_section=False)
                has_value = False
            else:
                cells.append((self._key(self.label, column, self.section), place, cell))
                has_value, self.waits = True, False
        return cells

    def _has_label(self, column: int) -> bool:
        """Whether a text in this column is the value of a label."""
        return (
            self.waits
            if column == self.label_column
            else column > self.label_column and bool(self.label)
        )

    def _begin(self, label: str, place: Place, *, is_section: bool) -> None:
        """A label; alone in its row it may be the title of a section, or its value stands below."""
        self.label, self.waits = label, is_section
        self.found.leave_out([place], "heading")
        if is_section and self.headings.part_of(label):
            self.section = label

    def _is_known(self, text: str) -> bool:
        return self._is_sure(text) or bool(self.headings.part_of(text))

    def _is_sure(self, text: str) -> bool:
        return self._means(text, self.headings.part_of(self.section))

    def _key(self, heading: str, number: int, group: str) -> str:
        key = column_key("", group, heading, 1 if heading else number)
        column = Column(key, heading, group, "", self.grid.sheet.name, number)
        self.table.columns.setdefault(key, column)
        return key

    def _place(self, row: int, column: int) -> Place:
        return Place(self.grid.number, row, column)


def read_form(grid: Grid, form: Form, headings: Headings, found: Found) -> None:
    """The form as a table with one activity. Several values for its name: one activity a column."""
    table = Table(grid.number, grid.sheet.name, "", "form")
    _Reader(grid, form.column, headings, found, table).read()
    found.tables.extend(_by_columns(table, headings) or [table])


def _by_columns(table: Table, headings: Headings) -> list[Table]:
    """Where the label of the name has several values: a list that lies on its side."""
    names = [
        place.column
        for key, place, _cell in table.rows[0].cells
        if (target := meant_by(headings, table.columns[key].heading, "", ""))
        and target.field == "name"
    ]
    if len(set(names)) < 2 or len(table.rows) > 1:
        return []
    by_column: dict[int, list[tuple[str, Place, Cell]]] = {}
    for cell in table.rows[0].cells:
        by_column.setdefault(cell[1].column, []).append(cell)
    return [
        Table(table.sheet, table.title, "", "form", table.columns, [Row(cells)])
        for _column, cells in sorted(by_column.items())
    ]
