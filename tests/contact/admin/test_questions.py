"""The people of a body answer citizens."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from contact.models import Question
from tests import factories
from tests.contact.admin.forms import (
    QUESTIONS,
    act,
    change,
    known_on,
    logged_in,
    sent_by,
)
from tests.contact.outbox.helpers import NOW
from tests.mails import delivered

pytestmark = pytest.mark.django_db


class TestAnswering:
    def test_form_shows_what_the_citizen_wrote_escaped_in_its_language(self, publisher, question):
        page = publisher.get(f"{QUESTIONS}{question.pk}/change/").text

        assert '<p class="register-written" lang="en">Why do you keep this?' in page
        assert "&lt;b&gt;Tell me&lt;/b&gt;" in page
        assert f'href="mailto:{question.email}?subject={question.reference}"' in page

    def test_who_takes_a_question_is_noted(self, publisher, publisher_a, question):
        assert change(publisher, question, status="in_progress").status_code == 302

        assert (question.status, question.taken_by) == ("in_progress", publisher_a)
        assert question.closed_at is None

    def test_answered_question_is_closed_now_and_may_be_opened_again(self, publisher, question):
        change(publisher, question, status="answered")
        assert timezone.now() - question.closed_at < timedelta(minutes=1)

        change(publisher, question, status="in_progress")
        assert question.closed_at is None

    def test_moment_of_the_answer_stays_when_a_note_is_added(self, publisher, question):
        change(publisher, question, status="answered")
        closed_at = question.closed_at

        change(publisher, question, notes="Sent by post.")

        assert (question.closed_at, question.notes) == (closed_at, "Sent by post.")

    def test_nothing_that_the_citizen_wrote_can_be_changed(self, publisher, question, body_b):
        before = Question.objects.values(*Question.PERSONAL[:3], "kind", "received_at").get()

        change(
            publisher,
            question,
            name="Other",
            email="other@citizens.example",
            message="Other",
            kind="error",
            organisation=str(body_b.pk),
            reference="2222-2222",
        )

        after = Question.objects.values(*Question.PERSONAL[:3], "kind", "received_at").get()
        assert after == before
        assert question.organisation.slug == "body-a"

    @pytest.mark.parametrize(
        ("due_on", "told"),
        [
            ("2026-06-02", None),
            ("2026-06-03", "The law allows three months at most (GDPR Art. 12(3))."),
            ("2026-03-01", "The day lies before the question was received."),
        ],
    )
    def test_time_to_answer_can_be_extended_to_three_months(self, due_on, told, publisher, body_a):
        question = factories.create_question(body_a, received_at=NOW)

        response = change(publisher, question, due_on=due_on)

        assert response.status_code == (200 if told else 302)
        assert (told or "") in response.text
        assert str(question.due_on) == ("2026-04-02" if told else due_on)

    def test_many_are_taken_and_answered_at_once(self, publisher, publisher_a, body_a):
        questions = [factories.create_question(body_a) for _number in range(3)]

        assert act(publisher, "take", *questions) == "3 questions changed."
        assert {q.status for q in questions} == {"in_progress"}
        assert {q.taken_by for q in questions} == {publisher_a}
        assert act(publisher, "answered", *questions) == "3 questions changed."
        assert {q.status for q in questions} == {"answered"}
        assert all(q.closed_at for q in questions)
        assert act(publisher, "take", *questions) == "0 questions changed."

    def test_what_a_colleague_did_meanwhile_is_shown_before_it_is_replaced(
        self, publisher, administrator, question
    ):
        seen = known_on(publisher, question)
        change(logged_in(administrator), question, status="answered", notes="By telephone.")
        closed_at = question.closed_at

        refused = change(publisher, question, known=seen, status="in_progress", notes="Mine")

        assert refused.status_code == 200
        assert "It now is: answered. Its notes: By telephone." in refused.text
        assert "Mine" in refused.text
        assert (question.status, question.notes, question.closed_at) == (
            *("answered", "By telephone."),
            closed_at,
        )
        fresh = re.search(r'name="known" value="(\w+)"', refused.text)[1]
        assert change(publisher, question, known=fresh, notes="Mine").status_code == 302
        assert question.notes == "Mine"

    def test_question_that_was_asked_again_stays_closed(self, publisher, question, body_a):
        change(publisher, question, status="answered")
        again = factories.create_question(body_a, message=question.message, email=question.email)
        assert again.pk != question.pk

        refused = change(publisher, question, status="in_progress")

        assert refused.status_code == 200
        assert "The same question was asked again and is open. Answer that one." in refused.text
        assert question.status == "answered"

    def test_form_that_was_open_during_the_purge_brings_nothing_back(
        self, publisher, publisher_a, question
    ):
        change(publisher, question, status="answered")
        seen = known_on(publisher, question)
        delivered()
        with time_machine.travel(timezone.now() + timedelta(days=800)):
            call_command("purge", stdout=io.StringIO())

        late = change(logged_in(publisher_a), question, known=seen, notes="Late")

        assert late.status_code == 404
        assert (question.message, question.notes) == ("", "")

    def test_what_is_searched_stands_in_no_address_of_a_citizen(self, publisher, question):
        assert question.reference in publisher.get(f"{QUESTIONS}?q={question.reference}").text
        assert question.reference not in publisher.get(f"{QUESTIONS}?q={question.email}").text

    def test_question_is_neither_added_nor_deleted_by_hand(self, administrator, question):
        central = logged_in(administrator)

        assert central.get(f"{QUESTIONS}add/").status_code == 403
        assert central.post(f"{QUESTIONS}{question.pk}/delete/", {"post": "yes"}).status_code == 403
        assert "delete_selected" not in central.get(QUESTIONS).text
        act(central, "delete_selected", question)
        assert Question.objects.count() == 1

    def test_erased_question_is_in_the_figures_only(self, publisher, publisher_a, question):
        change(publisher, question, status="answered")
        with time_machine.travel(timezone.now() + timedelta(days=800)):
            delivered()
            call_command("purge", stdout=io.StringIO())
        publisher = logged_in(publisher_a)

        assert publisher.get(f"{QUESTIONS}{question.pk}/change/").status_code == 404
        assert "0 questions" in publisher.get(QUESTIONS).text
        figures = publisher.get(f"{QUESTIONS}figures/").text
        assert "<td>Question</td><td>1</td><td>0</td><td>0</td><td>1</td><td>1</td>" in figures


class TestAnsweredInBulk:
    def look(self, client: Client, *questions: Question) -> str:
        keys = [str(question.pk) for question in questions]
        response = client.post(QUESTIONS, {"action": "answered", "_selected_action": keys})
        assert response.status_code == 200
        return response.text

    def test_look_tells_what_would_happen_to_each_and_does_nothing(self, publisher, body_a):
        new, closed = (factories.create_question(body_a) for _number in range(2))
        change(publisher, closed, status="set_aside")

        page = self.look(publisher, new, closed)

        received = timezone.localdate(new.received_at).strftime("%d/%m/%Y")
        line = f"{new.reference}: Question, received on {received}, now new."
        assert f"{line} It will be closed as answered." in page
        left_out = f"{closed.reference}, left out: It is closed already: no answer needed."
        assert left_out in page
        assert f'name="_selected_action" value="{new.pk}"' in page
        assert f'name="_selected_action" value="{closed.pk}"' not in page
        new.refresh_from_db()
        assert new.status == "new"

    def test_nothing_can_be_confirmed_where_nothing_would_happen(self, publisher, question):
        change(publisher, question, status="answered")

        assert 'type="submit" class="default"' not in self.look(publisher, question)

    def test_what_somebody_changed_after_the_look_is_left(self, publisher, administrator, body_a):
        first, second = (factories.create_question(body_a) for _number in range(2))
        form = {"action": "answered", "_selected_action": [str(first.pk), str(second.pk)]}
        looked = sent_by(self.look(publisher, first, second))
        change(logged_in(administrator), first, notes="I am at it.")

        page = publisher.post(QUESTIONS, form | looked, follow=True)

        told = [str(message) for message in page.context["messages"]]
        assert told == [
            f"Not done for {first.reference}: somebody changed it meanwhile. Look again.",
            "1 question changed.",
        ]
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.status, second.status) == ("new", "answered")
