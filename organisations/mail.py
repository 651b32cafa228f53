"""Mail to the people of the bodies, each in the language of the person."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from organisations.models import User

logger = logging.getLogger(__name__)


def send(people: Iterable[User], template: str, context: dict) -> None:
    """Mail each person once the transaction holds; a mail that fails stops nothing.

    The first line of the template is the subject, the rest the text.
    """
    messages = []
    for person in people:
        with override(person.language):
            subject, text = render_to_string(template, context | {"person": person}).split("\n", 1)
        headers = {"Auto-Submitted": "auto-generated"}
        messages.append(
            EmailMessage(subject.strip(), text.strip() + "\n", to=[person.email], headers=headers)
        )
    transaction.on_commit(lambda: _deliver(messages, template))


def _deliver(messages: list[EmailMessage], template: str) -> None:
    for message in messages:
        try:
            message.send()
        except (OSError, SMTPException) as error:
            # Neither the address nor the answer of the server, which may repeat it.
            logger.error("A mail could not be sent (%s): %s", template, type(error).__name__)


def admin_address(path: str) -> str:
    """The address of a page of the admin, for a mail."""
    return f"{settings.ADMIN_URL}{path}"
