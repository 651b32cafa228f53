"""A file and the meaning of its columns become drafts; every cell is accounted for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from processing.imports import fields
from processing.imports.drafts import activity_fields, activity_rows, finishing, other_parties
from processing.imports.drafts.cell_accounts import Accounts, Outcome
from processing.imports.drafts.draft import Draft, Item, Writer
from processing.imports.drafts.terms import Vocabulary
from processing.imports.fields import OWN_COLUMN, PARTS, Target
from processing.imports.files.cells import Cell, Place, Workbook
from processing.imports.own_workbook import rows as own_rows
from processing.imports.tables.gathering import Gathered, Source
from processing.imports.tables.layout import Column, Found, Row
from processing.imports.values import Separators, cleaned, is_blank

# So many rows of a file tell of one activity: what stands in others is left out.
MOST_ROWS_OF_ONE = 300
# Longer texts say no more than their words: nothing is looked for in them.
LONGEST_UNDERSTOOD = 10_000


@dataclass(frozen=True, slots=True)
class Options:
    """What who imports has decided for all of a file."""

    # Of texts whose column tells none.
    language: str
    # Code of the mechanism of transfers that tell none; "" where nobody chose one.
    mechanism: str = ""


def drafts_of(
    found: Found,
    sources: Sequence[Source],
    targets: Mapping[str, Target],
    vocabulary: Vocabulary,
    options: Options,
) -> Iterator[tuple[Draft, Accounts]]:
    """One draft after the other, with the accounts of its cells: many need no more memory."""
    columns, separators, others = found.columns, _separators(found), own_rows.named(sources)
    for number, source in enumerate(sources):
        draft = Draft(number, place=source.rows[0][1].cells[0][1] if source.rows else None)
        accounts = Accounts()
        writer = Writer(
            *(draft, vocabulary, accounts, options.language, separators, options.mechanism),
            others=others,
        )
        _write(writer, source, targets, columns)
        yield draft, accounts


def accounts_outside(workbook: Workbook, found: Found, gathered: Gathered) -> Accounts:
    """Of the cells that belong to no activity."""
    accounts = Accounts()
    for row in gathered.loose:
        _leave_out(accounts, row.cells, "not_joined")
    _account_outside(accounts, workbook, found)
    _account_unseen(accounts, workbook)
    return accounts


def _separators(found: Found) -> dict[str, Separators]:
    texts: dict[str, list[str]] = {key: [] for key in found.columns}
    for table in found.tables:
        for row in table.rows:
            for key, _place, cell in row.cells:
                texts[key].append(cleaned(cell.text[:LONGEST_UNDERSTOOD]))
    return {key: Separators(values) for key, values in texts.items()}


def _write(
    writer: Writer, source: Source, targets: Mapping[str, Target], columns: Mapping[str, Column]
) -> None:
    writer.has_several_rows = len(source.rows) > 1
    own_rows.begin(writer, source, targets)
    for part, row in source.rows[:MOST_ROWS_OF_ONE]:
        _write_row(writer, source, part, row, targets, columns)
    for _part, row in source.rows[MOST_ROWS_OF_ONE:]:
        _leave_out(writer.accounts, row.cells, "too_many_values", draft=writer.draft.number)
    finishing.finish(writer)


def _write_row(
    writer: Writer,
    source: Source,
    part: str,
    row: Row,
    targets: Mapping[str, Target],
    columns: Mapping[str, Column],
) -> None:
    gathered: dict[str, activity_rows.Gathered] = {kind: {} for kind in PARTS}
    own: list[Item] = []
    for key, place, cell in row.cells:
        column = columns[key]
        item = Item(
            key, column.title, column.heading, place, cell, cleaned(cell.text), targets[key]
        )
        if place in source.joins:
            writer.understood(item, "reference")
        elif item.text and item.target.field == OWN_COLUMN:
            own.append(item)
        elif not item.text or is_blank(item.text):
            writer.nothing(item)
        elif len(item.text) > LONGEST_UNDERSTOOD and item.target.field not in fields.SINGLE:
            writer.remark(item, "too_long")
        elif item.target.part:
            name = item.target.field.partition(".")[2]
            if writer.take(item):
                gathered[item.target.part].setdefault(name, []).append(item)
        else:
            activity_fields.read(writer, item)
    if own:
        own_rows.read(writer, part, own)
    purpose_keys = activity_rows.purposes(writer, gathered["purposes"])
    activity_rows.legal_grounds(writer, gathered["legal_grounds"], purpose_keys)
    data_keys = activity_rows.data(writer, gathered["data"])
    activity_rows.retention(writer, gathered["retention"], data_keys)
    for kind in other_parties.DETAILS:
        other_parties.parties(writer, gathered[kind], kind)
    other_parties.transfers(writer, gathered["transfers"])


def _leave_out(
    accounts: Accounts,
    cells: list[tuple[str, Place, Cell]],
    reason: str,
    draft: int | None = None,
) -> None:
    for key, place, cell in cells:
        text = cleaned(cell.text)
        accounts.add(place, Outcome.LEFT_OUT, text, column=key, reason=reason, draft=draft)


def _account_outside(accounts: Accounts, workbook: Workbook, found: Found) -> None:
    for place, reason in found.outside.items():
        cell = workbook.sheets[place.sheet].rows[place.row][place.column]
        is_heading = reason == "heading"
        accounts.add(
            place,
            Outcome.HEADING if is_heading else Outcome.LEFT_OUT,
            cleaned(cell.text) if cell else "",
            reason="" if is_heading else reason,
        )


def _account_unseen(accounts: Accounts, workbook: Workbook) -> None:
    """Cells that hold only what nobody sees."""
    for number, sheet in enumerate(workbook.sheets):
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                if cell is not None and not cleaned(cell.text):
                    accounts.add(Place(number, row, column), Outcome.NOTHING, "")
