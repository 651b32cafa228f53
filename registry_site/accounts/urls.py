"""The addresses of log-in and account, under /admin/ because cookies exist only there."""

from allauth.account.views import login, reauthenticate
from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from registry_site.accounts import views
from registry_site.accounts.forms import PasswordResetForm

# What the frame of the admin shows on pages that are not its own.
FRAME = {"site_header": admin.site.site_header, "site_title": admin.site.site_title}

urlpatterns = [
    path("login/", login, name="account_login"),
    path("reauthenticate/", reauthenticate, name="account_reauthenticate"),
    path("2fa/", include("allauth.mfa.urls")),
    path("language/", views.choose_language, name="account_language"),
    path("elsewhere/", views.log_out_elsewhere, name="account_log_out_elsewhere"),
    path("alive/", views.alive, name="account_alive"),
    path(
        "password/",
        auth.PasswordResetView.as_view(extra_context=FRAME, form_class=PasswordResetForm),
        name="admin_password_reset",
    ),
    path(
        "password/sent/",
        auth.PasswordResetDoneView.as_view(extra_context=FRAME),
        name="password_reset_done",
    ),
    path(
        "password/<uidb64>/<token>/",
        views.PasswordResetConfirmView.as_view(extra_context=FRAME),
        name="password_reset_confirm",
    ),
    path(
        "password/set/",
        auth.PasswordResetCompleteView.as_view(extra_context=FRAME),
        name="password_reset_complete",
    ),
]
