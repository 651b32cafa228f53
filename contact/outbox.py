"""Every mail of the site goes through here: stored in the transaction that it belongs to, sent
afterwards by `manage.py send_mail`, tried again until a mail server has taken it.

Why not one of the libraries: docs/decisions/0012-an-outbox-of-our-own.md.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from email.utils import format_datetime, make_msgid, parseaddr
from smtplib import (
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from contact.models import Mail, Question
from organisations.mailboxes import with_dns_name

logger = logging.getLogger(__name__)

# No out-of-office notice answers a mail of the site (RFC 3834; the second for Exchange, which does
# not look at the first). Who cannot be reached is still told: that is not suppressed.
AUTOMATIC = {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "DR, AutoReply, OOF",
}


class EmailBackend(BaseEmailBackend):
    """Django's door to the outbox: whoever sends a mail with Django stores it here."""

    def send_messages(self, messages: list[EmailMessage]) -> int:
        for message in messages:
            store(message)
        return len(messages)


def store(message: EmailMessage, *, question: Question | None = None) -> list[Mail]:
    """Put a mail into the outbox, once for each receiver; gives what it stored.

    Raises BadHeaderError for a line break in a header, and ValueError for what an outbox mail
    cannot have: attachments, copies, a sender of its own, a domain that is none.
    """
    unsupported = (message.cc, message.bcc, message.attachments)
    if any(unsupported) or message.from_email != settings.DEFAULT_FROM_EMAIL:
        raise ValueError("The outbox takes mails from the site's own address to receivers only.")
    # A header that cannot be sent must stop whoever writes the mail, not whoever sends it.
    message.message()
    now = timezone.now()
    html = [text for text, kind in getattr(message, "alternatives", []) if kind == "text/html"]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    # Not by Django, which would send it to another domain: organisations/mailboxes.py.
    receivers = [with_dns_name(address) for address in message.to]
    reply_to = ", ".join(with_dns_name(address) for address in message.reply_to)
    stored = []
    for receiver in receivers:
        message_id = make_msgid(domain=domain)
        mail = Mail.objects.create(
            organisation=question.organisation if question else None,
            question=question,
            message_id=message_id,
            created_at=now,
            next_attempt_at=now,
            receiver=receiver,
            reply_to=reply_to,
            subject=message.subject,
            text=message.body,
            html=html[0] if html else "",
            headers={
                **AUTOMATIC,
                **message.extra_headers,
                "Message-ID": message_id,
                "Date": format_datetime(timezone.localtime(now)),
            },
        )
        stored.append(mail)
    return stored


def send_waiting() -> Iterator[Mail]:
    """Try every mail that is due, once; gives each after its attempt.

    The lock of a row is its lease: another sender skips it, and it ends with the process. Stops
    when the mail server cannot be reached: the others would have to wait for it one by one.
    Raises ImproperlyConfigured where mails become files and the directory cannot be written.
    """
    started_at = timezone.now()
    Mail.objects.bring_forward(started_at)
    connection = get_connection(settings.MAIL_TRANSPORT)
    try:
        while True:
            due = Mail.objects.due(started_at)
            with transaction.atomic():
                mail = due.select_for_update(skip_locked=True, of=("self",)).first()
                if mail is None:
                    return
                error = _attempt(mail, connection)
            yield mail
            if error:
                # What state the conversation is in, nobody knows.
                _hang_up(connection)
                if not _is_about_the_mail(error):
                    due.could_not_be_tried(timezone.now(), _failure(error))
                    return
    finally:
        _close(connection)


def _attempt(mail: Mail, connection: BaseEmailBackend) -> Exception | None:
    try:
        connection.open()
        connection.send_messages([mail.as_message(connection)])
    except Exception as error:  # whatever it is, the mail stays
        mail.was_refused(_failure(error))
        logger.warning("Mail %d: attempt %d failed, %s", mail.pk, mail.attempts, mail.failure)
        return error
    mail.was_taken()
    return None


def _close(connection: BaseEmailBackend) -> None:
    with suppress(Exception):  # a server that has gone away needs no farewell
        connection.close()


def _hang_up(connection: BaseEmailBackend) -> None:
    """End without a farewell: a server that says nothing would not answer that either."""
    server = getattr(connection, "connection", None)
    if server is not None:
        with suppress(Exception):
            server.close()
        connection.connection = None


def _is_about_the_mail(error: Exception) -> bool:
    """Whether the server answered, and only does not want this mail now."""
    return isinstance(error, (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError))


def _failure(error: Exception) -> str:
    """What went wrong, without the answer of the server: it may repeat an address."""
    codes = []
    if isinstance(error, SMTPResponseException):
        codes = [error.smtp_code]
    elif isinstance(error, SMTPRecipientsRefused):
        codes = sorted({code for code, _answer in error.recipients.values()})
    return " ".join([type(error).__name__, *map(str, codes)])
