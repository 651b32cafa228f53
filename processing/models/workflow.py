"""What is done with an activity as a whole: remembered, approved, published, withdrawn."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from organisations.models import User
from processing.completeness import completeness_of
from processing.models.publication import Publication
from processing.models.words import ActivityWords
from processing.public_record import PublicRecord
from processing.publishing import (
    AwaitsApproval,
    ChangedMeanwhile,
    DoesNotFit,
    NeedsAnotherPerson,
    NothingToPublish,
    NothingToReview,
    NothingToSendBack,
    NothingToWithdraw,
    PublishRefused,
    TooManyRemarks,
    public_record_of,
    too_many_rows,
)
from processing.references import loose_ends
from processing.snapshots import Content, content_of, public_part, too_much, write_content

# So many remarks may people write about one activity.
MOST_REMARKS = 500

# What only the steps write, and no save of a form.
STATE = {
    *("status", "is_published", "withdrawal_reason"),
    *("changed_by", "has_unpublished_changes", "gaps", "review_reminded_for"),
}


class Workflow(models.Model):
    """The steps of ProcessingActivity, beside its fields in processing/models/activity.py.

    `seen` names what the person looked at: the fingerprint, or for withdraw() the public version;
    a program that has just written what it publishes gives none. A step about something else
    raises ChangedMeanwhile.
    """

    class Meta:
        abstract = True

    def fingerprint(self, record: PublicRecord | None = None) -> str:
        """Names what the working copy, as `record` has it, says to the public, and what it said.

        Without `record`, as it is saved now.
        """
        state = (self.public_version(), record or self.public_record())
        return hashlib.sha256(msgspec.json.encode(state)).hexdigest()[:32]

    def public_version(self) -> str:
        """The number of the version that is public, empty for none."""
        current = self.publications.filter(is_current=True).values_list("version", flat=True)
        return str(current.first() or "")

    def authors(self) -> set[int]:
        """The keys of the people who wrote what would be new to the public."""
        entries = self.history.filter(action__in=("saved", "published"))
        last = entries.order_by("-number").first()
        # What is published has been looked at by who published it.
        return set(last.authors) if last else set()

    def publish(
        self, *, by: User, seen: str | None = None, at: datetime | None = None
    ) -> Publication:
        """Put the working copy before the public as the next version.

        `at` is for loading the history of an older register; it is now unless given.
        Raises PermissionDenied for who is not a publisher of the body, PublishRefused with the
        list of what is missing, DoesNotFit, NothingToPublish without a change since the current
        version, and NeedsAnotherPerson where the body wants two persons and `by` wrote some of
        what would be new.
        """
        with transaction.atomic():
            locked = self._locked_for_publisher(by, seen)
            record = _complete_record(locked)
            current = locked.publications.filter(is_current=True).first()
            before = current.public_record if current else None
            _refuse_without_change_or_second_person(locked, record, before, by)
            publication = Publication.objects.add_version(
                locked, record, by=by, before=before, at=at
            )
            locked._change_state(
                status=self.Status.PUBLISHED,
                is_published=True,
                withdrawal_reason="",
                has_unpublished_changes=False,
                review_due_on=locked.organisation.next_review_after(publication.published_at),
            )
            locked._note("published", by, at=at)
        self.refresh_from_db(fields=STATE | {"review_due_on"})
        return publication

    def withdraw(
        self, *, by: User, reason: str, seen: str | None = None, at: datetime | None = None
    ) -> None:
        """Take every version out of public view, at once and for good.

        `at` is as in publish(). Raises PermissionDenied for who is not a publisher of the body,
        and NothingToWithdraw when no version is public. The reason is internal.
        """
        with transaction.atomic():
            locked = self._locked_for_publisher(by)
            # Whatever somebody does to the working copy: what is public can be taken away at once.
            if seen is not None and seen != locked.public_version():
                raise ChangedMeanwhile
            if not locked.publications.all().withdraw(at=at):
                raise NothingToWithdraw
            locked._change_state(
                status=self.Status.WITHDRAWN,
                is_published=False,
                withdrawal_reason=reason,
                has_unpublished_changes=False,
            )
            locked._note("withdrawn", by, remark=reason, at=at)
        self.refresh_from_db(fields=STATE)

    def review(self, *, by: User, remark: str = "", seen: str | None = None) -> None:
        """Say that what is public was looked at and is still right. Citizens see nothing new.

        Raises PermissionDenied for who is not a publisher of the body, and NothingToReview.
        """
        with transaction.atomic():
            locked = self._locked_for_publisher(by, seen)
            if not locked.can_be_reviewed:
                raise NothingToReview
            locked._change_state(
                review_due_on=locked.organisation.next_review_after(timezone.now())
            )
            locked._note("reviewed", by, remark=remark)
        self.refresh_from_db(fields=STATE | {"review_due_on"})

    def write_remark(self, text: str, *, by: User, seen: int) -> None:
        """Say something to the others who work on it. Only people of the body ever read it.

        `seen` is the number of the last remark that the person knows of, 0 for none. Raises
        PermissionDenied for who does not work for the body, ChangedMeanwhile and TooManyRemarks.
        """
        with transaction.atomic():
            locked = self._locked_for_member(by)
            if locked.last_of_thread() != seen:
                raise ChangedMeanwhile
            if locked.history.filter(action="remarked").count() >= MOST_REMARKS:
                raise TooManyRemarks
            locked._note("remarked", by, remark=text)

    def last_of_thread(self) -> int:
        """The number of the last remark, 0 for none."""
        numbers = self.history.thread().order_by("-number").values_list("number", flat=True)
        return numbers.first() or 0

    def request_approval(self, *, by: User) -> None:
        """Ask the publishers of the body to publish the working copy.

        Raises PermissionDenied for who does not work for the body, PublishRefused with the list
        of what is missing, DoesNotFit, NothingToPublish and AwaitsApproval.
        """
        with transaction.atomic():
            locked = self._locked_for_member(by)
            if locked.is_awaited:
                raise AwaitsApproval
            record = _complete_record(locked)
            if locked.is_published and not locked._differs_from_public(record):
                raise NothingToPublish
            locked._change_state(status=self.Status.AWAITING_APPROVAL)
            locked._note("requested", by)
        self.refresh_from_db(fields=STATE)

    def send_back(self, *, by: User, remark: str, seen: str | None = None) -> None:
        """Answer a request for approval with a remark on what to change first.

        Raises PermissionDenied for who is not a publisher, and NothingToSendBack.
        """
        with transaction.atomic():
            locked = self._locked_for_publisher(by, seen)
            if not locked.is_awaited:
                raise NothingToSendBack
            locked._change_state(status=locked._status_without_request())
            locked._note("sent_back", by, remark=remark)
        self.refresh_from_db(fields=STATE)

    def remember(self, *, by: User | None, remark: str = "", brought: Iterable[int] = ()) -> None:
        """Keep what the working copy says now, and what follows from it; nothing if it is known.

        Call it after saving the activity and its rows, in the same transaction. `brought` are the
        authors of what was copied or restored. Who awaits approval of what citizens would see no
        longer does once that is something else. Raises DoesNotFit for
        more than an activity may hold, however it was sent.
        """
        with transaction.atomic():
            locked = self._locked()
            content, record = content_of(locked), public_record_of(locked)
            if reasons := [*too_much(content, type(self)), *loose_ends(content, type(self))]:
                raise DoesNotFit(reasons)
            ActivityWords.keep([(locked, content)])
            last = locked.history.saved().order_by("-number").first()
            if last is None or last.content != content:
                authors = locked.authors()
                if last is None or _is_news(last.content, content, type(self)):
                    authors |= {by.pk, *brought} if by else {*brought}
                    if locked.is_awaited:
                        locked._change_state(status=locked._status_without_request())
                if locked.is_published and not locked._differs_from_public(record):
                    # It says what is public again: nothing of it is new.
                    authors = set()
                locked._note("saved", by, remark=remark, content=content, authors=authors)
                self.changed_by = by
                locked._change_state(changed_by=by)
            locked._change_state(
                gaps=completeness_of(record).codes,
                has_unpublished_changes=locked.is_published and locked._differs_from_public(record),
            )
        self.refresh_from_db(fields=STATE)

    def restore(self, earlier: models.Model, *, by: User, remark: str) -> None:
        """Make the working copy say what it said at a line of its history; what is public stays.

        Raises IntegrityError where something that the content refers to is gone, DoesNotExist
        where the content itself was erased, and DoesNotFit.
        """
        with transaction.atomic():
            locked = self._locked_for_member(by)
            # Under the lock: what was erased meanwhile does not come back.
            earlier = locked.history.saved().get(pk=earlier.pk)
            write_content(locked, earlier.content)
            locked.remember(by=by, remark=remark, brought=earlier.authors)
        self.refresh_from_db()

    def _differs_from_public(self, record: PublicRecord) -> bool:
        current = self.publications.filter(is_current=True).first()
        return current is None or current.public_record != record

    def _who_chose_successor(self) -> int | None:
        """The key of who wrote which activity replaces this one.

        Whoever published it since may not have seen that: citizens are told of a successor only
        when that is public itself.
        """
        entries = self.history.saved().order_by("-number")
        chosen_by = None
        for successor, person in entries.values_list("content__replaced_by", "by").iterator():
            if successor != self.replaced_by_id:
                break
            chosen_by = person
        return chosen_by

    def _status_without_request(self) -> str:
        if self.is_published:
            return self.Status.PUBLISHED
        return self.Status.WITHDRAWN if self.publications.exists() else self.Status.DRAFT

    def _locked(self) -> "Workflow":
        """This activity as the database has it, held until the end of the transaction.

        The lock makes two people take turns; the second sees what the first did.
        """
        rows = type(self).objects.with_parts()
        return rows.select_for_update(of=["self"]).get(pk=self.pk)

    def _locked_for_member(self, by: User) -> "Workflow":
        locked = self._locked()
        if not locked.organisation.has_member(by):
            raise PermissionDenied
        return locked

    def _locked_for_publisher(self, by: User, seen: str | None = None) -> "Workflow":
        locked = self._locked()
        if not locked.organisation.can_publish(by):
            raise PermissionDenied
        if seen is not None and seen != locked.fingerprint(public_record_of(locked)):
            raise ChangedMeanwhile
        return locked

    def _change_state(self, **fields) -> None:
        type(self)._base_manager.filter(pk=self.pk).update(**fields)

    def _note(
        self,
        action: str,
        by: User | None,
        *,
        remark: str = "",
        content: Content | None = None,
        authors: Iterable[int] = (),
        erasure: dict | None = None,
        at: datetime | None = None,
    ) -> None:
        """Add to the history; who calls it holds the lock of the activity."""
        self.history.create(
            number=self.history.count() + 1,
            action=action,
            by=by,
            at=at or timezone.now(),
            remark=remark,
            content=content,
            authors=sorted(authors),
            erasure=erasure,
        )


def _is_news(before: Content, after: Content, activity: type[models.Model]) -> bool:
    """Whether citizens would see something else."""
    return public_part(before, activity) != public_part(after, activity)


def _refuse_without_change_or_second_person(
    activity: Workflow, record: PublicRecord, before: PublicRecord | None, by: User
) -> None:
    """Raise NothingToPublish and NeedsAnotherPerson where `by` may not publish the record.

    `before` is what is public until now.
    """
    takes_two = activity.organisation.requires_two_persons
    if takes_two and by.pk in activity.authors():
        raise NeedsAnotherPerson
    if before == record:
        raise NothingToPublish
    successor = before.replaced_by if before else None
    is_new = record.replaced_by not in (None, successor)
    if takes_two and is_new and by.pk == activity._who_chose_successor():
        raise NeedsAnotherPerson


def _complete_record(activity: Workflow) -> PublicRecord:
    """What would become public; raises PublishRefused and DoesNotFit for what cannot."""
    record = public_record_of(activity)
    if missing := completeness_of(record).required:
        raise PublishRefused([demand.label for demand in missing])
    if reasons := too_many_rows(record.number_of_rows):
        raise DoesNotFit(reasons)
    return record
