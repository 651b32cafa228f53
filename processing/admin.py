"""The editors' side: the register of a body for its people, code lists for the whole site."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Field, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from organisations.models import Membership, User
from organisations.scoping import OwnChoices, RegisterAdmin
from processing import models
from processing.publishing import NothingToPublish, NothingToWithdraw, PublishRefused


@admin.register(models.Synonym)
class SynonymAdmin(RegisterAdmin):
    list_display = ("everyday", "means", "language")
    list_filter = ("language",)
    search_fields = ("everyday", "means")


@admin.register(*models.CODE_LISTS)
class CodeListAdmin(RegisterAdmin, TranslationAdmin):
    """Everybody reads the code lists; central administrators keep them."""

    list_display = ("code", "label", "broader", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("broader",)
    search_fields = ("code", "label_nl", "label_fr", "label_de", "label_en")

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        return rows

    def choices(self, user: User) -> QuerySet:
        """What is retired stays where it was used and cannot be chosen anew."""
        return super().choices(user).filter(is_active=True)

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """Publications name a term by its code."""
        return ("code",) if obj else ()

    def has_delete_permission(self, request, obj=None) -> bool:
        """Retired, never deleted."""
        return False


class KeepsRetiredTerms(forms.ModelForm):
    """A form whose instance may keep terms that have been retired since they were chosen."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if self.instance.pk and isinstance(field, forms.ModelChoiceField):
                field.queryset |= self._chosen_terms(name)

    def _chosen_terms(self, name: str) -> QuerySet:
        model = self.fields[name].queryset.model
        if model not in models.CODE_LISTS:
            return model.objects.none()
        chosen = self.initial.get(name) or []
        codes = [term.pk for term in chosen] if isinstance(chosen, list) else [chosen]
        return model.objects.filter(pk__in=codes)


class PartInline(OwnChoices, TranslationStackedInline):
    form = KeepsRetiredTerms
    extra = 0


def inline_for(part: type) -> type[PartInline]:
    return type(f"{part.__name__}Inline", (PartInline,), {"model": part})


@admin.register(models.ProcessingActivity)
class ProcessingActivityAdmin(RegisterAdmin, TranslationAdmin):
    form = KeepsRetiredTerms
    list_display = ("organisation", "number", "name", "status", "is_published", "changed_at")
    list_display_links = ("number", "name")
    list_filter = ("status", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("reference", "name_nl", "name_fr", "name_de", "name_en")
    readonly_fields = ("number", "status", "is_published", "withdrawal_reason")
    autocomplete_fields = ("replaced_by",)
    filter_horizontal = ("themes", "data_subjects", "processing_types", "security_measures")
    inlines = [inline_for(part) for part in models.PARTS]
    actions = ["publish", "withdraw"]

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        return rows.for_user(user)

    def get_field_queryset(self, db: str, db_field: Field, request: HttpRequest) -> QuerySet:
        rows = super().get_field_queryset(db, db_field, request)
        # Other bodies can be recipients; only one's own can be the controller.
        return rows.for_user(request.user) if db_field.name == "organisation" else rows

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """The body, for who works for one."""
        bodies = request.user.memberships.values_list("organisation", flat=True)[:2]
        return {"organisation": bodies[0]} if len(bodies) == 1 else {}

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether to offer publishing at all; for which activities, publish() decides."""
        user = request.user
        return user.is_superuser or user.memberships.filter(role=Membership.Role.PUBLISHER).exists()

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """Body and number are the address of an activity: it keeps them."""
        return (*self.readonly_fields, "organisation") if obj else self.readonly_fields

    @admin.action(
        description=_("Publish the selected processing activities"), permissions=["publish"]
    )
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        for activity in queryset:
            try:
                publication = activity.publish(by=request.user)
            except PermissionDenied:
                self.message_user(
                    request,
                    _("You are not a publisher of the body of this activity: %(activity)s.")
                    % {"activity": activity},
                    messages.WARNING,
                )
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

    @admin.action(
        description=_("Withdraw the selected processing activities from public view"),
        permissions=["publish"],
    )
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        for activity in queryset:
            try:
                activity.withdraw(by=request.user, reason="")
            except PermissionDenied:
                self.message_user(
                    request,
                    _("You are not a publisher of the body of this activity: %(activity)s.")
                    % {"activity": activity},
                    messages.WARNING,
                )
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
