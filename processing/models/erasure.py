"""Taking words away for good that should never have been written (GDPR Art. 17)."""

from dataclasses import asdict, dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from organisations.models import User
from processing.models.words import ActivityWords
from processing.models.workflow import STATE, Workflow
from processing.publishing import ChangedMeanwhile, Refused
from processing.signals import words_erased
from processing.snapshots import content_of


@dataclass(frozen=True)
class Erasure:
    """What of an activity is to be emptied, or was."""

    # The numbers of withdrawn versions.
    versions: tuple[int, ...] = ()
    # What the working copy said before, but not what it says now.
    contents: bool = False
    # What people wrote with their steps, the reason of a withdrawal included.
    remarks: bool = False

    @property
    def parts(self) -> list[str]:
        """What it is about, for people."""
        numbers = ", ".join(map(str, self.versions))
        versions = ngettext("version %(numbers)s", "versions %(numbers)s", len(self.versions))
        named = {
            versions % {"numbers": numbers}: self.versions,
            gettext("earlier contents of the working copy"): self.contents,
            gettext("remarks and reasons in the history"): self.remarks,
        }
        return [name for name, is_meant in named.items() if is_meant]


class NothingToErase(Refused):
    """What is named is not there, is public, or was erased already."""

    reason = _("Choose something that can be erased.")


class OneMustAskAnotherConfirm(Refused):
    """With two-person publishing, nobody erases alone."""

    reason = _("Another publisher must confirm it.")


class ErasureAwaitsConfirmation(Refused):
    """Somebody has asked already, and is not answered yet."""

    reason = _("Somebody has asked already to erase parts of this activity.")


class NothingToConfirm(Refused):
    """Nobody asks to erase anything."""

    reason = _("Nobody asks to erase anything now.")


class Erasable(Workflow):
    """What is erased of ProcessingActivity; its working copy never is, people change that.

    `seen` is the number of the last line of the history that the person has seen, 0 for none:
    what was done after it, the person does not know. A reason is internal, and stays until the
    remarks of the history are erased once more.
    Each step raises PermissionDenied for who is not a publisher of the body, and ChangedMeanwhile.
    """

    class Meta:
        abstract = True

    def erase(self, erasure: Erasure, *, by: User, reason: str, seen: int) -> None:
        """Empty what is named, for good. The lines of the history stay, and tell of it.

        Raises NothingToErase, and OneMustAskAnotherConfirm where the body wants two persons.
        """
        with transaction.atomic():
            locked = self._locked_for_erasure(by, seen)
            if locked.organisation.requires_two_persons:
                raise OneMustAskAnotherConfirm
            locked._refuse_unless_erasable(erasure)
            locked._erase(erasure, by=by, reason=reason)
        self.refresh_from_db(fields=STATE)

    def request_erasure(self, erasure: Erasure, *, by: User, reason: str, seen: int) -> None:
        """Ask another publisher to confirm it.

        Raises NothingToErase and ErasureAwaitsConfirmation.
        """
        with transaction.atomic():
            locked = self._locked_for_erasure(by, seen)
            if locked.requested_erasure():
                raise ErasureAwaitsConfirmation
            locked._refuse_unless_erasable(erasure)
            locked._note("erasure_requested", by, remark=reason, erasure=asdict(erasure))

    def confirm_erasure(self, *, by: User, seen: int) -> None:
        """Empty what another publisher asked to erase.

        Raises NothingToConfirm, and OneMustAskAnotherConfirm for who asked.
        """
        with transaction.atomic():
            locked = self._locked_for_erasure(by, seen)
            request = locked.requested_erasure()
            if request is None:
                raise NothingToConfirm
            if request.by_id == by.pk:
                raise OneMustAskAnotherConfirm
            locked._erase(request.what_is_erased, by=by, reason=request.remark)
        self.refresh_from_db(fields=STATE)

    def drop_erasure(self, *, by: User, seen: int) -> None:
        """Answer a request to erase by erasing nothing. Raises NothingToConfirm."""
        with transaction.atomic():
            locked = self._locked_for_erasure(by, seen)
            if locked.requested_erasure() is None:
                raise NothingToConfirm
            locked._note("erasure_dropped", by)

    def requested_erasure(self) -> models.Model | None:
        """The line of the history in which somebody asks to erase, while it has no answer."""
        lines = self.history.about_erasure().select_related("by")
        last = lines.order_by("-number").first()
        return last if last and last.action == "erasure_requested" else None

    def erasable(self) -> Erasure:
        """All that can be erased now."""
        versions = self.publications.with_content().filter(withdrawn_at__isnull=False)
        return Erasure(
            versions=tuple(versions.order_by("version").values_list("version", flat=True)),
            contents=self._earlier_contents().exists(),
            remarks=bool(self.withdrawal_reason) or self.history.exclude(remark="").exists(),
        )

    def forget_in_log(self) -> None:
        """Let the log of the admin tell who did something and when, without names and texts."""
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(self), object_id=str(self.pk)
        )
        label = f"{self.organisation.slug} {self.number}"
        entries.update(object_repr=label, change_message="")

    def forget_elsewhere(self) -> None:
        """Let nothing outside of the activity hold words of it: neither the log nor mails."""
        self.forget_in_log()
        words_erased.send(type(self), activity=self)

    def _locked_for_erasure(self, by: User, seen: int) -> "Erasable":
        locked = self._locked_for_publisher(by)
        if locked.history.count() != seen:
            raise ChangedMeanwhile
        return locked

    def _refuse_unless_erasable(self, erasure: Erasure) -> None:
        """Some of it must be there; of versions, all."""
        there = self.erasable()
        is_some = erasure.versions or erasure.contents or erasure.remarks
        if (
            not is_some
            or not set(erasure.versions) <= set(there.versions)
            or (erasure.contents and not there.contents)
            or (erasure.remarks and not there.remarks)
        ):
            raise NothingToErase

    def _earlier_contents(self) -> models.QuerySet:
        # The same content, as it was before something was changed and changed back, says no more.
        return self.history.saved().exclude(content=content_of(self))

    def _erase(self, erasure: Erasure, *, by: User, reason: str) -> None:
        now = timezone.now()
        self.publications.filter(version__in=erasure.versions).erase(at=now)
        if erasure.contents:
            self._earlier_contents().update(content=None, erased_at=now)
        # Whatever was written and not remembered: of the working copy, what it says now.
        ActivityWords.keep([(self, content_of(self))])
        if erasure.remarks:
            self.history.exclude(remark="").update(remark="")
            self._change_state(withdrawal_reason="")
        # Whoever has its form open typed in what may hold the words.
        self.form_drafts.all().delete()
        self.forget_elsewhere()
        self._note("erased", by, remark=reason, at=now, erasure=asdict(erasure))
