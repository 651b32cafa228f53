"""Mails of the register, each in the language of who reads it.

Sending one stores it in the outbox (EMAIL_BACKEND), in the transaction that it belongs to.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from organisations.models import User


def send(people: Iterable[User], template: str, context: dict) -> None:
    """Mail each person, in the language that the person has chosen."""
    for person in people:
        compose(template, context, to=person.email, language=person.language).send()


def compose(
    template: str, context: dict, *, to: str, language: str, reply_to: str = ""
) -> EmailMultiAlternatives:
    """A mail made from a template whose first line is the subject, and the rest the text."""
    with override(language):
        subject, text = render_to_string(template, context).split("\n", 1)
        text = text.strip() + "\n"
        paragraphs = [paragraph.splitlines() for paragraph in text.split("\n\n")]
        html = render_to_string(
            "mail/frame.html",
            {
                "language": language,
                "subject": subject.strip(),
                "paragraphs": [[_line(line) for line in lines] for lines in paragraphs],
            },
        )
    message = EmailMultiAlternatives(
        subject.strip(),
        text,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
    )
    message.attach_alternative(html, "text/html")
    return message


def admin_address(path: str) -> str:
    """The address of a page of the admin, for a mail."""
    return f"{settings.ADMIN_URL}{path}"


def site_address(path: str) -> str:
    """The address of a public page, for a mail."""
    return f"{settings.SITE_URL or settings.ADMIN_URL}{path}"


def _line(text: str) -> tuple[str, bool]:
    """The text, and whether it is an address of this site: only those become links."""
    own = tuple(f"{origin}/" for origin in (settings.ADMIN_URL, settings.SITE_URL) if origin)
    return text, text.startswith(own) and " " not in text
