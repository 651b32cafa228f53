from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from registry_site.accounts import devices
from registry_site.accounts.second_step import ease_after_new_password
from registry_site.accounts.sessions import end_other_sessions


@login_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember in which language the person wants the admin and the mails."""
    language = request.POST.get("language")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    request.user.language = language
    request.user.save(update_fields=["language"])
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("admin:index")
    return HttpResponseRedirect(back)


@login_required
@require_POST
@reauthentication_required
def log_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """For who left a session open on another machine, or fears that somebody has one."""
    end_other_sessions(request)
    return render(request, "account/logged_out_elsewhere.html")


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Keep the session of somebody who is typing: 204 while logged in, else 403."""
    return HttpResponse(status=204 if request.user.is_authenticated else 403)


class PasswordResetConfirmView(auth.PasswordResetConfirmView):
    """Choosing a password through a link that only the person's mailbox got."""

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        ease_after_new_password(self.user)
        devices.remember(response, self.user)
        return response
