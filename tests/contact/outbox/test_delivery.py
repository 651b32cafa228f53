"""From the outbox to a real mail server: nothing is lost, nothing comes twice."""

import itertools
import subprocess
import sys
from datetime import timedelta
from email.utils import make_msgid
from random import Random

import pytest
import time_machine
from django.core.mail import send_mail
from django.utils import timezone

from contact.models import Mail
from contact.models.mail import GIVE_UP_AFTER
from contact.models.question import new_reference
from organisations.models import Organisation
from tests import factories
from tests.contact.outbox.helpers import NOW, environment_of_a_sender, run
from tests.mail_server import ACCEPT, MOODS
from tests.running_site import ROOT

pytestmark = pytest.mark.django_db


def create_questions(body: Organisation, number: int) -> None:
    """So many questions with their mails, all as the first one came in: that takes far less."""
    first = factories.create_question(body)
    mails = list(Mail.objects.filter(question=first).order_by("pk"))
    for copy in range(1, number):
        first.pk, first.reference = None, new_reference()
        first.form = first.fingerprint = f"copy-{copy}"
        first.save(force_insert=True)
        for mail in mails:
            mail.pk, mail.question = None, first
            mail.message_id = make_msgid(domain="testserver")
            mail.headers["Message-ID"] = mail.message_id
            mail.save(force_insert=True)


def run_until_nothing_waits(clock, *, step: timedelta, longest: timedelta) -> None:
    end = timezone.now() + longest
    while Mail.objects.unsettled().exists():
        assert timezone.now() < end, Mail.objects.unsettled().count()
        run()
        clock.shift(step)


class TestDelivery:
    @pytest.mark.parametrize("mood", [mood for mood in MOODS if mood != ACCEPT])
    def test_mail_stays_and_is_tried_again_after_a_minute(self, mood, body_a, server, settings):
        with time_machine.travel(NOW, tick=False) as clock:
            factories.create_question(body_a)
            server.mood = lambda: mood
            settings.EMAIL_TIMEOUT = 0.3 if "hang at" in mood else 30
            run()
            # A server that works may take its time.
            settings.EMAIL_TIMEOUT = 30
            tried = Mail.objects.filter(attempts=1)
            expected = 0 if mood != "hang up after data" else 1
            assert len(server.taken()) == expected * tried.count()
            assert tried.count() >= 1
            server.mood = lambda: ACCEPT
            clock.shift(timedelta(seconds=59))
            run()
            assert tried.filter(state="waiting").count() >= 1
            clock.shift(timedelta(seconds=1))
            run()
            clock.shift(timedelta(seconds=60))
            run()

        assert set(Mail.objects.values_list("state", flat=True)) == {"delivered"}
        expected = {1} if mood != "hang up after data" else {1, 2}
        assert set(server.copies().values()) <= expected

    def test_failure_is_told_without_an_address(self, body_a, server, caplog):
        server.mood = lambda: "never at rcpt"
        factories.create_question(body_a)

        run()

        assert set(Mail.objects.values_list("failure", flat=True)) == {"SMTPRecipientsRefused 550"}
        ours = [r.getMessage() for r in caplog.records if r.name.startswith("contact")]
        assert len(ours) == 2
        assert not any("@" in line or "secret" in line for line in ours)

    def test_pauses_grow_to_an_hour_and_after_five_days_people_must_look(
        self, body_a, publisher_a, server
    ):
        server.mood = lambda: "later at rcpt"
        with time_machine.travel(NOW, tick=False) as clock:
            factories.create_question(body_a)
            Mail.objects.exclude(receiver=body_a.dpo_mailbox).delete()
            tried = [NOW]
            while Mail.objects.get().state == "waiting":
                run()
                mail = Mail.objects.get()
                if mail.state == "waiting":
                    tried.append(mail.next_attempt_at)
                    clock.move_to(mail.next_attempt_at)
        pauses = [
            int((later - earlier).total_seconds()) for earlier, later in itertools.pairwise(tried)
        ]

        assert pauses[:8] == [60, 120, 240, 480, 960, 1920, 3600, 3600]
        assert set(pauses[6:]) == {3600}
        assert GIVE_UP_AFTER <= tried[-1] - NOW < GIVE_UP_AFTER + timedelta(hours=1)
        assert Mail.objects.get().state == "undelivered"

    def test_mail_to_people_is_forgotten_once_it_is_taken(self, server):
        send_mail("Subject", "A secret link", None, ["one@people.example"])

        run()

        assert [mail.receivers for mail in server.taken()] == [("one@people.example",)]
        assert Mail.objects.count() == 0

    def test_outage_of_three_days_needs_no_hand(self, body_a, server):
        """Hundreds of questions while nothing listens; then all arrive, each once."""
        server.stop()
        with time_machine.travel(NOW, tick=False) as clock:
            create_questions(body_a, 250)
            for _half_hour in range(72 * 2):
                run()
                clock.shift(timedelta(minutes=30))
            assert Mail.objects.unsettled().count() == 500
            server.start()
            run_until_nothing_waits(clock, step=timedelta(minutes=5), longest=timedelta(hours=2))

        assert set(Mail.objects.values_list("state", flat=True)) == {"delivered"}
        assert len(server.copies()) == 500
        assert set(server.copies().values()) == {1}

    def test_outage_of_more_than_five_days_shows_every_mail_to_people(self, body_a, server):
        server.stop()
        with time_machine.travel(NOW, tick=False) as clock:
            create_questions(body_a, 50)
            for _hour in range(5 * 24):
                run()
                clock.shift(timedelta(hours=1))
            before = Mail.objects.filter(state="undelivered").count()
            run()
            server.start()
            run()

        assert before == 0
        assert Mail.objects.filter(state="undelivered").count() == 100
        assert server.taken() == []

    def test_sender_that_stood_still_for_a_week_gives_every_mail_its_days(self, body_a, server):
        server.mood = lambda: "later at rcpt"
        with time_machine.travel(NOW, tick=False) as clock:
            factories.create_question(body_a)
            clock.shift(timedelta(days=7))
            run()
            states = list(Mail.objects.values_list("state", "attempts"))
            server.mood = lambda: ACCEPT
            run_until_nothing_waits(clock, step=timedelta(minutes=1), longest=timedelta(hours=1))

        assert states == [("waiting", 1)] * 2
        assert set(Mail.objects.values_list("state", flat=True)) == {"delivered"}

    @pytest.mark.parametrize("days", [3, 400])
    def test_clock_that_was_ahead_and_is_set_back_stops_no_mail(self, days, body_a, server):
        with time_machine.travel(NOW + timedelta(days=days), tick=False) as clock:
            server.mood = lambda: "later at rcpt"
            factories.create_question(body_a)
            run()
            clock.move_to(NOW)
            run()
            states = list(Mail.objects.values_list("state", "attempts", "tried_since"))
            clock.shift(GIVE_UP_AFTER)
            run()
            late = set(Mail.objects.values_list("state", flat=True))

        assert states == [("waiting", 2, NOW)] * 2
        assert late == {"undelivered"}

    def test_three_days_of_refusals_need_no_hand(self, body_a, server):
        random = Random(3)
        server.mood = lambda: random.choice(["later at rcpt", "never at rcpt", "later at data"])
        with time_machine.travel(NOW, tick=False) as clock:
            for number in range(3):
                factories.create_question(body_a, message=f"Question {number}")
            for _hour in range(72 * 2):
                run()
                clock.shift(timedelta(minutes=30))
            assert Mail.objects.filter(state="waiting").count() == 6
            server.mood = lambda: ACCEPT
            run_until_nothing_waits(clock, step=timedelta(minutes=30), longest=timedelta(hours=2))

        assert len(server.copies()) == 6
        assert set(server.copies().values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(body_a, server):
    create_questions(body_a, 250)
    assert Mail.objects.count() == 500
    # However late one of them starts.
    server.together = 2

    senders = [
        subprocess.Popen(
            [sys.executable, "manage.py", "send_mail"],
            cwd=ROOT,
            env=environment_of_a_sender(server.port),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _sender in range(2)
    ]
    told = [sender.communicate(timeout=300)[0] for sender in senders]

    counts = [int(text.split()[0]) for text in told]
    assert sum(counts) == 500
    assert all(counts), counts
    assert set(server.copies().values()) == {1}
    assert len(server.copies()) == 500
