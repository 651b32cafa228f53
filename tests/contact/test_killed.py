"""Killed at every statement of submitting and of sending: nothing lost, nothing twice."""

import json
import subprocess
import sys
from random import Random
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone

from contact.models import Mail, Question
from tests import factories
from tests.contact.test_contact import FORM, WRITTEN, token_on
from tests.contact.test_outbox import environment_of_a_sender
from tests.mail_server import ACCEPT, MOODS, MailServer
from tests.running_site import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
SEEDS = range(20)


class Victim:
    """Does one thing at a time, and may be killed while it does."""

    def __init__(self, server: MailServer) -> None:
        environment = environment_of_a_sender(server.port)
        environment |= {"DJANGO_SETTINGS_MODULE": "registry_site.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def does(self, action: str, **task) -> dict:
        self.process.stdin.write(json.dumps({"action": action, **task}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert answer.get("signal", 9) == 9, answer
        return answer

    def stop(self) -> None:
        self.process.communicate(timeout=30)


@pytest.fixture
def server():
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def victim(server):
    victim = Victim(server)
    yield victim
    victim.stop()


def forget_questions() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM contact_mail")
        cursor.execute("DELETE FROM contact_question")
        cursor.execute("DELETE FROM contact_allowance")


@pytest.mark.parametrize("seed", SEEDS)
def test_question_is_whole_or_not_there_and_sending_it_again_makes_one(seed, body_a, victim):
    random = Random(seed)
    kill_at = 0
    while True:
        forget_questions()
        if random.random() < 0.3:
            # The first of a day also makes the day's salt.
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM contact_dailysalt")
        words = " ".join(random.choices(["alpha", "béta", "γ", "\n", "delta"], k=30))
        written = WRITTEN | {"message": f"Q {words}", "token": token_on(FORM)}
        written["kind"] = random.choice(Question.Kind.values)
        body = urlencode(written)

        first = victim.does("submit", address=FORM, body=body, kill_at=kill_at)

        # Killed, nobody told the citizen "received". Told or not: a question has its mails.
        questions = Question.objects.count()
        assert Mail.objects.count() == 2 * questions
        if first["end"] == "done":
            assert first["answer"][0] == 302
            assert questions == 1
        again = victim.does("submit", address=FORM, body=body)
        assert again["answer"] == [302, f"{FORM}{Question.objects.get().reference}/"]
        assert Mail.objects.count() == 2
        if first["end"] == "done":
            assert kill_at > 20
            return
        kill_at += 1


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_sender_loses_no_mail_and_repeats_at_most_the_one_it_was_sending(
    seed, body_a, server, victim
):
    random = Random(seed)
    kill_at = 0
    # The first run of a sender meets this server, at each boundary anew; later ones meet one that
    # works. Every mood has its turn, and a server that accepts both mails too.
    moods = [MOODS[seed % len(MOODS)], random.choice(MOODS) if seed >= len(MOODS) else ACCEPT]
    while True:
        forget_questions()
        server.taken.clear()
        factories.create_question(body_a)
        sent = set(Mail.objects.values_list("message_id", flat=True))
        server.mood = iter([*moods, *[ACCEPT] * 50]).__next__

        # Who waits long for a server that only thinks is told nothing wrong by a slow machine.
        patience = 0.2 if any("hang at" in mood for mood in moods) else 30
        first = victim.does("send", kill_at=kill_at, patience=patience)
        taken = len(server.taken)
        server.mood = lambda: ACCEPT
        hung_up = moods.count("hang up after data")
        runs = 0
        while Mail.objects.unsettled().exists():
            Mail.objects.update(next_attempt_at=timezone.now())
            assert victim.does("send", patience=30)["end"] == "done"
            runs += 1
            assert runs < 10

        copies = server.copies()
        assert set(copies) == sent
        repeated = sum(copies.values()) - len(copies)
        # Between the server's 250 and the commit, or where the server hung up after it.
        assert repeated <= (first["end"] == "killed" and taken > 0) + hung_up
        if first["end"] == "done":
            assert repeated <= hung_up
            # As far as a run that nobody kills goes: the next one would only be the same.
            assert kill_at == first["boundaries"]
            assert kill_at >= (60 if moods == [ACCEPT, ACCEPT] else 20)
            return
        kill_at += 1
