"""What the outbox holds, and what arrives."""

import io

from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command


def delivered() -> list[EmailMessage]:
    """Send what waits; every mail of this test so far, in order."""
    call_command("send_mail", stdout=io.StringIO())
    return mail.outbox
