"""Questions whose time is over, on the dashboard and in mails."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from contact.models import Mail, Question
from tests import factories
from tests.contact.admin.forms import QUESTIONS, change, logged_in
from tests.contact.outbox.helpers import NOW
from tests.mails import delivered

pytestmark = pytest.mark.django_db


class TestWhatIsDue:
    @pytest.fixture
    def overdue(self, body_a) -> Question:
        return factories.create_question(body_a, received_at=timezone.now() - timedelta(days=40))

    def remind(self) -> str:
        told = io.StringIO()
        call_command("remind_questions", stdout=told)
        return told.getvalue()

    def test_overdue_questions_are_on_the_dashboard_and_in_the_list(
        self, overdue, question, publisher
    ):
        dashboard = publisher.get("/admin/").text
        listed = publisher.get(f"{QUESTIONS}?time=overdue").text

        assert "time=overdue" in dashboard
        assert overdue.reference in listed
        assert question.reference not in listed

    def test_publishers_are_reminded_once_a_day(self, overdue, question, publisher_a):
        Mail.objects.all().delete()

        told = [self.remind(), self.remind()]
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            told.append(self.remind())
            change(logged_in(publisher_a), overdue, status="answered")
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            told.append(self.remind())
            mails = delivered()

        assert told == ["body-a: 1 overdue\n", "", "body-a: 1 overdue\n", ""]
        assert [mail.to for mail in mails] == [[publisher_a.email]] * 2
        assert overdue.reference in mails[0].body
        assert "Robin" not in mails[0].body

    def test_body_without_publishers_is_a_matter_of_the_administrators(
        self, overdue, administrator
    ):
        Mail.objects.all().delete()

        self.remind()

        assert [mail.to for mail in delivered()] == [[administrator.email]]

    def test_question_is_due_until_the_end_of_the_day_in_brussels(self, body_a, publisher_a):
        question = factories.create_question(body_a, received_at=NOW)
        before = datetime(2026, 4, 2, 21, 59, 59, tzinfo=UTC)

        with time_machine.travel(before, tick=False):
            assert not question.is_overdue
            assert self.remind() == ""
        with time_machine.travel(before + timedelta(seconds=1), tick=False):
            assert question.is_overdue
            assert self.remind() == "body-a: 1 overdue\n"
