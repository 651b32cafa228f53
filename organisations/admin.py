from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from organisations.models import Membership, Organisation, User
from organisations.scoping import OwnChoices, RegisterAdmin


class MembershipInline(OwnChoices, admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("user", "organisation")


@admin.register(User)
class UserAdmin(RegisterAdmin, DjangoUserAdmin):
    ordering = ("email",)
    list_display = ("email", "first_name", "last_name", "is_superuser", "is_active")
    search_fields = ("email", "first_name", "last_name")
    list_filter = ("is_active", "is_superuser")
    inlines = [MembershipInline]
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "language")}),
        (_("Permissions"), {"fields": ("is_active", "is_superuser")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "language", "password1", "password2")}),
    )


@admin.register(Organisation)
class OrganisationAdmin(RegisterAdmin, TranslationAdmin):
    """Central administrators keep the bodies; people of a body see their own."""

    list_display = ("slug", "name", "kind", "is_public")
    list_filter = ("kind", "is_public")
    search_fields = ("slug", "name_nl", "name_fr", "name_de", "name_en")
    autocomplete_fields = ("parent",)
    # Nothing acts on these yet.
    exclude = ("requires_two_persons", "review_interval_months")
    inlines = [MembershipInline]

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        return rows.for_user(user)

    def choices(self, user: User) -> QuerySet:
        """Any public body can receive data; one that is not public exists for its people only."""
        rows = Organisation.objects.order_by("slug")
        if user.is_superuser:
            return rows
        return rows.filter(Q(is_public=True) | Q(pk__in=rows.for_user(user)))

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """A public address never changes."""
        return ("slug",) if obj and (obj.is_public or obj.publications.exists()) else ()
