"""What a file would make of a register: its entries are made anew, nothing else is touched."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from processing.imports.drafts.cell_accounts import Accounts
from processing.imports.drafts.kept_cell_accounts import MOST_OUTSIDE, kept
from processing.imports.drafts.understanding import Options, accounts_outside, drafts_of
from processing.imports.drafts.vocabularies import vocabulary_for
from processing.imports.files.hostile import Unreadable
from processing.imports.files.separate_process import read_safely
from processing.imports.register.outcomes import Planner
from processing.imports.tables.columns import columns_of
from processing.imports.tables.finding import find_tables
from processing.imports.tables.gathering import gather
from processing.imports.tables.headings import vocabulary
from processing.models import ImportEntry, RegisterImport

AT_ONCE = 200
# The largest registers have a few thousand.
MOST_ACTIVITIES = 10_000
# Of all entries of an import, with the cells that were not understood: merged cells repeat texts.
MOST_CHARACTERS = 20_000_000
# Told how many are done, of how many.
Progress = Callable[[int, int], None]


def make_preview(register_import: RegisterImport, progress: Progress) -> None:
    """Write the entries of an import, whose row the caller holds locked. Raises Unreadable."""
    workbook = read_safely(bytes(register_import.file.data), register_import.file_name)
    found = find_tables(workbook, vocabulary())
    targets = {column.key: column.target for column in columns_of(register_import)}
    gathered = gather(found.tables, targets)
    if len(gathered.sources) > MOST_ACTIVITIES:
        raise Unreadable("too_many_activities")
    options = Options(register_import.language, register_import.mechanism)
    words = vocabulary_for(register_import.organisation, register_import.by)
    outside, uncalculated = accounts_outside(workbook, found, gathered), workbook.uncalculated
    del workbook
    total = len(gathered.sources)
    progress(0, total)
    drafts = drafts_of(found, gathered.sources, targets, words, options)
    counts = _write_entries(register_import, drafts, lambda done: progress(done, total))
    _count_cells(counts, outside)
    register_import.outside, counts["outside_more"] = kept(outside.all, MOST_OUTSIDE)
    counts["uncalculated"] = uncalculated
    register_import.counts = dict(counts)
    register_import.state, register_import.asked_at = RegisterImport.State.PREVIEWED, None
    register_import.preview += 1
    register_import.save(update_fields=["counts", "outside", "state", "asked_at", "preview"])


def _write_entries(
    register_import: RegisterImport, drafts: Iterator, tell: Callable[[int], None]
) -> Counter[str]:
    register_import.entries.all().delete()
    planner, counts, done, characters = Planner(register_import), Counter(), 0, 0
    for some in batches(drafts, AT_ONCE):
        entries = list(planner.entries(some))
        characters += sum(_characters(e.content) + _characters(e.accounts) for e in entries)
        if characters > MOST_CHARACTERS:
            raise Unreadable("too_much_text")
        ImportEntry.objects.bulk_create(entries)
        for entry in entries:
            counts[entry.outcome] += 1
            counts["by_name"] += entry.is_by_name and entry.outcome != ImportEntry.Outcome.REFUSED
        for _draft, accounts in some:
            _count_cells(counts, accounts)
        done += len(some)
        tell(done)
    return counts


def _characters(value: object) -> int:
    """How many characters the texts in a value have."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_characters, value.values()))
    return sum(map(_characters, value)) if isinstance(value, list) else 0


def batches(items: Iterable, size: int) -> Iterator[list]:
    iterator = iter(items)
    while some := list(islice(iterator, size)):
        yield some


def _count_cells(counts: Counter[str], accounts: Accounts) -> None:
    understood, cells = accounts.count_understood()
    counts["cells"] += cells
    counts["cells_understood"] += understood


def share_understood(register_import: RegisterImport) -> int:
    """Of the cells in tables, how many of a hundred nobody needs to touch; all, where is none."""
    counts = register_import.counts
    cells = counts.get("cells", 0)
    return 100 * counts.get("cells_understood", 0) // cells if cells else 100
