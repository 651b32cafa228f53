from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.columns import LineColumn, WebColumn
from organisations.limits import LimitedTextField


class CodeListEntry(models.Model):
    """One term of a controlled vocabulary, in the manner of SKOS. Retired, never deleted."""

    # It stands in addresses and in anchors.
    code = models.CharField(_("code"), max_length=20, primary_key=True, validators=[validate_slug])
    iri = WebColumn(
        _("IRI"),
        blank=True,
        help_text=_("Identifier in the federal vocabulary. Empty for the site's own additions."),
    )
    broader = models.ForeignKey(
        "self",
        verbose_name=_("broader term"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
    )
    label = LineColumn(_("label"), max_length=250, blank=True)
    definition = LimitedTextField(_("definition"), max_length=2_000, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    PUBLIC: tuple[str, ...] = (
        "code",
        "iri",
        "broader",
        "label",
        "definition",
        "is_active",
        "position",
    )
    INTERNAL: tuple[str, ...] = ()

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    def clean(self) -> None:
        """A term above itself would make every list of the terms endless."""
        above, seen = self.broader, {self.pk}
        while above:
            if above.pk in seen:
                raise ValidationError({"broader": _("A term cannot stand above itself.")})
            seen.add(above.pk)
            above = above.broader


class DataCategory(CodeListEntry):
    """A category of personal data (GDPR Art. 30(1)(c))."""

    class Mark(models.TextChoices):
        SPECIAL = "special", _("special category (GDPR Art. 9)")
        CRIMINAL = "criminal", _("criminal convictions and offences (GDPR Art. 10)")
        LOCATION = "location", _("location")
        NATIONAL_NUMBER = "national_number", _("use limited by law")

    mark = models.CharField(_("mark"), max_length=20, choices=Mark.choices, blank=True)

    PUBLIC = (*CodeListEntry.PUBLIC, "mark")

    class Meta(CodeListEntry.Meta):
        verbose_name = _("category of personal data")
        verbose_name_plural = _("categories of personal data")
        constraints = [
            models.CheckConstraint(
                name="data_category_mark_known",
                condition=models.Q(
                    mark__in=["", "special", "criminal", "location", "national_number"]
                ),
            )
        ]


class DataSubjectCategory(CodeListEntry):
    """A category of data subjects (GDPR Art. 30(1)(c))."""

    class Meta(CodeListEntry.Meta):
        verbose_name = _("category of data subjects")
        verbose_name_plural = _("categories of data subjects")


class PurposeCategory(CodeListEntry):
    """A kind of purpose (GDPR Art. 30(1)(b))."""

    class Meta(CodeListEntry.Meta):
        verbose_name = _("category of purposes")
        verbose_name_plural = _("categories of purposes")


class RecipientCategory(CodeListEntry):
    """A category of recipients (GDPR Art. 30(1)(d))."""

    class Meta(CodeListEntry.Meta):
        verbose_name = _("category of recipients")
        verbose_name_plural = _("categories of recipients")


class TransferMechanism(CodeListEntry):
    """A ground for a transfer outside the EEA (GDPR Chapter V)."""

    class Meta(CodeListEntry.Meta):
        verbose_name = _("transfer mechanism")
        verbose_name_plural = _("transfer mechanisms")


class ProcessingType(CodeListEntry):
    """A type of processing that tells how much it may touch people (GDPR Art. 35)."""

    class Meta(CodeListEntry.Meta):
        verbose_name = _("type of processing")
        verbose_name_plural = _("types of processing")


class SecurityMeasure(CodeListEntry):
    """A category of security measures (GDPR Art. 30(1)(g) and 32)."""

    class Meta(CodeListEntry.Meta):
        verbose_name = _("security measure")
        verbose_name_plural = _("security measures")


class Theme(CodeListEntry):
    """A subject under which citizens look for entries."""

    class Meta(CodeListEntry.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


# The name of each list: of its file in fixtures/codelists, in addresses and in memory.
CODE_LISTS: dict[str, type[CodeListEntry]] = {
    "data": DataCategory,
    "data_subjects": DataSubjectCategory,
    "purposes": PurposeCategory,
    "recipients": RecipientCategory,
    "transfer_mechanisms": TransferMechanism,
    "processing_types": ProcessingType,
    "security_measures": SecurityMeasure,
    "themes": Theme,
}
