from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.columns import LineColumn
from organisations.limits import LimitedTextField, PhrasesField
from organisations.models import Department, Organisation, User
from processing.completeness import Completeness, completeness_of, score_of
from processing.law import ActsAs, ImpactAssessment, Source
from processing.models.code_lists import (
    DataSubjectCategory,
    ProcessingType,
    SecurityMeasure,
    Theme,
)
from processing.models.conditions import CheckedHere
from processing.models.erasure import Erasable
from processing.models.numbering import NumberCounter
from processing.models.workflow import STATE
from processing.public_record import PublicRecord, fields_of
from processing.publishing import public_record_of

LONGEST_NAME = 600


class ProcessingActivityQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ProcessingActivityQuerySet":
        """The activities of the bodies that the person works for."""
        return self.filter(organisation__in=Organisation.objects.for_user(user))

    def with_parts(self) -> "ProcessingActivityQuerySet":
        """Everything that the public record is made of, in a fixed number of queries."""
        return self.select_related("organisation").prefetch_related(
            "themes",
            "data_subjects",
            "processing_types",
            "security_measures",
            "served_controllers",
            "purposes",
            "legal_grounds",
            "data__about",
            "retention",
            "recipients",
            "processors",
            "joint_controllers",
            "transfers",
        )


class ProcessingActivity(CheckedHere, Erasable):
    """The working copy of one entry in a body's register (GDPR Art. 30).

    What its people edit. Citizens see the publications made from it, never this.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        AWAITING_APPROVAL = "awaiting_approval", _("awaiting approval")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("federal body"),
        on_delete=models.PROTECT,
        related_name="activities",
    )
    number = models.PositiveIntegerField(
        _("number"), editable=False, help_text=_("Given once within the body, never used again.")
    )
    acts_as = models.CharField(
        _("the body acts as"),
        max_length=10,
        choices=ActsAs.choices,
        default=ActsAs.CONTROLLER,
        help_text=_("As a processor, it works with the data for others (GDPR Art. 30(2))."),
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reference = LineColumn(
        _("own reference"),
        max_length=100,
        blank=True,
        help_text=_("How your body itself calls this activity, for instance 1.10."),
    )
    name = LineColumn(
        _("name"),
        max_length=LONGEST_NAME,
        blank=True,
        help_text=_("Short and recognisable for a citizen."),
    )
    summary = LimitedTextField(
        _("summary"),
        max_length=5_000,
        blank=True,
        help_text=_("In two or three plain sentences: what your body does, and for whom."),
    )
    keywords = PhrasesField(
        _("words people use"),
        max_length=2_000,
        blank=True,
        help_text=_(
            "Everyday words for what this is about, as somebody types them who does not know the "
            "official name, with semicolons between them: “holiday money; when do I get paid”. "
            "Searches find the activity by them, and its page shows them at the end."
        ),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    is_published = models.BooleanField(
        _("published"),
        default=False,
        editable=False,
        help_text=_("Whether citizens can see a version of this activity now."),
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="+")
    data_subjects = models.ManyToManyField(
        DataSubjectCategory,
        verbose_name=_("categories of data subjects"),
        blank=True,
        related_name="+",
    )
    people_count = models.PositiveBigIntegerField(
        _("number of people concerned, about"),
        null=True,
        blank=True,
        help_text=_("An estimate is enough."),
    )
    vulnerable_people = models.BooleanField(
        _("vulnerable people"),
        default=False,
        help_text=_("Children, patients, asylum seekers and others who need more protection."),
    )
    processing_types = models.ManyToManyField(
        ProcessingType, verbose_name=_("types of processing"), blank=True, related_name="+"
    )
    has_no_special_data = models.BooleanField(
        _("no special categories of personal data"),
        default=False,
        help_text=_("The body declares that it processes none, nor criminal data."),
    )
    has_no_recipients = models.BooleanField(
        _("no recipients"),
        default=False,
        help_text=_("The body declares that nobody else receives the data."),
    )
    has_no_transfers = models.BooleanField(
        _("no transfers"),
        default=False,
        help_text=_("The body declares that no data leave the European Economic Area."),
    )
    automated_decisions = models.BooleanField(
        _("automated decisions"),
        null=True,
        blank=True,
        help_text=_("Decisions about people without a person in between (GDPR Art. 22)."),
    )
    automated_logic = LimitedTextField(
        _("how the decision is made"),
        max_length=5_000,
        blank=True,
        help_text=_("The logic, in plain words."),
    )
    automated_consequences = LimitedTextField(
        _("what the decision means"),
        max_length=5_000,
        blank=True,
        help_text=_("The consequences for the person."),
    )
    sources = ArrayField(
        models.CharField(max_length=20, choices=Source.choices),
        verbose_name=_("sources"),
        default=list,
        blank=True,
        help_text=_("Where the data come from (GDPR Art. 14(2)(f))."),
    )
    source_detail = LimitedTextField(_("which sources"), max_length=5_000, blank=True)
    security_measures = models.ManyToManyField(
        SecurityMeasure, verbose_name=_("security measures"), blank=True, related_name="+"
    )
    security = LimitedTextField(
        _("security in general"),
        max_length=5_000,
        blank=True,
        help_text=_("General words only. Citizens read this, and so do attackers."),
    )
    dpia = models.CharField(
        _("data protection impact assessment"),
        max_length=12,
        choices=ImpactAssessment.choices,
        blank=True,
    )
    dpia_done_on = models.DateField(_("date of the impact assessment"), null=True, blank=True)
    dpia_summary = LimitedTextField(
        _("summary of the impact assessment, or why none is needed"), max_length=5_000, blank=True
    )
    starts_on = models.DateField(_("start date"), null=True, blank=True)
    ends_on = models.DateField(_("end date"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    rights_procedure = LimitedTextField(
        _("how to use one's rights"),
        max_length=5_000,
        blank=True,
        help_text=_("Only where it differs from asking the body or its data protection officer."),
    )
    review_due_on = models.DateField(_("review due on"), null=True, blank=True)

    owner = LineColumn(_("owner in the body"), max_length=600, blank=True)
    system = LimitedTextField(_("information systems"), max_length=2_000, blank=True)
    policy_documents = LimitedTextField(
        _("policy documents"),
        max_length=5_000,
        blank=True,
        help_text=_("Titles, references or addresses of instructions and policies."),
    )
    authority_consultation = LimitedTextField(
        _("consultation of the supervisory authority"),
        max_length=5_000,
        blank=True,
        help_text=_("When, and with what result (GDPR Art. 36)."),
    )
    contract_references = LimitedTextField(
        _("references of contracts"), max_length=5_000, blank=True
    )
    detailed_measures = LimitedTextField(
        _("security measures in detail"), max_length=20_000, blank=True
    )
    remarks = LimitedTextField(_("internal remarks"), max_length=20_000, blank=True)
    withdrawal_reason = LimitedTextField(
        _("reason of withdrawal"), max_length=2_000, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(
        User,
        verbose_name=_("changed by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    has_unpublished_changes = models.BooleanField(
        _("unpublished changes"), default=False, editable=False
    )
    # The codes of what it lacks: processing/completeness.py.
    gaps = ArrayField(models.CharField(max_length=20), default=list, editable=False)
    # The due date of the review that its publishers were told of.
    review_reminded_for = models.DateField(null=True, blank=True, editable=False)

    objects = ProcessingActivityQuerySet.as_manager()

    RECORD = PublicRecord
    PUBLIC = fields_of(RECORD)
    INTERNAL = (
        "status",
        "is_published",
        "review_due_on",
        "owner",
        "system",
        "policy_documents",
        "authority_consultation",
        "contract_references",
        "detailed_measures",
        "remarks",
        "withdrawal_reason",
        "created_at",
        "changed_at",
        "changed_by",
        "has_unpublished_changes",
        "gaps",
        "review_reminded_for",
    )

    class Meta:
        verbose_name = _("processing activity")
        verbose_name_plural = _("processing activities")
        ordering = ["organisation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="activity_number_once_per_body"
            ),
            models.CheckConstraint(
                name="activity_publish_flag_matches_status",
                condition=Q(status="published", is_published=True)
                | Q(status__in=["draft", "withdrawn"], is_published=False)
                | Q(status="awaiting_approval"),
            ),
            models.CheckConstraint(
                name="activity_ends_after_start",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end date lies before the start date."),
            ),
            models.CheckConstraint(
                name="activity_not_replaced_by_itself",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                violation_error_message=_("An activity cannot be replaced by itself."),
            ),
            models.CheckConstraint(
                name="activity_acts_as_known", condition=Q(acts_as__in=ActsAs.values)
            ),
            models.CheckConstraint(
                name="activity_dpia_known", condition=Q(dpia__in=["", *ImpactAssessment.values])
            ),
            models.CheckConstraint(
                name="activity_sources_known",
                condition=Q(sources__contained_by=Source.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.number}: {self.title}"

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs) -> None:
        # In one order and each once, however they were ticked.
        self.sources = [source for source in Source.values if source in self.sources]
        if self._state.adding:
            with transaction.atomic():
                self.number = NumberCounter.take(self.organisation_id, self.number)
                super().save(**kwargs)
            return
        if update_fields is None:
            # Somebody may have published since this copy was read: its state is old news.
            fields = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            update_fields = fields - STATE
        super().save(update_fields=update_fields, **kwargs)

    def clean(self) -> None:
        if self.replaced_by and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": _("An activity cannot be replaced by itself.")})
        if self.replaced_by and self.replaced_by.organisation_id != self.organisation_id:
            raise ValidationError(
                {"replaced_by": _("Choose an activity of the same federal body.")}
            )
        if self.department and self.department.organisation_id != self.organisation_id:
            raise ValidationError(
                {"department": _("Choose a department of the same federal body.")}
            )

    @property
    def title(self) -> str:
        """What to call it, for its people: it may have no name yet."""
        return self.name or gettext("(no name yet)")

    @property
    def state_label(self) -> str:
        """How it stands, for its people: also whether citizens see something else."""
        if self.is_published and self.is_awaited:
            return gettext("published, changes await approval")
        if self.is_published and self.has_unpublished_changes:
            return gettext("published, with unpublished changes")
        return self.get_status_display()

    @property
    def is_awaited(self) -> bool:
        """Whether somebody has asked to publish it, and waits for an answer."""
        return self.status == self.Status.AWAITING_APPROVAL

    @property
    def can_be_reviewed(self) -> bool:
        """Whether somebody can say that all of it is public and still right."""
        return self.is_published and not self.has_unpublished_changes

    @property
    def score(self) -> int:
        """How complete it was when it was last saved, from 0 to 100."""
        return score_of(self.gaps, self.acts_as)

    def last_remark(self) -> models.Model | None:
        """Why it was sent back, while that is the last thing that happened beside changes."""
        steps = self.history.steps().select_related("by")
        last = steps.order_by("-number").first()
        return last if last and last.action == "sent_back" else None

    def public_record(self) -> PublicRecord:
        """What citizens would see if this working copy, as it is saved, were published now."""
        return public_record_of(type(self).objects.with_parts().get(pk=self.pk))

    def completeness(self) -> Completeness:
        """What this working copy lacks, required and advised."""
        return completeness_of(self.public_record())
