"""The register of a body, as its people edit it."""

import re
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import models as fields
from django.db import transaction
from django.db.models import Field, QuerySet
from django.forms import HiddenInput, Textarea
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from organisations.choice_search import typed_words
from organisations.models import Membership, Organisation, User
from organisations.scoping import OwnChoices, RegisterAdmin
from processing import countries, models
from processing.admin import drafts, remarks, starting, views, workflow
from processing.admin.blank_rows import without_blank_rows
from processing.admin.dashboard import dashboard
from processing.admin.filters import DataFilter, GapFilter, ReviewFilter, StateFilter
from processing.admin.forms import KINDS, ActivityForm, PartForm
from processing.admin.meanwhile import PartFormSet, since
from processing.admin.row_fields import form_field
from processing.admin.sections import (
    Section,
    errors_of,
    fieldsets_of,
    form_sections,
    kinds_in,
    with_everything,
)
from processing.completeness import completeness_of, jargon_in
from processing.models.words import holding
from processing.publishing import DoesNotFit

# The methods of a page on which something can be changed.
CHANGING = ("GET", "HEAD", "POST")
# What a controller tells in every entry, or nearly.
EXPECTED = (models.Purpose, models.LegalGround, models.DataItem, models.Retention, models.Recipient)
# Long texts are written in fields that show a few lines and grow.
SMALL_TEXTS = {fields.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 80})}}


class PartInline(OwnChoices, TranslationStackedInline):
    form = PartForm
    formset = PartFormSet
    template = f"{views.TEMPLATES}/rows.html"
    formfield_overrides = SMALL_TEXTS
    relations: tuple[str, ...] = ()

    def get_extra(self, request: HttpRequest, obj=None, **kwargs) -> int:
        """A new activity begins with a row of each kind that every one has."""
        return 1 if obj is None and self.model in EXPECTED else 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs):
        if db_field.name == "key":
            kwargs["widget"] = HiddenInput
        field = form_field(db_field)
        return field or super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related(*self.relations)


def inline_for(part: type) -> type[PartInline]:
    relations = [field for field in part._meta.get_fields() if field.concrete and field.is_relation]
    names = tuple(field.name for field in relations if field.name != "activity")
    attributes = {"model": part, "autocomplete_fields": names, "relations": names}
    return type(f"{part.__name__}Inline", (PartInline,), attributes)


@admin.register(models.ProcessingActivity)
class ProcessingActivityAdmin(RegisterAdmin, TranslationAdmin):
    form = ActivityForm
    formfield_overrides = SMALL_TEXTS
    list_display = ("number", "title", "organisation", "state", "score", "review_due_on", "changed")
    list_display_links = ("number", "title")
    list_filter = (
        StateFilter,
        ReviewFilter,
        # By what they hold: a further kind of it has its filter here.
        ("organisation", admin.RelatedOnlyFieldListFilter),
        DataFilter,
        GapFilter,
    )
    list_select_related = ("organisation", "changed_by")
    list_per_page = 100
    list_max_show_all = 100
    # Each is read, checked and written whole.
    most_at_once = 10
    ordering = ("organisation__slug", "number")
    # All that people wrote in it: get_search_results().
    search_fields = ("words__text",)
    readonly_fields = ("number", "state", "withdrawal_reason")
    autocomplete_fields = (
        *("organisation", "replaced_by"),
        *("themes", "data_subjects", "processing_types", "security_measures"),
    )
    # The form in the order of the work, under the questions that the public page answers. What is
    # not named here stands behind the field, or the kind of rows, before it.
    sections = with_everything(
        (
            Section(
                "what",
                _("What is it?"),
                (
                    *("known", "acts_as", "organisation", "department", "reference"),
                    *("name", "summary", "themes", "owner"),
                ),
                demands=("name", "summary", "theme"),
            ),
            Section(
                "served",
                _("On whose behalf?"),
                ("served_controllers",),
                demands=("controller", "categories-of-processing"),
            ),
            Section(
                "purposes",
                _("What is it for?"),
                ("purposes", "legal_grounds", "processing_types"),
                demands=("purpose", "legal-basis", "purpose-text", "law"),
            ),
            Section(
                "people",
                _("About whom?"),
                ("data_subjects", "people_count", "vulnerable_people"),
                demands=("people",),
            ),
            Section(
                "data",
                _("Which data, and for how long?"),
                (
                    *("data", "retention", "has_no_special_data"),
                    *("sources", "source_detail", "system"),
                ),
                demands=("data", "retention", "retention-each", "source"),
            ),
            Section(
                "recipients",
                _("Who receives the data?"),
                (
                    *("has_no_recipients", "recipients", "processors", "joint_controllers"),
                    "contract_references",
                ),
                demands=("recipients",),
            ),
            Section(
                "transfers",
                _("Do the data leave the European Economic Area?"),
                ("has_no_transfers", "transfers"),
                demands=("transfers", "safeguards", "declaration"),
            ),
            Section(
                "decisions",
                _("Automated decisions (Art. 22)"),
                ("automated_decisions", "automated_logic", "automated_consequences"),
                demands=("automated-decisions", "automated-logic"),
            ),
            Section(
                "security",
                _("Security and risks (Art. 30(1)(g), 32 and 35)"),
                (
                    *("security_measures", "security", "detailed_measures", "policy_documents"),
                    *("dpia", "dpia_done_on", "dpia_summary", "authority_consultation"),
                ),
                demands=("security", "impact-assessment"),
            ),
            Section(
                "rest",
                _("Rights, period and review"),
                (
                    *("rights_procedure", "starts_on", "ends_on", "replaced_by"),
                    *("review_due_on", "remarks"),
                ),
            ),
        ),
        models.ProcessingActivity,
        KINDS,
    )
    fieldsets = fieldsets_of(sections, KINDS)
    inlines = [inline_for(part) for part in kinds_in(sections, KINDS)]
    actions = ["request_approval", "publish", "withdraw", "reviewed"]

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        return rows.for_user(user)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        words = typed_words(search_term).split()
        if search_term.strip() and not words:
            return queryset.none(), False
        return queryset.filter(holding(words)), False

    def get_field_queryset(self, db: str | None, db_field: Field, request: HttpRequest) -> QuerySet:
        rows = super().get_field_queryset(db, db_field, request)
        # Other bodies can be recipients; only one's own can be the controller.
        return rows.for_user(request.user) if db_field.name == "organisation" else rows

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """The body, for who works for one."""
        bodies = request.user.memberships.values_list("organisation", flat=True)[:2]
        return {"organisation": bodies[0]} if len(bodies) == 1 else {}

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """Body and number are the address of an activity: it keeps them."""
        return (*self.readonly_fields, "organisation") if obj else self.readonly_fields

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether to offer publishing at all; for which activities, publish() decides."""
        user = request.user
        return user.is_superuser or user.memberships.filter(role=Membership.Role.PUBLISHER).exists()

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was public once stays known as withdrawn; only a draft can be deleted."""
        if obj is not None and obj.publications.exists():
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request: HttpRequest) -> tuple[list, dict, set, list]:
        """What goes with drafts, counted: Django reads each row, and all that a history keeps."""
        activities = list(objs)
        may = all(self.has_delete_permission(request, activity) for activity in activities)
        counts = {self.opts.verbose_name_plural: len(activities)}
        for part in models.PARTS:
            if number := part.objects.filter(activity__in=activities).count():
                counts[part._meta.verbose_name_plural] = number
        refused = set() if may else {self.opts.verbose_name}
        return [str(activity) for activity in activities], counts, refused, []

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> list:
        """Of a draft that was deleted no words stay, not even its name."""
        entries = super().log_deletions(request, queryset)
        for activity in queryset:
            activity.forget_in_log()
        return entries

    def _create_formsets(self, request: HttpRequest, obj, change: bool) -> tuple[list, list]:
        formsets, inlines = super()._create_formsets(request, obj, change)
        siblings = {formset.prefix: formset for formset in formsets}
        for formset in formsets:
            formset.know(siblings)
        return formsets, inlines

    def get_formset_kwargs(self, request: HttpRequest, obj, inline, prefix: str) -> dict:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"meanwhile": getattr(request, "meanwhile", None)}

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        was_awaited = form.instance.is_awaited
        try:
            form.instance.remember(by=request.user)
        except DoesNotFit as refused:
            # No form of ours: it left rows out that are there.
            raise RequestDataTooBig("The activity would hold too much.") from refused
        drafts.forget_saved(request)
        views.tell_if_no_longer_awaited(self, request, was_awaited, form.instance)

    @admin.display(description=_("name"), ordering="name")
    def title(self, activity: models.ProcessingActivity) -> str:
        return activity.title

    @admin.display(description=_("status"), ordering="status")
    def state(self, activity: models.ProcessingActivity) -> str:
        return activity.state_label

    @admin.display(description=_("complete"))
    def score(self, activity: models.ProcessingActivity) -> str:
        return f"{activity.score} %"

    @admin.display(description=_("changed"), ordering="-changed_at")
    def changed(self, activity: models.ProcessingActivity) -> str:
        return views.moment_and_person(activity.changed_at, activity.changed_by)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Without the body, for who works for one."""
        if Organisation.objects.for_user(request.user).count() > 1:
            return self.list_display
        return tuple(name for name in self.list_display if name != "organisation")

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def overview(self, user: User) -> dict:
        """For the front page: the figures of the person's bodies."""
        return dashboard(user)

    # Workflow, for one and for several ----------------------------------------------------------

    @admin.action(description=_("Request approval of the selected processing activities"))
    def request_approval(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return views.step_with_several(self, request, queryset, "request")

    @admin.action(
        description=_("Publish the selected processing activities"), permissions=["publish"]
    )
    def publish(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return views.step_with_several(self, request, queryset, "publish")

    @admin.action(
        description=_("Withdraw the selected processing activities from public view"),
        permissions=["publish"],
    )
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return views.step_with_several(self, request, queryset, "withdraw")

    @admin.action(
        description=_("Selected processing activities: reviewed, nothing changed"),
        permissions=["publish"],
    )
    def reviewed(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return views.step_with_several(self, request, queryset, "review")

    # Pages of one activity -------------------------------------------------------------------

    def get_urls(self) -> list:
        def scoped(view, methods: tuple[str, ...]):
            @require_http_methods(methods)
            def inner(request: HttpRequest, object_id: str, **kwargs) -> HttpResponse:
                return view(self, request, self._activity(request, object_id), **kwargs)

            return self.admin_site.admin_view(inner)

        def page(route: str, view, name: str, methods: tuple[str, ...] = ("GET", "HEAD")):
            address = f"<path:object_id>/{route}"
            name = f"processing_processingactivity_{name}"
            return path(address, scoped(view, methods), name=name)

        return [
            # Not named as pages on which people write: a refusal need not hold what was sent.
            path(
                "draft/",
                self.admin_site.admin_view(self.draft_view),
                name="draft_of_new_activity",
            ),
            path(
                "draft/<uuid:key>/discard/",
                self.admin_site.admin_view(self.discard_view),
                name="discard_draft",
            ),
            path(
                "<path:object_id>/draft/", scoped(drafts.draft, CHANGING), name="draft_of_activity"
            ),
            path(
                "templates/",
                self.admin_site.admin_view(self.templates_view),
                name="processing_processingactivity_templates",
            ),
            page("steps/<slug:name>/", views.step, "step", CHANGING),
            page("preview/<slug:language>/", views.preview, "preview"),
            page("compare/", views.compare_with_public, "compare"),
            page("history/<int:number>/restore/", views.restore, "restore", CHANGING),
            page("erase/", views.erase, "erase", CHANGING),
            page("copy/", starting.copy, "copy", CHANGING),
            page("remarks/", remarks.remarks, "remarks", CHANGING),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None):
        return views.history(self, request, self._activity(request, object_id))

    def templates_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return starting.templates(self, request)

    @method_decorator(require_http_methods(CHANGING))
    def draft_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return drafts.draft(self, request)

    @method_decorator(require_http_methods(("POST",)))
    def discard_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        return drafts.discard(self, request, key)

    def _activity(self, request: HttpRequest, object_id: str) -> models.ProcessingActivity:
        """The activity at an address; Http404 for those of other bodies."""
        activity = self.get_object(request, unquote(object_id))
        if activity is None:
            raise Http404
        return activity

    def own_body(self, request: HttpRequest, key: object) -> Organisation:
        """One of the person's bodies by its key; Http404 for others, and for what is no key."""
        if not re.fullmatch(r"[0-9]{1,18}", str(key)):
            raise Http404
        return get_object_or_404(Organisation.objects.for_user(request.user), pk=key)

    def get_form(self, request: HttpRequest, obj=None, change: bool = False, **kwargs) -> type:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.is_only_shown = getattr(request, "is_only_shown", False)
        return form

    def response_change(self, request: HttpRequest, obj) -> HttpResponse:
        """After saving, on to the step that somebody had pressed before."""
        response = super().response_change(request, obj)
        if (name := request.POST.get("_step")) in workflow.STEPS:
            step = reverse("admin:processing_processingactivity_step", args=[obj.pk, name])
            return HttpResponseRedirect(step)
        return response

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {"countries": countries.names(get_language()), **(extra_context or {})}
        if request.method == "POST":
            request.POST = without_blank_rows(request.POST, KINDS)
        activity = self.get_object(request, unquote(object_id)) if object_id else None
        is_there = bool(activity) or not object_id
        if is_there and request.method == "POST":
            # In a transaction of its own: it is there whatever becomes of the other.
            drafts.keep_before_saving(self, request, activity)
        taken = drafts.taken_up(request, activity) if is_there else None
        context |= drafts.context(request, activity, taken)
        if activity:
            is_publisher = activity.organisation.can_publish(request.user)
            record = activity.public_record()
            context |= {
                "completeness": completeness_of(record),
                "jargon": ", ".join(jargon_in(record)),
                "steps": workflow.offered(activity, by=request.user, is_publisher=is_publisher),
                "thread": remarks.thread_of(activity),
                "last_remark": activity.last_remark(),
                "may_erase": is_publisher,
                "requested_erasure": activity.requested_erasure() if is_publisher else None,
            }
        if taken:
            return self._form_as_kept(request, activity, taken, (object_id, form_url, context))
        if not activity or request.method != "POST":
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            # Whoever saves at the same moment waits until this one is done.
            models.ProcessingActivity.objects.select_for_update().filter(pk=activity.pk).first()
            request.meanwhile = since(activity, request.POST.get("known", ""))
            return super().changeform_view(request, object_id, form_url, context)

    def _form_as_kept(
        self,
        request: HttpRequest,
        activity: models.ProcessingActivity | None,
        taken: models.FormDraft,
        arguments: tuple,
    ) -> HttpResponse:
        """The form as if it had been sent, with all that there is to tell of it; saves nothing."""
        # What was really sent is nothing. Read first: it would take the place of the other.
        method, _files = request.method, request.FILES
        sent = drafts.as_sent(taken)
        request.is_only_shown = True
        if activity:
            request.meanwhile = since(activity, sent.get("known", ""))
        request.method, request.POST = "POST", sent
        try:
            return super().changeform_view(request, *arguments)
        finally:
            request.method, request.POST = method, QueryDict()

    def render_change_form(self, request, context: dict, *args, **kwargs) -> HttpResponse:
        complete = context.get("completeness")
        form = context["adminform"]
        drawn = form_sections(
            self.sections,
            form,
            context["inline_admin_formsets"],
            complete.gaps if complete else (),
        )
        context |= {"sections": drawn, "form_errors": errors_of(form.form, drawn)}
        return super().render_change_form(request, context, *args, **kwargs)
