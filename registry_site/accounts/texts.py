"""Texts of allauth that our catalogues say better: ours come before those of installed apps."""

from django.utils.translation import gettext_noop

TEXTS = (
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Authenticator code"),
    gettext_noop("You cannot deactivate two-factor authentication."),
    gettext_noop(
        "You cannot generate recovery codes without having two-factor authentication enabled."
    ),
)
