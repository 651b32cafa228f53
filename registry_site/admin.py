from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class RegisterAdminSite(admin.AdminSite):
    """The admin of the register. For now only central administrators come in."""

    site_header = site_title = _("Federal register of processing activities")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and request.user.is_superuser
