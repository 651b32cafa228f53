"""What the entries of a preview tell people, and the report of all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from processing.completeness import DEMANDS, Demand
from processing.imports.drafts.cell_accounts import Account, Outcome
from processing.imports.drafts.kept_cell_accounts import accounts_from, told_of_more
from processing.imports.reasons import explain
from processing.imports.register.preview import AT_ONCE, batches
from processing.imports.register.working_copies import assemble, blank, code_lists, said_by
from processing.models import ImportEntry, ProcessingActivity, RegisterImport
from processing.snapshots import Content, Difference, Names, content_of, differences

# So many characters of contents and cells a page shows, but for those of its first activity; and of
# one activity. What an activity may hold fits, in each language and with its signs.
MOST_SHOWN = 150_000
MOST_OF_ONE = 1_000_000
# So many cells the report tells, with so many characters.
MOST_CELLS, MOST_CHARACTERS = 5_000, 1_000_000
# What the report tells of each.
OF_AN_ACTIVITY = (
    *("sheet", "row", "reference", "title", "outcome", "reasons"),
    *("is_by_name", "keeps_changes", "gaps", "accounts_more"),
)
# What became of a cell that somebody should look at.
OUTCOMES = {
    Outcome.KEPT: _("kept as text"),
    Outcome.REMARK: _("in the internal remarks"),
    Outcome.LEFT_OUT: _("left out"),
}
HEADINGS = (
    *(_("Sheet"), _("Row"), _("Own reference"), _("Name"), _("Outcome"), _("Column"), _("Text")),
    _("Explanation"),
)


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
    # The cells of the file that were not understood, and how many more there are.
    not_understood: list[Account]
    more: int
    # Whether all of this is there. What is too long for the page is looked at alone, if it fits.
    is_whole: bool = True
    fits_alone: bool = True


def look_at(measured: Iterable[ImportEntry]) -> list[Look]:
    """What to show of some entries of one import that is not written yet, in the language of the
    reader; they know how large they are.
    """
    entries = list(measured)
    if not entries:
        return []
    whole, told = set(), 0
    for entry in entries:
        told += entry.size
        if entry.size <= MOST_OF_ONE and (not whole or told <= MOST_SHOWN):
            whole.add(entry.pk)
    looks = {look.entry.pk: look for look in _whole_looks(whole)}
    return [looks.get(entry.pk) or _cut_look(entry) for entry in entries]


def _cut_look(entry: ImportEntry) -> Look:
    fits = entry.size <= MOST_OF_ONE
    return Look(entry, [], explain(entry.reasons), [], [], 0, is_whole=False, fits_alone=fits)


def _whole_looks(keys: Iterable[int]) -> list[Look]:
    entries = list(ImportEntry.objects.filter(pk__in=keys))
    if not entries:
        return []
    imported = RegisterImport.objects.without_what_was_shown().select_related("organisation")
    organisation = imported.get(pk=entries[0].register_import_id).organisation
    codes, names = code_lists(), _names_of_successors(entries)
    nothing = said_by(assemble(blank(organisation), {}, codes))
    present = _present(entries)
    looks = []
    for entry in entries:
        after = before = present.get(entry.activity_id, nothing)
        if entry.content is not None:
            after = said_by(assemble(blank(organisation), entry.content, codes))
        if entry.successor is not None:
            after = after | {"replaced_by": _place_of(entry.successor)}
        looks.append(
            Look(
                entry,
                differences(before, after, ProcessingActivity, names),
                explain(entry.reasons),
                [DEMANDS[code] for code in entry.gaps if code in DEMANDS],
                accounts_from(entry.accounts),
                entry.accounts_more,
            )
        )
    return looks


def _names_of_successors(entries: list[ImportEntry]) -> Names:
    """Of those that have no key yet: by their numbers in the file."""
    numbers = [entry.successor for entry in entries if entry.successor is not None]
    if not numbers:
        return {}
    of = entries[0].register_import_id
    others = ImportEntry.objects.filter(register_import=of, number__in=numbers)
    return {(ProcessingActivity, _place_of(other.number)): str(other) for other in others}


def _place_of(number: int) -> int:
    """A key below zero, which no activity has."""
    return -number - 1


def _present(entries: list[ImportEntry]) -> dict[int, Content]:
    """What the activities say now of which something would change."""
    keys = [e.activity_id for e in entries if e.activity_id and e.content is not None]
    rows = ProcessingActivity.objects.with_parts().filter(pk__in=keys)
    return {activity.pk: content_of(activity) for activity in rows}


def report_of(register_import: RegisterImport) -> Iterator[list[str]]:
    """The rows of the report to download, headings first: one for each activity, one for each cell
    that was not understood, as far as the report reaches. In the language of the reader.
    """
    yield [str(heading) for heading in HEADINGS]
    titles = {column["key"]: column["title"] for column in register_import.columns}
    room, words = _Room(), _Words()
    keys = list(register_import.entries.order_by("number").values_list("pk", flat=True))
    for some in batches(keys, AT_ONCE):
        entries = register_import.entries.filter(pk__in=some).order_by("number")
        # Not the accounts, where nothing of them is told any more.
        told = (*OF_AN_ACTIVITY, "accounts") if room.is_left else OF_AN_ACTIVITY
        for entry in entries.values_list(*told, named=True):
            what = [entry.reference, entry.title]
            place = [str(entry.sheet + 1), str(entry.row + 1)]
            yield [*place, *what, words.outcomes[entry.outcome], "", "", words.about(entry)]
            for account in accounts_from(entry.accounts) if room.is_left else ():
                if room.take(account):
                    yield _row_of(account, what, titles)
            if entry.accounts_more and room.is_left:
                yield _row_of_more(entry.accounts_more, what)
    for account in accounts_from(register_import.outside):
        if room.take(account):
            yield _row_of(account, ["", ""], titles)
    if more := register_import.counts.get("outside_more"):
        yield _row_of_more(more, ["", ""])
    if not room.is_left:
        told = gettext("The report ends here: it cannot hold all that was not understood.")
        yield ["", "", "", "", "", "", "", told]


class _Room:
    """How many more cells the report can tell."""

    def __init__(self) -> None:
        self.cells, self.characters = MOST_CELLS, MOST_CHARACTERS

    @property
    def is_left(self) -> bool:
        return self.cells > 0 and self.characters > 0

    def take(self, account: Account) -> bool:
        if not self.is_left:
            return False
        self.cells -= 1
        self.characters -= len(account.text)
        return True


class _Words:
    """What the report says of activities, looked up once: it has thousands of them."""

    def __init__(self) -> None:
        self.outcomes = {value: str(label) for value, label in ImportEntry.Outcome.choices}
        self.by_name = gettext("The register has an activity with this name.")
        self.keeps = gettext("What was changed in the register since the last import stays.")
        self.missing = gettext("Missing: %(missing)s.")
        required = (demand for demand in DEMANDS.values() if demand.is_required)
        self.required = {demand.code: str(demand.label) for demand in required}

    def about(self, entry: ImportEntry) -> str:
        told = explain(entry.reasons) if entry.reasons else []
        if entry.is_by_name:
            told.append(self.by_name)
        if entry.keeps_changes:
            told.append(self.keeps)
        missing = [self.required[code] for code in entry.gaps if code in self.required]
        if missing and entry.outcome != ImportEntry.Outcome.REFUSED:
            told.append(self.missing % {"missing": "; ".join(missing)})
        return " ".join(told)


def _row_of_more(number: int, what: list[str]) -> list[str]:
    return ["", "", *what, "", "", "", told_of_more(number)]


def _row_of(account: Account, what: list[str], titles: dict[str, str]) -> list[str]:
    place = [str(account.place.sheet + 1), str(account.place.row + 1)]
    outcome = OUTCOMES[account.outcome]
    column = titles.get(account.column, "")
    return [*place, *what, str(outcome), column, account.text, account.explanation]
