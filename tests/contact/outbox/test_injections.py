"""From the outbox to a real mail server: nothing is lost, nothing comes twice."""

import pytest

from tests.contact.outbox.helpers import run
from tests.contact.test_contact import WRITTEN, send

pytestmark = pytest.mark.django_db


# What somebody might type to add a header, a receiver or a command.
BREAKS = ("\n", "\r", "\r\n", "\n\n", "%0a", "%0d%0a", "\\r\\n", "\v", "\f", "\x85", "\u2028", "\0")


ADDED = (
    "Bcc: victim@evil.example",
    "Cc: victim@evil.example",
    "To: victim@evil.example",
    "Reply-To: victim@evil.example",
    "Subject: Buy now",
    "Content-Type: text/html",
    ".\r\nMAIL FROM:<victim@evil.example>\r\nRCPT TO:<victim@evil.example>\r\nDATA\r\nhello",
)


ADDRESSES = (
    "robin@citizens.example,victim@evil.example",
    "robin@citizens.example;victim@evil.example",
    "robin@citizens.example victim@evil.example",
    "<robin@citizens.example> victim@evil.example",
    "Robin <victim@evil.example>",
    '"victim@evil.example"@citizens.example',
    '"robin\nBcc: victim@evil.example"@citizens.example',
    "robin@citizens.example>\nRCPT TO:<victim@evil.example",
    "robin@[127.0.0.1]",
    "robin@citizens.example\x00@evil.example",
    "=?utf-8?q?victim=40evil.example=2C?=robin@citizens.example",
    "(victim@evil.example)robin@citizens.example",
    "robin@citizens.example(victim@evil.example)",
    "victim@evil.example@citizens.example",
    "@evil.example:robin@citizens.example",
    "róbin@citizens.example",
    "robin@xn--a.example\r\nBcc: victim@evil.example",
    "mailto:robin@citizens.example?bcc=victim@evil.example",
)


INJECTIONS = [
    (field, f"{start}{line_break}{added}")
    for field, start in {
        "name": "Robin",
        "message": "Hello",
        "email": "robin@citizens.example",
    }.items()
    for line_break in BREAKS
    for added in ADDED
] + [("email", address) for address in ADDRESSES]


def test_nothing_typed_adds_a_header_or_a_receiver(body_a, server):
    """More than 200 strings, through the form to the mail server, with the text in the mail."""
    body_a.is_message_mailed = True
    body_a.save()
    statuses = set()
    for number, (field, text) in enumerate(INJECTIONS):
        written = {**WRITTEN, "email": f"robin{number}@citizens.example", field: text}
        statuses.add(send(written).status_code)
    run()

    assert len(INJECTIONS) >= 200
    assert statuses == {302, 422}
    assert len(server.taken()) > 200
    expected = {
        *("content-type", "mime-version", "subject", "from", "to", "date", "message-id"),
        *("auto-submitted", "x-auto-response-suppress"),
    }
    for mail in server.taken():
        (receiver,) = mail.receivers
        assert receiver == body_a.dpo_mailbox or receiver.endswith("@citizens.example"), receiver
        assert mail.sender == "register@testserver"
        names = [name.lower() for name in mail.message.keys()]  # noqa: SIM118
        assert len(names) == len(set(names))
        assert set(names) - {"reply-to"} == expected
        if receiver == body_a.dpo_mailbox:
            assert mail.message["Reply-To"].endswith("@citizens.example")
            assert mail.message["Reply-To"].count("@") == 1
        assert mail.message["To"] == receiver
        assert mail.message["Subject"].startswith(("Een burger", "We have received"))
        assert "Buy now" not in mail.message["Subject"]
