"""What happened to an activity: who did what, and what it said afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.limits import LimitedTextField
from organisations.models import User
from processing.models.activity import ProcessingActivity
from processing.snapshots import Difference, differences


class HistoryEntryQuerySet(models.QuerySet):
    def saved(self) -> "HistoryEntryQuerySet":
        """The entries that hold what the working copy said."""
        return self.filter(action=HistoryEntry.Action.SAVED)


class HistoryEntry(models.Model):
    """Something that was done to an activity. Entries are added and never changed."""

    class Action(models.TextChoices):
        SAVED = "saved", _("changed")
        REQUESTED = "requested", _("approval requested")
        SENT_BACK = "sent_back", _("sent back")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="history"
    )
    number = models.PositiveIntegerField(_("number"))
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    by = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("moment"))
    remark = LimitedTextField(_("remark"), max_length=2_000, blank=True)
    # What the working copy said after it was saved, as processing/snapshots.py gives it.
    content = models.JSONField(null=True, blank=True)

    objects = HistoryEntryQuerySet.as_manager()

    PUBLIC = ()
    INTERNAL = ("activity", "number", "action", "by", "at", "remark", "content")

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ["activity", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="history_number_once"),
            models.CheckConstraint(
                name="history_content_of_what_was_saved",
                condition=Q(action="saved", content__isnull=False)
                | (~Q(action="saved") & Q(content__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.number})"

    def differences(self, earlier: "HistoryEntry | None") -> list[Difference]:
        """What changed from the earlier content to this one; everything when there is none."""
        return differences(earlier.content if earlier else {}, self.content, ProcessingActivity)
