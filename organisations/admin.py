from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from organisations.models import Membership, Organisation, User


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("user", "organisation")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    ordering = ("email",)
    list_display = ("email", "first_name", "last_name", "is_staff", "is_active")
    search_fields = ("email", "first_name", "last_name")
    inlines = [MembershipInline]
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "language")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "language", "password1", "password2")}),
    )


@admin.register(Organisation)
class OrganisationAdmin(TranslationAdmin):
    list_display = ("slug", "name", "kind", "is_public")
    list_filter = ("kind", "is_public")
    search_fields = ("slug", "name_nl", "name_fr", "name_de", "name_en")
    autocomplete_fields = ("parent",)
    # Nothing acts on these yet.
    exclude = ("requires_two_persons", "review_interval_months")
    inlines = [MembershipInline]

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """A public address never changes."""
        return ("slug",) if obj and (obj.is_public or obj.publications.exists()) else ()
