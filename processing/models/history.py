"""What happened to an activity: who did what, and what it said afterwards."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.limits import LimitedTextField
from organisations.models import User
from processing.models.activity import ProcessingActivity
from processing.models.erasure import Erasure


class HistoryEntryQuerySet(models.QuerySet):
    def saved(self) -> "HistoryEntryQuerySet":
        """The entries that hold what the working copy said."""
        return self.filter(action=HistoryEntry.Action.SAVED, erased_at__isnull=True)

    def about_erasure(self) -> "HistoryEntryQuerySet":
        return self.filter(action__in=HistoryEntry.ABOUT_ERASURE)

    def steps(self) -> "HistoryEntryQuerySet":
        """What was done on the way to the public and back."""
        no_steps = (HistoryEntry.Action.SAVED, HistoryEntry.Action.REMARKED)
        return self.exclude(action__in=(*no_steps, *HistoryEntry.ABOUT_ERASURE))

    def thread(self) -> "HistoryEntryQuerySet":
        """What people said to each other: their remarks, and those of the steps that they took."""
        said = Q(action=HistoryEntry.Action.REMARKED) | ~Q(remark="")
        no_talk = (HistoryEntry.Action.SAVED, *HistoryEntry.ABOUT_ERASURE)
        return self.filter(said).exclude(action__in=no_talk)


class HistoryEntry(models.Model):
    """Something that was done to an activity. Entries are added; only erasing empties one."""

    class Action(models.TextChoices):
        SAVED = "saved", _("changed")
        REQUESTED = "requested", _("approval requested")
        SENT_BACK = "sent_back", _("sent back")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REVIEWED = "reviewed", _("reviewed, nothing changed")
        REMARKED = "remarked", _("remark")
        ERASURE_REQUESTED = "erasure_requested", _("asked to erase")
        ERASURE_DROPPED = "erasure_dropped", _("request to erase dropped")
        ERASED = "erased", _("erased")

    ABOUT_ERASURE = (Action.ERASURE_REQUESTED, Action.ERASURE_DROPPED, Action.ERASED)

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="history"
    )
    number = models.PositiveIntegerField(_("number"))
    action = models.CharField(_("action"), max_length=20, choices=Action.choices)
    by = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("moment"))
    remark = LimitedTextField(_("remark"), max_length=2_000, blank=True)
    # What the working copy said after it was saved, as processing/snapshots.py gives it.
    content = models.JSONField(null=True, blank=True)
    # The keys of the people who wrote what of it would be new to the public: of all since the
    # version before, and of what was copied or restored.
    authors = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # When that was emptied for good.
    erased_at = models.DateTimeField(null=True, blank=True)
    # What was asked to be erased, or was: the values of an Erasure.
    erasure = models.JSONField(null=True, blank=True)

    objects = HistoryEntryQuerySet.as_manager()

    PUBLIC = ()
    INTERNAL = (
        *("activity", "number", "action", "by", "at", "remark"),
        *("content", "authors", "erased_at", "erasure"),
    )

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ["activity", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="history_number_once"),
            models.CheckConstraint(
                name="history_content_of_what_was_saved",
                condition=Q(action="saved", content__isnull=False, erased_at__isnull=True)
                | Q(action="saved", content__isnull=True, erased_at__isnull=False)
                | (~Q(action="saved") & Q(content__isnull=True, erased_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="history_tells_what_was_erased",
                condition=Q(action__in=["erasure_requested", "erased"], erasure__isnull=False)
                | (~Q(action__in=["erasure_requested", "erased"]) & Q(erasure__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.number})"

    @property
    def what_is_erased(self) -> Erasure | None:
        if self.erasure is None:
            return None
        return Erasure(**self.erasure | {"versions": tuple(self.erasure["versions"])})
