"""The editors' side. Only central administrators come in: see registry_site/admin.py."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from processing import models
from processing.publishing import NothingToPublish, NothingToWithdraw, PublishRefused


@admin.register(models.Synonym)
class SynonymAdmin(admin.ModelAdmin):
    list_display = ("everyday", "means", "language")
    list_filter = ("language",)
    search_fields = ("everyday", "means")


@admin.register(*models.CODE_LISTS)
class CodeListAdmin(TranslationAdmin):
    list_display = ("code", "label", "broader", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("broader",)
    search_fields = ("code", "label_nl", "label_fr", "label_de", "label_en")

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """Publications name a term by its code."""
        return ("code",) if obj else ()

    def has_delete_permission(self, request, obj=None) -> bool:
        """Retired, never deleted."""
        return False


class PartInline(TranslationStackedInline):
    extra = 0


def inline_for(part: type) -> type[PartInline]:
    return type(f"{part.__name__}Inline", (PartInline,), {"model": part})


@admin.register(models.ProcessingActivity)
class ProcessingActivityAdmin(TranslationAdmin):
    list_display = ("organisation", "number", "name", "status", "is_published", "changed_at")
    list_display_links = ("number", "name")
    list_filter = ("status", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("reference", "name_nl", "name_fr", "name_de", "name_en")
    readonly_fields = ("number", "status", "is_published", "withdrawal_reason")
    autocomplete_fields = ("replaced_by",)
    filter_horizontal = ("themes", "data_subjects", "processing_types", "security_measures")
    inlines = [inline_for(part) for part in models.PARTS]
    actions = ["publish", "withdraw"]

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """Body and number are the address of an activity: it keeps them."""
        return (*self.readonly_fields, "organisation") if obj else self.readonly_fields

    @admin.action(description=_("Publish the selected processing activities"))
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        for activity in queryset:
            try:
                publication = activity.publish(by=request.user)
            except NothingToPublish:
                self.message_user(
                    request,
                    _("Not published, because nothing has changed: %(activity)s.")
                    % {"activity": activity},
                    messages.WARNING,
                )
            except PublishRefused as refusal:
                self.message_user(
                    request,
                    _("Not published: %(activity)s. Missing: %(missing)s.")
                    % {"activity": activity, "missing": refusal},
                    messages.WARNING,
                )
            else:
                self.message_user(
                    request,
                    _("Published: %(activity)s, version %(version)s.")
                    % {"activity": activity, "version": publication.version},
                    messages.SUCCESS,
                )

    @admin.action(description=_("Withdraw the selected processing activities from public view"))
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        for activity in queryset:
            try:
                activity.withdraw(by=request.user, reason="")
            except NothingToWithdraw:
                self.message_user(
                    request,
                    _("Not withdrawn, because it is not public: %(activity)s.")
                    % {"activity": activity},
                    messages.WARNING,
                )
            else:
                self.message_user(
                    request,
                    _("Withdrawn: %(activity)s.") % {"activity": activity},
                    messages.SUCCESS,
                )

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was public once stays known as withdrawn; only a draft can be deleted."""
        if obj is not None and obj.publications.exists():
            return False
        return super().has_delete_permission(request, obj)
