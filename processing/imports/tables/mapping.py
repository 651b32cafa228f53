"""What each column is meant for: proposed by the headings, changed by people, remembered by key."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from organisations.languages import LANGUAGES
from processing.imports.fields import DATES, OWN_COLUMN, YES_OR_NO, Target
from processing.imports.files.cells import Cell
from processing.imports.files.hostile import Unreadable
from processing.imports.own_workbook.sheets import target_of
from processing.imports.tables.headings import Headings, meant_by, vocabulary
from processing.imports.tables.languages import LEAST_WORDS, TIMES, Language, language_of
from processing.imports.tables.layout import Column, Found
from processing.imports.values import as_date, cleaned, is_blank, is_none, words_of, yes_or_no

SAMPLES = 3
LONGEST_SAMPLE = 200
# Nobody looks through more, and the page about them takes a moment for each.
MOST_COLUMNS = 600
# So many headings in one language tell which it is.
FEW = 2
# So many cells of a column hold what its field does.
SUITING = 0.5
# What nothing tells the meaning of goes to the internal remarks, and somebody is asked.
UNKNOWN = Target("remarks", certainty=0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the columns of a file seem to mean, and in which language it is written."""

    targets: Mapping[str, Target]
    language: Language
    samples: Mapping[str, list[str]]

    @property
    def questions(self) -> list[str]:
        """The keys of the columns that somebody has to look at."""
        return [key for key, target in self.targets.items() if not target.is_sure]


def propose(found: Found, remembered: Mapping[str, Target] | None = None) -> Proposal:
    """What the columns of a file mean; what somebody decided about a column before comes first.

    Raises Unreadable for more columns than anybody looks through.
    """
    headings, columns, cells = vocabulary(), found.columns, _cells(found)
    if len(columns) > MOST_COLUMNS:
        raise Unreadable("too_many_columns")
    texts = {key: [cleaned(c.text) for c in of if c.kind == "text"] for key, of in cells.items()}
    remembered = remembered or {}
    language = _language_of_file(columns.values(), texts, headings)
    targets = {}
    for key, column in columns.items():
        target = target_of(column) or remembered.get(key)
        target = target or _suiting(_meant(headings, column), cells.get(key, []))
        if not target.language and target.field != OWN_COLUMN:
            own = language_of(texts.get(key, ()))
            is_other = own.is_sure and own.code != language.code
            target = replace(target, language=own.code if is_other else "")
        targets[key] = target
    if targets and all(target.field == OWN_COLUMN for target in targets.values()):
        # Each text names its language.
        language = Language(language.code or LANGUAGES[0], is_sure=True)
    samples = {key: _samples(cleaned(c.text) for c in cells.get(key, ())) for key in columns}
    return Proposal(_without_second_names(targets, found), language, samples)


def _meant(headings: Headings, column: Column) -> Target:
    return meant_by(headings, column.heading, column.group, column.part) or UNKNOWN


def _suiting(target: Target, cells: list[Cell]) -> Target:
    """Less certain where most cells do not hold what the field does: then somebody has to look."""
    suits = SUITS.get(target.field)
    if suits and sum(map(suits, cells)) < SUITING * len(cells):
        return replace(target, certainty=min(target.certainty, 0.8))
    return target


def _says_yes_or_no(cell: Cell) -> bool:
    return is_none(cell.text) or yes_or_no(cell.text) is not None


SUITS = {
    **dict.fromkeys(DATES, lambda cell: as_date(cell) is not None),
    **dict.fromkeys((*YES_OR_NO, "special_data", "transfers.exists"), _says_yes_or_no),
}


def _cells(found: Found) -> dict[str, list[Cell]]:
    """Of each column, the cells that say something."""
    cells: dict[str, list[Cell]] = {}
    for table in found.tables:
        for row in table.rows:
            for key, _place, cell in row.cells:
                if not is_blank(cell.text):
                    cells.setdefault(key, []).append(cell)
    return cells


def _samples(texts: Iterable[str]) -> list[str]:
    distinct = dict.fromkeys(text[:LONGEST_SAMPLE] for text in texts)
    return list(distinct)[:SAMPLES]


def _language_of_file(
    columns: Iterable[Column], texts: Mapping[str, list[str]], headings: Headings
) -> Language:
    """By what the cells say; where that is too little, by the headings; else it is a question."""
    by_cells = language_of(text for column in texts.values() for text in column)
    if by_cells.is_sure:
        return by_cells
    known = [languages for c in columns if (languages := headings.languages_of(c.heading))]
    counts = Counter(language for languages in known for language in languages)
    best = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    is_clear = best[0][1] >= FEW and best[0][1] >= TIMES * best[1][1]
    if not is_clear:
        return Language(by_cells.code or best[0][0], is_sure=False)
    agrees = by_cells.words < LEAST_WORDS or by_cells.code == best[0][0]
    return Language(best[0][0], is_sure=agrees)


def _without_second_names(targets: dict[str, Target], found: Found) -> dict[str, Target]:
    """One column of a table holds the name, one the reference, for each language: of others, it is
    asked whether they do.
    """
    seconds = {}
    for table in found.tables:
        best: dict[tuple[str, str], str] = {}
        for key, column in {} if table.part else table.columns.items():
            target = targets[key]
            if target.field not in ("name", "reference"):
                continue
            other = best.setdefault((target.field, target.language), key)
            if other == key:
                continue
            # Of two that are as certain, the first is the name.
            is_better = target.certainty > targets[other].certainty or _is_machine_made(
                table.columns[other], column
            )
            best[target.field, target.language] = key if is_better else other
            weaker = other if is_better else key
            seconds[weaker] = "summary" if target.field == "name" else "remarks"
    changed = {k: replace(targets[k], field=f, certainty=0.75) for k, f in seconds.items()}
    return targets | changed


def _is_machine_made(column: Column, other: Column) -> bool:
    """Whether a column is the key of some program, and the other one is not."""
    return [words_of(c.heading) in ("id", "uuid") for c in (column, other)] == [True, False]
