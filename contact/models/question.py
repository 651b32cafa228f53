"""What a citizen asks a body, from its contact form to the day on which it is forgotten."""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.calendar import months_after
from organisations.columns import LineColumn
from organisations.models import Organisation, User

# Without what is read as something else: 0 and O, 1 and I and L, U and V.
SIGNS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
# GDPR Art. 12(3): within one month of receipt, and two further months where it is complex.
MONTHS_TO_ANSWER = 1
MOST_MONTHS_TO_ANSWER = 3


def new_reference() -> str:
    """A number for a question that tells nothing and that nobody can guess: XXXX-XXXX."""
    signs = "".join(secrets.choice(SIGNS) for _place in range(8))
    return f"{signs[:4]}-{signs[4:]}"


class QuestionQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "QuestionQuerySet":
        """The questions to the bodies whose publisher the person is: they hold personal data."""
        if user.is_superuser:
            return self
        return self.filter(organisation__in=Organisation.objects.published_by(user))

    def kept(self) -> "QuestionQuerySet":
        """Those whose words are still there."""
        return self.filter(purged_at=None)

    def open(self) -> "QuestionQuerySet":
        """Those that wait for an answer."""
        return self.filter(status__in=Question.OPEN)

    def overdue(self, today: date) -> "QuestionQuerySet":
        return self.open().filter(due_on__lt=today)

    def without_a_mail(self, body: Organisation, day: date) -> "QuestionQuerySet":
        """The new ones to the body that were too many, on that day, for a mail each."""
        received = self.kept().filter(organisation=body, received_at__date=day).order_by("pk")
        too_many = received.values("pk")[settings.QUESTIONS_PER_BODY :]
        return self.filter(pk__in=too_many, status=Question.Status.NEW)


class Question(models.Model):
    """A citizen's question to a body.

    Once it was answered and its time is over, only figures of it stay (contact/retention.py).
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        ACCESS = "access", _("Right of access")
        RECTIFICATION = "rectification", _("Right to rectification")
        ERASURE = "erasure", _("Right to erasure")
        RESTRICTION = "restriction", _("Right to restriction of processing")
        PORTABILITY = "portability", _("Right to data portability")
        OBJECTION = "objection", _("Right to object")
        AUTOMATED = "automated", _("Automated individual decision-making")
        CONSENT = "consent", _("Withdrawal of consent")
        ERROR = "error", _("Error in the register")

    class Status(models.TextChoices):
        NEW = "new", _("new")
        IN_PROGRESS = "in_progress", _("in progress")
        ANSWERED = "answered", _("answered")
        SET_ASIDE = "set_aside", _("no answer needed")

    OPEN = (Status.NEW, Status.IN_PROGRESS)
    # What a citizen wrote, or what tells who it was.
    PERSONAL = ("name", "email", "message", "notes", "language")
    # What the people of the body do with it; the rest never changes.
    WORK = ("status", "closed_at", "taken_by", "due_on", "notes")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("federal body"),
        on_delete=models.PROTECT,
        related_name="questions",
    )
    # Of the entry that it is about; the entry itself may be withdrawn meanwhile.
    activity_number = models.PositiveIntegerField(_("processing activity"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    reference = models.CharField(_("reference"), max_length=9, null=True, unique=True)
    name = LineColumn(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    message = models.TextField(_("message"), blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    due_on = models.DateField(
        _("to be answered by"),
        help_text=_(
            "One month after receipt. For a complex request two further months are possible; tell "
            "the citizen within the first month, and why (GDPR Art. 12(3))."
        ),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.NEW
    )
    closed_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    taken_by = models.ForeignKey(
        User,
        verbose_name=_("taken by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    notes = models.TextField(
        _("internal notes"),
        blank=True,
        help_text=_(
            "Only people of the body and central administrators read this. It is erased together "
            "with the question."
        ),
    )
    # The form that it came from, and its content: the same twice is one question.
    form = models.CharField(max_length=32, null=True, unique=True)
    fingerprint = models.CharField(max_length=64, null=True)
    reminded_on = models.DateField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    PUBLIC = ()
    INTERNAL = (
        *("organisation", "activity_number", "kind", "language", "reference", "name", "email"),
        *("message", "received_at", "due_on", "status", "closed_at", "taken_by", "notes"),
        *("form", "fingerprint", "reminded_on", "purged_at"),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["organisation", "status", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                name="question_open_once",
                fields=["fingerprint"],
                condition=Q(status__in=["new", "in_progress"]),
            ),
            models.CheckConstraint(
                name="question_kind_known",
                condition=Q(
                    kind__in=[
                        *("question", "access", "rectification", "erasure", "restriction"),
                        *("portability", "objection", "automated", "consent", "error"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="question_language_known",
                condition=Q(language__in=["nl", "fr", "de", "en"])
                | Q(language="", purged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="question_closed_or_open",
                condition=Q(status__in=["new", "in_progress"], closed_at=None)
                | Q(status__in=["answered", "set_aside"], closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="question_due_after_receipt",
                condition=Q(due_on__gte=F("received_at__date")),
            ),
            models.CheckConstraint(
                name="question_whole_or_purged",
                condition=Q(
                    ~Q(email=""),
                    ~Q(message=""),
                    purged_at=None,
                    reference__isnull=False,
                    form__isnull=False,
                    fingerprint__isnull=False,
                )
                | Q(
                    purged_at__isnull=False,
                    closed_at__isnull=False,
                    reference=None,
                    form=None,
                    fingerprint=None,
                    taken_by=None,
                    activity_number=None,
                    reminded_on=None,
                    language="",
                    name="",
                    email="",
                    message="",
                    notes="",
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or "–"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def latest_due_on(self) -> date:
        """The last day to which the body may extend the time (GDPR Art. 12(3))."""
        return months_after(timezone.localdate(self.received_at), MOST_MONTHS_TO_ANSWER)

    @property
    def was_asked_again(self) -> bool:
        """Whether the same question is open beside this one: then this one cannot be."""
        same = Question.objects.open().filter(fingerprint=self.fingerprint)
        return same.exclude(pk=self.pk).exists()

    def move_to(self, status: str, *, by: User) -> None:
        """Give it a status, and what follows: who takes care of it, and when it was closed."""
        self.status = status
        if self.is_open:
            self.closed_at = None
        elif self.closed_at is None:
            self.closed_at = timezone.now()
        if status != self.Status.NEW and self.taken_by is None:
            self.taken_by = by
        self.save(update_fields=self.WORK)


def due_after(received_at: datetime) -> date:
    """The day by which the body answers (GDPR Art. 12(3))."""
    return months_after(timezone.localdate(received_at), MONTHS_TO_ANSWER)
