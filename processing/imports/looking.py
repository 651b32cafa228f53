"""What the entries of a preview tell people, and the report of all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from processing.completeness import Demand
from processing.imports.accounts import Account
from processing.models import ImportEntry, RegisterImport
from processing.snapshots import Difference


@dataclass(frozen=True, slots=True)
class Look:
    """One entry for the page: made for those of a page only, because it asks the database."""

    entry: ImportEntry
    # Field by field, of one that is changed; of a new one, all that it would say.
    differences: list[Difference]
    # Why it is not imported.
    reasons: list[str]
    # What it would lack.
    gaps: list[Demand]
    # The cells of the file that were not understood.
    not_understood: list[Account]


def look_at(entries: Iterable[ImportEntry]) -> list[Look]:
    """What to show of some entries, in the language of the reader."""
    raise NotImplementedError


def report_of(register_import: RegisterImport) -> Iterator[list[str]]:
    """The rows of the report to download, headings first: one for each activity, then one for each
    cell that was not understood. In the language of the reader.
    """
    raise NotImplementedError
