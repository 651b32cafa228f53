"""The rows of a processing activity: each belongs to one activity and goes public with it."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.languages import LANGUAGES
from organisations.limits import LimitedTextField
from organisations.models import Organisation
from processing import public_record
from processing.law import (
    EEA_COUNTRIES,
    CriminalCondition,
    LegalBasis,
    RecipientRole,
    RetentionOutcome,
    SpecialCondition,
)
from processing.models.activity import ProcessingActivity
from processing.models.code_lists import (
    DataCategory,
    DataSubjectCategory,
    PurposeCategory,
    RecipientCategory,
    TransferMechanism,
)
from processing.models.conditions import CheckedHere


def written(field: str) -> Q:
    """The translated field holds text in at least one language."""
    condition = Q()
    for language in LANGUAGES:
        column = f"{field}_{language}"
        condition |= Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})
    return condition


class Part(CheckedHere):
    """What all rows of an activity share."""

    # What citizens see of it.
    RECORD: type[public_record.Part]
    INTERNAL: tuple[str, ...] = ("activity",)

    class Meta:
        abstract = True
        ordering = ["id"]


class Purpose(Part):
    """What the data are processed for, and on which legal basis (GDPR Art. 30(1)(b) and 6(1))."""

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
    legal_basis = models.CharField(
        _("legal basis"), max_length=1, choices=LegalBasis.choices, blank=True
    )
    law_title = models.CharField(
        _("law"), max_length=1_500, blank=True, help_text=_("The law that this task comes from.")
    )
    law_url = models.URLField(_("web address of the law"), max_length=500, blank=True)
    special_condition = models.CharField(
        _("condition for special categories (Art. 9)"),
        max_length=1,
        choices=SpecialCondition.choices,
        blank=True,
    )
    criminal_condition = models.CharField(
        _("condition for criminal data (Art. 10)"),
        max_length=10,
        choices=CriminalCondition.choices,
        blank=True,
    )
    legitimate_interest = LimitedTextField(
        _("legitimate interest"),
        max_length=2_000,
        blank=True,
        help_text=_("Only with that legal basis. Not for the tasks of a public authority."),
    )

    RECORD = public_record.Purpose
    PUBLIC = public_record.fields_of(RECORD)

    class Meta(Part.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")
        constraints = [
            models.CheckConstraint(
                name="purpose_legal_basis_known",
                condition=Q(legal_basis__in=["", *LegalBasis.values]),
            ),
            models.CheckConstraint(
                name="purpose_special_condition_known",
                condition=Q(special_condition__in=["", *SpecialCondition.values]),
            ),
            models.CheckConstraint(
                name="purpose_criminal_condition_known",
                condition=Q(criminal_condition__in=["", *CriminalCondition.values]),
            ),
            models.CheckConstraint(
                name="purpose_legitimate_interest_only_with_its_basis",
                condition=Q(legal_basis=LegalBasis.LEGITIMATE_INTERESTS)
                | ~written("legitimate_interest"),
                violation_error_message=_(
                    "Describe a legitimate interest only with that legal basis."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.description or str(self.category or "")


class DataItem(Part):
    """A category of personal data that is processed, and how long it is kept."""

    class Unit(models.TextChoices):
        DAY = "day", _("days")
        WEEK = "week", _("weeks")
        MONTH = "month", _("months")
        YEAR = "year", _("years")

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
    retention_period = models.PositiveSmallIntegerField(
        _("retention period"), null=True, blank=True
    )
    retention_unit = models.CharField(_("unit"), max_length=5, choices=Unit.choices, blank=True)
    retention_criterion = LimitedTextField(
        _("from when, or the criterion"),
        max_length=2_000,
        blank=True,
        help_text=_("When the period starts, or how it is determined without a fixed period."),
    )
    retention_after = models.CharField(
        _("afterwards"), max_length=10, choices=RetentionOutcome.choices, blank=True
    )
    is_mandatory = models.BooleanField(
        _("mandatory to supply"),
        null=True,
        blank=True,
        help_text=_("Whether the person must give these data (GDPR Art. 13(2)(e))."),
    )

    RECORD = public_record.DataItem
    PUBLIC = public_record.fields_of(RECORD)

    class Meta(Part.Meta):
        verbose_name = _("data")
        verbose_name_plural = _("data")
        constraints = [
            models.CheckConstraint(
                name="data_retention_period_has_unit",
                condition=Q(retention_period__isnull=True, retention_unit="")
                | Q(
                    retention_period__isnull=False,
                    retention_period__gte=1,
                    retention_unit__in=["day", "week", "month", "year"],
                ),
                violation_error_message=_("Give a retention period together with its unit."),
            ),
            models.CheckConstraint(
                name="data_retention_after_known",
                condition=Q(retention_after__in=["", *RetentionOutcome.values]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.category)


class Recipient(Part):
    """Who receives data (GDPR Art. 30(1)(d)): a body of this site, a named party or a category."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="recipients"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("federal body"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("A body of this site. Otherwise give a name, a category or both."),
    )
    name = models.CharField(_("name"), max_length=600, blank=True)
    category = models.ForeignKey(
        RecipientCategory,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=RecipientRole.choices,
        default=RecipientRole.RECIPIENT,
    )
    what = LimitedTextField(_("what is passed on, and why"), max_length=2_000, blank=True)
    authorisation = models.CharField(
        _("protocol or authorisation"),
        max_length=300,
        blank=True,
        help_text=_("Its reference, for instance of a protocol (Act of 30 July 2018, Art. 20)."),
    )
    authorisation_url = models.URLField(
        _("web address of the protocol"), max_length=500, blank=True
    )

    RECORD = public_record.Recipient
    PUBLIC = public_record.fields_of(RECORD)

    class Meta(Part.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [
            models.CheckConstraint(
                name="recipient_is_a_body_or_another_party",
                condition=(Q(organisation__isnull=False, category__isnull=True) & ~written("name"))
                | (Q(organisation__isnull=True) & (Q(category__isnull=False) | written("name"))),
                violation_error_message=_(
                    "Choose a federal body, or else give a name, a category or both."
                ),
            ),
            models.CheckConstraint(
                name="recipient_role_known", condition=Q(role__in=RecipientRole.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.name or self.category or "")

    def clean(self) -> None:
        if self.organisation_id and self.organisation_id == self.activity.organisation_id:
            raise ValidationError({"organisation": _("A body is not a recipient of its own data.")})


class Processor(Part):
    """Who processes data on the body's behalf under a contract (GDPR Art. 28)."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="processors"
    )
    name = models.CharField(_("name"), max_length=200)
    task = LimitedTextField(_("task"), max_length=2_000, blank=True)
    contract_reference = models.CharField(
        _("reference of the contract"), max_length=300, blank=True
    )

    RECORD = public_record.Processor
    PUBLIC = public_record.fields_of(RECORD)
    INTERNAL = (*Part.INTERNAL, "contract_reference")

    class Meta(Part.Meta):
        verbose_name = _("processor")
        verbose_name_plural = _("processors")

    def __str__(self) -> str:
        return self.name


class JointController(Part):
    """Who decides about the processing together with the body (GDPR Art. 26)."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="joint_controllers"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("federal body"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=600, blank=True)
    arrangement = LimitedTextField(
        _("arrangement"),
        max_length=2_000,
        blank=True,
        help_text=_("Who does what, and whom a citizen can ask."),
    )

    RECORD = public_record.JointController
    PUBLIC = public_record.fields_of(RECORD)

    class Meta(Part.Meta):
        verbose_name = _("joint controller")
        verbose_name_plural = _("joint controllers")
        constraints = [
            models.CheckConstraint(
                name="joint_controller_is_a_body_or_another_party",
                condition=(Q(organisation__isnull=False) & ~written("name"))
                | (Q(organisation__isnull=True) & written("name")),
                violation_error_message=_("Choose a federal body, or else give a name."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.name or "")

    def clean(self) -> None:
        if self.organisation_id and self.organisation_id == self.activity.organisation_id:
            raise ValidationError({"organisation": _("The body itself is the controller already.")})


class Transfer(Part):
    """A transfer outside the European Economic Area (GDPR Art. 30(1)(e) and Chapter V)."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="transfers"
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Enter the two letters of ISO 3166-1."))],
        help_text=_("Two letters, for instance CH. Only outside the European Economic Area."),
    )
    international_organisation = models.CharField(
        _("international organisation"), max_length=600, blank=True
    )
    mechanism = models.ForeignKey(
        TransferMechanism,
        verbose_name=_("transfer mechanism"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    safeguards = LimitedTextField(_("safeguards"), max_length=2_000, blank=True)
    url = models.URLField(_("web address of the safeguards"), max_length=500, blank=True)

    RECORD = public_record.Transfer
    PUBLIC = public_record.fields_of(RECORD)

    class Meta(Part.Meta):
        verbose_name = _("transfer outside the EEA")
        verbose_name_plural = _("transfers outside the EEA")
        constraints = [
            models.CheckConstraint(
                name="transfer_to_a_country_or_an_organisation",
                condition=(~Q(country="") & ~written("international_organisation"))
                | (Q(country="") & written("international_organisation")),
                violation_error_message=_(
                    "Give either a country or an international organisation."
                ),
            ),
            models.CheckConstraint(
                name="transfer_leaves_the_eea",
                condition=~Q(country__in=sorted(EEA_COUNTRIES)),
                violation_error_message=_(
                    "This country is in the European Economic Area: it is a recipient, no transfer."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.country or self.international_organisation or ""
