"""Imports a file as far as drafts, without a separate process and without a database."""

from dataclasses import dataclass

from processing.imports.drafts.understanding import Options, Understanding, understand
from processing.imports.files.cells import Cell, Place, Sheet, Workbook, places
from processing.imports.files.reading import read
from processing.imports.tables.finding import find_tables
from processing.imports.tables.headings import vocabulary
from processing.imports.tables.layout import Found
from processing.imports.tables.mapping import Proposal, propose
from tests.processing.imports.vocabularies import of_fixtures


@dataclass
class Imported:
    workbook: Workbook
    found: Found
    proposal: Proposal
    understanding: Understanding

    @property
    def contents(self) -> list[dict]:
        return [draft.content for draft in self.understanding.drafts]

    @property
    def lost(self) -> set[Place]:
        """Cells that hold something and are not accounted for."""
        return set(places(self.workbook)) - set(self.understanding.accounts.by_place())

    def account_of(self, text: str) -> tuple[str, str, str]:
        """Outcome, field and reason of the only value with this text."""
        (account,) = (a for a in self.understanding.accounts.all if a.text == text)
        return account.outcome.value, account.field, account.reason


def imported(data: bytes, name: str, **kwargs) -> Imported:
    return understood(read(data, name), **kwargs)


def understood(
    workbook: Workbook, *, own_body: str | None = None, mechanism: str = "", **targets
) -> Imported:
    found = find_tables(workbook, vocabulary())
    proposal = propose(found)
    language = proposal.language.code or "nl"
    understanding = understand(
        workbook,
        found,
        {**proposal.targets, **targets},
        of_fixtures(own_body),
        Options(language, mechanism),
    )
    return Imported(workbook, found, proposal, understanding)


def table(*rows: list[str], name: str = "") -> Workbook:
    """A workbook with one sheet of texts; an empty text is an empty cell."""
    cells = [[Cell(text) if text else None for text in row] for row in rows]
    return Workbook("csv", [Sheet(name, cells)])
