"""The pages of the admin about one activity, beside its form. Who calls them has scoped it."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import DataError, IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from organisations.directory import directory_as_if_public
from organisations.languages import LANGUAGES
from organisations.models import Organisation, User
from organisations.read_snapshot import read_snapshot
from organisations.revision import current_revision
from processing.admin import workflow
from processing.admin.erasure import AnswerForm, ErasureForm
from processing.admin.forms import RemarkForm
from processing.code_lists import code_lists_at
from processing.entry.answers import Entry
from processing.entry.comparison import compare
from processing.entry.sections import entry_in_language
from processing.finding.filters import LANGUAGE_NAMES
from processing.models import ActivityTemplate, HistoryEntry, ProcessingActivity, Publication
from processing.public_record import PublicRecord
from processing.publishing import DoesNotFit, Refused
from processing.snapshots import Content, content_of, differences, shown, write_content

TEMPLATES = "admin/processing/processingactivity"
ENTRIES_ON_A_PAGE = 20
# So many differences of an entry are told there; all stand on the page that restores it.
MOST_SHOWN, MOST_TOLD = 50, 10_000
# What the database says to content that refers to what is gone, or is too long by now.
UNUSABLE = (IntegrityError, DataError)
# What a copy does not take over.
NOT_COPIED = ("reference", "replaced_by", "starts_on", "ends_on")


def moment_and_person(moment: datetime, person: User | None) -> str:
    """When something was done, and by whom where that is known."""
    when = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    return f"{when}, {person}" if person else when


def step(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity, name: str
) -> HttpResponse:
    """Take one step, after a look at what it does."""
    is_publisher = activity.organisation.can_publish(request.user)
    offered = dict(workflow.offered(activity, is_publisher=is_publisher))
    chosen = workflow.STEPS.get(name)
    if chosen is None:
        raise Http404
    if chosen.is_for_publishers and not is_publisher:
        raise PermissionDenied
    form = RemarkForm(
        request.POST or None, is_required=chosen.is_remark_required, label=chosen.remark_label
    )
    if request.method == "POST" and form.is_valid():
        remark = form.cleaned_data["remark"]
        outcome = workflow.take(chosen, [activity], by=request.user, remark=remark)
        workflow.tell(request, model_admin, chosen, outcome)
        return HttpResponseRedirect(_change_address(activity))
    leads_to_the_public = name in ("request", "publish")
    context = {
        "step": chosen,
        "form": form if chosen.remark_label else None,
        "is_offered": name in offered,
        "missing": activity.completeness().required if leads_to_the_public else [],
        "changes": _changes_for_the_public(activity) if leads_to_the_public else None,
    }
    return _answer(model_admin, request, activity, "step.html", str(chosen.label), context)


def preview(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity, language: str
) -> HttpResponse:
    """The public page exactly as it would be, in one language."""
    if language not in LANGUAGES:
        raise Http404
    record = activity.public_record()
    if not record.name:
        model_admin.message_user(request, _("Give the activity a name first."), "WARNING")
        return HttpResponseRedirect(_change_address(activity))
    latest = activity.publications.order_by("-version").values_list("version", flat=True).first()
    name = "admin:processing_processingactivity_preview"
    with override(language):
        response = render(
            request,
            f"{TEMPLATES}/preview.html",
            {
                "entry": _entry(record, activity.organisation, language),
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
    context = {"changes": _changes_for_the_public(activity)}
    title = _("What publishing would change")
    return _answer(model_admin, request, activity, "compare.html", title, context)


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
    return _answer(model_admin, request, activity, "history.html", _("History"), context)


def restore(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity, number: int
) -> HttpResponse:
    """Make the working copy say again what it said at an entry of its history."""
    entry = get_object_or_404(activity.history.saved(), number=number)
    if request.method == "POST":
        when = moment_and_person(entry.at, entry.by)
        remark = _("Restored what it said on %(when)s.") % {"when": when}
        try:
            activity.restore(entry.content, by=request.user, remark=remark)
        except DoesNotFit as refused:
            model_admin.message_user(request, str(refused), "ERROR")
        except UNUSABLE:
            text = _("This cannot be restored: it refers to something that no longer exists.")
            model_admin.message_user(request, text, "ERROR")
        else:
            text = _("Restored. Citizens see it once it is published.")
            model_admin.message_user(request, text, "SUCCESS")
        return HttpResponseRedirect(_change_address(activity))
    now = content_of(activity)
    context = {"entry": entry, "differences": differences(now, entry.content, ProcessingActivity)}
    title = _("Restore an earlier content")
    return _answer(model_admin, request, activity, "restore.html", title, context)


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
    return _answer(model_admin, request, activity, "erase.html", _("Erase for good"), context)


def copy(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity
) -> HttpResponse:
    """A new activity that says what this one says; for central administrators also a template."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        content = content_of(activity)
        if "template" in request.POST and request.user.is_superuser:
            template = ActivityTemplate.objects.create(
                slug=_free_slug(activity.name or str(activity.number)),
                content=_copied(content),
                **{f"title_{code}": getattr(activity, f"name_{code}") for code in LANGUAGES},
            )
            return HttpResponseRedirect(
                reverse("admin:processing_activitytemplate_change", args=[template.pk])
            )
        remark = _("Copied from activity %(number)s.") % {"number": activity.number}
        return _started(model_admin, request, content, remark)
    context = {"bodies": Organisation.objects.for_user(request.user).order_by("slug")}
    return _answer(model_admin, request, activity, "copy.html", _("Copy"), context)


def templates(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The library of templates, each a starting point for a new activity."""
    if request.method == "POST":
        slugs = {template.slug: template for template in ActivityTemplate.objects.all()}
        template = slugs.get(request.POST.get("template", ""))
        if template is None:
            raise Http404
        remark = _("Made from the template “%(template)s”.") % {"template": template}
        return _started(model_admin, request, template.content, remark)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Start from a template"),
        "templates": ActivityTemplate.objects.all(),
        "bodies": Organisation.objects.for_user(request.user).order_by("slug"),
    }
    return TemplateResponse(request, f"{TEMPLATES}/templates.html", context)


def _started(
    model_admin: ModelAdmin, request: HttpRequest, content: Content, remark: str
) -> HttpResponse:
    """Lead to a new activity with this content, or back with the reason why there is none."""
    body = model_admin.own_body(request, request.POST.get("organisation"))
    try:
        made = start_from(content, body, by=request.user, remark=remark)
    except DoesNotFit as refused:
        model_admin.message_user(request, str(refused), "ERROR")
        return HttpResponseRedirect(request.path)
    except UNUSABLE:
        text = _("This cannot be taken over: it refers to something that no longer exists.")
        model_admin.message_user(request, text, "ERROR")
        return HttpResponseRedirect(request.path)
    return HttpResponseRedirect(_change_address(made))


@transaction.atomic
def start_from(
    content: Content, organisation: Organisation, *, by: User, remark: str
) -> ProcessingActivity:
    """A new draft of the body with this content. Raises DoesNotFit."""
    activity = ProcessingActivity.objects.create(organisation=organisation)
    write_content(activity, _copied(content))
    activity.remember(by=by, remark=remark)
    return activity


def _copied(content: Content) -> Content:
    return {name: value for name, value in content.items() if name not in NOT_COPIED}


def _free_slug(name: str) -> str:
    slug = slugify(name)[:40] or "template"
    taken = set(ActivityTemplate.objects.values_list("slug", flat=True))
    candidates = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)


def _changes_for_the_public(activity: ProcessingActivity) -> list[tuple[str, list]] | None:
    """(language, changed sections) of what publishing would change; None if nothing is public."""
    current = activity.publications.filter(is_current=True).first()
    if current is None:
        return None
    record = activity.public_record()
    changes = []
    for language, title in _language_names():
        with override(language):
            before = _entry(current.public_record, activity.organisation, language)
            after = _entry(record, activity.organisation, language)
        if before and after and (sections := compare(before, after)):
            changes.append((title, sections))
    return changes


def _entry(record: PublicRecord, organisation: Organisation, language: str) -> Entry | None:
    if not record.name:
        return None
    with read_snapshot():
        code_lists = code_lists_at(current_revision())[language]
    return entry_in_language(
        record,
        language,
        directory=directory_as_if_public(organisation, language),
        code_lists=code_lists,
    )


def _language_names() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in LANGUAGE_NAMES.items()]


def _change_address(activity: ProcessingActivity) -> str:
    return reverse("admin:processing_processingactivity_change", args=[activity.pk])


def _answer(
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
