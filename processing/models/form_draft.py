"""What somebody typed in the form of an activity and has not saved yet."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation, User
from processing.models.activity import ProcessingActivity
from processing.publishing import Refused

LASTS = timedelta(days=7)
# So many forms may somebody leave unsaved.
MOST_DRAFTS = 20
# Name of a field -> what it was sent with.
Fields = dict[str, list[str]]


class TooManyDrafts(Refused):
    """More forms were left unsaved than are kept."""

    reason = _(
        "Not kept: you have left too many forms unsaved. Save this one, or throw others away: they "
        "are listed above a form that you open."
    )


class FormDraftQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "FormDraftQuerySet":
        """The person's own, of bodies that they still work for, as long as it lasts."""
        own = self.filter(person=user, at__gt=timezone.now() - LASTS)
        if user.is_superuser:
            return own
        bodies = Organisation.objects.for_user(user).values_list("pk", flat=True)
        return own.filter(bodies__contained_by=list(bodies))

    def forget_old(self) -> int:
        """Erase those whose time is over; their number."""
        return self.filter(at__lte=timezone.now() - LASTS).delete()[0]


class FormDraft(models.Model):
    """What a form held that nobody saved: for the person alone, until it is saved or too old."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # None for a new activity.
    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, null=True, related_name="form_drafts"
    )
    # Names the form, once for each time that it is opened.
    key = models.UUIDField()
    # The keys of the bodies that it may be about: of all of the person's, where none is chosen yet.
    bodies = ArrayField(models.BigIntegerField())
    # The number of the history entry that the form began from is among them.
    fields = models.JSONField()
    # Which of what one form sent this is: an earlier one may arrive later.
    turn = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = FormDraftQuerySet.as_manager()

    PUBLIC = ()
    INTERNAL = ("person", "activity", "key", "bodies", "fields", "turn", "at")

    class Meta:
        verbose_name = _("form left unsaved")
        verbose_name_plural = _("forms left unsaved")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="draft_key_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.activity or ''}"

    @classmethod
    def keep(
        cls,
        *,
        person: User,
        activity: ProcessingActivity | None,
        key: UUID,
        bodies: Iterable[int],
        fields: Fields,
        turn: int | None = None,
    ) -> int | None:
        """Keep what a form holds; in which turn, or None where something later is kept already.

        Without a turn it is the latest. Raises TooManyDrafts.
        """
        own = cls.objects.filter(person=person)
        values = {"bodies": list(bodies), "fields": fields, "at": timezone.now()}
        if not own.filter(key=key).exists():
            own.forget_old()
            if own.count() >= MOST_DRAFTS:
                # Nobody can take up or throw away what is about a body that one has left.
                own.exclude(pk__in=cls.objects.for_user(person).values("pk")).delete()
                if own.count() >= MOST_DRAFTS:
                    raise TooManyDrafts
            made = cls(person=person, activity=activity, key=key, turn=0, **values)
            cls.objects.bulk_create([made], ignore_conflicts=True)
        kept = own.filter(key=key, activity=activity)
        if turn is None:
            kept.update(turn=models.F("turn") + 1, **values)
            return kept.values_list("turn", flat=True).first()
        return turn if kept.filter(turn__lt=turn).update(turn=turn, **values) else None
