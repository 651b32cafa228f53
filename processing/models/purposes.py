"""What an activity is for, and on which grounds in law."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.columns import LineColumn, WebColumn
from organisations.limits import LimitedTextField
from processing import public_record
from processing.law import GROUND_CHOICES, GROUNDS, LEGITIMATE_INTERESTS
from processing.models.activity import ProcessingActivity
from processing.models.code_lists import PurposeCategory
from processing.models.parts import KeyedPart, Part, written


class Purpose(KeyedPart):
    """What the data are processed for (GDPR Art. 30(1)(b))."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="purposes"
    )
    category = models.ForeignKey(
        PurposeCategory,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    description = LimitedTextField(
        _("description"),
        max_length=2_000,
        blank=True,
        help_text=_("What your body wants to reach. Be specific."),
    )

    RECORD = public_record.Purpose
    PUBLIC = public_record.fields_of(RECORD)

    class Meta(KeyedPart.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")

    def __str__(self) -> str:
        return self.description or str(self.category or "")


class LegalGround(Part):
    """What in law allows the processing: a legal basis (GDPR Art. 6(1)), a condition for special
    categories (Art. 9(2)) or for criminal data (Art. 10), and the law behind it.

    A ground with several laws has several rows.
    """

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="legal_grounds"
    )
    ground = models.CharField(_("ground"), max_length=12, choices=GROUND_CHOICES, blank=True)
    purposes = ArrayField(
        models.PositiveIntegerField(),
        verbose_name=_("for which purposes"),
        default=list,
        blank=True,
        help_text=_("Leave empty for all purposes of the activity."),
    )
    law_title = LineColumn(
        _("law or contract"),
        max_length=1_500,
        blank=True,
        help_text=_("The law that this task comes from. Add a row for each further law."),
    )
    law_article = LineColumn(
        _("articles of the law"),
        max_length=200,
        blank=True,
        help_text=_("Only the numbers, for instance 23, § 1."),
    )
    law_url = WebColumn(_("web address of the law"), max_length=500, blank=True)
    legitimate_interest = LimitedTextField(
        _("legitimate interest"),
        max_length=2_000,
        blank=True,
        help_text=_("Only with that legal basis. Not for the tasks of a public authority."),
    )

    RECORD = public_record.LegalGround
    PUBLIC = public_record.fields_of(RECORD)
    REFERS_TO = {"purposes": "purposes"}

    class Meta(Part.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        constraints = [
            models.CheckConstraint(
                name="legal_ground_known", condition=Q(ground__in=["", *GROUNDS])
            ),
            models.CheckConstraint(
                name="legal_ground_legitimate_interest_only_with_its_basis",
                condition=Q(ground=LEGITIMATE_INTERESTS) | ~written("legitimate_interest"),
                violation_error_message=_(
                    "Describe a legitimate interest only with that legal basis."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.law_title or str(self.get_ground_display())
