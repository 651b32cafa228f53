"""Which data an activity processes, and how long they are kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from organisations.limits import LimitedTextField
from processing import public_record
from processing.law import RetentionOutcome
from processing.models.activity import ProcessingActivity
from processing.models.code_lists import DataCategory, DataSubjectCategory
from processing.models.parts import KeyedPart, Part, written


class DataItem(KeyedPart):
    """A category of personal data that is processed (GDPR Art. 30(1)(c))."""

    activity = models.ForeignKey(ProcessingActivity, on_delete=models.CASCADE, related_name="data")
    category = models.ForeignKey(
        DataCategory, verbose_name=_("category"), on_delete=models.PROTECT, related_name="+"
    )
    detail = LimitedTextField(_("which data"), max_length=2_000, blank=True)
    about = models.ManyToManyField(
        DataSubjectCategory,
        verbose_name=_("about which data subjects"),
        blank=True,
        related_name="+",
        help_text=_("Leave empty for all data subjects of the activity."),
    )
    is_mandatory = models.BooleanField(
        _("mandatory to supply"),
        null=True,
        blank=True,
        help_text=_("Whether the person must give these data (GDPR Art. 13(2)(e))."),
    )

    RECORD = public_record.DataItem
    PUBLIC = public_record.fields_of(RECORD)

    class Meta(KeyedPart.Meta):
        verbose_name = _("data")
        verbose_name_plural = _("data")

    def __str__(self) -> str:
        return str(self.category)


class Retention(Part):
    """How long data are kept (GDPR Art. 30(1)(f)), for instance for the file and for the accounts.

    Data that are kept for several reasons have several rows.
    """

    class Unit(models.TextChoices):
        DAY = "day", _("days")
        WEEK = "week", _("weeks")
        MONTH = "month", _("months")
        YEAR = "year", _("years")

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="retention"
    )
    data = ArrayField(
        models.PositiveIntegerField(),
        verbose_name=_("for which data"),
        default=list,
        blank=True,
        help_text=_("Leave empty for all data of the activity."),
    )
    period = models.PositiveSmallIntegerField(_("retention period"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=5, choices=Unit.choices, blank=True)
    criterion = LimitedTextField(
        _("from when, or the criterion"),
        max_length=2_000,
        blank=True,
        help_text=_("When the period starts, or how it is determined without a fixed period."),
    )
    what_for = LimitedTextField(
        _("what for"),
        max_length=2_000,
        blank=True,
        help_text=_("Where data are kept for several reasons, each for a period of its own."),
    )
    after = models.CharField(
        _("afterwards"), max_length=10, choices=RetentionOutcome.choices, blank=True
    )
    unknown_reason = LimitedTextField(
        _("why no period can be given"),
        max_length=2_000,
        blank=True,
        help_text=_("Only where it is not possible to say how long (GDPR Art. 30(1)(f))."),
    )

    RECORD = public_record.Retention
    PUBLIC = public_record.fields_of(RECORD)
    REFERS_TO = {"data": "data"}

    class Meta(Part.Meta):
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        constraints = [
            models.CheckConstraint(
                name="retention_period_has_unit",
                condition=Q(period__isnull=True, unit="")
                | Q(
                    period__isnull=False,
                    period__gte=1,
                    unit__in=["day", "week", "month", "year"],
                ),
                violation_error_message=_("Give a retention period together with its unit."),
            ),
            models.CheckConstraint(
                name="retention_after_known",
                condition=Q(after__in=["", *RetentionOutcome.values]),
            ),
            models.CheckConstraint(
                name="retention_unknown_or_period",
                condition=Q(period__isnull=True) | ~written("unknown_reason"),
                violation_error_message=_(
                    "Give either a retention period or the reason why there is none."
                ),
            ),
        ]

    def __str__(self) -> str:
        words = [self.period, self.get_unit_display()] if self.period else []
        text = self.criterion or self.what_for or self.unknown_reason or ""
        return " ".join(map(str, [*words, Truncator(text).chars(80)])).strip()
