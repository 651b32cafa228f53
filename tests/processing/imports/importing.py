"""Imports a file as far as drafts, without a separate process and without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processing.imports.drafts.cell_accounts import Accounts
from processing.imports.drafts.draft import Draft
from processing.imports.drafts.terms import Vocabulary
from processing.imports.drafts.understanding import Options, accounts_outside, drafts_of
from processing.imports.fields import Target
from processing.imports.files.cells import Cell, Place, Sheet, Workbook, places
from processing.imports.files.reading import read
from processing.imports.tables.finding import find_tables
from processing.imports.tables.gathering import gather
from processing.imports.tables.headings import vocabulary
from processing.imports.tables.layout import Found
from processing.imports.tables.mapping import Proposal, propose
from tests.processing.imports.vocabularies import of_fixtures


@dataclass(slots=True)
class Understanding:
    """What a file would become."""

    drafts: list[Draft] = field(default_factory=list)
    accounts: Accounts = field(default_factory=Accounts)


def understand(
    workbook: Workbook,
    found: Found,
    targets: Mapping[str, Target],
    vocabulary: Vocabulary,
    options: Options,
) -> Understanding:
    """All drafts that a file tells of, which a preview makes one after the other."""
    result = Understanding()
    gathered = gather(found.tables, targets)
    for draft, accounts in drafts_of(found, gathered.sources, targets, vocabulary, options):
        result.drafts.append(draft)
        result.accounts.all += accounts.all
    result.accounts.all += accounts_outside(workbook, found, gathered).all
    return result


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

    @property
    def share_understood(self) -> float:
        """Of the cells in tables, from 0 to 1; all of them, where there are none."""
        understood, cells = self.understanding.accounts.count_understood()
        return understood / cells if cells else 1.0

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
