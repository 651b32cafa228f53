from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import forms as auth

from contact.allowances import Allowances
from organisations.mailboxes import account_address
from organisations.models import User


class PasswordResetForm(auth.PasswordResetForm):
    """Anybody may ask for a link to somebody's mailbox: only so many go there in a day."""

    def clean_email(self) -> str:
        return account_address(self.cleaned_data["email"])

    def get_users(self, email: str) -> Iterator[User]:
        today = Allowances.of_today()
        for person in super().get_users(email):
            if today.take("password", person.email.lower(), most=settings.PASSWORD_LINKS):
                yield person

    def save(self, **options) -> None:
        """The link leads where the admin is reached, whatever host the request named."""
        admin = urlsplit(settings.ADMIN_URL)
        super().save(
            **options | {"domain_override": admin.netloc, "use_https": admin.scheme == "https"}
        )
