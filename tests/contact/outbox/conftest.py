import pytest

from tests.contact.outbox.helpers import send_through
from tests.mail_server import MailServer


@pytest.fixture
def server(settings):
    server = MailServer()
    server.start()
    send_through(server, settings)
    yield server
    server.stop()
