"""What is erased, and when: to the second, on a simulated clock."""

import io
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from contact.models import Allowance, DailySalt, Mail, Question
from contact.outbox import send_waiting
from tests import environment, factories
from tests.contact.outbox.helpers import environment_of_a_sender
from tests.contact.test_contact import CITIZEN, NETWORK, WRITTEN, send

pytestmark = pytest.mark.django_db
CLOSED = datetime(2026, 3, 2, 9, 30, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)
# Kind -> when a question of this kind that was closed at the moment above is erased.
ERASED = {
    **dict.fromkeys(Question.Kind.values, CLOSED.replace(year=2027)),
    "error": CLOSED.replace(month=9),
}


def purge() -> str:
    told = io.StringIO()
    call_command("purge", stdout=told)
    return told.getvalue()


def purge_at(moment: datetime) -> str:
    with time_machine.travel(moment, tick=False):
        return purge()


def close(question: Question, status: str = "answered", at: datetime = CLOSED) -> None:
    Question.objects.filter(pk=question.pk).update(status=status, closed_at=at)


@pytest.fixture
def question(body_a, publisher_a) -> Question:
    """A question of a month before, with all that it can hold, whose mails were delivered."""
    with time_machine.travel(CLOSED - timedelta(days=30), tick=False):
        question = factories.create_question(body_a, message="Secret words", activity_number=3)
        list(send_waiting())
    Question.objects.update(notes="Note", taken_by=publisher_a, reminded_on=CLOSED.date())
    return question


@pytest.mark.parametrize("status", ["answered", "set_aside"])
@pytest.mark.parametrize("kind", Question.Kind.values)
def test_closed_question_is_erased_to_the_second(kind, status, question, body_a):
    Question.objects.filter(pk=question.pk).update(kind=kind)
    close(question, status)

    purge_at(ERASED[kind] - SECOND)
    before = Question.objects.get()
    told = purge_at(ERASED[kind])
    after = Question.objects.get()

    assert before.message == "Secret words"
    assert "questions: 1\n" in told
    assert after.purged_at == ERASED[kind]
    kept = {name: value for name, value in vars(after).items() if value not in (None, "")}
    assert kept.keys() - {"_state", "id"} == {
        *("organisation_id", "kind", "received_at", "due_on", "status", "closed_at", "purged_at"),
    }


@pytest.mark.parametrize(
    ("closed", "erased"),
    [
        # A shorter month ends the period on its last day.
        ("2026-08-31", "2027-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2026-11-30", "2027-05-30"),
        ("2027-02-28", "2027-08-28"),
    ],
)
def test_period_of_months_ends_with_the_month(closed, erased, question):
    Question.objects.filter(pk=question.pk).update(kind="error")
    time = {"hour": 9, "minute": 30, "second": 15, "tzinfo": UTC}
    close(question, at=datetime.fromisoformat(closed).replace(**time))
    over = datetime.fromisoformat(erased).replace(**time)

    purge_at(over - SECOND)
    before = Question.objects.get().message
    purge_at(over)

    assert (before, Question.objects.get().message) == ("Secret words", "")


@pytest.mark.parametrize("status", ["new", "in_progress"])
def test_open_question_is_never_erased(status, question):
    Question.objects.filter(pk=question.pk).update(status=status)

    purge_at(CLOSED + timedelta(days=3650))

    assert Question.objects.get().message == "Secret words"


@pytest.mark.parametrize("state", ["delivered", "given_up"])
def test_settled_mail_is_erased_after_thirty_days_to_the_second(state, question):
    Mail.objects.update(state=state, settled_at=CLOSED)

    purge_at(CLOSED + timedelta(days=30) - SECOND)
    before = Mail.objects.count()
    purge_at(CLOSED + timedelta(days=30))

    assert (before, Mail.objects.count()) == (2, 0)


@pytest.mark.parametrize("state", ["waiting", "undelivered"])
def test_mail_that_is_not_delivered_stays_and_its_question_with_it(state, question):
    close(question)
    mail = Mail.objects.get(receiver="dpo@body-a.example")
    Mail.objects.filter(pk=mail.pk).update(state=state, settled_at=None)

    told = purge_at(CLOSED + timedelta(days=3650))

    assert "questions kept, for a mail that is not delivered: 1\n" in told
    assert Mail.objects.get() == mail
    assert Question.objects.get().message == "Secret words"
    # Somebody looked at it: then the rule takes its course.
    mail.refresh_from_db()
    mail.give_up()
    purge_at(CLOSED + timedelta(days=3650))
    assert Mail.objects.count() == 0
    assert Question.objects.get().message == ""


@pytest.mark.parametrize("state", ["waiting", "undelivered"])
def test_acknowledgement_that_nobody_takes_stays_but_keeps_no_words(state, question):
    close(question)
    mail = Mail.objects.exclude(receiver="dpo@body-a.example").get()
    Mail.objects.filter(pk=mail.pk).update(state=state, settled_at=None)

    told = purge_at(CLOSED + timedelta(days=3650))

    assert "questions: 1\n" in told
    assert Mail.objects.get() == mail
    assert Question.objects.get().message == ""


def test_mails_in_files_are_erased_with_the_others(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    for name, days in (("old", 31), ("new", 29)):
        path = tmp_path / f"{name}.log"
        path.write_text("To: robin@citizens.example")
        moment = (timezone.now() - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))

    told = purge()

    assert "mails in files: 1\n" in told
    assert [path.name for path in tmp_path.iterdir()] == ["new.log"]


def test_counts_and_salt_end_with_their_day(body_a):
    evening = datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)  # 23:59:59 in Brussels
    with time_machine.travel(evening - timedelta(hours=1)):
        send(WRITTEN, REMOTE_ADDR=NETWORK)

    purge_at(evening)
    before = (Allowance.objects.count(), DailySalt.objects.count())
    purge_at(evening + SECOND)

    # Of the network, of the body, and of the mailbox.
    assert before == (3, 1)
    assert (Allowance.objects.count(), DailySalt.objects.count()) == (0, 0)


def test_sessions_and_counts_of_failed_logins_are_erased(editor_a):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        Client().post("/admin/account/login/", {"login": editor_a.email, "password": "wrong"})
        Client().force_login(editor_a)
    assert Session.objects.count() == 1

    told = purge()

    # One of the account, one of the network.
    assert "counts of earlier days: 2\n" in told
    assert Session.objects.count() == 0


def test_rule_of_a_kind_is_a_setting_and_stands_on_the_privacy_page(settings, visitor):
    settings.QUESTION_MONTHS, settings.RIGHT_MONTHS = 7, 18
    settings.ERROR_MONTHS, settings.MAIL_DAYS = 1, 45

    page = visitor.get("/en/privacy/").text

    assert "a question: 7 months after the answer" in page
    assert "a request about your rights: 18 months after the answer" in page
    assert "an error on this site: 1 month after it was dealt with" in page
    assert "a mail about it: 45 days after it was delivered" in page


def test_years_of_questions_are_erased_in_one_purge(body_a):
    for number in range(1200):
        factories.create_question(body_a, message=f"Question {number}")
    list(send_waiting())
    Question.objects.update(status="answered", closed_at=timezone.now() - timedelta(days=800))

    assert "questions: 1200\n" in purge()
    assert Question.objects.kept().count() == 0


WORDS = (
    *("Zyxwvut", "zyxwvut@citizens.example", "qwertzuiop", "notebookwords", "answerwords"),
    NETWORK,
)


def dump() -> str:
    """Everything that the database holds, as PostgreSQL's own program writes it."""
    address = environment_of_a_sender(port=25)["DATABASE_URL"]
    program = environment.database.binaries / "pg_dump"
    command = [program, "--no-owner", "--inserts", f"--dbname={address}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.django_db(transaction=True)
def test_dump_and_logs_after_the_purge_hold_none_of_the_words(body_a, publisher_a, caplog, capfd):
    """From the form, through mail, admin and a failure, to the purge."""
    body_a.is_message_mailed = True
    body_a.save()
    # On the second line too: what is cut out of a log must end with the last.
    message = f"{WORDS[2]}\n{WORDS[2]}"
    written = WRITTEN | {"name": WORDS[0], "email": WORDS[1], "message": message}
    send(written, REMOTE_ADDR=NETWORK)
    send(written | {"message": ""}, REMOTE_ADDR=NETWORK)
    send(written, REMOTE_ADDR=NETWORK)
    with connection.cursor() as cursor:
        # Whatever goes wrong in the database while the words are in a statement.
        cursor.execute(
            "ALTER TABLE contact_mail ADD CONSTRAINT broken CHECK (attempts > 5) NOT VALID"
        )
    try:
        CITIZEN.raise_request_exception = False
        failed = send(written | {"message": f"{message} again"})
    finally:
        CITIZEN.raise_request_exception = True
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE contact_mail DROP CONSTRAINT broken")
    assert failed.status_code == 500
    list(send_waiting())
    person = Client()
    person.force_login(publisher_a)
    question = Question.objects.get()
    change = f"/admin/contact/question/{question.pk}/change/"
    known = re.search(r'name="known" value="(\w+)"', person.get(change).text)[1]
    answered = {"status": "answered", "due_on": question.due_on.isoformat(), "notes": WORDS[3]}
    answered["known"] = known
    assert person.post(change, answered).status_code == 302
    answer = f"/admin/contact/question/{question.pk}/answer/"
    assert person.post(answer, {"text": f"{WORDS[4]}\0", "seen": "0"}).status_code == 200
    assert person.post(answer, {"text": WORDS[4], "seen": "0"}).status_code == 302
    list(send_waiting())
    with_words = dump()
    assert LogEntry.objects.count() == 2

    with time_machine.travel(timezone.now() + timedelta(days=800)):
        purge()

    without_words = dump()
    output = capfd.readouterr()
    log = environment.database.log.read_text()
    ours = "\n".join(
        record.getMessage() + (record.exc_text or "")
        for record in caplog.records
        if not record.name.startswith("mail.log")
    )
    assert "broken" in log  # the failure is there, without its values
    for word in WORDS[:5]:
        assert word in with_words
    for word in (*WORDS, question.reference):
        for text in (without_words, log, ours, output.out, output.err):
            assert word not in text
    assert LogEntry.objects.count() == 0
