"""What each draft of a file would make of the register: an entry of its import."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Max
from django.utils.dateparse import parse_date

from processing.completeness import completeness_of
from processing.imports.drafts.cell_accounts import Accounts
from processing.imports.drafts.draft import Draft
from processing.imports.drafts.kept_cell_accounts import kept
from processing.imports.register.matching import Known, Match, known_of
from processing.imports.register.merging import hashes, merged
from processing.imports.register.working_copies import (
    assemble,
    blank,
    code_lists,
    compact,
    objections,
    said_by,
    says_the_same,
)
from processing.models import HistoryEntry, ImportEntry, ProcessingActivity, RegisterImport
from processing.publishing import public_record_of
from processing.snapshots import Content, content_of, too_much

Outcome = ImportEntry.Outcome
Drafts = Iterable[tuple[Draft, Accounts]]


@dataclass(slots=True)
class Past:
    """What the database knows of activities that drafts tell of, by their keys."""

    activities: dict[int, ProcessingActivity] = field(default_factory=dict)
    # Number of the last line in the history.
    last: dict[int, int] = field(default_factory=dict)
    # What the last import said, in hashes.
    said: dict[int, dict[str, str]] = field(default_factory=dict)


class Planner:
    """Makes the entries of one import."""

    def __init__(self, register_import: RegisterImport) -> None:
        self.register_import = register_import
        self.organisation = register_import.organisation
        self.codes = code_lists()
        self.known = known_of(self.organisation)
        # What stands further up in the file: a number of an entry instead of a key.
        self.before = Known()
        self.taken: set[int] = set()

    def entries(self, drafts: Drafts) -> Iterator[ImportEntry]:
        """For some drafts at once: a few queries, however many they are."""
        drafts = list(drafts)
        matches = [self._match(draft) for draft, _accounts in drafts]
        past = past_of(match.activity for match in matches if match.activity)
        for (draft, accounts), match in zip(drafts, matches, strict=True):
            told, more = kept(accounts.all)
            entry = ImportEntry(
                register_import=self.register_import,
                number=draft.number,
                sheet=draft.place.sheet if draft.place else 0,
                row=draft.place.row if draft.place else 0,
                title=next(iter(draft.names.values()), ""),
                reference=draft.reference,
                is_by_name=match.is_by_name,
                review_due_on=parse_date(draft.review_due_on) if draft.review_due_on else None,
                accounts=told,
                accounts_more=more,
            )
            self._name_successor(entry, draft)
            if match.refused:
                entry.outcome, entry.reasons = Outcome.REFUSED, [match.refused]
            elif match.activity:
                self._plan_change(entry, draft, match.activity, past)
            else:
                self._plan_new(entry, draft)
            yield entry

    def _match(self, draft: Draft) -> Match:
        names, joins = list(draft.names.values()), self.register_import.joins_by_name
        if not draft.reference and not names:
            return Match(refused="no_name")
        earlier = self.before.find(draft.reference, names, joins_by_name=joins)
        match = self.known.find(draft.reference, names, joins_by_name=joins)
        if earlier != Match() or match.activity in self.taken:
            return Match(refused="twice")
        self.before.add(draft.number, draft.reference, names)
        if match.activity:
            self.taken.add(match.activity)
        return match

    def _name_successor(self, entry: ImportEntry, draft: Draft) -> None:
        """By its key; where the register has none of it yet, by its number in the file."""
        if other := draft.successor:
            joins = self.register_import.joins_by_name
            match = self.known.find(other.reference, other.names, joins_by_name=joins)
            if match.activity:
                draft.content["replaced_by"] = match.activity
            else:
                entry.successor = other.number

    def _plan_new(self, entry: ImportEntry, draft: Draft) -> None:
        activity = assemble(blank(self.organisation), draft.content, self.codes)
        content = said_by(activity)
        entry.said = hashes(content)
        self._settle(entry, Outcome.NEW, activity, content)

    def _plan_change(self, entry: ImportEntry, draft: Draft, key: int, past: Past) -> None:
        activity = past.activities[key]
        file = said_by(assemble(blank(self.organisation), draft.content, self.codes))
        present = content_of(activity)
        result = merged(present, file, past.said.get(key, {}))
        entry.activity_id, entry.seen = key, past.last.get(key, 0)
        entry.said, entry.keeps_changes = result.said, result.keeps_changes
        content = said_by(assemble(activity, result.content, self.codes))
        if says_the_same(content, present) and entry.successor is None:
            entry.outcome, entry.gaps, entry.score = Outcome.SAME, activity.gaps, activity.score
        else:
            self._settle(entry, Outcome.CHANGED, activity, content)
        if result.lacks_rows:
            entry.reasons = [*entry.reasons, "about_deleted_row"]

    def _settle(
        self, entry: ImportEntry, outcome: str, activity: ProcessingActivity, content: Content
    ) -> None:
        completeness = completeness_of(public_record_of(activity))
        entry.gaps, entry.score = completeness.codes, completeness.score
        # What fits in no activity is not kept: no page could show it.
        entry.content = None if too_much(content, ProcessingActivity) else compact(content)
        entry.reasons = objections(activity, content)
        entry.outcome = Outcome.REFUSED if entry.reasons else outcome


def past_of(keys: Iterable[int]) -> Past:
    """What is known of some activities: a fixed number of queries."""
    keys = list(keys)
    if not keys:
        return Past()
    history = HistoryEntry.objects.filter(activity__in=keys).order_by()
    last = history.values("activity").annotate(last=Max("number"))
    said = (
        ImportEntry.objects.filter(
            activity__in=keys, register_import__state=RegisterImport.State.DONE
        )
        .exclude(outcome=Outcome.REFUSED)
        .order_by("activity_id", "-register_import__finished_at", "-pk")
        .distinct("activity_id")
    )
    return Past(
        {row.pk: row for row in ProcessingActivity.objects.with_parts().filter(pk__in=keys)},
        dict(last.values_list("activity", "last")),
        dict(said.values_list("activity", "said")),
    )
