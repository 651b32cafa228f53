"""People of a body answer citizens from the admin."""

import html
import io
import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from contact.answering import MOST_ANSWERS, AnsweredMeanwhile, answer
from contact.models import Answer, Mail, Question
from contact.models.answer import LONGEST_ANSWER
from contact.outbox import send_waiting
from organisations.models import Membership
from tests import factories
from tests.contact.admin.forms import MARK, QUESTIONS, change, logged_in
from tests.mail_server import MailServer, Taken

pytestmark = pytest.mark.django_db

TEXT = "We keep it for ten years.\n\nSubject: no header\nhttps://law.example/1"


def page_of(question: Question) -> str:
    return f"{QUESTIONS}{question.pk}/answer/"


def seen_on(page: str) -> str:
    return re.search(r'name="seen" value="(\d*)"', page)[1]


def write(client: Client, question: Question, text: str = TEXT, *, seen: str | None = None):
    """Send an answer from its page; the answer to that."""
    if seen is None:
        seen = seen_on(client.get(page_of(question)).text)
    response = client.post(page_of(question), {"text": text, "seen": seen})
    question.refresh_from_db()
    return response


def told(response) -> str:
    """What a page says of what is wrong."""
    found = re.findall(r'class="(?:errornote|errorlist)[^>]*>(.*?)</(?:p|ul)>', response.text, re.S)
    return html.unescape(" ".join(re.sub("<[^>]*>", "", text) for text in found))


def typed_on(page: str) -> str:
    return html.unescape(
        re.search(r'<textarea name="text"[^>]*>\n?(.*?)</textarea>', page, re.S)[1]
    )


def to_the_citizen(server: MailServer, question: Question) -> list[Taken]:
    """The answers that arrived: the first mail is the acknowledgement."""
    list(send_waiting())
    return [mail for mail in server.taken() if mail.receivers == (question.email,)][1:]


class TestMail:
    @pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
    def test_answer_arrives_in_a_frame_in_the_language_of_the_citizen(
        self, language, body_a, publisher, server
    ):
        body_a.contact_mailbox = "info@body.example"
        body_a.save()
        question = factories.create_question(body_a, language=language)

        response = write(publisher, question)
        [mail] = to_the_citizen(server, question)

        assert response.status_code == 302
        assert mail.sender == "register@testserver"
        assert mail.message["From"] == "register@testserver"
        assert mail.message["Reply-To"] == "info@body.example"
        assert question.reference in mail.message["Subject"]
        with translation.override(language):
            told = translation.gettext("Answer to your question: %(reference)s")
            body = str(body_a)
        assert mail.message["Subject"] == told % {"reference": question.reference}
        plain = "\n".join(mail.message.get_body(("plain",)).get_content().splitlines())
        assert f"\n\n{TEXT}\n\n" in plain
        assert body in plain
        assert f"/{language}/organisations/body-a/" in plain
        page = mail.message.get_body(("html",)).get_content()
        assert f'<html lang="{language}">' in page
        assert "We keep it for ten years." in page

    def test_answer_goes_to_the_officer_where_the_body_has_no_mailbox(
        self, publisher, question, body_a, server
    ):
        write(publisher, question)
        [mail] = to_the_citizen(server, question)

        assert mail.message["Reply-To"] == body_a.dpo_mailbox

    def test_mail_says_so_where_nobody_reads_answers(self, publisher, question, body_a, server):
        body_a.dpo_mailbox, body_a.is_public = "", False
        body_a.save()

        write(publisher, question)
        [mail] = to_the_citizen(server, question)

        text = mail.message.get_body(("plain",)).get_content()
        assert mail.message["Reply-To"] is None
        assert "Nobody reads answers to this mail." in text
        assert "/organisations/" not in text

    def test_nothing_of_the_text_becomes_a_header(self, publisher, question, server):
        write(publisher, question, "\r\nBcc: other@citizens.example\r\n\r\nX")
        [mail] = to_the_citizen(server, question)

        assert mail.message["Bcc"] is None
        assert mail.receivers == (question.email,)
        plain = mail.message.get_body(("plain",)).get_content()
        assert "Bcc: other@citizens.example" in plain

    @pytest.mark.parametrize(("kind", "is_warned"), [("access", True), ("question", False)])
    def test_who_answers_about_a_right_is_warned_of_mails(self, kind, is_warned, publisher, body_a):
        question = factories.create_question(body_a, kind=kind)

        page = publisher.get(page_of(question)).text

        assert ("write no data about the citizen" in page) == is_warned

    def test_page_tells_whether_it_arrived(self, publisher, question, server):
        server.mood = lambda: "never at rcpt"
        write(publisher, question)
        waits = publisher.get(f"{QUESTIONS}{question.pk}/change/").text
        list(send_waiting())
        Mail.objects.filter(answer__isnull=False).update(state="undelivered")

        failed = publisher.get(f"{QUESTIONS}{question.pk}/change/").text

        assert "The mail waits to be delivered." in waits
        assert "The mail was not delivered." in failed
        assert "The mail waits to be delivered." not in failed


class TestPage:
    def test_copy_tells_who_answered_and_when_and_closes_the_question(
        self, publisher, publisher_a, question
    ):
        write(publisher, question)

        [stored] = question.answers.all()
        assert (stored.text, stored.by) == (TEXT, publisher_a)
        assert timezone.now() - stored.written_at < timedelta(minutes=1)
        assert (question.status, question.taken_by) == ("answered", publisher_a)
        assert timezone.now() - question.closed_at < timedelta(minutes=1)
        page = publisher.get(f"{QUESTIONS}{question.pk}/change/").text
        assert "We keep it for ten years." in page
        assert f"{publisher_a} answered on" in page

    def test_more_answers_follow_and_the_first_counts(self, publisher, question):
        write(publisher, question)
        closed_at = question.closed_at

        write(publisher, question, "And one more thing.")

        assert [row.text for row in question.answers.all()] == [TEXT, "And one more thing."]
        assert question.closed_at == closed_at
        assert Mail.objects.filter(answer__isnull=False).count() == 2

    def test_page_shows_the_question_escaped_and_the_way_by_ones_own_mailbox(
        self, publisher, question
    ):
        page = publisher.get(page_of(question)).text

        assert '<p class="register-written" lang="en">Why do you keep this?' in page
        assert "&lt;b&gt;Tell me&lt;/b&gt;" in page
        assert f'href="mailto:{question.email}?subject={question.reference}"' in page
        assert page_of(question) in publisher.get(f"{QUESTIONS}{question.pk}/change/").text

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "This field is required."),
            (" \n ", "This field is required."),
            ("no\0thing", "Null characters are not allowed."),
            (f"{MARK}\n" + "x" * LONGEST_ANSWER, "at most 20000 characters (it has 20011)"),
        ],
    )
    def test_what_cannot_be_sent_is_told_and_stays_on_the_page(
        self, text, reason, publisher, question
    ):
        response = write(publisher, question, text)

        assert response.status_code == 200
        assert reason in told(response)
        assert typed_on(response.text) == text
        assert (Answer.objects.count(), question.status) == (0, "new")

    def test_longest_answer_is_sent_however_its_lines_end(self, publisher, question):
        text = "x\r\n" * (LONGEST_ANSWER // 2 - 1) + "yy"

        assert write(publisher, question, text).status_code == 302

        assert len(question.answers.get().text) == LONGEST_ANSWER

    def test_answer_of_a_colleague_is_shown_before_another_is_sent(
        self, publisher, administrator, question
    ):
        seen = seen_on(publisher.get(page_of(question)).text)
        write(logged_in(administrator), question, "The colleague's words")

        refused = write(publisher, question, "Mine", seen=seen)

        assert refused.status_code == 200
        assert "Somebody else answered while you were writing." in told(refused)
        assert "The colleague&#x27;s words" in refused.text
        assert typed_on(refused.text) == "Mine"
        assert Answer.objects.count() == 1
        assert write(publisher, question, "Mine", seen=seen_on(refused.text)).status_code == 302
        assert Answer.objects.count() == 2

    def test_form_sent_twice_is_sent_once(self, publisher, question):
        seen = seen_on(publisher.get(page_of(question)).text)

        write(publisher, question, seen=seen)
        write(publisher, question, seen=seen)

        assert Answer.objects.count() == 1
        assert Mail.objects.filter(answer__isnull=False).count() == 1

    def test_question_without_need_of_an_answer_gets_none(self, publisher, question):
        seen = seen_on(publisher.get(page_of(question)).text)
        change(publisher, question, status="set_aside")

        refused = write(publisher, question, "Mine", seen=seen)

        assert "it needs no answer" in told(refused)
        assert typed_on(refused.text) == "Mine"
        assert (Answer.objects.count(), question.status) == (0, "set_aside")

    def test_so_many_answers_are_too_many(self, publisher, question):
        Answer.objects.bulk_create(
            Answer(question=question, text="Again") for _number in range(MOST_ANSWERS)
        )

        refused = write(publisher, question, "One more")

        assert "too many answers" in told(refused)
        assert typed_on(refused.text) == "One more"
        assert question.answers.count() == MOST_ANSWERS

    def test_answer_to_what_was_erased_meanwhile_stays_on_the_page(
        self, publisher_a, publisher, question
    ):
        seen = seen_on(publisher.get(page_of(question)).text)
        change(publisher, question, status="answered")
        list(send_waiting())
        with time_machine.travel(timezone.now() + timedelta(days=800)):
            call_command("purge", stdout=io.StringIO())

        # The purge ended the session too.
        publisher = logged_in(publisher_a)
        late = write(publisher, question, "Late words", seen=seen)

        assert "it was erased" in told(late)
        assert typed_on(late.text) == "Late words"
        assert Answer.objects.count() == 0
        assert publisher.get(page_of(question)).status_code == 404

    def test_who_lost_the_role_answers_nothing(self, publisher, publisher_a, question, body_b):
        seen = seen_on(publisher.get(page_of(question)).text)
        Membership.objects.filter(user=publisher_a).update(role="editor")
        assert write(publisher, question, seen=seen).status_code == 403
        Membership.objects.filter(user=publisher_a).update(role="publisher", organisation=body_b)
        assert write(publisher, question, seen=seen).status_code == 404

        assert Answer.objects.count() == 0

    @pytest.mark.parametrize("key", ["abc", "_00", "9" * 30, "-1", "0"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_what_is_no_question_is_not_there(self, key, method, publisher):
        answer = getattr(publisher, method)(f"{QUESTIONS}{key}/answer/", {"text": "x"})

        assert answer.status_code == 404

    def test_log_of_the_admin_holds_no_word(self, publisher, question):
        write(publisher, question, "Secret words")

        [entry] = LogEntry.objects.all()
        assert entry.get_change_message() == "Answered by mail."
        history = publisher.get(f"{QUESTIONS}{question.pk}/history/").text
        assert "Answered by mail." in history
        assert "Secret words" not in history

    def test_form_of_a_session_that_ended_keeps_the_answer(self, question):
        headers = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
        form = {"text": "Not lost", "seen": "0"}

        response = Client().post(page_of(question), form, **headers)

        assert response.status_code == 403
        assert "Not lost" in response.text


class TestErasing:
    @pytest.fixture
    def answered(self, publisher, question) -> Question:
        write(publisher, question, "Secret words")
        return question

    def purge(self, days: int) -> str:
        output = io.StringIO()
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            call_command("purge", stdout=output)
        return output.getvalue()

    def test_copy_is_erased_together_with_its_question(self, answered):
        list(send_waiting())

        self.purge(300)
        kept = Answer.objects.count()
        self.purge(400)

        assert kept == 1
        assert Question.objects.kept().count() == 0
        assert (Answer.objects.count(), Mail.objects.count()) == (0, 0)

    def test_copy_stays_when_its_mail_is_erased(self, answered):
        list(send_waiting())

        self.purge(60)

        assert (Mail.objects.count(), Answer.objects.get().mail) == (0, None)
        assert Answer.objects.get().text == "Secret words"

    def test_answer_on_its_way_keeps_the_question(self, answered):
        Mail.objects.filter(answer=None).delete()

        assert "questions kept, for a mail that is not delivered: 1" in self.purge(400)
        assert Answer.objects.count() == 1

    def test_answer_that_nobody_takes_is_erased_with_the_question(self, answered):
        Mail.objects.filter(answer=None).delete()
        Mail.objects.update(state="undelivered")

        self.purge(400)

        assert (Question.objects.kept().count(), Answer.objects.count()) == (0, 0)
        assert Mail.objects.count() == 0


class TestScope:
    @pytest.fixture
    def theirs_answered(self, theirs, publisher_b) -> Question:
        answer(theirs, f"{MARK} answered", by=publisher_b, seen="0")
        theirs.refresh_from_db()
        return theirs

    @pytest.mark.parametrize("who", ["publisher_a", "editor_a", "editor_b"])
    def test_answers_are_of_the_people_of_the_body(self, who, request, theirs_answered):
        outsider = logged_in(request.getfixturevalue(who))
        number = Answer.objects.count()
        expected = 404 if who == "publisher_a" else 403

        shown = outsider.get(page_of(theirs_answered))
        sent = outsider.post(page_of(theirs_answered), {"text": "Mine now", "seen": "1"})

        assert (shown.status_code, sent.status_code) == (expected, expected)
        assert MARK not in shown.text + sent.text
        assert Answer.objects.count() == number

    def test_its_own_publisher_sees_them(self, theirs_answered, publisher_b):
        page = logged_in(publisher_b).get(page_of(theirs_answered)).text

        assert f"{MARK} answered" in page


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_become_one_and_a_refusal(question, publisher_a, administrator):
    """Each waits for the other at the lock of the question."""
    done = []

    def send(person) -> None:
        try:
            answer(question, f"Of {person.email}", by=person, seen="0")
            done.append("sent")
        except AnsweredMeanwhile:
            done.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[p]) for p in (publisher_a, administrator)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == ["refused", "sent"]
    assert Answer.objects.count() == 1
    assert Mail.objects.filter(answer__isnull=False).count() == 1
