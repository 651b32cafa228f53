"""Who else has to do with an activity: receives data, works for the body, decides with it."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations.columns import LineColumn, WebColumn
from organisations.limits import LimitedTextField
from organisations.models import Organisation
from processing import countries, public_record
from processing.law import EEA_COUNTRIES
from processing.models.activity import ProcessingActivity
from processing.models.code_lists import RecipientCategory, TransferMechanism
from processing.models.parts import KeyedPart, Part, written


def a_country(code: str) -> None:
    """Raises ValidationError for what is no country of ISO 3166-1."""
    if code not in countries.codes():
        raise ValidationError(_("“%(typed)s” is no country."), params={"typed": code})


class CountryColumn(models.CharField):
    """The two letters of a country."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs |= {"max_length": 2, "blank": True}
        super().__init__(*args, **kwargs)
        self.validators.append(a_country)

    def in_words(self, value: str) -> str:
        """The name of the country in the reader's language."""
        return countries.name_of(value, get_language())


class CountriesColumn(ArrayField):
    """The two letters of any number of countries."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs |= {"base_field": models.CharField(max_length=2), "default": list, "blank": True}
        super().__init__(*args, **kwargs)

    def validate(self, value: list[str], model_instance: models.Model) -> None:
        super().validate(value, model_instance)
        for code in value:
            a_country(code)

    def in_words(self, value: list[str]) -> str:
        return ", ".join(countries.name_of(code, get_language()) for code in value)


def is_a_body_or_another_party(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=(Q(organisation__isnull=False, category__isnull=True) & ~written("name"))
        | (Q(organisation__isnull=True) & (Q(category__isnull=False) | written("name"))),
        violation_error_message=_(
            "Choose a federal body, or else give a name, a category or both."
        ),
    )


class Party(models.Model):
    """A body of this site, a named party, or a category of them."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("federal body"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("A body of this site. Otherwise give a name, a category or both."),
    )
    name = LineColumn(_("name"), max_length=600, blank=True)
    category = models.ForeignKey(
        RecipientCategory,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.organisation or self.name or self.category or "")

    def clean(self) -> None:
        super().clean()
        if self.organisation_id and self.organisation_id == self.activity.organisation_id:
            raise ValidationError({"organisation": self.NOT_THE_BODY_ITSELF})


class Recipient(KeyedPart, Party):
    """Who receives data (GDPR Art. 30(1)(d)): a body of this site, a named party or a category."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="recipients"
    )
    what = LimitedTextField(_("what is passed on, and why"), max_length=2_000, blank=True)
    authorisation = LineColumn(
        _("protocol or authorisation"),
        max_length=300,
        blank=True,
        help_text=_("Its reference, for instance of a protocol (Act of 30 July 2018, Art. 20)."),
    )
    authorisation_url = WebColumn(_("web address of the protocol"), max_length=500, blank=True)

    RECORD = public_record.Recipient
    PUBLIC = public_record.fields_of(RECORD)
    NOT_THE_BODY_ITSELF = _("A body is not a recipient of its own data.")

    class Meta(KeyedPart.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [
            *KeyedPart.Meta.constraints,
            is_a_body_or_another_party("recipient_is_a_body_or_another_party"),
        ]


class Processor(KeyedPart, Party):
    """Who processes data on the body's behalf under a contract (GDPR Art. 28), or a sub-processor
    of theirs.
    """

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="processors"
    )
    task = LimitedTextField(_("task"), max_length=2_000, blank=True)
    country = CountryColumn(
        _("country of the seat"), help_text=_("Its name, or its two letters of ISO 3166-1.")
    )
    data_countries = CountriesColumn(
        verbose_name=_("countries where the data are kept"),
        help_text=_("Names or letters of countries, with semicolons in between."),
    )
    agreed_on = models.DateField(_("date of the agreement"), null=True, blank=True)
    works_for = models.PositiveIntegerField(
        _("sub-processor of"),
        null=True,
        blank=True,
        help_text=_("Only for a sub-processor: the processor that called it in."),
    )
    contract_reference = LineColumn(_("reference of the contract"), max_length=300, blank=True)

    RECORD = public_record.Processor
    PUBLIC = public_record.fields_of(RECORD)
    INTERNAL = (*Part.INTERNAL, "contract_reference")
    REFERS_TO = {"works_for": "processors"}
    NOT_THE_BODY_ITSELF = _("A body is not its own processor.")

    class Meta(KeyedPart.Meta):
        verbose_name = _("processor")
        verbose_name_plural = _("processors")
        constraints = [
            *KeyedPart.Meta.constraints,
            is_a_body_or_another_party("processor_is_a_body_or_another_party"),
        ]


class JointController(Party, Part):
    """Who decides about the processing together with the body (GDPR Art. 26)."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="joint_controllers"
    )
    contact = LimitedTextField(
        _("contact details"),
        max_length=2_000,
        blank=True,
        help_text=_("How to reach it: a postal address, a general mailbox, a telephone number."),
    )
    arrangement = LimitedTextField(
        _("who does what"),
        max_length=2_000,
        blank=True,
        help_text=_("What each of them does, and whom a citizen can ask."),
    )

    RECORD = public_record.JointController
    PUBLIC = public_record.fields_of(RECORD)
    NOT_THE_BODY_ITSELF = _("The body itself is the controller already.")

    class Meta(Part.Meta):
        verbose_name = _("joint controller")
        verbose_name_plural = _("joint controllers")
        constraints = [is_a_body_or_another_party("joint_controller_is_a_body_or_another_party")]


class ServedController(Party, Part):
    """On whose behalf the body processes data, where it is a processor (GDPR Art. 30(2)(a))."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="served_controllers"
    )
    contact = LimitedTextField(
        _("contact details"),
        max_length=2_000,
        blank=True,
        help_text=_("Of the controller and of its data protection officer."),
    )
    processing = LimitedTextField(
        _("what is done for it"),
        max_length=2_000,
        blank=True,
        help_text=_("The categories of processing (GDPR Art. 30(2)(b))."),
    )

    RECORD = public_record.ServedController
    PUBLIC = public_record.fields_of(RECORD)
    NOT_THE_BODY_ITSELF = _("A body does not work on its own behalf here.")

    class Meta(Part.Meta):
        verbose_name = _("controller on whose behalf the body works")
        verbose_name_plural = _("controllers on whose behalf the body works")
        constraints = [is_a_body_or_another_party("served_controller_is_a_body_or_another_party")]


class Transfer(Part):
    """A transfer outside the European Economic Area (GDPR Art. 30(1)(e) and Chapter V)."""

    activity = models.ForeignKey(
        ProcessingActivity, on_delete=models.CASCADE, related_name="transfers"
    )
    country = CountryColumn(
        _("country"),
        help_text=_("Its name, or its two letters. Only outside the European Economic Area."),
    )
    international_organisation = LineColumn(
        _("international organisation"), max_length=600, blank=True
    )
    recipient = models.PositiveIntegerField(
        _("to the recipient"), null=True, blank=True, help_text=_("Who receives the data there.")
    )
    processor = models.PositiveIntegerField(
        _("to the processor"), null=True, blank=True, help_text=_("Whose work leads to it.")
    )
    mechanism = models.ForeignKey(
        TransferMechanism,
        verbose_name=_("transfer mechanism"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    safeguards = LimitedTextField(_("safeguards"), max_length=2_000, blank=True)
    url = WebColumn(_("web address of the safeguards"), max_length=500, blank=True)

    RECORD = public_record.Transfer
    PUBLIC = public_record.fields_of(RECORD)
    REFERS_TO = {"recipient": "recipients", "processor": "processors"}

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
            models.CheckConstraint(
                name="transfer_to_one_party",
                condition=Q(recipient__isnull=True) | Q(processor__isnull=True),
                violation_error_message=_("Choose either a recipient or a processor."),
            ),
        ]

    def __str__(self) -> str:
        country = self.country and countries.name_of(self.country, get_language())
        return country or self.international_organisation or ""
