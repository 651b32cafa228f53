"""The pages of the admin about one activity, beside its form. Who calls them has scoped it."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import DataError, IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from organisations.languages import LANGUAGES
from organisations.models import Organisation, User
from organisations.selections import Selected, is_confirmed, look_first, seen_of
from processing.admin import workflow
from processing.admin.changes import (
    changes_for_the_public,
    entry_as_if_public,
    news_for_the_public,
)
from processing.admin.erasure import AnswerForm, ErasureForm
from processing.admin.forms import RemarkForm
from processing.completeness import completeness_of
from processing.models import HistoryEntry, ProcessingActivity, Publication
from processing.publishing import MOST_ROWS, DoesNotFit, Refused, public_record_of
from processing.snapshots import Content, content_of, differences, shown

TEMPLATES = "admin/processing/processingactivity"
ENTRIES_ON_A_PAGE = 20
# So many differences of an entry are told there, each in up to four languages; all stand on the
# page that restores it.
MOST_SHOWN, MOST_TOLD = 15, 10_000
# What the database says to content that refers to what is gone, or is too long by now.
UNUSABLE = (IntegrityError, DataError)
# The steps with several, and the actions of the list that lead to them.
ACTIONS = {
    "request": "request_approval",
    "publish": "publish",
    "withdraw": "withdraw",
    "review": "reviewed",
}
LEADS_TO_THE_PUBLIC = ("request", "publish")


def moment_and_person(moment: datetime, person: User | None) -> str:
    """When something was done, and by whom where that is known."""
    when = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    return f"{when}, {person}" if person else when


def tell_if_no_longer_awaited(
    model_admin: ModelAdmin, request: HttpRequest, was_awaited: bool, activity: ProcessingActivity
) -> None:
    """Say that what was asked for is no longer what there is."""
    if was_awaited and not activity.is_awaited:
        text = _(
            "Citizens would now see something else than what awaited approval. It awaits no "
            "approval any more: request it again when you are done."
        )
        model_admin.message_user(request, text, "WARNING")


def step(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity, name: str
) -> HttpResponse:
    """Take one step, after a look at what it does."""
    is_publisher = activity.organisation.can_publish(request.user)
    chosen = workflow.STEPS.get(name)
    if chosen is None:
        raise Http404
    if chosen.is_for_publishers and not is_publisher:
        raise PermissionDenied
    form = RemarkForm(
        request.POST or None, is_required=chosen.is_remark_required, label=chosen.remark_label
    )
    if request.method == "POST" and form.is_valid():
        remark, seen = form.cleaned_data["remark"], request.POST.get("seen", "")
        outcome = workflow.take(chosen, {activity: seen}, by=request.user, remark=remark)
        workflow.tell(request, model_admin, chosen, outcome)
        if not outcome.changed_meanwhile:
            return HttpResponseRedirect(change_address(activity))
        # Who looks again has lost nothing of what was typed.
    record = activity.public_record()
    leads_to_the_public = name in LEADS_TO_THE_PUBLIC
    context = {
        "step": chosen,
        "form": form,
        "seen": chosen.about(activity, record),
        "next_review": _next_review(activity) if name == "review" else "",
        "hindrance": workflow.hindrance(name, activity, by=request.user, is_publisher=is_publisher),
        "missing": completeness_of(record).required if leads_to_the_public else [],
        "changes": news_for_the_public(activity, record) if leads_to_the_public else None,
    }
    return answer(model_admin, request, activity, "step.html", str(chosen.label), context)


def step_with_several(
    model_admin: ModelAdmin, request: HttpRequest, selected: QuerySet, name: str
) -> HttpResponse | None:
    """Take one step with each of the selected, after a look at what it does to them.

    None leads back to the list.
    """
    chosen = workflow.STEPS[name]
    activities = list(selected.select_related("organisation").with_parts())
    data = request.POST if is_confirmed(request) else None
    form = RemarkForm(data, is_required=chosen.is_remark_required, label=chosen.remark_label)
    if data is not None and form.is_valid():
        seen, remark = seen_of(request, activities), form.cleaned_data["remark"]
        outcome = workflow.take(chosen, seen, by=request.user, remark=remark)
        workflow.tell(request, model_admin, chosen, outcome)
        return None
    own = set(Organisation.objects.published_by(request.user).values_list("pk", flat=True))
    listed, rows = [], 0
    for activity in activities:
        record = public_record_of(activity)
        one = Selected(activity, chosen.about(activity, record))
        listed.append(one)
        is_publisher = activity.organisation_id in own
        one.what = workflow.hindrance(name, activity, by=request.user, is_publisher=is_publisher)
        if one.what:
            one.is_left_out = True
        elif name in LEADS_TO_THE_PUBLIC:
            rows += record.number_of_rows
            if rows > MOST_ROWS:
                # It has a page of its own, where it can be looked at.
                one.is_left_out = True
                one.what = _("This does not fit on the page. Look at it by itself.")
            else:
                one.changes = news_for_the_public(activity, record)
        elif name == "review":
            one.what = _next_review(activity)
    return look_first(
        model_admin,
        request,
        listed,
        action=ACTIONS[name],
        label=chosen.label,
        explanation=chosen.explanation,
        template=f"{TEMPLATES}/steps.html",
        step=chosen,
        form=form,
    )


def _next_review(activity: ProcessingActivity) -> str:
    """When a body that reviews the activity now looks at it again."""
    following = activity.organisation.next_review_after(timezone.now())
    told = _("Next review on %(day)s.")
    return told % {"day": date_format(following, "SHORT_DATE_FORMAT")}


def preview(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity, language: str
) -> HttpResponse:
    """The public page exactly as it would be, in one language."""
    if language not in LANGUAGES:
        raise Http404
    record = activity.public_record()
    if not record.name:
        model_admin.message_user(request, _("Give the activity a name first."), "WARNING")
        return HttpResponseRedirect(change_address(activity))
    latest = activity.publications.order_by("-version").values_list("version", flat=True).first()
    name = "admin:processing_processingactivity_preview"
    with override(language):
        response = render(
            request,
            f"{TEMPLATES}/preview.html",
            {
                "entry": entry_as_if_public(record, activity.organisation, language),
                "publication": Publication(
                    number=activity.number, version=(latest or 0) + 1, published_at=timezone.now()
                ),
                "activity": activity,
                "translations": [
                    {
                        "code": code,
                        "name": title,
                        "path": reverse(name, args=[activity.pk, code]),
                        "url": None,
                    }
                    for code, title in settings.LANGUAGES
                ],
            },
        )
    response.headers["Content-Language"] = language
    return response


def compare_with_public(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity
) -> HttpResponse:
    """What publishing would change on the public page, in each language."""
    context = {"changes": changes_for_the_public(activity, activity.public_record())}
    title = _("What publishing would change")
    return answer(model_admin, request, activity, "compare.html", title, context)


def history(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity
) -> HttpResponse:
    """Who did what and when, the latest first."""
    if not model_admin.has_view_or_change_permission(request, activity):
        raise PermissionDenied
    entries = activity.history.select_related("by").defer("content").order_by("-number")
    page = Paginator(entries, ENTRIES_ON_A_PAGE).get_page(request.GET.get("p"))
    contents = activity.history.values_list("content", flat=True)
    saved = activity.history.filter(action=HistoryEntry.Action.SAVED).order_by("-number")

    # Two at a time: the whole page of them takes much memory.
    @lru_cache(maxsize=2)
    def said(number: int) -> Content | None:
        return contents.get(number=number)

    names: dict = {}
    listed = []
    for entry in page:
        found = None
        content = said(entry.number)
        if content is not None:
            earlier = saved.filter(number__lt=entry.number).values_list("number", flat=True).first()
            # Compared with one that is not the one before, it would tell others' changes too.
            if earlier is not None and (before := said(earlier)) is not None:
                found = differences(before, content, ProcessingActivity, names)
        listed.append(
            {
                "entry": entry,
                "is_kept": content is not None,
                "differences": None if found is None else shown(found[:MOST_SHOWN], MOST_TOLD),
                "more": max(len(found or []) - MOST_SHOWN, 0),
            }
        )
    context = {"page": page, "entries": listed}
    return answer(model_admin, request, activity, "history.html", _("History"), context)


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


def erase(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity
) -> HttpResponse:
    """Erase parts of the activity for good, ask for that, or answer who asked."""
    if not activity.organisation.can_publish(request.user):
        raise PermissionDenied
    # Before all that the page shows: what comes meanwhile has not been seen.
    seen = activity.history.count()
    asked = activity.requested_erasure()
    chosen = AnswerForm if asked else ErasureForm
    form = chosen(request.POST or None, activity=activity, seen=seen)
    if request.method == "POST" and form.is_valid():
        try:
            done = form.take(by=request.user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            model_admin.message_user(request, done, "SUCCESS")
            address = reverse("admin:processing_processingactivity_history", args=[activity.pk])
            return HttpResponseRedirect(address)
    context = {
        "form": form,
        "asked": asked,
        "is_own": asked is not None and asked.by_id == request.user.pk,
        "takes_two": activity.organisation.requires_two_persons,
    }
    return answer(model_admin, request, activity, "erase.html", _("Erase for good"), context)


def change_address(activity: ProcessingActivity) -> str:
    return reverse("admin:processing_processingactivity_change", args=[activity.pk])


def answer(
    model_admin: ModelAdmin,
    request: HttpRequest,
    activity: ProcessingActivity,
    template: str,
    title: str,
    context: dict,
) -> TemplateResponse:
    frame = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "subtitle": str(activity),
        "activity": activity,
        "language": get_language(),
    }
    return TemplateResponse(request, f"{TEMPLATES}/{template}", frame | context)
