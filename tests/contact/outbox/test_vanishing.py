"""The machine of the mail server is gone without a word: mails wait, and come once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contact.models import Mail
from tests import factories
from tests.cable import laid
from tests.contact.outbox.helpers import run, send_through
from tests.mail_server import ACCEPT, MailServer

pytestmark = pytest.mark.django_db


def states() -> list[tuple]:
    return sorted(Mail.objects.values_list("state", "attempts"))


def test_mail_server_that_is_gone_in_the_middle_of_a_mail_is_given_up_for_now(body_a, settings):
    factories.create_question(body_a)
    with laid(1) as (cable,):
        server = MailServer(cable.far)
        with cable.far_away():
            server.start()
        send_through(server, settings)
        settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = cable.far, 1
        # It has all of a mail but the last dot, and then the cable is pulled.
        server.mood = lambda: "hang at data"
        server.when_hanging = cable.pull
        run()
        in_the_middle = states()
        Mail.objects.update(next_attempt_at=timezone.now())
        run()
        from_the_start = states()
        cable.plug()
        server.mood = lambda: ACCEPT
        Mail.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=1))
        run()
        copies = list(server.copies().values())
        server.stop()

    # Each attempt is noted; the other mail does not wait for the same.
    assert in_the_middle == [("waiting", 0), ("waiting", 1)]
    assert from_the_start == [("waiting", 0), ("waiting", 2)]
    assert states() == [("delivered", 1), ("delivered", 3)]
    assert copies == [1, 1]
