"""Writes many working copies at once, as write_content() and remember() write one.

A few dozen queries for some hundreds of them, however many rows they have. Nothing is published.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone

from organisations.models import Organisation, User
from processing.completeness import completeness_of
from processing.imports.register.copying import copy_in, copy_rows
from processing.imports.register.working_copies import (
    ROWS,
    assemble,
    blank,
    code_lists,
    rows_of,
    said_by,
)
from processing.models import (
    ActivityWords,
    HistoryEntry,
    NumberCounter,
    ProcessingActivity,
    Publication,
)
from processing.publishing import public_record_of
from processing.snapshots import NOT_CONTENT, Content, content_fields, content_of, public_part

FIELDS = content_fields(ProcessingActivity, without=NOT_CONTENT)
MANY = [field.name for field in FIELDS if field.many_to_many]


@dataclass(slots=True)
class Copy:
    """A working copy, and what it is to say. After writing, `number` is its line in the history."""

    activity: ProcessingActivity
    content: Content
    # Whose words come back with it.
    brought: Iterable[int] = ()
    # The line that says what it said before; 0 for a new one.
    before: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class New:
    """What a new activity is to say, with the codes of what it lacks."""

    content: Content
    gaps: list[str]
    review_due_on: date | None = None
    # Its key, where that is known beforehand.
    key: int | None = None


class Scribe:
    """Writes for one person; run it in a transaction, with what is changed locked.

    `writers` are the keys of others whose words it writes too.
    """

    def __init__(self, by: User | None, remark: str, writers: Iterable[int] = ()) -> None:
        self.by = by
        self.remark = remark
        self.authors = {*writers} | ({by.pk} if by else set())
        self.codes = code_lists()

    def add(self, drafts: Sequence[New], organisation: Organisation) -> list[Copy]:
        """New drafts of the body."""
        numbers = NumberCounter.take_several(organisation.pk, len(drafts))
        copies = []
        for number, new in zip(numbers, drafts, strict=True):
            activity = assemble(blank(organisation, number), new.content, self.codes)
            activity.changed_by, activity.gaps = self.by, new.gaps
            activity.review_due_on = new.review_due_on
            activity.pk = new.key
            copies.append(Copy(activity, new.content))
        copy_in(ProcessingActivity, [copy.activity for copy in copies])
        for name in MANY:
            _add_terms(ProcessingActivity, name, (copy.activity for copy in copies))
        for name in ROWS:
            _add_rows(name, [copy.activity for copy in copies])
        self._note([(copy, said_by(copy.activity), self.authors, 0) for copy in copies])
        return copies

    def change(self, copies: Sequence[Copy]) -> None:
        """Let activities say something else; their rows are locked, with all their parts read."""
        present = {copy.activity.pk: content_of(copy.activity) for copy in copies}
        pasts = _pasts(present)
        said = {}
        for copy in copies:
            activity = assemble(copy.activity, copy.content, self.codes)
            said[activity.pk] = said_by(activity)
        self._write_parts([copy.activity for copy in copies], present, said)
        lines, public = [], _public_records(copy.activity for copy in copies)
        for copy in copies:
            activity, past = copy.activity, pasts[copy.activity.pk]
            before = present[activity.pk]
            # With the keys that new rows have now.
            after = said_by(activity)
            if past.content != before:
                # Somebody wrote it and did not remember it: to be undone, it must be known.
                self._note_before(past, activity, before)
            copy.before = past.saved
            is_news = public_part(before, ProcessingActivity) != public_part(
                after, ProcessingActivity
            )
            authors = past.authors | (self.authors | {*copy.brought} if is_news else set())
            if is_news and activity.is_awaited:
                activity.status = activity._status_without_request()
            authors = self._settle(activity, before, after, authors, public.get(activity.pk))
            lines.append((copy, after, authors, past.count))
        self._note(lines)

    def _settle(
        self,
        activity: ProcessingActivity,
        before: Content,
        after: Content,
        authors: set[int],
        public: object,
    ) -> set[int]:
        """Write the row of the activity itself; whose words are new to the public."""
        record = public_record_of(activity)
        differs = public != record
        activity.gaps = completeness_of(record).codes
        activity.has_unpublished_changes = activity.is_published and differs
        activity.changed_by = self.by
        changed = [name for name, value in after.items() if name not in ROWS]
        changed = [name for name in changed if name not in MANY and before[name] != after[name]]
        state = ("status", "gaps", "has_unpublished_changes", "changed_by", "changed_at")
        activity.save(update_fields=[*changed, *state])
        # It says what is public again: nothing of it is new.
        return authors if not activity.is_published or differs else set()

    def _write_parts(
        self,
        activities: list[ProcessingActivity],
        present: dict[int, Content],
        said: dict[int, Content],
    ) -> None:
        """The rows and terms that are not as they were."""

        def others(name: str) -> list[ProcessingActivity]:
            return [a for a in activities if present[a.pk][name] != said[a.pk][name]]

        for name in MANY:
            if changed := others(name):
                through = ProcessingActivity._meta.get_field(name).remote_field.through
                through.objects.filter(processingactivity__in=changed).delete()
                _add_terms(ProcessingActivity, name, changed)
        for name, model in ROWS.items():
            if changed := others(name):
                model.objects.filter(activity__in=changed).delete()
                _add_rows(name, changed)

    def _note_before(self, past: "_Past", activity: ProcessingActivity, before: Content) -> None:
        past.count += 1
        past.saved = past.count
        HistoryEntry.objects.create(
            activity=activity,
            number=past.count,
            action=HistoryEntry.Action.SAVED,
            at=timezone.now(),
            content=before,
            authors=sorted(past.authors),
        )

    def _note(self, lines: Iterable[tuple[Copy, Content, set[int], int]]) -> None:
        now, entries, said = timezone.now(), [], []
        for copy, content, authors, count in lines:
            copy.number = count + 1
            said.append((copy.activity, content))
            entries.append(
                HistoryEntry(
                    activity=copy.activity,
                    number=copy.number,
                    action=HistoryEntry.Action.SAVED,
                    by=self.by,
                    at=now,
                    remark=self.remark,
                    content=content,
                    authors=sorted(authors),
                )
            )
        copy_in(HistoryEntry, entries)
        ActivityWords.keep(said)


def _add_terms(model: type[models.Model], name: str, instances: Iterable[models.Model]) -> None:
    """What assembled instances name of a code list, into the table between."""
    field = model._meta.get_field(name)
    copy_rows(
        field.remote_field.through,
        (field.m2m_column_name(), field.m2m_reverse_name()),
        (
            (instance.pk, term.pk)
            for instance in instances
            for term in instance._prefetched_objects_cache[name]
        ),
    )


def _add_rows(name: str, activities: Iterable[ProcessingActivity]) -> None:
    """Rows of assembled activities; those that were there keep their keys."""
    model, rows = ROWS[name], []
    for activity in activities:
        for row in rows_of(activity)[name]:
            row.activity = activity
            if row.pk < 0:
                row.pk = None
            row._state.adding = True
            rows.append(row)
    copy_in(model, rows)
    for field in model._meta.many_to_many:
        _add_terms(model, field.name, rows)


@dataclass(slots=True)
class _Past:
    """The history of an activity before it is changed."""

    # How many lines it has, and which one says what was saved last.
    count: int = 0
    saved: int = 0
    content: Content | None = None
    authors: frozenset[int] = frozenset()


def _pasts(keys: Iterable[int]) -> dict[int, _Past]:
    pasts = {key: _Past() for key in keys}
    lines = HistoryEntry.objects.filter(activity__in=pasts).order_by("activity_id", "-number")
    for line in lines.distinct("activity_id").only("activity", "number"):
        pasts[line.activity_id].count = line.number
    for line in lines.saved().distinct("activity_id"):
        pasts[line.activity_id].saved = line.number
        pasts[line.activity_id].content = line.content
    wrote = lines.filter(action__in=("saved", "published")).distinct("activity_id")
    for line in wrote.only("activity", "authors"):
        pasts[line.activity_id].authors = frozenset(line.authors)
    return pasts


def _public_records(activities: Iterable[ProcessingActivity]) -> dict[int, object]:
    published = [activity.pk for activity in activities if activity.is_published]
    rows = Publication.objects.filter(working_copy__in=published, is_current=True)
    return {row.working_copy_id: row.public_record for row in rows.only("working_copy", "record")}
