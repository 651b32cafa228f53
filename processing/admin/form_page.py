"""The page with the form of an activity."""

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from processing import countries
from processing.admin import drafts, remarks, workflow
from processing.admin.blank_rows import without_blank_rows
from processing.admin.form_layout import SECTIONS
from processing.admin.form_rows import relations_of
from processing.admin.forms import KINDS
from processing.admin.meanwhile import since
from processing.admin.sections import errors_of, form_sections
from processing.completeness import completeness_of, jargon_in
from processing.models import FormDraft, ProcessingActivity
from processing.publishing import public_record_of

# What the rows of a form name beside the rows themselves.
RELATIONS = [f"{kind}__{name}" for kind, part in KINDS.items() for name in relations_of(part)]


def _stored(request: HttpRequest, activity: ProcessingActivity) -> ProcessingActivity:
    """The activity as it is stored, whatever was typed: read once, with all of its rows."""
    if not hasattr(request, "stored"):
        everything = ProcessingActivity.objects.with_parts().prefetch_related(*RELATIONS)
        request.stored = everything.get(pk=activity.pk)
    return request.stored


class FormPage:
    """What an admin of activities does beside what Django does with any form."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            request.POST = without_blank_rows(request.POST, KINDS)
        # Where the page only shows it, all of it is read once.
        request.reads_all = request.method != "POST" and drafts.KEY not in request.GET
        activity = self.get_object(request, unquote(object_id)) if object_id else None
        is_there = bool(activity) or not object_id
        if is_there and request.method == "POST":
            # In a transaction of its own: it is there whatever becomes of the other.
            drafts.keep_before_saving(self, request, activity)
        taken = drafts.taken_up(request, activity) if is_there else None
        request.taken_up = taken
        if taken:
            return self._form_as_kept(
                request, activity, taken, (object_id, form_url, extra_context)
            )
        if not activity or request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # Whoever saves at the same moment waits until this one is done.
            ProcessingActivity.objects.select_for_update().filter(pk=activity.pk).first()
            request.meanwhile = since(activity, request.POST.get("known", ""))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _form_as_kept(
        self,
        request: HttpRequest,
        activity: ProcessingActivity | None,
        taken: FormDraft,
        arguments: tuple,
    ) -> HttpResponse:
        """The form as if it had been sent, with all that there is to tell of it; saves nothing."""
        # What was really sent is nothing. Read first: it would take the place of the other.
        method, _files = request.method, request.FILES
        sent = drafts.as_sent(taken)
        request.is_only_shown = True
        if activity:
            request.meanwhile = since(activity, sent.get("known", ""))
        request.method, request.POST, request.reads_all = "POST", sent, False
        try:
            return super().changeform_view(request, *arguments)
        finally:
            request.method, request.POST = method, QueryDict()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        reads_all = getattr(request, "reads_all", False)
        return rows.with_parts().prefetch_related(*RELATIONS) if reads_all else rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None):
        if not getattr(request, "reads_all", False):
            return super().get_object(request, object_id, from_field)
        if not hasattr(request, "activity"):
            request.activity = super().get_object(request, object_id, from_field)
        return request.activity

    def get_form(self, request: HttpRequest, obj=None, change: bool = False, **kwargs) -> type:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.is_only_shown = getattr(request, "is_only_shown", False)
        return form

    def _create_formsets(self, request: HttpRequest, obj, change: bool) -> tuple[list, list]:
        formsets, inlines = super()._create_formsets(request, obj, change)
        siblings = {formset.prefix: formset for formset in formsets}
        for formset in formsets:
            formset.know(siblings)
        return formsets, inlines

    def get_formset_kwargs(self, request: HttpRequest, obj, inline, prefix: str) -> dict:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        kwargs["meanwhile"] = getattr(request, "meanwhile", None)
        if obj.pk and not request.reads_all:
            kwargs["stored"] = _stored(request, obj)
        return kwargs

    def render_change_form(self, request, context: dict, *args, obj=None, **kwargs) -> HttpResponse:
        activity = obj if obj and obj.pk else None
        context |= {"countries": countries.names(get_language())}
        context |= drafts.context(request, activity, request.taken_up)
        gaps = ()
        if activity:
            told = self._told_of(request, activity)
            gaps = told["completeness"].gaps
            context |= told
        form = context["adminform"]
        drawn = form_sections(SECTIONS, form, context["inline_admin_formsets"], gaps)
        context |= {"sections": drawn, "form_errors": errors_of(form.form, drawn)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _told_of(self, request: HttpRequest, activity: ProcessingActivity) -> dict:
        """What stands above the form: of what is stored, whatever was typed."""
        if not request.reads_all:
            activity = _stored(request, activity)
        record = public_record_of(activity)
        completeness = completeness_of(record)
        is_publisher = activity.organisation.can_publish(request.user)
        return {
            "completeness": completeness,
            "jargon": ", ".join(jargon_in(record)) if "words" in completeness.codes else "",
            "steps": workflow.offered(activity, by=request.user, is_publisher=is_publisher),
            "thread": remarks.thread_of(activity),
            "last_remark": activity.last_remark(),
            "may_erase": is_publisher,
            "requested_erasure": activity.requested_erasure() if is_publisher else None,
        }

    def response_change(self, request: HttpRequest, obj) -> HttpResponse:
        """After saving, on to the step that somebody had pressed before."""
        response = super().response_change(request, obj)
        if (name := request.POST.get("_step")) in workflow.STEPS:
            step = reverse("admin:processing_processingactivity_step", args=[obj.pk, name])
            return HttpResponseRedirect(step)
        return response
