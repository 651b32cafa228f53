"""What the people of a body say to each other about an activity: never public."""

import re
from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from organisations import mail
from organisations.models import User
from processing.admin.forms import RemarkForm
from processing.admin.views import answer
from processing.models import HistoryEntry, ProcessingActivity
from processing.publishing import Refused

# So many stand beside the form, and on the page of all; the history has each of them.
LATEST, MOST_SHOWN = 3, 200


@dataclass(frozen=True, slots=True)
class Thread:
    """The remarks that stand beside the form of an activity."""

    number: int
    latest: list[HistoryEntry]


def thread_of(activity: ProcessingActivity) -> Thread:
    remarks = activity.history.thread()
    return Thread(remarks.count(), _latest(remarks, LATEST))


def _latest(remarks: QuerySet, number: int) -> list[HistoryEntry]:
    """The last so many remarks, in their order."""
    rows = remarks.select_related("by").defer("content").order_by("-number")
    return list(rows[:number])[::-1]


def remarks(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity
) -> HttpResponse:
    """All remarks, and a form for one's own. Who calls this has scoped the activity."""
    if not model_admin.has_change_permission(request, activity):
        raise PermissionDenied
    form = RemarkForm(request.POST or None, is_required=True, label=_("Your remark"))
    if request.method == "POST" and form.is_valid():
        sent = request.POST.get("seen", "")
        seen = int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else 0
        try:
            write(activity, form.cleaned_data["remark"], by=request.user, seen=seen)
        except Refused as refusal:
            # Who sends it again has seen the page that follows.
            model_admin.message_user(request, str(refusal), "WARNING")
        else:
            model_admin.message_user(request, _("Your remark stands here now."), "SUCCESS")
            return HttpResponseRedirect(_address(activity))
    # Before the remarks: one that comes meanwhile has not been seen.
    seen = activity.last_of_thread()
    latest = _latest(activity.history.thread(), MOST_SHOWN + 1)
    context = {
        "form": form,
        "seen": seen,
        "thread": latest[-MOST_SHOWN:],
        "has_earlier": len(latest) > MOST_SHOWN,
    }
    return answer(model_admin, request, activity, "remarks.html", _("Remarks"), context)


def write(activity: ProcessingActivity, text: str, *, by: User, seen: int) -> None:
    """Write a remark, and mail those to whom it matters that there is one."""
    with transaction.atomic():
        activity.write_remark(text, by=by, seen=seen)
        address = mail.admin_address(_address(activity))
        context = {"activity": activity, "by": by, "address": address}
        mail.send(_others(activity, by), "mail/remark.txt", context)


def _others(activity: ProcessingActivity, by: User) -> QuerySet:
    """Who learns of a remark: the publishers or, of what they say, who works on the activity.

    That is who wrote something that is not public yet, who asked for approval, and who said
    something before; never somebody who no longer works for the body.
    """
    body = activity.organisation
    if not body.can_publish(by):
        return body.publishers().exclude(pk=by.pk)
    took_part = activity.history.filter(action__in=("remarked", "requested"))
    people = {*took_part.values_list("by", flat=True), *activity.authors()} - {by.pk, None}
    return body.members().filter(pk__in=people)


def _address(activity: ProcessingActivity) -> str:
    return reverse("admin:processing_processingactivity_remarks", args=[activity.pk])
