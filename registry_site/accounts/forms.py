from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import forms as auth
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from organisations.mailboxes import account_address
from registry_site.accounts import attempts, second_step
from registry_site.accounts.adapter import FIRST_STEP
from registry_site.accounts.models import Notice
from registry_site.accounts.notices import notify


class CountedCode:
    """A code that works once, and is counted where it is wrong."""

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        try:
            self.authenticator = second_step.accepted(self.user, code)
        except second_step.Locked as locked:
            page = render(context.request, "account/second_step_locked.html", status=403)
            raise ImmediateHttpResponse(page) from locked
        if self.authenticator is None:
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CountedCode, codes.AuthenticateForm):
    """The second step of a log-in."""

    def clean_code(self) -> str:
        # The password may have changed since it was given, because somebody knew it.
        given = context.request.session.get(FIRST_STEP, "")
        if not constant_time_compare(given, self.user.get_session_auth_hash()):
            clear_login(context.request)
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        return super().clean_code()


class ReauthenticateForm(CountedCode, codes.ReauthenticateForm):
    """Who is logged in confirms that it is them."""


class ActivateForm(ActivateTOTPForm):
    """Setting up an app: between the two pages, the session holds the secret, encrypted as well."""

    def __init__(self, *args, **kwargs) -> None:
        session = context.request.session
        if SECRET_SESSION_KEY in session:
            session[SECRET_SESSION_KEY] = decrypt(session[SECRET_SESSION_KEY])
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)


class PasswordChangeForm(AdminPasswordChangeForm):
    """Choosing another password: the one of now is counted as at the log-in."""

    def clean_old_password(self) -> str:
        attempts.count(context.request, self.user.email)
        old_password = super().clean_old_password()
        attempts.forget(context.request, self.user.email)
        return old_password


class PasswordResetForm(auth.PasswordResetForm):
    """Anybody may ask for a link to somebody's mailbox: only so many go there in a day."""

    def clean_email(self) -> str:
        return account_address(self.cleaned_data["email"])

    def save(self, **options) -> None:
        """The mail is written when mail is sent, and leads where ADMIN_URL says."""
        address = self.cleaned_data["email"]
        notify(Notice.About.LINK, address, most=settings.PASSWORD_LINKS)
