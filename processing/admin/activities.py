"""The register of a body, as its people edit it."""

import re
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db.models import Field, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from modeltranslation.admin import TranslationAdmin

from organisations.choice_search import typed_words
from organisations.models import Membership, Organisation, User
from organisations.scoping import RegisterAdmin
from processing import models
from processing.admin import drafts, history, importing, printing, remarks, starting, steps, views
from processing.admin.dashboard import dashboard
from processing.admin.filters import (
    CountryFilter,
    DataFilter,
    GapFilter,
    ProcessorFilter,
    ReviewFilter,
    StateFilter,
)
from processing.admin.form_layout import SECTIONS
from processing.admin.form_page import FormPage
from processing.admin.form_rows import SMALL_TEXTS, inline_for
from processing.admin.forms import KINDS, ActivityForm
from processing.admin.sections import fieldsets_of, kinds_in
from processing.models.words import holding
from processing.publishing import DoesNotFit

# The methods of a page on which something can be changed.
CHANGING = ("GET", "HEAD", "POST")


@admin.register(models.ProcessingActivity)
class ProcessingActivityAdmin(FormPage, RegisterAdmin, TranslationAdmin):
    form = ActivityForm
    formfield_overrides = SMALL_TEXTS
    list_display = ("number", "title", "organisation", "state", "score", "review_due_on", "changed")
    list_display_links = ("number", "title")
    list_filter = (
        StateFilter,
        ReviewFilter,
        # By what they hold: a further kind of it has its filter here.
        ("organisation", admin.RelatedOnlyFieldListFilter),
        ("department", admin.RelatedOnlyFieldListFilter),
        DataFilter,
        ProcessorFilter,
        CountryFilter,
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
    fieldsets = fieldsets_of(SECTIONS, KINDS)
    inlines = [inline_for(part) for part in kinds_in(SECTIONS, KINDS)]
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
            activity.forget_elsewhere()
        return entries

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
        return history.moment_and_person(activity.changed_at, activity.changed_by)

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
        return steps.step_with_several(self, request, queryset, "request")

    @admin.action(
        description=_("Publish the selected processing activities"), permissions=["publish"]
    )
    def publish(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return steps.step_with_several(self, request, queryset, "publish")

    @admin.action(
        description=_("Withdraw the selected processing activities from public view"),
        permissions=["publish"],
    )
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return steps.step_with_several(self, request, queryset, "withdraw")

    @admin.action(
        description=_("Selected processing activities: reviewed, nothing changed"),
        permissions=["publish"],
    )
    def reviewed(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return steps.step_with_several(self, request, queryset, "review")

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

        def listed(route: str, view, name: str):
            return path(route, self.admin_site.admin_view(view), name=name)

        drafted = scoped(drafts.draft, CHANGING)
        return [
            # Not named as pages on which people write: a refusal need not hold what was sent.
            listed("draft/", self.draft_view, "draft_of_new_activity"),
            listed("draft/<uuid:key>/discard/", self.discard_view, "discard_draft"),
            path("<path:object_id>/draft/", drafted, name="draft_of_activity"),
            listed("templates/", self.templates_view, "processing_processingactivity_templates"),
            *self._import_urls(),
            path("print/<int:body>/", self.admin_site.admin_view(self.print_view), name="print"),
            page("steps/<slug:name>/", steps.step, "step", CHANGING),
            page("preview/<slug:language>/", views.preview, "preview"),
            page("compare/", views.compare_with_public, "compare"),
            page("history/<int:number>/restore/", history.restore, "restore", CHANGING),
            page("erase/", views.erase, "erase", CHANGING),
            page("copy/", starting.copy, "copy", CHANGING),
            page("remarks/", remarks.remarks, "remarks", CHANGING),
            *super().get_urls(),
        ]

    def _import_urls(self) -> list:
        """The pages of an import: for who may enter activities."""

        def page(route: str, view, name: str, methods: tuple[str, ...] = ("GET", "HEAD")):
            @require_http_methods(methods)
            def inner(request: HttpRequest, **kwargs) -> HttpResponse:
                if not self.has_add_permission(request):
                    raise PermissionDenied
                return view(self, request, **kwargs)

            return path(f"import/{route}", self.admin_site.admin_view(inner), name=name)

        return [
            # registry_site/request_content.py knows this one by its name.
            page("", importing.imports, "imports", CHANGING),
            page("workbook/<int:body>/<slug:language>/", importing.workbook, "import_workbook"),
            page("<int:key>/", importing.one, "import", CHANGING),
            page("<int:key>/columns/", importing.columns, "import_columns", CHANGING),
            page("<int:key>/report/", importing.report, "import_report"),
            page("<int:key>/<slug:step>/", importing.take, "import_step", ("POST",)),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None):
        return history.history(self, request, self._activity(request, object_id))

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

    @method_decorator(require_http_methods(("GET", "HEAD")))
    def print_view(self, request: HttpRequest, body: int) -> HttpResponseBase:
        return printing.whole_register(self, request, self.own_body(request, body))

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
