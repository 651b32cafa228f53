"""Which rows of which tables tell of the same activity."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from processing.imports.fields import Target
from processing.imports.files.cells import Cell, Place
from processing.imports.own_workbook.sheets import joined_by, names_of, own_tables
from processing.imports.tables.layout import Row, Table
from processing.imports.values import cleaned, is_blank, words_of

Targets = Mapping[str, Target]
# Of the cells in a column that joins a table to another, so many are names of activities there.
JOINED = 0.7


@dataclass(slots=True)
class Source:
    """The rows of a file that tell of one activity, and what they call it."""

    name: str
    reference: str
    # Each with the part that its sheet is about.
    rows: list[tuple[str, Row]] = field(default_factory=list)
    # The column by which a row was joined says nothing more.
    joins: set[Place] = field(default_factory=set)


@dataclass(slots=True)
class Gathered:
    sources: list[Source] = field(default_factory=list)
    # Rows of tables that name no activity.
    loose: list[Row] = field(default_factory=list)


def gather(tables: list[Table], targets: Targets) -> Gathered:
    """The activities of a file, in the order in which it tells them."""
    gathered = _gather_own(own_tables(tables))
    tables = [table for table in tables if table.shape != "own"]
    mains = [table for table in tables if _is_main(table, targets)]
    unnamed = [table for table in tables if not table.part]
    if not mains and unnamed and not gathered.sources:
        # Nothing tells what activities are called: each row is one.
        mains = [max(unnamed, key=lambda table: len(table.columns))]
    lists = [table for table in mains if table.shape == "list"]
    sources = [source for table in lists for source in _of_list(table, targets)]
    _add_forms([table for table in mains if table.shape == "form"], targets, sources)
    gathered.sources += sources
    # Tables with the same cells are equal, and comparing them takes long.
    are_main, known = {id(table) for table in mains}, _names(gathered.sources)
    for table in tables:
        if id(table) not in are_main:
            _join(table, targets, gathered, known)
    return gathered


def _gather_own(tables: list[Table]) -> Gathered:
    """The activities of the register's own workbook: a row each, and what other sheets add."""
    gathered = Gathered()
    known: dict[str, Source] = {}
    for table in tables:
        for row in table.rows:
            if not table.part:
                source = Source("", "", [("", row)])
                gathered.sources.append(source)
                for name in names_of(row):
                    known.setdefault(name, source)
            elif source := known.get(joined_by(row)):
                source.rows.append((table.part, row))
            else:
                gathered.loose.append(row)
    return gathered


def _is_main(table: Table, targets: Targets) -> bool:
    if table.shape == "form":
        return True
    fields = {targets[key].field for key in table.columns}
    return not table.part and bool(fields & {"name", "reference", "purposes.description"})


def _values(row: Row, name: str, targets: Targets) -> str:
    texts = (cleaned(cell.text) for key, _place, cell in row.cells if targets[key].field == name)
    return next((text for text in texts if text and not is_blank(text)), "")


def _of_list(table: Table, targets: Targets) -> Iterator[Source]:
    fields = {targets[key].field for key in table.columns}
    named_by = ("name", "reference", "purposes.description")
    by = next((field for field in named_by if field in fields), "")
    current: Source | None = None
    for row in table.rows:
        value, reference = _values(row, by, targets), _values(row, "reference", targets)
        is_inherited = any(targets[key].field == by for key, _place, _cell in row.above)
        if current is None or (not is_inherited and _is_new(value, reference, current, by)):
            if current:
                yield current
            name = value if by != "reference" else ""
            current = Source(name, reference)
            row.cells.extend(row.above)
        current.rows.append((table.part, row))
    if current:
        yield current


def _is_new(value: str, reference: str, current: Source, by: str) -> bool:
    if not by or (reference and reference != current.reference):
        return True
    known = current.reference if by == "reference" else current.name
    return bool(value) and words_of(value) != words_of(known)


def _add_forms(tables: list[Table], targets: Targets, sources: list[Source]) -> None:
    """A form may tell more of an activity that a list or an earlier form names."""
    called = _Called()
    for source in sources:
        called.add(source)
    for table in tables:
        main = table.rows[0]
        name = _values(main, "name", targets) or _values(main, "purposes.description", targets)
        reference = _values(main, "reference", targets)
        rows = [(table.part, row) for row in table.rows if row.cells]
        if not rows:
            continue
        if source := called.first(name, reference):
            source.rows.extend(rows)
        else:
            sources.append(Source(name or table.title, reference, rows))
            called.add(sources[-1])


class _Called:
    """Finds activities by what the file calls them; of several, the first."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], tuple[int, Source]] = {}
        self.count = 0

    def add(self, source: Source) -> None:
        self.count += 1
        by = [("name", source.name)]
        by.append(("reference", source.reference) if source.reference else ("alone", source.name))
        for kind, text in by:
            self.found.setdefault((kind, words_of(text)), (self.count, source))

    def first(self, name: str, reference: str) -> Source | None:
        """By its reference, where both have one, else by its name."""
        by = [("alone", name), ("reference", reference)] if reference else [("name", name)]
        keys = [(kind, words_of(text)) for kind, text in by if text]
        found = [self.found[key] for key in keys if key in self.found]
        return min(found, key=itemgetter(0))[1] if found else None


def _join(table: Table, targets: Targets, gathered: Gathered, known: Mapping[str, Source]) -> None:
    """The rows of a sheet about a part, by what they call their activity."""
    column = _joining_column(table, known)
    alone = gathered.sources[0] if len(gathered.sources) == 1 else None
    current = None
    for row in table.rows:
        if column is None:
            current = alone
        else:
            place, name = next(
                ((place, words_of(cell.text)) for key, place, cell in row.cells if key == column),
                (None, ""),
            )
            current = known.get(name, alone) if name else current
            if current and place:
                current.joins.add(place)
        if current is None:
            gathered.loose.append(row)
        else:
            current.rows.append((table.part, row))


def _names(sources: list[Source]) -> dict[str, Source]:
    names: dict[str, Source] = {}
    twice = Counter(words_of(source.name) for source in sources)
    for source in sources:
        if source.reference:
            names.setdefault(words_of(source.reference), source)
    for source in sources:
        words = words_of(source.name)
        if words and twice[words] == 1:
            names.setdefault(words, source)
    return names


def _joining_column(table: Table, known: Mapping[str, Source]) -> str | None:
    """The column whose values are names or references of activities."""
    values: dict[str, list[Cell]] = {}
    for row in table.rows:
        for key, _place, cell in row.cells:
            values.setdefault(key, []).append(cell)
    shares = {
        key: sum(words_of(cell.text) in known for cell in cells) / len(cells)
        for key, cells in values.items()
    }
    best = max(shares, key=lambda key: shares[key], default=None)
    return best if best is not None and shares[best] >= JOINED else None
