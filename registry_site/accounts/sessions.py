"""When a session ends, beside what Django does: after a while, and when a second factor changes.

A new password ends the other sessions too: Django sees that they began with another.
"""

import time
from collections.abc import Callable

from allauth.account.signals import authentication_step_completed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from organisations.models import User
from registry_site.accounts.second_step import use_up_current_code

BEGAN = "began"


def end_long_sessions(get_response: Callable) -> Callable:
    """Log out who logged in so many hours ago, however busy the session is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Only the admin has sessions: a public page must not even look for one.
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            began = request.session.setdefault(BEGAN, time.time())
            if time.time() - began >= settings.SESSION_HOURS * 60 * 60:
                logout(request)
        return get_response(request)

    return middleware


def seconds_left(request: HttpRequest) -> dict[str, int]:
    """How long the session lasts: from now without activity (`idle`), and however busy (`left`)."""
    now = time.time()
    end = request.session.get(BEGAN, now) + settings.SESSION_HOURS * 60 * 60
    return {"idle": request.session.get_expiry_age(), "left": max(int(end - now), 0)}


@receiver(user_logged_in)
def begin(sender: type, *, request: HttpRequest, **kwargs) -> None:
    request.session[BEGAN] = time.time()


@receiver(authentication_step_completed)
def renew(sender: type, *, request: HttpRequest, **kwargs) -> None:
    """With every password and code, a session that somebody else knows is worth nothing more."""
    request.session.cycle_key()


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def log_out_elsewhere(sender: type, *, request: HttpRequest, user: User, **kwargs) -> None:
    """Whoever is logged in as this person elsewhere logs in anew, with the second factor of now."""
    end_other_sessions(request)


def end_other_sessions(request: HttpRequest) -> None:
    """Log the person out everywhere but here."""
    request.user.end_sessions()
    update_session_auth_hash(request, request.user)


@receiver(authenticator_added)
def use_up_code_of_the_new_app(sender: type, *, user: User, **kwargs) -> None:
    use_up_current_code(user)
