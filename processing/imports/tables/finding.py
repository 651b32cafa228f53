"""Finds the tables in the sheets of a file: where the headings are, where a table ends."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from organisations.languages import folded
from processing.imports.files.cells import Merged, Place, Workbook
from processing.imports.own_workbook.sheets import read_own
from processing.imports.tables import forms
from processing.imports.tables.headings import Headings, meant_by
from processing.imports.tables.layout import Column, Found, Grid, Row, Table, column_key

# Headings stand within so many rows.
LOOKED_AT = 40
# Recognised headings that make a table of what else may be a list of words.
FEW = 2
INSTRUCTION = re.compile(
    r"\?$|^\(|\b(?:dd|jj|tt)[/.-](?:mm)|\b\w+ = \w+"
    r"|\b(?:bv|bijv|bijvoorbeeld|z\.b|p\.ex|par exemple|e\.g)\b"
    r"|^(?:kies|vul|geef|beschrijf|vermeld|omschrijf|selecteer|choose|enter|select|describe|specify|list"
    r"|give|indiquez|indiquer|choisissez|decrivez|decrire|precisez|preciser|mentionnez|renseignez"
    r"|wahlen|geben|beschreiben|nennen|wer|was|welche|who|what|why|how|waarom"
    r"|hoe|wie|welke|quel|quelle)\b"
)
EXAMPLE = re.compile(r"^\W*(?:voorbeeld|exemple|beispiel|example|bv|vb|ex)\b\W")


@dataclass(slots=True)
class Header:
    """Which rows hold the headings, and what they say."""

    row: int
    score: float
    count: int
    headings: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    # Where the groups stand, if they do.
    group_row: int | None = None


def find_tables(workbook: Workbook, headings: Headings) -> Found:
    """All tables of a file; every cell that holds something is in one of them or accounted for."""
    found = Found()
    for number, sheet in enumerate(workbook.sheets):
        grid = Grid(number, sheet)
        if not grid.size:
            continue
        if read_own(grid, found):
            continue
        if not sheet.is_visible:
            found.leave_out(grid.places, "hidden")
        else:
            _find_in(grid, headings, found)
    if not found.tables:
        _take_the_largest(workbook, headings, found)
    return found


def _find_in(grid: Grid, headings: Headings, found: Found) -> None:
    part = headings.part_of(grid.sheet.name)
    part = "" if part == "activity" else part
    header = best_header(grid, headings, part)
    form = forms.best_form(grid, headings)
    if form and form.score > (header.score if header else 0):
        forms.read_form(grid, form, headings, found)
    elif header and (header.count >= FEW or (part and header.count)):
        _read_list(grid, header, part, headings, found)
    else:
        found.leave_out(grid.places, "no_table")


def _take_the_largest(workbook: Workbook, headings: Headings, found: Found) -> None:
    """Where no heading is known: the first row with the most cells is taken for the headings."""
    grids = [Grid(n, sheet) for n, sheet in enumerate(workbook.sheets) if sheet.is_visible]
    grid = max(grids, key=lambda grid: grid.size, default=None)
    if grid is None or len(grid.sheet.rows) < 2:
        return
    widths = [len(grid.texts(row)) for row in range(min(LOOKED_AT, len(grid.sheet.rows)))]
    row = widths.index(max(widths))
    if max(widths) < 2 or row == len(grid.sheet.rows) - 1:
        return
    header = Header(row, 0, 0, dict(grid.texts(row)))
    for place in grid.places:
        found.outside.pop(place, None)
    _read_list(grid, header, "", headings, found)


def best_header(grid: Grid, headings: Headings, part: str) -> Header | None:
    """The row with the most headings, and the row of groups above it or of details below it."""
    candidates = [
        header
        for row in range(min(LOOKED_AT, len(grid.sheet.rows)))
        if (header := _header_at(grid, row, headings, part)).count
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda header: (header.score, -header.row))
    below = _header_at(grid, best.row + 1, headings, part)
    if _has_groups(grid, best.row) and below.count >= FEW and _is_more(below, best):
        best = below
    _take_groups(grid, best, headings)
    return best


def _header_at(grid: Grid, row: int, headings: Headings, part: str) -> Header:
    texts = grid.texts(row)
    targets = [target for text in texts.values() if (target := meant_by(headings, text, "", part))]
    # What is known of a row in which most cells are no headings may be values.
    share = len(targets) / len(texts) if texts else 0
    score = sum(target.certainty for target in targets) * (0.5 + share / 2)
    return Header(row, score, len({(t.field, t.code) for t in targets}), dict(texts))


def _is_more(below: Header, above: Header) -> bool:
    """Whether a row below holds the headings, and the one above it their groups."""
    are_headings = below.count >= 0.6 * len(below.headings)
    return are_headings or len(below.headings) > len(above.headings)


def _has_groups(grid: Grid, row: int) -> bool:
    return any(m.top <= row <= m.bottom and m.right > m.left for m in grid.sheet.merged)


def _take_groups(grid: Grid, header: Header, headings: Headings) -> None:
    """Groups of columns stand in the row above, each over its columns."""
    above = header.row - 1
    texts = grid.texts(above) if above >= 0 else {}
    if not texts:
        return
    merged = {m.left: m.right for m in grid.sheet.merged if m.top <= above <= m.bottom}
    are_groups = len(texts) >= 2 and (merged or all(map(headings.part_of, texts.values())))
    if not are_groups:
        return
    header.group_row = above
    width = max(grid.width, *header.headings) if header.headings else grid.width
    group, last = "", -1
    for column in range(width):
        if column in texts:
            group = texts[column]
            last = merged.get(column, column if merged else width)
        if column <= last and group:
            header.groups[column] = group
    # A heading in the upper row alone, over merged cells or an empty one.
    for column, text in texts.items():
        if column not in header.headings:
            header.headings[column] = text
            header.groups.pop(column, None)


def _read_list(grid: Grid, header: Header, part: str, headings: Headings, found: Found) -> None:
    rows = list(_body(grid, header, found))
    used = {column for row in rows for column in grid.texts(row)}
    columns = _columns(grid, header, part, used)
    table = Table(grid.number, grid.sheet.name, part, "list")
    table.columns = {column.key: column for column in columns.values()}
    inherited, of_table = _inherited(grid.sheet.merged, header.row), set(rows)
    for row in rows:
        cells = [
            (columns[column].key, Place(grid.number, row, column), cell)
            for column, cell in grid.cells(row)
        ]
        above = [
            (columns[column].key, Place(grid.number, top, column), grid.at(top, column))
            for column, top in inherited.get(row, {}).items()
            if column in columns and grid.at(top, column) and top in of_table
        ]
        table.rows.append(Row(cells, above))
    found.tables.append(table)


def _columns(grid: Grid, header: Header, part: str, used: set[int]) -> dict[int, Column]:
    """Also columns without a heading, where they hold something."""
    seen: Counter[tuple[str, str]] = Counter()
    columns = {}
    for column in sorted({*header.headings, *used}):
        heading, group = header.headings.get(column, ""), header.groups.get(column, "")
        seen[group, heading] += 1
        number = column if not heading else seen[group, heading]
        key = column_key(part, group, heading, number)
        columns[column] = Column(key, heading, group, part, grid.sheet.name, column)
    return columns


def _inherited(merged: list[Merged], header_row: int) -> dict[int, dict[int, int]]:
    """Row -> column -> the row above from which a merged cell reaches down."""
    found: dict[int, dict[int, int]] = {}
    for area in merged:
        if area.top > header_row and area.bottom > area.top:
            for row in range(area.top + 1, area.bottom + 1):
                found.setdefault(row, {})[area.left] = area.top
    return found


def _body(grid: Grid, header: Header, found: Found) -> Iterator[int]:
    """The rows of a table; what stands above, between and below is accounted for."""
    for row in range(header.row):
        found.leave_out(grid.places_in(row), "heading" if row == header.group_row else "above")
    found.leave_out(grid.places_in(header.row), "heading")
    end, titles = _end(grid, header), _as_wide_as_most(grid, header)
    for row in range(header.row + 1, len(grid.sheet.rows)):
        texts = grid.texts(row)
        if not texts:
            continue
        if row >= end:
            reason = "below"
        elif texts == grid.texts(header.row):
            reason = "heading"
        elif row == header.row + 1 and _explains(texts, header):
            reason = "explanation"
        elif any(EXAMPLE.match(folded(text)) for text in list(texts.values())[:2]):
            reason = "example"
        elif len(texts) == 1 and row in titles:
            reason = "section"
        else:
            yield row
            continue
        found.leave_out(grid.places_in(row), reason)


def _explains(texts: dict[int, str], header: Header) -> bool:
    """Whether the row below the headings tells what to fill in."""
    instructing = sum(bool(INSTRUCTION.search(folded(text))) for text in texts.values())
    return len(texts) >= 2 and instructing >= max(2, 0.5 * len(texts))


def _as_wide_as_most(grid: Grid, header: Header) -> set[int]:
    """The rows where a merged cell is as wide as most of the table: titles of sections."""
    wide = max(2, 0.6 * len(header.headings))
    return {m.top for m in grid.sheet.merged if m.right - m.left + 1 >= wide}


def _end(grid: Grid, header: Header) -> int:
    """The row at which remarks under the table begin: few cells, behind an empty row."""
    widths = {
        row: len(texts)
        for row in range(header.row + 1, len(grid.sheet.rows))
        if (texts := grid.texts(row))
    }
    least = _wide(widths, header)
    wide = [row for row, width in widths.items() if width >= least]
    last = wide[-1] if wide else header.row
    for row in widths:
        if row > last and row - 1 not in widths:
            return row
    return len(grid.sheet.rows)


def _wide(widths: dict[int, int], header: Header) -> int:
    """So many cells has a row of the table at least, where most have many."""
    usual = sorted(widths.values())[len(widths) // 2] if widths else 0
    usual = max(usual, min(len(header.headings), max(widths.values(), default=0)))
    return 3 if usual >= 4 else 2
