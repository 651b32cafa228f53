"""Killed at every statement of submitting and of sending: nothing lost, nothing twice."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from random import Random
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone

from contact.models import Mail, Question
from contact.outbox import send_waiting
from tests import factories
from tests.contact.outbox.helpers import environment_of_a_sender, send_through
from tests.contact.test_contact import FORM, NETWORK, WRITTEN, send, token_on
from tests.mail_server import ACCEPT, MOODS, MailServer
from tests.running_site import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


class Victim:
    """Does one thing at a time, and may be killed while it does."""

    def __init__(self, server: MailServer) -> None:
        silence, self._silence = os.pipe()
        environment = environment_of_a_sender(server.port)
        environment |= {
            "DJANGO_SETTINGS_MODULE": "registry_site.settings",
            "SILENCE": str(silence),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=[silence],
            text=True,
        )
        os.close(silence)
        server.when_hanging = lambda: os.write(self._silence, b".")

    def does(self, action: str, *, kill_at: int, **task) -> dict:
        """How it ended: killed at the boundary, or done because there are not so many."""
        task |= {"action": action, "kill_at": kill_at}
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert answer.get("signal", 9) == 9, answer
        return answer

    def stop(self) -> None:
        self.process.communicate(timeout=60)
        os.close(self._silence)


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def victim(mail_server, django_db_setup) -> Iterator[Victim]:
    """One for all: to load Django takes longer than to be killed."""
    victim = Victim(mail_server)
    yield victim
    victim.stop()


@pytest.fixture
def server(mail_server, settings) -> MailServer:
    send_through(mail_server, settings)
    return mail_server


def forget(*tables: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM contact_{table}")  # noqa: S608 (names of ours)


@pytest.mark.parametrize("is_first_of_the_day", [True, False])
def test_question_is_whole_or_not_there_and_sending_it_again_makes_one(
    is_first_of_the_day, body_a, victim
):
    kill_at = 0
    while True:
        forget("mail", "question", "allowance")
        if is_first_of_the_day:
            # It also makes the day's salt.
            forget("dailysalt")
        random = Random(kill_at)
        words = " ".join(random.choices(["alpha", "béta", "γ", "\n", "delta"], k=30))
        written = WRITTEN | {"message": f"Q {words}", "token": token_on(FORM)}
        written["kind"] = Question.Kind.values[kill_at % len(Question.Kind.values)]

        first = victim.does("submit", kill_at=kill_at, address=FORM, body=urlencode(written))

        # Killed, nobody told the citizen "received". Told or not: a question has its mails.
        questions = Question.objects.count()
        assert Mail.objects.count() == 2 * questions
        if first["end"] == "done":
            assert first["answer"][0] == 302
            assert questions == 1
        again = send(written, token=written["token"], REMOTE_ADDR=NETWORK)
        assert again.status_code == 302
        assert again.headers["Location"] == f"{FORM}{Question.objects.get().reference}/"
        assert Mail.objects.count() == 2
        if first["end"] == "done":
            # As far as a run that nobody kills goes: the next one would only be the same.
            assert kill_at == first["boundaries"]
            assert kill_at > 20
            return
        kill_at += 1


NEVER = -1
# What the server does with the first mail and with the second, while the sender may be killed.
# Sent again, it accepts. Every mood has its turn at either place; after a refusal, the sender goes
# on in a conversation of its own.
PAIRS = [
    *((mood, ACCEPT) for mood in MOODS),
    *((ACCEPT, mood) for mood in MOODS if mood != ACCEPT),
    *(("later at rcpt", "hang up after data"), ("never at data", "hang at data")),
]


@pytest.mark.parametrize("moods", PAIRS, ids=", ".join)
def test_killed_sender_loses_no_mail_and_repeats_at_most_the_one_it_was_sending(
    moods, body_a, server, victim
):
    factories.create_question(body_a)
    mails = list(Mail.objects.all())
    hung_up = moods.count("hang up after data")
    kill_at = NEVER
    while True:
        Mail.objects.all().delete()
        Mail.objects.bulk_create(mails)
        server.taken().clear()
        left = iter(moods)
        server.mood = lambda left=left: next(left, ACCEPT)

        first = victim.does("send", kill_at=kill_at)
        taken = len(server.taken())
        to_come = [*left]
        server.mood = lambda: ACCEPT
        runs = 0
        while Mail.objects.unsettled().exists():
            Mail.objects.update(next_attempt_at=timezone.now())
            list(send_waiting())
            runs += 1
            assert runs < 10

        copies = server.copies()
        assert set(copies) == {mail.message_id for mail in mails}
        repeated = sum(copies.values()) - len(copies)
        # Between the server's 250 and the commit, or where the server hung up after it.
        assert repeated <= (first["end"] == "killed" and taken > 0) + hung_up
        if kill_at == NEVER:
            assert (first["end"], repeated <= hung_up) == ("done", True)
            assert set(to_come) <= {ACCEPT}
            kill_at = first["boundaries"]
            assert kill_at >= (60 if moods == (ACCEPT, ACCEPT) else 20)
        else:
            assert first["end"] == "killed"
        # From the last boundary to the first, or as far as it tells another story than a pair with
        # ACCEPT there does.
        if kill_at == 0 or any(mood != ACCEPT for mood in to_come):
            return
        kill_at -= 1
