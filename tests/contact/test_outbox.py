"""From the outbox to a real mail server: nothing is lost, nothing comes twice."""

import itertools
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import make_msgid, parsedate_to_datetime
from random import Random

import pytest
import time_machine
from django.core.mail import EmailMessage, send_mail
from django.core.mail.message import BadHeaderError
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from contact.models import Mail, Question
from contact.models.mail import GIVE_UP_AFTER
from contact.models.question import new_reference
from contact.outbox import send_waiting
from organisations.models import Membership, Organisation
from tests import factories
from tests.contact.test_contact import FORM, WRITTEN, send
from tests.mail_server import ACCEPT, MOODS, MailServer
from tests.running_site import ROOT

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def server(settings):
    server = MailServer()
    server.start()
    send_through(server, settings)
    yield server
    server.stop()


def send_through(server: MailServer, settings) -> None:
    """Mails of the test go to this server."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 30


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


def run() -> list[Mail]:
    """One run of the sender."""
    return list(send_waiting())


def run_until_nothing_waits(clock, *, step: timedelta, longest: timedelta) -> None:
    end = timezone.now() + longest
    while Mail.objects.unsettled().exists():
        assert timezone.now() < end, Mail.objects.unsettled().count()
        run()
        clock.shift(step)


class TestMails:
    def test_mail_to_the_body_leads_to_the_admin_and_holds_no_word(self, body_a, server):
        body_a.mail_language = "fr"
        body_a.save()
        send(WRITTEN)

        run()

        to_body, _to_citizen = server.taken()
        question = Question.objects.get()
        assert to_body.receivers == (body_a.dpo_mailbox,)
        assert to_body.message["Subject"] == f"Un citoyen vous a écrit\xa0: {question.reference}"
        assert to_body.message["Reply-To"] is None
        for part in ("plain", "html"):
            text = to_body.message.get_body((part,)).get_content()
            assert f"/admin/contact/question/{question.pk}/change/" in text
            assert "Droit d’accès" in text
            for word in ("Robin", "robin@", "Which data"):
                assert word not in text
        assert '<html lang="fr">' in to_body.message.get_body(("html",)).get_content()

    def test_body_may_choose_to_get_the_text(self, body_a, server):
        body_a.is_message_mailed = True
        body_a.save()
        lines = ["<b>Hello</b>", "", "http://testserver/admin/account/logout/"]
        send(WRITTEN | {"message": "\n".join(lines)})

        run()

        message = server.taken()[0].message
        assert message["Reply-To"] == WRITTEN["email"]
        assert "<b>Hello</b>" in message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        assert "&lt;b&gt;Hello&lt;/b&gt;" in html
        # Nothing of it passes for a line of ours.
        assert "&gt; http://testserver/admin/account/logout/" in html
        assert html.count("<a href=") == 1

    def test_general_mailbox_gets_no_text(self, body_a, server):
        """The people who deal with data protection read it, nobody else."""
        body_a.dpo_mailbox, body_a.contact_mailbox = "", "info@body.example"
        body_a.is_message_mailed = True
        body_a.save()
        send(WRITTEN)

        run()

        assert server.taken()[0].receivers == ("info@body.example",)
        text = server.taken()[0].message.get_body(("plain",)).get_content()
        assert "Robin" not in text
        assert "Which data" not in text
        assert server.taken()[0].message["Reply-To"] is None

    @pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
    def test_acknowledgement_is_in_the_language_of_the_citizen_without_what_was_written(
        self, language, body_a, server
    ):
        send(WRITTEN, address=FORM.replace("/en/", f"/{language}/"))

        run()

        message = server.taken()[1].message
        question = Question.objects.get()
        assert server.taken()[1].receivers == (WRITTEN["email"],)
        assert question.reference in message["Subject"]
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Reply-To"] is None
        with override(language):
            assert str(question.get_kind_display()) in message.get_body(("plain",)).get_content()
        for part in ("plain", "html"):
            text = message.get_body((part,)).get_content()
            assert "Robin" not in text
            assert "Which data" not in text

    def test_without_a_mailbox_the_publishers_get_it_each_in_their_language(self, body_a, server):
        body_a.dpo_mailbox = ""
        body_a.save()
        for name, language in (("one", "nl"), ("two", "de")):
            person = factories.create_member(
                body_a, Membership.Role.PUBLISHER, f"{name}@people.example"
            )
            person.language = language
            person.save()

        factories.create_question(body_a)
        run()

        subjects = {
            mail.receivers[0]: mail.message["Subject"].split()[0] for mail in server.taken()[:2]
        }
        assert subjects == {"one@people.example": "Een", "two@people.example": "Eine"}

    def test_without_anybody_central_administrators_get_it(self, body_a, administrator, server):
        body_a.dpo_mailbox = ""
        body_a.save()

        factories.create_question(body_a)
        run()

        assert server.taken()[0].receivers == (administrator.email,)

    def test_headers_are_those_of_the_outbox(self, body_a, server):
        factories.create_question(body_a)
        written_at = Mail.objects.first().created_at

        run()

        message = server.taken()[0].message
        assert sorted(message.keys()) == sorted(
            [
                *("Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID"),
                *("Auto-Submitted", "X-Auto-Response-Suppress"),
            ]
        )
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["X-Auto-Response-Suppress"] == "DR, AutoReply, OOF"
        assert message["From"] == "register@testserver"
        assert abs(parsedate_to_datetime(message["Date"]) - written_at) < timedelta(seconds=1)

    def test_every_mail_says_that_it_is_automatic(self):
        """Also those that Django writes itself."""
        assert send_mail("Subject", "Text", None, ["one@people.example"]) == 1

        headers = Mail.objects.get().headers
        assert headers["Auto-Submitted"] == "auto-generated"
        assert headers["X-Auto-Response-Suppress"] == "DR, AutoReply, OOF"

    def test_mail_goes_to_the_domain_that_was_written(self, server):
        """Whoever kept the address: left to Django, ß would become ss on the way."""
        EmailMessage("S", "T", to=["jan@faß.example"], reply_to=["dpo@faß.example"]).send()

        run()

        (mail,) = server.taken()
        assert mail.receivers == ("jan@xn--fa-hia.example",)
        assert mail.message["Reply-To"] == "dpo@xn--fa-hia.example"

    def test_mail_that_nobody_could_send_is_refused_before_it_is_stored(self):
        for broken in (
            EmailMessage("one\nBcc: two@people.example", "text", to=["one@people.example"]),
            EmailMessage("one", "text", to=["one@people.example\nBcc: two@people.example"]),
        ):
            with pytest.raises(BadHeaderError):
                broken.send()
        for foreign in (
            EmailMessage("one", "text", to=["one@people.example"], cc=["two@people.example"]),
            EmailMessage("one", "text", "me@people.example", to=["one@people.example"]),
        ):
            with pytest.raises(ValueError, match="The outbox takes"):
                foreign.send()
        with pytest.raises(ValueError, match="not allowed"):
            EmailMessage("one", "text", to=["jan@x\u200cy.example"]).send()
        assert Mail.objects.count() == 0


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
