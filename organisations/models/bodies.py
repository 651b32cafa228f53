from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Left, Mod, Right
from django.db.models.lookups import Exact
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from organisations.calendar import months_after
from organisations.columns import LineColumn, WebColumn
from organisations.languages import texts_of
from organisations.limits import LimitedTextField
from organisations.mailboxes import NOT_PLAIN, MailboxField
from organisations.models.people import Membership, User

# Narrower than what mail allows: these stand in links, where "?" and "&" begin something else.
fit_for_links = RegexValidator(r"^[\w.+-]+@[\w.-]+\Z", NOT_PLAIN)

a_phone_number = RegexValidator(r"^\+[0-9][0-9 ]{5,30}[0-9]\Z", _("Write it like +32 2 123 45 67."))


class OrganisationQuerySet(models.QuerySet):
    def public(self) -> "OrganisationQuerySet":
        """What citizens may know of."""
        return self.filter(is_public=True)

    def for_user(self, user: User) -> "OrganisationQuerySet":
        """The bodies that the person works for: every body for a central administrator."""
        return self if user.is_superuser else self.filter(memberships__user=user)

    def published_by(self, user: User) -> "OrganisationQuerySet":
        """The bodies whose register the person may put before the public."""
        if user.is_superuser:
            return self
        return self.filter(memberships__user=user, memberships__role=Membership.Role.PUBLISHER)


class Organisation(models.Model):
    """A Belgian federal body: the controller of the processing activities in its register."""

    class Kind(models.TextChoices):
        FPS = "fps", _("Federal public services")
        PPS = "pps", _("Public planning services")
        DEFENCE_POLICE = "defence_police", _("Defence, police and security")
        SOCIAL_SECURITY = "social_security", _("Public institutions of social security")
        SCIENTIFIC = "scientific", _("Federal scientific institutions")
        AGENCY = "agency", _("Agencies and other bodies of public interest")
        AUTHORITY = "authority", _("Independent authorities, oversight and advisory bodies")
        ENTERPRISE = "enterprise", _("Public enterprises")
        OTHER = "other", _("Other federal bodies")

    slug = models.SlugField(
        _("short address"),
        unique=True,
        help_text=_("Part of the web address of the body. It never changes once it is public."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = LineColumn(_("name"), max_length=200, blank=True)
    short_name = LineColumn(_("short name"), max_length=60, blank=True)
    former_names = LimitedTextField(
        _("former names"),
        max_length=2_000,
        blank=True,
        help_text=_("In any language, each on a line of its own: people still look for them."),
    )
    enterprise_number = LineColumn(
        _("enterprise number"),
        max_length=10,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^[01][0-9]{9}\Z", _("Enter ten digits, without dots."))],
        help_text=_("Number in the Crossroads Bank for Enterprises: ten digits, without dots."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    website = WebColumn(_("website"), blank=True)
    street = LineColumn(_("street and number"), max_length=200, blank=True)
    postal_code = LineColumn(_("postal code"), max_length=10, blank=True)
    city = LineColumn(_("city"), max_length=100, blank=True)
    phone = LineColumn(
        _("telephone number"),
        max_length=40,
        blank=True,
        validators=[a_phone_number],
        help_text=_("With the code of the country, for instance +32 2 123 45 67."),
    )
    contact_mailbox = MailboxField(
        _("contact mailbox"),
        blank=True,
        validators=[fit_for_links],
        help_text=_("Where citizens can write to the body."),
    )
    dpo_mailbox = MailboxField(
        _("mailbox of the data protection officer"),
        blank=True,
        validators=[fit_for_links],
        help_text=_("Shown to citizens (GDPR Art. 13(1)(b))."),
    )
    dpo_phone = LineColumn(
        _("telephone number of the data protection officer"),
        max_length=40,
        blank=True,
        validators=[a_phone_number],
    )
    dpo_name = LineColumn(_("name of the data protection officer"), max_length=200, blank=True)
    is_dpo_name_public = models.BooleanField(
        _("show the name of the data protection officer"), default=False
    )
    description = LimitedTextField(
        _("description"),
        max_length=5_000,
        blank=True,
        help_text=_("What the body does, in two plain sentences."),
    )
    supervisory_authority = models.ForeignKey(
        "self",
        verbose_name=_("supervisory authority"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "authority"},
        help_text=_("Which authority handles complaints about this body (GDPR Art. 77)."),
    )
    shows_departments = models.BooleanField(
        _("show departments"),
        default=False,
        help_text=_("Whether citizens see which department an activity belongs to."),
    )
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Without this, nothing of the body is visible on the public site."),
    )
    requires_two_persons = models.BooleanField(
        _("two-person publishing"),
        default=False,
        help_text=_("Who wrote some of what would become public cannot publish it."),
    )
    review_interval_months = models.PositiveSmallIntegerField(
        _("review interval in months"),
        default=24,
        help_text=_("After how many months an activity must be looked at again."),
    )
    mail_language = models.CharField(
        _("language of its mailboxes"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="nl",
        help_text=_("The language of the mails about questions from citizens."),
    )
    is_message_mailed = models.BooleanField(
        _("mail the text of questions"),
        default=False,
        help_text=_(
            "The mail about a question from a citizen then holds the text and the address of the "
            "citizen. Without this it only leads to the question in the admin."
        ),
    )

    objects = OrganisationQuerySet.as_manager()

    PUBLIC = (
        "slug",
        "kind",
        "name",
        "short_name",
        "former_names",
        "enterprise_number",
        "parent",
        "website",
        "street",
        "postal_code",
        "city",
        "phone",
        "contact_mailbox",
        "dpo_mailbox",
        "dpo_phone",
        "description",
        "supervisory_authority",
    )
    # dpo_name is shown only with is_dpo_name_public: organisations/directory.py.
    INTERNAL = (
        "dpo_name",
        "is_dpo_name_public",
        "shows_departments",
        "is_public",
        "requires_two_persons",
        "review_interval_months",
        "mail_language",
        "is_message_mailed",
    )

    class Meta:
        verbose_name = _("federal body")
        verbose_name_plural = _("federal bodies")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="organisation_enterprise_number_valid",
                condition=Q(enterprise_number__isnull=True)
                | Q(
                    Exact(
                        Mod(Cast(Left("enterprise_number", 8), models.BigIntegerField()), 97)
                        + Cast(Right("enterprise_number", 2), models.BigIntegerField()),
                        97,
                    ),
                    enterprise_number__regex=r"^[01][0-9]{9}$",
                ),
                violation_error_message=_("This is not a valid enterprise number."),
            ),
            models.CheckConstraint(
                name="organisation_kind_known",
                condition=Q(
                    kind__in=[
                        *("fps", "pps", "defence_police", "social_security", "scientific"),
                        *("agency", "authority", "enterprise", "other"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="organisation_not_part_of_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                violation_error_message=_("A body cannot be part of itself."),
            ),
            models.CheckConstraint(
                name="organisation_review_interval_positive",
                condition=Q(review_interval_months__gte=1),
                violation_error_message=_("The review interval is at least one month."),
            ),
            models.CheckConstraint(
                name="organisation_mail_language_known",
                condition=Q(mail_language__in=["nl", "fr", "de", "en"]),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name or self.slug

    def clean(self) -> None:
        # The unique column holds NULL where the number is not known.
        self.enterprise_number = self.enterprise_number or None
        if not texts_of(self, "name"):
            raise ValidationError(_("Give the name in at least one language."))
        above, seen = self.parent, {self.pk}
        while above:
            if above.pk in seen:
                raise ValidationError({"parent": _("A body cannot be part of itself.")})
            seen.add(above.pk)
            above = above.parent

    def next_review_after(self, moment: datetime) -> date:
        """The day in Belgium on which an activity published at the moment must be reviewed."""
        return months_after(localdate(moment), self.review_interval_months)

    def has_member(self, user: User) -> bool:
        """Whether the user may work on this body's register."""
        if not user.is_active:
            return False
        return user.is_superuser or self.memberships.filter(user=user).exists()

    def members(self) -> models.QuerySet:
        """The people who may work on this body's register."""
        work_here = Q(is_superuser=True) | Q(pk__in=self.memberships.values_list("user", flat=True))
        return User.objects.filter(work_here, is_active=True)

    def publishers(self) -> models.QuerySet:
        """The people who answer for the register of this body: its data protection officer."""
        return User.objects.filter(
            is_active=True,
            memberships__organisation=self,
            memberships__role=Membership.Role.PUBLISHER,
        )

    def people_who_answer(self) -> models.QuerySet:
        """Who deals with questions to this body: never nobody, as long as the site has people."""
        publishers = self.publishers()
        if publishers.exists():
            return publishers
        return User.objects.filter(is_active=True, is_superuser=True)

    def can_publish(self, user: User) -> bool:
        """Whether the user may put this body's register before the public, or take it away."""
        if not user.is_active:
            return False
        return (
            user.is_superuser
            or self.memberships.filter(user=user, role=Membership.Role.PUBLISHER).exists()
        )


class DepartmentQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "DepartmentQuerySet":
        """The departments of the bodies that the person works for."""
        return self.filter(organisation__in=Organisation.objects.for_user(user))


class Department(models.Model):
    """A part of a body, to sort its activities by. Citizens see it where the body chose so."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("federal body"),
        on_delete=models.CASCADE,
        related_name="departments",
    )
    name = LineColumn(_("name"), max_length=200, blank=True)

    objects = DepartmentQuerySet.as_manager()

    PUBLIC = ("organisation", "name")
    INTERNAL = ()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["organisation", "id"]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    def clean(self) -> None:
        if not texts_of(self, "name"):
            raise ValidationError(_("Give the name in at least one language."))
