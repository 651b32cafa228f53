"""What was done with an activity, and going back to what it said."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.models import User
from processing.admin.views import UNUSABLE, answer, change_address, tell_if_no_longer_awaited
from processing.models import HistoryEntry, ProcessingActivity
from processing.publishing import DoesNotFit
from processing.snapshots import Content, content_of, differences, shown

ENTRIES_ON_A_PAGE = 20
# So many differences of an entry are told there, each in up to four languages; all stand on the
# page that restores it.
MOST_SHOWN, MOST_TOLD = 15, 10_000


def moment_and_person(moment: datetime, person: User | None) -> str:
    """When something was done, and by whom where that is known."""
    when = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    return f"{when}, {person}" if person else when


def history(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity
) -> HttpResponse:
    """Who did what and when, the latest first."""
    if not model_admin.has_view_or_change_permission(request, activity):
        raise PermissionDenied
    entries = activity.history.select_related("by").defer("content").order_by("-number")
    page = Paginator(entries, ENTRIES_ON_A_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "entries": list(_with_differences(activity, page))}
    return answer(model_admin, request, activity, "history.html", _("History"), context)


def _with_differences(
    activity: ProcessingActivity, entries: Iterable[HistoryEntry]
) -> Iterator[dict]:
    """Each entry, with what was changed since the save before it."""
    contents = activity.history.values_list("content", flat=True)
    saved = activity.history.filter(action=HistoryEntry.Action.SAVED).order_by("-number")

    # Two at a time: the whole page of them takes much memory.
    @lru_cache(maxsize=2)
    def said(number: int) -> Content | None:
        return contents.get(number=number)

    names: dict = {}
    for entry in entries:
        found = None
        content = said(entry.number)
        if content is not None:
            earlier = saved.filter(number__lt=entry.number).values_list("number", flat=True).first()
            # Compared with one that is not the one before, it would tell others' changes too.
            if earlier is not None and (before := said(earlier)) is not None:
                found = differences(before, content, ProcessingActivity, names)
        yield {
            "entry": entry,
            "is_kept": content is not None,
            "differences": None if found is None else shown(found[:MOST_SHOWN], MOST_TOLD),
            "more": max(len(found or []) - MOST_SHOWN, 0),
        }


def restore(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity, number: int
) -> HttpResponse:
    """Make the working copy say again what it said at an entry of its history."""
    entry = get_object_or_404(activity.history.saved(), number=number)
    if request.method == "POST":
        when = moment_and_person(entry.at, entry.by)
        remark = _("Restored what it said on %(when)s.") % {"when": when}
        was_awaited = activity.is_awaited
        try:
            activity.restore(entry, by=request.user, remark=remark)
        except DoesNotFit as refused:
            model_admin.message_user(request, str(refused), "ERROR")
        except (*UNUSABLE, HistoryEntry.DoesNotExist):
            text = _("This cannot be restored: it refers to something that no longer exists.")
            model_admin.message_user(request, text, "ERROR")
        else:
            text = _("Restored. Citizens see it once it is published.")
            model_admin.message_user(request, text, "SUCCESS")
            tell_if_no_longer_awaited(model_admin, request, was_awaited, activity)
        return HttpResponseRedirect(change_address(activity))
    now = content_of(activity)
    context = {"entry": entry, "differences": differences(now, entry.content, ProcessingActivity)}
    title = _("Restore an earlier content")
    return answer(model_admin, request, activity, "restore.html", title, context)
