"""The steps of an activity on its way to the public: for one, or for all that were selected."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from psycopg.errors import QueryCanceled

from organisations import mail
from organisations.models import User
from processing.models import HistoryEntry, ProcessingActivity
from processing.public_record import PublicRecord
from processing.publishing import ChangedMeanwhile, NeedsAnotherPerson, Refused

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """Something that people do with an activity as a whole."""

    label: Promise
    explanation: Promise
    # Called with the activity, by whom, with which remark, and what was seen.
    take: Callable[..., None]
    # What to say of what was done, by number.
    done: Callable[[int], str]
    is_for_publishers: bool = True
    remark_label: Promise | str = ""
    is_remark_required: bool = False
    # What the step is about: whether what is public, or what would become public.
    is_about_public: bool = False

    def about(self, activity: ProcessingActivity, record: PublicRecord) -> str:
        """Names it as the activity and its record are, for `take`."""
        return activity.public_version() if self.is_about_public else activity.fingerprint(record)


@dataclass
class Outcome:
    """What was done and what was refused, with the reason."""

    done: list[ProcessingActivity] = field(default_factory=list)
    refused: list[tuple[ProcessingActivity, str]] = field(default_factory=list)
    # Whether somebody has to look again before all is done.
    changed_meanwhile: bool = False


def take(
    step: Step, seen: Mapping[ProcessingActivity, str], *, by: User, remark: str = ""
) -> Outcome:
    """Take the step with each activity that allows it, and still says what was `seen` of it."""
    outcome = Outcome()
    for activity, named in seen.items():
        try:
            # The mails about it go into the outbox together with the step itself.
            with transaction.atomic():
                step.take(activity, by=by, remark=remark, seen=named)
        except PermissionDenied:
            reason = _("You are not a publisher of its body.")
            outcome.refused.append((activity, reason))
        except Refused as refusal:
            outcome.changed_meanwhile |= isinstance(refusal, ChangedMeanwhile)
            outcome.refused.append((activity, str(refusal)))
        except ObjectDoesNotExist:
            reason = _("It is no longer there: somebody deleted it meanwhile.")
            outcome.refused.append((activity, reason))
        except DatabaseError as error:
            if isinstance(error.__cause__, QueryCanceled):
                # The next one would take too long as well.
                raise
            logger.warning("Step refused for activity %s: %s", activity.pk, type(error).__name__)
            reason = _("The database refused it. Open it, check what it says, and try again.")
            outcome.refused.append((activity, reason))
        else:
            outcome.done.append(activity)
    return outcome


def _request_approval(activity: ProcessingActivity, *, by: User, remark: str, seen: str) -> None:
    # Who approves it looks at it: whatever it says by then.
    activity.request_approval(by=by)
    publishers = activity.organisation.publishers()
    _mail(publishers.exclude(pk=by.pk), "mail/approval_requested.txt", activity, by)


def _publish(activity: ProcessingActivity, *, by: User, remark: str, seen: str) -> None:
    requester = _requester(activity)
    activity.publish(by=by, seen=seen)
    _mail([p for p in requester if p != by], "mail/published.txt", activity, by)


def _send_back(activity: ProcessingActivity, *, by: User, remark: str, seen: str) -> None:
    requester = _requester(activity)
    activity.send_back(by=by, remark=remark, seen=seen)
    _mail([p for p in requester if p != by], "mail/sent_back.txt", activity, by, remark=remark)


def _withdraw(activity: ProcessingActivity, *, by: User, remark: str, seen: str) -> None:
    activity.withdraw(by=by, reason=remark, seen=seen)


def _review(activity: ProcessingActivity, *, by: User, remark: str, seen: str) -> None:
    activity.review(by=by, remark=remark, seen=seen)


def _requester(activity: ProcessingActivity) -> list[User]:
    """Who waits for an answer: nobody unless the activity awaits approval."""
    if not activity.is_awaited:
        return []
    requests = activity.history.filter(action=HistoryEntry.Action.REQUESTED).select_related("by")
    request = requests.order_by("-number").first()
    return [request.by] if request and request.by and request.by.is_active else []


def _mail(
    people: Iterable[User], template: str, activity: ProcessingActivity, by: User, **context
) -> None:
    address = mail.admin_address(f"/admin/processing/processingactivity/{activity.pk}/change/")
    mail.send(people, template, {"activity": activity, "by": by, "address": address, **context})


STEPS = {
    "request": Step(
        gettext_lazy("Request approval"),
        gettext_lazy("The publishers of the body get a mail. Citizens see nothing new yet."),
        _request_approval,
        lambda number: ngettext(
            "Approval was requested for %(number)s activity.",
            "Approval was requested for %(number)s activities.",
            number,
        ),
        is_for_publishers=False,
    ),
    "publish": Step(
        gettext_lazy("Publish"),
        gettext_lazy("Citizens see what the working copy says now, in every language."),
        _publish,
        lambda number: ngettext(
            "%(number)s activity was published.", "%(number)s activities were published.", number
        ),
    ),
    "send-back": Step(
        gettext_lazy("Send back"),
        gettext_lazy("Who requested approval gets a mail with your remark."),
        _send_back,
        lambda number: ngettext(
            "%(number)s activity was sent back.", "%(number)s activities were sent back.", number
        ),
        remark_label=gettext_lazy("What must change first?"),
        is_remark_required=True,
    ),
    "withdraw": Step(
        gettext_lazy("Withdraw"),
        gettext_lazy(
            "No citizen sees any version any more, earlier ones included. Only a new version can "
            "be published afterwards."
        ),
        _withdraw,
        lambda number: ngettext(
            "%(number)s activity was withdrawn.", "%(number)s activities were withdrawn.", number
        ),
        remark_label=gettext_lazy(
            "Why? Only people of the body and central administrators can read this."
        ),
        is_remark_required=True,
        is_about_public=True,
    ),
    "review": Step(
        gettext_lazy("Reviewed, nothing changed"),
        gettext_lazy(
            "You have looked at what is public, and it is still right. This sets the next day of "
            "review; citizens see nothing new."
        ),
        _review,
        lambda number: ngettext(
            "%(number)s activity was reviewed.", "%(number)s activities were reviewed.", number
        ),
        remark_label=gettext_lazy(
            "Remark (only people of the body and central administrators can read this)"
        ),
    ),
}


def hindrance(
    name: str, activity: ProcessingActivity, *, by: User, is_publisher: bool
) -> str | Promise:
    """Why the person is not offered the step with the activity as it stands; empty if it is."""
    if STEPS[name].is_for_publishers and not is_publisher:
        return _("You are not a publisher of its body.")
    has_news = not activity.is_published or activity.has_unpublished_changes
    makes_sense = {
        "request": has_news and not activity.is_awaited,
        "publish": has_news or activity.is_awaited,
        "send-back": activity.is_awaited,
        "withdraw": activity.is_published,
        "review": activity.can_be_reviewed,
    }
    if not makes_sense[name]:
        return _("This step makes no sense as the activity stands now.")
    takes_two = name == "publish" and activity.organisation.requires_two_persons
    if takes_two and by.pk in activity.authors():
        return NeedsAnotherPerson.reason
    return ""


def offered(
    activity: ProcessingActivity, *, by: User, is_publisher: bool
) -> list[tuple[str, Step]]:
    """The steps that make sense for the activity as it stands, for who may take them."""
    return [
        (name, step)
        for name, step in STEPS.items()
        if not hindrance(name, activity, by=by, is_publisher=is_publisher)
    ]


def tell(request: HttpRequest, model_admin, step: Step, outcome: Outcome) -> None:
    """Say what was done, and for each refusal why."""
    if outcome.done:
        number = len(outcome.done)
        model_admin.message_user(request, step.done(number) % {"number": number}, "SUCCESS")
    for activity, reason in outcome.refused:
        text = _("Not done for %(activity)s: %(reason)s") % {"activity": activity, "reason": reason}
        model_admin.message_user(request, text, "WARNING")
