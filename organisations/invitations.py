"""Inviting people by mail to set their password."""

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from organisations import mail
from organisations.models import User


def invite(person: User, *, by: User) -> None:
    """Mail a link with which the person sets a password; it is valid for PASSWORD_RESET_TIMEOUT.

    The link works once, and no longer when the person has logged in or set a password.
    """
    context = {
        "address": password_address(person),
        "by": by,
        "admin": mail.admin_address(reverse("admin:index")),
        "bodies": [membership.organisation for membership in _memberships(person)],
    }
    mail.send([person], "mail/invitation.txt", context)


def password_address(person: User) -> str:
    """Where the person sets a password, for a mail."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return mail.admin_address(reverse("password_reset_confirm", args=[key, token]))


def _memberships(person: User):
    return person.memberships.select_related("organisation")
