from collections.abc import Callable
from functools import wraps

from allauth.mfa.utils import is_mfa_enabled
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from organisations.scoping import ChoicesView, RegisterAdmin
from registry_site import unaccepted_forms
from registry_site.accounts.forms import PasswordChangeForm


class RegisterAdminSite(admin.AdminSite):
    """The admin of the register, for the people of the bodies and central administrators."""

    site_header = site_title = _("Federal register of your data")
    index_title = _("Overview")

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Leave out what does not scope its rows: the forms that installed apps bring along."""
        if admin_class and issubclass(admin_class, RegisterAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Who has a role and, where that is required, a second factor.

        Asked at every request, so that an end takes effect at once.
        """
        return self._has_role(request) and not self._lacks_second_factor(request)

    def _has_role(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.has_module_perms("processing")

    def _lacks_second_factor(self, request: HttpRequest) -> bool:
        return settings.TWO_FACTOR and not is_mfa_enabled(request.user)

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """Keep what somebody sends whose session has ended: the log-in would lose it."""
        page = super().admin_view(view, cacheable)

        @wraps(page)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            is_form = request.method == "POST" and not request.user.is_authenticated
            if is_form and unaccepted_forms.is_worth_keeping(request):
                return unaccepted_forms.session_ended(request)
            return page(request, *args, **kwargs)

        return inner

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Lead on to what is missing: logging in, a second factor, a role."""
        if not request.user.is_authenticated:
            after = request.GET.get("next", reverse("admin:index"))
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': after})}")
        if not self._has_role(request):
            return render(request, "account/no_role.html", status=403)
        if self._lacks_second_factor(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return HttpResponseRedirect(reverse("admin:index"))

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        activities = self.get_model_admin(apps.get_model("processing.ProcessingActivity"))
        questions = self.get_model_admin(apps.get_model("contact.Question"))
        overview = {
            "bodies": activities.overview(request.user),
            "questions": questions.overview(request.user),
        }
        return super().index(request, overview)

    def password_change(self, request: HttpRequest, extra_context: dict | None = None):
        """As Django does it, with a form that counts."""
        request.current_app = self.name
        view = PasswordChangeView.as_view(
            form_class=PasswordChangeForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)

    def autocomplete_view(self, request: HttpRequest) -> JsonResponse:
        return ChoicesView.as_view(admin_site=self)(request)

    def get_urls(self) -> list:
        """Without "view on site": it would tell the address of any row of any body."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
