"""What the tests of this folder share."""

import os
import re
from datetime import UTC, datetime

from django.db import connection

from contact.models import Mail
from contact.outbox import send_waiting
from tests.mail_server import MailServer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def send_through(server: MailServer, settings) -> None:
    """Mails of the test go to this server."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 30


def run() -> list[Mail]:
    """One run of the sender."""
    return list(send_waiting())


def environment_of_a_sender(port: int) -> dict[str, str]:
    """What `manage.py send_mail` needs to work on the database of the tests."""
    name = connection.settings_dict["NAME"]
    address = re.sub(r"/register\b(?=\?|$)", f"/{name}", os.environ["DATABASE_URL"])
    assert f"/{name}" in address
    return {
        **os.environ,
        "DATABASE_URL": address,
        "MAIL_HOST": "127.0.0.1",
        "MAIL_PORT": str(port),
        # What a busy machine needs is no question.
        "MAIL_TIMEOUT": "120",
    }
