"""An existing register on its way in: what was uploaded, what it would become, what it became."""

import json
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Coalesce, Length
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.columns import LineColumn
from organisations.models import Organisation, User
from processing.models.activity import LONGEST_NAME, ProcessingActivity
from processing.signals import words_erased

# Files, and what was shown of them, are kept so long.
LASTS = timedelta(days=7)


class RegisterImportQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "RegisterImportQuerySet":
        """The imports of the bodies that the person works for."""
        return self.filter(organisation__in=Organisation.objects.for_user(user))

    def without_what_was_shown(self) -> "RegisterImportQuerySet":
        """Without what only some pages tell of the file: read where it is asked for."""
        return self.defer("columns", "outside")

    def unfinished(self) -> "RegisterImportQuerySet":
        return self.filter(state__in=RegisterImport.UNFINISHED)

    def due(self) -> "RegisterImportQuerySet":
        """What waits for a worker: of each body what was asked first.

        Bodies take turns: first the one for which a worker did something longest ago.
        """
        waiting = self.filter(state__in=RegisterImport.WORKED_ON)
        earlier = RegisterImport.objects.filter(
            Q(asked_at__lt=models.OuterRef("asked_at"))
            | Q(asked_at=models.OuterRef("asked_at"), pk__lt=models.OuterRef("pk")),
            organisation=models.OuterRef("organisation"),
            state__in=RegisterImport.WORKED_ON,
        )
        of_the_body = ImportProgress.objects.filter(
            register_import__organisation=models.OuterRef("organisation")
        ).order_by("-at")
        turn = models.Subquery(of_the_body.values("at")[:1])
        return waiting.filter(~models.Exists(earlier)).order_by(turn, "asked_at", "pk")

    def forget_old(self) -> int:
        """Erase the files whose time is over, and what was shown of them; how many imports."""
        over = timezone.now() - LASTS
        unfinished = self.unfinished().filter(created_at__lte=over)
        finished = self.exclude(state__in=RegisterImport.UNFINISHED).filter(
            finished_at__lte=over, is_forgotten=False
        )
        number = unfinished.count() + finished.count()
        unfinished.delete()
        # Nothing came of it, and nothing is left to undo.
        finished.filter(state=RegisterImport.State.FAILED).delete()
        ImportFile.objects.filter(register_import__in=finished).delete()
        ImportEntry.objects.filter(register_import__in=finished).forget()
        finished.update(columns=[], outside=[], is_forgotten=True)
        return number


class RegisterImport(models.Model):
    """A file with activities that somebody brings into the register of one body."""

    class State(models.TextChoices):
        RECEIVED = "received", _("file is being read")
        UPLOADED = "uploaded", _("uploaded")
        MAPPED = "mapped", _("preview is being made")
        PREVIEWED = "previewed", _("ready to import")
        WAITING = "waiting", _("being imported")
        DONE = "done", _("imported")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("failed")

    # A worker does what follows.
    WORKED_ON = (State.RECEIVED, State.MAPPED, State.WAITING, State.UNDOING)
    UNFINISHED = (State.RECEIVED, State.UPLOADED, State.MAPPED, State.PREVIEWED, State.WAITING)

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("federal body"), on_delete=models.CASCADE, related_name="+"
    )
    # None for a program.
    by = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The keys of all who sent the file, chose its columns or confirmed it: they wrote its words.
    writers = ArrayField(models.BigIntegerField(), default=list, blank=True)
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    file_name = LineColumn(_("file"), max_length=255)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.UPLOADED
    )
    # Since when it waits for a worker.
    asked_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    # Why it failed, or could not be undone: a code of processing/imports/reasons.py.
    failure = models.CharField(max_length=30, blank=True)
    # The columns of the file, and what each is meant for: processing/imports/tables/columns.py.
    columns = models.JSONField(default=list)
    # In which language the texts are, where their column tells none.
    language = models.CharField(max_length=2, blank=True)
    is_language_sure = models.BooleanField(default=False)
    # Code of the mechanism of transfers that tell none.
    mechanism = models.CharField(max_length=20, blank=True)
    # Whether an activity of the register that has the name of one of the file is the same one.
    joins_by_name = models.BooleanField(default=True)
    # Which preview it is by now: people confirm the one that they saw.
    preview = models.PositiveIntegerField(default=0)
    # Outcome -> how many activities; and "by_name", "cells", "cells_understood", and
    # "outside_more", cells that `outside` does not keep.
    counts = models.JSONField(default=dict)
    # Cells that belong to no activity: processing/imports/drafts/kept_cell_accounts.py.
    outside = models.JSONField(default=list)
    # Whether what was shown of the file is erased.
    is_forgotten = models.BooleanField(default=False)

    objects = RegisterImportQuerySet.as_manager()

    PUBLIC = ()
    INTERNAL = (
        *("organisation", "by", "created_at", "file_name", "state", "asked_at", "finished_at"),
        *("failure", "columns", "language", "is_language_sure", "mechanism", "joins_by_name"),
        *("counts", "outside", "is_forgotten", "writers", "preview"),
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_state_known",
                condition=Q(
                    state__in=[
                        *("received", "uploaded", "mapped", "previewed", "waiting"),
                        *("done", "undoing", "undone", "failed"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="import_waits_since",
                condition=~Q(state__in=["received", "mapped", "waiting", "undoing"])
                | Q(asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_finished_or_not",
                condition=Q(
                    state__in=["received", "uploaded", "mapped", "previewed", "waiting"],
                    finished_at=None,
                )
                | Q(state__in=["done", "undoing", "undone", "failed"], finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_worked_on(self) -> bool:
        """Whether a worker does something with it, or will."""
        return self.state in self.WORKED_ON


class ImportFile(models.Model):
    """The bytes of an uploaded file, until it is imported or its time is over."""

    register_import = models.OneToOneField(
        RegisterImport, primary_key=True, on_delete=models.CASCADE, related_name="file"
    )
    data = models.BinaryField()

    PUBLIC = ()
    INTERNAL = ("register_import", "data")

    def __str__(self) -> str:
        return str(self.register_import_id)

    @classmethod
    def keep(cls, register_import: RegisterImport, data: bytes) -> None:
        """As it is: written into a statement, each byte would be several."""
        table = cls._meta.db_table
        copy = f"COPY {table} (register_import_id, data) FROM STDIN (FORMAT BINARY)"
        with connection.cursor() as cursor, cursor.copy(copy) as rows:
            rows.set_types(["int8", "bytea"])
            rows.write_row((register_import.pk, data))


class ImportProgress(models.Model):
    """How far a worker is with an import. Written outside of its transaction, so that others see
    it while that runs.
    """

    register_import = models.OneToOneField(
        RegisterImport, primary_key=True, on_delete=models.CASCADE, related_name="progress"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # When a worker told so last.
    at = models.DateTimeField(default=timezone.now)
    # How often a worker began; it ends without a word when it is killed.
    attempts = models.PositiveSmallIntegerField(default=0)

    PUBLIC = ()
    INTERNAL = ("register_import", "done", "total", "at", "attempts")

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class ImportEntryQuerySet(models.QuerySet):
    def to_write(self) -> "ImportEntryQuerySet":
        return self.filter(outcome__in=ImportEntry.WRITTEN)

    def measured(self) -> "ImportEntryQuerySet":
        """With how much each holds, and without that: to look at some of them only."""
        sizes = [Length(Cast(name, models.TextField())) for name in ("content", "accounts")]
        size = sum((Coalesce(size, 0) for size in sizes), Value(0))
        return self.defer("content", "accounts", "said").annotate(size=size)

    def forget(self) -> None:
        """Erase what the file said; what is needed to undo and to import again stays."""
        self.update(title="", reference="", content=None, accounts=[], accounts_more=0, reasons=[])


class ImportEntry(models.Model):
    """What an activity of the file would become in the register, or became."""

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("unchanged")
        REFUSED = "refused", _("not imported")

    WRITTEN = (Outcome.NEW, Outcome.CHANGED)

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="entries"
    )
    # In the order of the file, from 0.
    number = models.PositiveIntegerField()
    # In which sheet and row of the file it begins, from 0.
    sheet = models.PositiveIntegerField(default=0)
    row = models.PositiveIntegerField(default=0)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    # Why it is refused, or some of it: codes of processing/imports/reasons.py with what they are
    # about.
    reasons = models.JSONField(default=list)
    title = LineColumn(_("name"), max_length=LONGEST_NAME, blank=True)
    reference = LineColumn(_("own reference"), max_length=100, blank=True)
    # Whether it is told by its name alone that the register has it.
    is_by_name = models.BooleanField(default=False)
    # Whether the register keeps what people changed there since the last import of the activity.
    keeps_changes = models.BooleanField(default=False)
    # The activity of the register; None for a new one, until it is imported.
    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # What it would say, where it is new or changed: processing/snapshots.py, without empty values.
    content = models.JSONField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    # How complete it would be, and what it would lack: codes of processing/completeness.py.
    score = models.PositiveSmallIntegerField(default=0)
    gaps = models.JSONField(default=list)
    # Cells that were not understood: processing/imports/drafts/kept_cell_accounts.py.
    accounts = models.JSONField(default=list)
    # How many such cells are not kept.
    accounts_more = models.PositiveIntegerField(default=0)
    # Number of the entry that replaces it, where that has no key yet.
    successor = models.PositiveIntegerField(null=True, blank=True)
    # What the file says of it, in hashes: what the next file says anew differs from these.
    said = models.JSONField(default=dict)
    # Number of the last line in its history that the preview knew of, 0 for none.
    seen = models.PositiveIntegerField(default=0)
    # The line that says what it said before; 0 where it was made.
    before = models.PositiveIntegerField(default=0)
    # The line that the import wrote; 0 for none.
    after = models.PositiveIntegerField(default=0)

    objects = ImportEntryQuerySet.as_manager()

    PUBLIC = ()
    INTERNAL = (
        *("register_import", "number", "sheet", "row", "outcome", "reasons", "title", "reference"),
        *("is_by_name", "keeps_changes", "activity", "content", "review_due_on", "score", "gaps"),
        *("accounts", "accounts_more", "successor", "said", "seen", "before", "after"),
    )

    class Meta:
        verbose_name = _("activity of an import")
        verbose_name_plural = _("activities of an import")
        ordering = ["register_import", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["register_import", "number"], name="import_entry_number_once"
            ),
            models.CheckConstraint(
                name="import_entry_outcome_known",
                condition=Q(outcome__in=["new", "changed", "same", "refused"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.reference or str(self.number)

    @classmethod
    def note(cls, entries: Iterable["ImportEntry"]) -> None:
        """Write what became of entries: as bulk_update() does, in a small part of its time."""
        columns = ("activity_id", "outcome", "reasons", "said", "before", "after")
        told = [{name: getattr(entry, name) for name in ("id", *columns)} for entry in entries]
        table, values = cls._meta.db_table, ", ".join(f"{name} = told.{name}" for name in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} AS entry SET {values}"  # noqa: S608 (ours)
                f" FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) AS told"
                " WHERE entry.id = told.id",
                [json.dumps(told)],
            )


@receiver(words_erased)
def forget_what_files_said(sender: type, *, activity: ProcessingActivity, **kwargs) -> None:
    """Of an activity of which words are erased. A file itself is erased some days later anyway."""
    ImportEntry.objects.filter(activity=activity).forget()


class ColumnMeaning(models.Model):
    """What a body decided about a column, for its next file."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # As processing/imports/tables/layout.py names columns.
    key = models.CharField(max_length=300)
    field = models.CharField(max_length=60)
    code = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, blank=True)

    PUBLIC = ()
    INTERNAL = ("organisation", "key", "field", "code", "language")

    class Meta:
        verbose_name = _("meaning of a column")
        verbose_name_plural = _("meanings of columns")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], name="column_meaning_once_per_body"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.key}"
