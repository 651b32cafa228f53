from django.contrib import admin
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

from organisations.models import User
from organisations.scoping import ChoicesView


class MemberLoginForm(AuthenticationForm):
    """Lets in whoever may do something in the admin."""

    required_css_class = "required"

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if not user.has_module_perms("processing"):
            raise self.get_invalid_login_error()


class RegisterAdminSite(admin.AdminSite):
    """The admin of the register, for the people of the bodies and central administrators."""

    site_header = site_title = _("Federal register of processing activities")
    index_title = _("Administration")
    login_form = MemberLoginForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever may do something; asked at every request, so that an end takes effect at once."""
        return request.user.is_active and request.user.has_module_perms("processing")

    def autocomplete_view(self, request: HttpRequest) -> JsonResponse:
        return ChoicesView.as_view(admin_site=self)(request)

    def get_urls(self) -> list:
        """Without "view on site": it would tell the address of any row of any body."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
