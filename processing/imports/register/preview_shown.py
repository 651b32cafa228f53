"""What the entries of a preview tell people, and the report of all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from processing.completeness import DEMANDS, Demand
from processing.imports.drafts.cell_accounts import Account, Outcome
from processing.imports.drafts.kept_cell_accounts import accounts_from, told_of_more
from processing.imports.reasons import explain
from processing.imports.register.working_copies import assemble, blank, code_lists, said_by
from processing.models import ImportEntry, ProcessingActivity, RegisterImport
from processing.snapshots import Content, Difference, content_of, differences

AT_ONCE = 200
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


def look_at(entries: Iterable[ImportEntry]) -> list[Look]:
    """What to show of some entries of one import that is not written yet, in the language of the
    reader.
    """
    entries = list(entries)
    if not entries:
        return []
    organisation = entries[0].register_import.organisation
    codes, names = code_lists(), {}
    nothing = said_by(assemble(blank(organisation), {}, codes))
    present = _present(entries)
    looks = []
    for entry in entries:
        after = before = present.get(entry.activity_id, nothing)
        if entry.content is not None:
            after = said_by(assemble(blank(organisation), entry.content, codes))
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


def _present(entries: list[ImportEntry]) -> dict[int, Content]:
    """What the activities of entries say now."""
    keys = [entry.activity_id for entry in entries if entry.activity_id]
    rows = ProcessingActivity.objects.with_parts().filter(pk__in=keys)
    return {activity.pk: content_of(activity) for activity in rows}


def report_of(register_import: RegisterImport) -> Iterator[list[str]]:
    """The rows of the report to download, headings first: one for each activity, one for each cell
    that was not understood. In the language of the reader.
    """
    yield [str(heading) for heading in HEADINGS]
    titles = {column["key"]: column["title"] for column in register_import.columns}
    for entry in register_import.entries.order_by("number").iterator(AT_ONCE):
        what = [entry.reference, entry.title]
        told = " ".join([*explain(entry.reasons), *_remarks_on(entry)])
        outcome = entry.get_outcome_display()
        yield [str(entry.sheet + 1), str(entry.row + 1), *what, outcome, "", "", told]
        for account in accounts_from(entry.accounts):
            yield _row_of(account, what, titles)
        if entry.accounts_more:
            yield _row_of_more(entry.accounts_more, what)
    for account in accounts_from(register_import.outside):
        yield _row_of(account, ["", ""], titles)
    if more := register_import.counts.get("outside_more"):
        yield _row_of_more(more, ["", ""])


def _remarks_on(entry: ImportEntry) -> Iterator[str]:
    if entry.is_by_name:
        yield gettext("The register has an activity with this name.")
    if entry.keeps_changes:
        yield gettext("What was changed in the register since the last import stays.")
    demands = [DEMANDS[code] for code in entry.gaps if code in DEMANDS]
    missing = [str(demand.label) for demand in demands if demand.is_required]
    if missing and entry.outcome != ImportEntry.Outcome.REFUSED:
        yield gettext("Missing: %(missing)s.") % {"missing": "; ".join(missing)}


def _row_of_more(number: int, what: list[str]) -> list[str]:
    return ["", "", *what, "", "", "", told_of_more(number)]


def _row_of(account: Account, what: list[str], titles: dict[str, str]) -> list[str]:
    place = [str(account.place.sheet + 1), str(account.place.row + 1)]
    outcome = OUTCOMES[account.outcome]
    column = titles.get(account.column, "")
    return [*place, *what, str(outcome), column, account.text, account.explanation]
