"""The outbox: mails wait here until a mail server has taken them."""

from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.question import Question
from organisations.models import Organisation, User

# After a failed attempt: 1, 2, 4 … minutes, at most this.
LONGEST_PAUSE = timedelta(hours=1)
# Then people must look at it (RFC 5321, 4.5.4.1: at least four to five days).
GIVE_UP_AFTER = timedelta(days=5)
# No pause is so long: a later attempt was planned before the clock was set back.
SET_BACK = timedelta(days=1)


class MailQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "MailQuerySet":
        """All for a central administrator; else what is about questions to one's own bodies."""
        if user.is_superuser:
            return self
        return self.filter(organisation__in=Organisation.objects.published_by(user))

    def due(self, now: datetime) -> "MailQuerySet":
        """What is to be tried now, the longest waiting first."""
        waiting = self.filter(state=Mail.State.WAITING, next_attempt_at__lte=now)
        return waiting.order_by("next_attempt_at", "pk")

    def bring_forward(self, now: datetime) -> None:
        """Let what was put off before the clock was set back be tried now."""
        put_off = self.filter(state=Mail.State.WAITING, next_attempt_at__gt=now + SET_BACK)
        put_off.update(next_attempt_at=now)

    def could_not_be_tried(self, now: datetime, failure: str) -> None:
        """No mail server answered: for how long each waits counts all the same."""
        with transaction.atomic():
            keys = list(self.select_for_update(skip_locked=True, of=("self",)).values_list("pk"))
            waiting = Mail.objects.filter(pk__in=[key for (key,) in keys])
            waiting.filter(Q(tried_since=None) | Q(tried_since__gt=now)).update(tried_since=now)
            waiting.filter(tried_since__lte=now - GIVE_UP_AFTER).update(
                state=Mail.State.UNDELIVERED, failure=failure
            )

    def unsettled(self) -> "MailQuerySet":
        """What no mail server has taken yet."""
        return self.filter(state__in=Mail.UNSETTLED)


class Mail(models.Model):
    """A mail to one receiver."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        UNDELIVERED = "undelivered", _("not delivered")
        GIVEN_UP = "given_up", _("given up")

    UNSETTLED = (State.WAITING, State.UNDELIVERED)
    NOT_TAKEN = (State.UNDELIVERED, State.GIVEN_UP)

    # What it is about; nothing for a mail to somebody who works in the admin.
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("federal body"),
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
    )
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    # RFC 5322: the same at every attempt, so that a receiver recognises a second copy.
    message_id = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    receiver = models.CharField(_("receiver"), max_length=320)
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(_("subject"), max_length=998)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.WAITING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # When it was first tried, or would have been if a mail server had answered.
    tried_since = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    # What went wrong last, without any address or answer of a server.
    failure = models.CharField(_("last failure"), max_length=100, blank=True)
    settled_at = models.DateTimeField(_("delivered or given up on"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    PUBLIC = ()
    INTERNAL = (
        *("organisation", "question", "message_id", "created_at", "receiver", "reply_to"),
        *("subject", "text", "html", "headers", "state", "attempts", "tried_since"),
        *("next_attempt_at", "failure", "settled_at"),
    )

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="mail_waiting", fields=["next_attempt_at", "id"], condition=Q(state="waiting")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_settled_or_not",
                condition=Q(state__in=["waiting", "undelivered"], settled_at=None)
                | Q(state__in=["delivered", "given_up"], settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mail_of_a_question_has_its_body",
                condition=Q(question=None) | Q(organisation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def as_message(self, connection: BaseEmailBackend) -> EmailMultiAlternatives:
        message = EmailMultiAlternatives(
            self.subject,
            self.text,
            to=[self.receiver],
            reply_to=[self.reply_to] if self.reply_to else None,
            headers=self.headers,
            connection=connection,
        )
        if self.html:
            message.attach_alternative(self.html, "text/html")
        return message

    def was_taken(self) -> None:
        """A mail server has taken it."""
        self.attempts += 1
        self.state, self.settled_at, self.failure = self.State.DELIVERED, timezone.now(), ""
        if self.question_id is None:
            # It may hold a link that gives somebody a password: no reason to keep that.
            self.delete()
        else:
            self.save()

    def was_refused(self, failure: str) -> None:
        """It could not be delivered now: later, or with the help of people."""
        now = timezone.now()
        self.attempts += 1
        self.failure = failure
        pause = min(timedelta(minutes=2 ** min(self.attempts - 1, 10)), LONGEST_PAUSE)
        self.next_attempt_at = now + pause
        self.tried_since = min(self.tried_since or now, now)
        if now >= self.tried_since + GIVE_UP_AFTER:
            self.state = self.State.UNDELIVERED
        self.save()

    def try_again(self) -> None:
        """Begin anew with a mail that was not delivered."""
        self.state = self.State.WAITING
        self.attempts, self.tried_since = 0, None
        self.next_attempt_at = timezone.now()
        self.save()

    def give_up(self) -> None:
        """Somebody decided that it need not arrive."""
        self.state, self.settled_at = self.State.GIVEN_UP, timezone.now()
        self.save()
