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
    messages = [_message(person, template, context) for person in people]
    transaction.on_commit(lambda: [_deliver(message, template) for message in messages])


def send_now(people: Iterable[User], template: str, context: dict) -> bool:
    """The same at once, for a command that tries again later; whether all mails were taken."""
    # A list, so that one failure does not keep the others from their mail.
    taken = [_deliver(_message(person, template, context), template) for person in people]
    return all(taken)


def _message(person: User, template: str, context: dict) -> EmailMessage:
    with override(person.language):
        subject, text = render_to_string(template, context | {"person": person}).split("\n", 1)
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject.strip(), text.strip() + "\n", to=[person.email], headers=headers)


def _deliver(message: EmailMessage, template: str) -> bool:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        # Neither the address nor the answer of the server, which may repeat it.
        logger.error("A mail could not be sent (%s): %s", template, type(error).__name__)
        return False
    return True


def admin_address(path: str) -> str:
    """The address of a page of the admin, for a mail."""
    return f"{settings.ADMIN_URL}{path}"
