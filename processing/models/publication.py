from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from organisations.languages import LANGUAGES, passage, sort_key
from organisations.models import Organisation, User
from processing.finding import meanings, search_documents
from processing.law import ActsAs
from processing.public_record import PublicRecord, changed_fields

# Versions in one transaction: it holds back whoever wants to publish.
REBUILT_AT_ONCE = 200
# What the columns that hold content say once a version is erased: a new column is added here, and
# to the constraint below.
EMPTY = {
    "record": {},
    "title": {},
    "summary": {},
    **{f"sort_{language}": "" for language in LANGUAGES},
    "acts_as": "",
    "languages": [],
    "themes": [],
    "data_subjects": [],
    "data_categories": [],
    "purpose_categories": [],
    "legal_bases": [],
    "recipient_categories": [],
    "recipient_organisations": [],
    "processing_types": [],
    "security_measures": [],
    "transfer_mechanisms": [],
    "has_transfers": False,
    "has_automated_decisions": False,
    "has_joint_controllers": False,
    "served_organisations": [],
    "departments": [],
    "countries": [],
    "changed_fields": [],
}
# What derives from the record: it can be made anew at any time.
DERIVED = [name for name in EMPTY if name != "record"]
# When something happened before citizens' eyes: see PublicationQuerySet.events().
HAPPENED_AT = Coalesce("withdrawn_at", "published_at")
# A name and what it is compared by. PostgreSQL can index some 2,700 bytes.
LONGEST_SORT_KEY = 600


class Erased(Exception):
    """Nothing is left of what a version said. No public page can meet one: it is withdrawn."""


class PublicationQuerySet(models.QuerySet):
    """The one place that decides what citizens can see of the register."""

    def current(self) -> "PublicationQuerySet":
        """What is public now: one version an entry."""
        return self.filter(is_current=True, organisation__is_public=True)

    def history(self) -> "PublicationQuerySet":
        """The current versions and the earlier ones; a withdrawn version never comes back."""
        return self.filter(withdrawn_at__isnull=True, organisation__is_public=True)

    def withdrawn(self) -> "PublicationQuerySet":
        """What was public once: only its address and the date may be told."""
        return self.filter(withdrawn_at__isnull=False, organisation__is_public=True)

    def events(self) -> "PublicationQuerySet":
        """What happened before citizens' eyes, and `happened_at`: a version each that was
        published, and one for all that were withdrawn together.

        Of what was withdrawn, only its address and the date may be told.
        """
        later = self.model.objects.filter(
            working_copy=OuterRef("working_copy"),
            version=OuterRef("version") + 1,
            withdrawn_at=OuterRef("withdrawn_at"),
        )
        told = self.filter(Q(withdrawn_at__isnull=True) | ~Exists(later))
        return told.filter(organisation__is_public=True).annotate(happened_at=HAPPENED_AT)

    def with_earlier_versions(self) -> "PublicationQuerySet":
        """All public versions of the entries that these are versions of."""
        return self.model.objects.history().filter(working_copy__in=self.values("working_copy"))

    def at(self, slug: str, number: int) -> "PublicationQuerySet":
        """The versions at one public address: slug of the body and number of the activity."""
        return self.filter(organisation__slug=slug, number=number)

    def add_version(
        self,
        activity: models.Model,
        record: PublicRecord,
        *,
        by: User,
        before: PublicRecord | None = None,
        at: datetime | None = None,
    ) -> "Publication":
        """Make the record the current version of the activity, whose row the caller has locked.

        `before` is what is public until now.
        """
        versions = self.filter(working_copy=activity)
        last = versions.aggregate(last=models.Max("version"))["last"] or 0
        versions.filter(is_current=True)._no_longer_current()
        publication = self.create(
            working_copy=activity,
            version=last + 1,
            is_current=True,
            published_at=at or timezone.now(),
            published_by=by,
            **flat_columns(record, before),
        )
        search_documents.add([(publication.pk, record)])
        return publication

    def withdraw(self, *, at: datetime | None = None) -> int:
        """Take these versions out of public view for good; returns how many were in it."""
        public = self.filter(withdrawn_at__isnull=True)
        public.filter(is_current=True)._no_longer_current()
        return public.update(withdrawn_at=at or timezone.now())

    def with_content(self) -> "PublicationQuerySet":
        """The versions that still say something: what is made anew is made from these."""
        return self.filter(erased_at__isnull=True)

    def rebuild(self) -> Iterator[int]:
        """Make all that derives from the records anew, in steps; gives how many each step did.

        For another way of deriving it, or another PostgreSQL with other stems. Each step is a
        transaction that advances the register's revision: the site stays in service and follows.
        """
        keys = list(self.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), REBUILT_AT_ONCE):
            step = self.model.objects.filter(pk__in=keys[start : start + REBUILT_AT_ONCE])
            # What takes longest, before others have to wait; records never change.
            current = step.with_content().filter(is_current=True)
            vectors = meanings.encoded((found.pk, found.public_record) for found in current)
            with transaction.atomic():
                done = step._rebuild_now(vectors)
            yield done

    def _rebuild_now(self, vectors: Mapping[int, bytes]) -> int:
        # First the lock of whoever publishes, then the rows; and every process reads these again.
        self.update(is_current=F("is_current"))
        versions = list(self.with_content())
        before = self._records_before(versions)
        others = [version for version in versions if version._derive(before.get(version.pk))]
        self.model.objects.bulk_update(others, DERIVED, batch_size=100)
        current = [
            (version.pk, version.public_record) for version in versions if version.is_current
        ]
        search_documents.remove([key for key, _record in current])
        search_documents.add(current, vectors)
        return len(versions)

    def _records_before(self, versions: list["Publication"]) -> dict[int, PublicRecord]:
        """Key of each version that replaced another one -> what that one said."""
        earlier = self.model.objects.with_content().filter(
            working_copy__in={version.working_copy_id for version in versions},
            version__in={version.version - 1 for version in versions},
        )
        # What was withdrawn together was public together.
        found = {(e.working_copy_id, e.version, e.withdrawn_at): e for e in earlier}
        places = {v.pk: (v.working_copy_id, v.version - 1, v.withdrawn_at) for v in versions}
        return {key: found[at].public_record for key, at in places.items() if at in found}

    def erase(self, *, at: datetime | None = None) -> int:
        """Empty the withdrawn ones of these versions for good; returns how many were not before.

        Their addresses and dates stay: citizens are told that something was withdrawn.
        """
        withdrawn = self.with_content().filter(withdrawn_at__isnull=False)
        return withdrawn.update(erased_at=at or timezone.now(), **EMPTY)

    def _no_longer_current(self) -> None:
        replaced = list(self.values_list("pk", flat=True))
        if replaced:
            self.update(is_current=False)
            search_documents.remove(replaced)


class Publication(models.Model):
    """One version of an entry as citizens see it: complete, flat, never changed afterwards.

    Withdrawn, it can be emptied for good. The columns beside `record` can be made anew from it.
    """

    working_copy = models.ForeignKey(
        "processing.ProcessingActivity", on_delete=models.PROTECT, related_name="publications"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="publications"
    )
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    is_current = models.BooleanField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # When its content was taken away for good (GDPR Art. 17).
    erased_at = models.DateTimeField(null=True, blank=True)
    # The number of the register's revision at which this row last changed: a trigger sets it.
    revision = models.BigIntegerField(default=0, editable=False)

    record = models.JSONField()

    # What lists and filters need, taken from the record.
    title = models.JSONField()
    summary = models.JSONField()
    # By code points, as Python compares, and not as the database sorts texts.
    sort_nl = models.CharField(max_length=LONGEST_SORT_KEY, db_collation="C")
    sort_fr = models.CharField(max_length=LONGEST_SORT_KEY, db_collation="C")
    sort_de = models.CharField(max_length=LONGEST_SORT_KEY, db_collation="C")
    sort_en = models.CharField(max_length=LONGEST_SORT_KEY, db_collation="C")
    acts_as = models.CharField(max_length=10, choices=ActsAs.choices)
    languages = ArrayField(models.CharField(max_length=2))
    themes = ArrayField(models.CharField(max_length=20))
    data_subjects = ArrayField(models.CharField(max_length=20))
    data_categories = ArrayField(models.CharField(max_length=20))
    purpose_categories = ArrayField(models.CharField(max_length=20))
    legal_bases = ArrayField(models.CharField(max_length=1))
    recipient_categories = ArrayField(models.CharField(max_length=20))
    recipient_organisations = ArrayField(models.BigIntegerField())
    processing_types = ArrayField(models.CharField(max_length=20))
    security_measures = ArrayField(models.CharField(max_length=20))
    transfer_mechanisms = ArrayField(models.CharField(max_length=20))
    has_transfers = models.BooleanField()
    has_automated_decisions = models.BooleanField()
    has_joint_controllers = models.BooleanField()
    # On whose behalf the body works, where these are bodies of this site.
    served_organisations = ArrayField(models.BigIntegerField())
    # The one that it names, where the body showed its departments then.
    departments = ArrayField(models.BigIntegerField())
    countries = ArrayField(models.CharField(max_length=2))
    # Of the record, in which it differs from the version that it replaced.
    changed_fields = ArrayField(models.CharField(max_length=50))

    objects = PublicationQuerySet.as_manager()

    PUBLIC = (
        "organisation",
        "number",
        "version",
        "published_at",
        "withdrawn_at",
        "record",
        "title",
        "summary",
        "sort_nl",
        "sort_fr",
        "sort_de",
        "sort_en",
        "acts_as",
        "languages",
        "themes",
        "data_subjects",
        "data_categories",
        "purpose_categories",
        "legal_bases",
        "recipient_categories",
        "recipient_organisations",
        "processing_types",
        "security_measures",
        "transfer_mechanisms",
        "has_transfers",
        "has_automated_decisions",
        "has_joint_controllers",
        "served_organisations",
        "departments",
        "countries",
        "changed_fields",
    )
    INTERNAL = ("working_copy", "is_current", "published_by", "erased_at", "revision")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["working_copy", "version"], name="publication_version_once"
            ),
            models.UniqueConstraint(
                fields=["working_copy"],
                condition=Q(is_current=True),
                name="publication_one_current_version",
            ),
            # What an address shows, whichever activity it was made from.
            models.UniqueConstraint(
                fields=["organisation", "number", "version"], name="publication_address_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=Q(is_current=True),
                name="publication_address_one_current_version",
            ),
            models.CheckConstraint(
                name="publication_current_is_not_withdrawn",
                condition=Q(is_current=False) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="publication_erased_is_withdrawn_and_empty",
                condition=Q(erased_at__isnull=True) | Q(withdrawn_at__isnull=False, **EMPTY),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="publication_newest",
                condition=Q(is_current=True),
            ),
            *(
                models.Index(
                    fields=[f"sort_{language}", "id"],
                    name=f"publication_sorted_{language}",
                    condition=Q(is_current=True),
                )
                for language in LANGUAGES
            ),
            models.Index(fields=["revision"], name="publication_revision"),
            # With all that counting the changes of all time reads: rows are wide.
            models.Index(
                HAPPENED_AT,
                name="publication_happened",
                include=[
                    *("published_at", "withdrawn_at"),
                    *("organisation", "working_copy", "version"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.number} version {self.version}"

    @cached_property
    def public_record(self) -> PublicRecord:
        """What this version says. Raises Erased."""
        if not self.record:
            raise Erased
        return PublicRecord.from_json(self.record)

    def _derive(self, before: PublicRecord | None) -> bool:
        """Set the columns that derive from the record and from the one before; whether one was
        otherwise."""
        columns = flat_columns(self.public_record, before)
        differs = any(getattr(self, name) != columns[name] for name in DERIVED)
        for name in DERIVED:
            setattr(self, name, columns[name])
        return differs


def flat_columns(record: PublicRecord, before: PublicRecord | None = None) -> dict:
    """The columns of a publication that hold its content, from the record they belong to.

    `before` is the record of the version that it replaces.
    """
    return {
        "organisation_id": record.organisation,
        "number": record.number,
        "record": record.to_json(),
        "title": record.name,
        "summary": record.summary,
        **{
            f"sort_{language}": sort_key(passage(record.name, language) or "")[:LONGEST_SORT_KEY]
            for language in LANGUAGES
        },
        "acts_as": record.acts_as,
        "languages": record.languages,
        "themes": list(record.themes),
        "data_subjects": list(record.data_subjects),
        "data_categories": distinct(item.category for item in record.data),
        "purpose_categories": distinct(purpose.category for purpose in record.purposes),
        "legal_bases": distinct(row.ground[2:] for row in record.legal_grounds if row.is_basis),
        "recipient_categories": distinct(party.category for party in record.receivers),
        "recipient_organisations": distinct(party.organisation for party in record.receivers),
        "processing_types": list(record.processing_types),
        "security_measures": list(record.security_measures),
        "transfer_mechanisms": distinct(row.mechanism for row in record.transfers),
        "has_transfers": bool(record.transfers),
        "has_automated_decisions": bool(record.automated_decisions),
        "has_joint_controllers": bool(record.joint_controllers),
        "served_organisations": distinct(row.organisation for row in record.served_controllers),
        "departments": distinct([record.department]),
        "countries": record.countries,
        "changed_fields": changed_fields(before, record),
    }


def distinct(values) -> list:
    """The values in their order, each once, without empty ones."""
    return [value for value in dict.fromkeys(values) if value]
