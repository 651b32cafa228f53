"""Code lists, synonyms and templates: for the whole site, kept by central administrators."""

from django.contrib import admin
from django.db.models import QuerySet
from modeltranslation.admin import TranslationAdmin

from organisations.models import User
from organisations.scoping import RegisterAdmin
from processing import models


@admin.register(models.Synonym)
class SynonymAdmin(RegisterAdmin):
    list_display = ("everyday", "means", "language")
    list_filter = ("language",)
    search_fields = ("everyday", "means")


@admin.register(*models.CODE_LISTS.values())
class CodeListAdmin(RegisterAdmin, TranslationAdmin):
    """Everybody reads the code lists; central administrators keep them."""

    has_few_rows = True
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


@admin.register(models.ActivityTemplate)
class ActivityTemplateAdmin(RegisterAdmin, TranslationAdmin):
    """Made from an activity (its page "Copy"), named and described here."""

    list_display = ("slug", "title")

    def has_add_permission(self, request) -> bool:
        return False
