"""Writes what the preview of an import showed into the register, and takes it back."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from processing.imports.reasons import NotUndone
from processing.imports.register.copying import reserved_keys
from processing.imports.register.matching import Match, known_of
from processing.imports.register.merging import hashes
from processing.imports.register.preview import AT_ONCE, Progress, batches
from processing.imports.register.scribe import Copy, New, Scribe
from processing.imports.register.working_copies import assemble, blank, said_by, says_the_same
from processing.models import (
    FormDraft,
    HistoryEntry,
    ImportEntry,
    ImportFile,
    ProcessingActivity,
    RegisterImport,
)
from processing.snapshots import content_of

Outcome = ImportEntry.Outcome
State = RegisterImport.State
# So many are named where an import cannot be undone.
NAMED = 20


def bring_in(register_import: RegisterImport, progress: Progress) -> None:
    """Write all of it, as the preview showed it; the caller holds the row of the import locked.

    What somebody changed since the preview is left as it is, and told.
    """
    remark = _("Imported from the file “%(file)s”.") % {"file": register_import.file_name}
    scribe = Scribe(register_import.by, remark, register_import.writers)
    writer = _Writer(register_import, scribe)
    # New ones first: what is changed may name them.
    entries = register_import.entries.to_write().order_by("-outcome", "number")
    keys = list(entries.values_list("pk", flat=True))
    progress(0, len(keys))
    done = 0
    for some in batches(keys, AT_ONCE):
        writer.write(list(ImportEntry.objects.filter(pk__in=some).order_by("number")))
        done += len(some)
        progress(done, len(keys))
    entries = register_import.entries
    counts = {outcome: entries.filter(outcome=outcome).count() for outcome in Outcome.values}
    register_import.counts |= counts
    register_import.state, register_import.asked_at = State.DONE, None
    register_import.finished_at = timezone.now()
    register_import.save(update_fields=["counts", "state", "asked_at", "finished_at"])
    ImportFile.objects.filter(register_import=register_import).delete()


class _Writer:
    def __init__(self, register_import: RegisterImport, scribe: Scribe) -> None:
        self.organisation = register_import.organisation
        self.joins_by_name = register_import.joins_by_name
        self.scribe = scribe
        self.known = known_of(self.organisation)
        self.successors = self._successors(register_import)

    def _successors(self, register_import: RegisterImport) -> dict[int, int]:
        """Of entries that replace others: number -> the key that they have or will get."""
        replaced = register_import.entries.to_write().filter(successor__isnull=False)
        rows = register_import.entries.filter(number__in=replaced.values("successor"))
        matches = {entry.number: self._match(entry) for entry in rows.filter(outcome=Outcome.NEW)}
        # Named by others before they are written.
        new = [number for number, match in matches.items() if match == Match()]
        there = {number: match.activity for number, match in matches.items() if match.activity}
        return there | dict(zip(new, reserved_keys(ProcessingActivity, len(new)), strict=True))

    def write(self, entries: list[ImportEntry]) -> None:
        for entry in entries:
            if entry.content is not None and entry.successor in self.successors:
                told = {"replaced_by": self.successors[entry.successor]}
                entry.content |= told
                entry.said |= hashes(told)
        new = self._still_new([entry for entry in entries if entry.outcome == Outcome.NEW])
        drafts = [
            New(e.content, e.gaps, e.review_due_on, self.successors.get(e.number)) for e in new
        ]
        made = self.scribe.add(drafts, self.organisation)
        for entry, copy in zip(new, made, strict=True):
            entry.activity, entry.after = copy.activity, copy.number
        self._change([entry for entry in entries if entry.outcome == Outcome.CHANGED])
        ImportEntry.note(entries)

    def _still_new(self, entries: list[ImportEntry]) -> list[ImportEntry]:
        """Those of which the register still has no such activity."""
        matches = {entry: self._match(entry) for entry in entries}
        keys = [match.activity for match in matches.values() if match.activity]
        rows = ProcessingActivity.objects.with_parts().filter(pk__in=keys)
        there = {activity.pk: activity for activity in rows} if keys else {}
        new = []
        for entry, match in matches.items():
            if match == Match():
                new.append(entry)
            else:
                self._leave(entry, there.get(match.activity), "exists_meanwhile")
        return new

    def _match(self, entry: ImportEntry) -> Match:
        names = [value for name, value in entry.content.items() if name.startswith("name_")]
        return self.known.find(entry.reference, names, joins_by_name=self.joins_by_name)

    def _change(self, entries: list[ImportEntry]) -> None:
        keys = [entry.activity_id for entry in entries]
        found = {activity.pk: activity for activity in locked(keys)}
        lines = last_lines(keys)
        copies = {}
        for entry in entries:
            activity = found.get(entry.activity_id)
            is_as_seen = activity is not None and lines.get(activity.pk, 0) == entry.seen
            if not is_as_seen or entry.content is None:
                self._leave(entry, activity, "changed_meanwhile")
            else:
                copies[entry] = Copy(activity, entry.content)
        self.scribe.change(list(copies.values()))
        for entry, copy in copies.items():
            entry.before, entry.after = copy.before, copy.number

    def _leave(self, entry: ImportEntry, there: ProcessingActivity | None, reason: str) -> None:
        """Another import may have brought in the same. What it would say is gone where words of
        the activity were erased meanwhile.
        """
        if entry.content is None:
            entry.outcome, entry.reasons = Outcome.REFUSED, [reason]
            return
        wanted = said_by(assemble(blank(self.organisation), entry.content, self.scribe.codes))
        if there is not None and says_the_same(wanted, content_of(there)):
            entry.outcome, entry.activity = Outcome.SAME, there
        else:
            entry.outcome, entry.reasons = Outcome.REFUSED, [reason]


def locked(keys: Iterable[int]) -> list[ProcessingActivity]:
    """Activities with all their parts, held until the end of the transaction."""
    return list(_held(keys).with_parts())


def _held(keys: Iterable[int]) -> QuerySet:
    rows = ProcessingActivity.objects.filter(pk__in=list(keys)).order_by("pk")
    return rows.select_for_update(of=("self",))


def last_lines(keys: Iterable[int]) -> dict[int, int]:
    """Activity -> number of the last line of its history."""
    lines = HistoryEntry.objects.filter(activity__in=list(keys)).order_by("activity_id", "-number")
    return dict(lines.distinct("activity_id").values_list("activity", "number"))


def take_back(register_import: RegisterImport, progress: Progress) -> None:
    """Let the register say what it said before; the caller holds the row of the import locked.

    Raises NotUndone where something was done with an activity since.
    """
    entries = register_import.entries.filter(after__gt=0)
    keys = list(entries.order_by("activity").values_list("pk", flat=True))
    progress(0, len(keys))
    remark = _("The import of the file “%(file)s” was undone.")
    scribe = Scribe(register_import.by, remark % {"file": register_import.file_name})
    done, touched = 0, []
    for some in batches(keys, AT_ONCE):
        touched += _take_back(list(ImportEntry.objects.filter(pk__in=some)), scribe)
        done += len(some)
        progress(done, len(keys))
    if touched:
        raise NotUndone(touched[:NAMED])
    register_import.state, register_import.asked_at = State.UNDONE, None
    register_import.failure = ""
    register_import.save(update_fields=["state", "asked_at", "failure"])


def _take_back(entries: list[ImportEntry], scribe: Scribe) -> list[int]:
    """Of some entries; the numbers of activities with which something was done since, 0 for one
    that is gone. Where there is one, nothing is written.
    """
    keys = [entry.activity_id for entry in entries if entry.activity_id]
    # Without their parts, which nobody needs of what goes.
    numbers = dict(_held(keys).values_list("pk", "number"))
    lines, hindered = last_lines(keys), _hindered(entries)
    earlier = _lines_before(entries)
    touched, made, before = [], [], {}
    for entry in entries:
        key = entry.activity_id
        if key not in numbers:
            touched.append(0)
        elif lines[key] != entry.after or key in hindered:
            touched.append(numbers[key])
        elif not entry.before:
            made.append(key)
        elif (line := earlier.get((key, entry.before))) is None or line.content is None:
            # What it said was erased.
            touched.append(numbers[key])
        else:
            before[key] = line
    if not touched:
        ProcessingActivity.objects.filter(pk__in=made).delete()
        again = [(activity, before[activity.pk]) for activity in locked(before)]
        scribe.change([Copy(activity, line.content, line.authors) for activity, line in again])
    return touched


def _hindered(entries: list[ImportEntry]) -> set[int]:
    """Of activities that the import made: those that others refer to, or that somebody writes in.

    With them would go what somebody did.
    """
    made = [entry.activity_id for entry in entries if entry.activity_id and not entry.before]
    named = ProcessingActivity.objects.filter(replaced_by__in=made)
    # What the import wrote goes too, or says again what it said before.
    written = ImportEntry.objects.filter(register_import=entries[0].register_import_id, after__gt=0)
    named = named.exclude(pk__in=written.filter(activity__isnull=False).values("activity"))
    named = named.values_list("replaced_by")
    typed = FormDraft.objects.filter(activity__in=made).values_list("activity")
    return {key for (key,) in (*named, *typed)}


def _lines_before(entries: list[ImportEntry]) -> dict[tuple[int, int], HistoryEntry]:
    wanted = Q(pk__in=[])
    for entry in entries:
        if entry.before:
            wanted |= Q(activity=entry.activity_id, number=entry.before)
    lines = HistoryEntry.objects.saved().filter(wanted)
    return {(line.activity_id, line.number): line for line in lines}
