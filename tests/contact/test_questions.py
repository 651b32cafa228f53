"""The people of a body answer citizens: in the admin, each body its own."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contact.models import Mail, Question
from organisations.models import Membership, Organisation, User
from tests import factories
from tests.contact.test_outbox import NOW
from tests.mails import delivered

pytestmark = pytest.mark.django_db

QUESTIONS = "/admin/contact/question/"
MAILS = "/admin/contact/mail/"
MARK = "secretmark"
MARKED = re.compile("BODYBMARK|Agency body-b")


def logged_in(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.fixture
def publisher(publisher_a) -> Client:
    return logged_in(publisher_a)


@pytest.fixture
def question(body_a) -> Question:
    return factories.create_question(body_a, message="Why do you keep this?\n<b>Tell me</b>")


@pytest.fixture
def theirs(body_b) -> Question:
    """A question to body B, with the mark in all that somebody wrote."""
    question = factories.create_question(
        body_b, name=MARK, email=f"{MARK}@citizens.example", message=MARK
    )
    Question.objects.filter(pk=question.pk).update(notes=MARK)
    question.refresh_from_db()
    return question


def known_on(client: Client, question: Question) -> str:
    """What the form of a question says that it shows."""
    page = client.get(f"{QUESTIONS}{question.pk}/change/").text
    found = re.search(r'name="known" value="(\w+)"', page)
    return found[1] if found else ""


def change(client: Client, question: Question, *, known: str | None = None, **values) -> object:
    form = {"status": question.status, "due_on": question.due_on.isoformat(), "notes": ""}
    form["known"] = known_on(client, question) if known is None else known
    response = client.post(f"{QUESTIONS}{question.pk}/change/", form | values)
    question.refresh_from_db()
    return response


def act(client: Client, action: str, *rows, address: str = QUESTIONS) -> str:
    form = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    page = client.post(address, form, follow=True)
    for row in rows:
        row.refresh_from_db()
    return " ".join(str(message) for message in page.context["messages"])


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


class TestTenants:
    """Nothing of a question to body B comes to people of body A, nor to editors of body B."""

    @pytest.fixture(params=["publisher_a", "editor_a", "editor_b"])
    def outsider(self, request, theirs, question) -> Client:
        return logged_in(request.getfixturevalue(request.param))

    @pytest.mark.parametrize(
        "address",
        [
            "/admin/",
            "/admin/contact/",
            QUESTIONS,
            f"{QUESTIONS}?organisation__id__exact={{body}}",
            f"{QUESTIONS}?q={MARK}",
            f"{QUESTIONS}?notes__contains={MARK}",
            f"{QUESTIONS}?organisation__slug=body-b",
            f"{QUESTIONS}?taken_by__email__contains=b",
            f"{QUESTIONS}?o=1.2.3.4.5",
            f"{QUESTIONS}?time=overdue",
            f"{QUESTIONS}{{question}}/change/",
            f"{QUESTIONS}{{question}}/history/",
            f"{QUESTIONS}{{question}}/delete/",
            f"{QUESTIONS}figures/",
            MAILS,
            f"{MAILS}?q={MARK}",
            f"{MAILS}?question__id__exact={{question}}",
            f"{MAILS}?organisation__id__exact={{body}}",
            f"{MAILS}{{mail}}/change/",
            f"{MAILS}{{mail}}/history/",
        ],
    )
    def test_nothing_of_another_body_is_shown(self, address, outsider, theirs):
        mail = Mail.objects.filter(question=theirs)[0]
        address = address.format(question=theirs.pk, body=theirs.organisation_id, mail=mail.pk)

        response = outsider.get(address)

        assert response.status_code < 500
        text = response.text.replace(address, "").replace(f"q={MARK}", "")
        # What was looked for stands in the field and in the links back to the list.
        assert MARK not in text.replace(f'value="{MARK}"', "").replace(f"q%3D{MARK}", "")
        assert theirs.reference not in text

    def test_dashboard_figures_and_filters_tell_nothing_of_another_body(
        self, theirs, question, publisher_a, editor_a, publisher_b, body_b
    ):
        body_b.short_name_en = "BODYBMARK"
        body_b.save()
        Mail.objects.filter(question=theirs).update(state="undelivered")
        mine = logged_in(publisher_b)
        pages = ("/admin/", f"{QUESTIONS}figures/", QUESTIONS, MAILS)

        for person in (publisher_a, editor_a):
            outsider = logged_in(person)
            shown = [MARKED.findall(outsider.get(page).text) for page in pages]
            assert shown == [[]] * len(pages)
        # Who may see it does.
        assert all("BODYBMARK" in mine.get(page).text for page in ("/admin/", pages[1]))

    def test_nothing_of_another_body_is_changed(self, outsider, theirs):
        before = Question.objects.filter(pk=theirs.pk).values().get()
        mails = list(Mail.objects.filter(question=theirs).values())

        change(outsider, theirs, known="", status="answered", notes="mine now")
        for action in ("take", "answered"):
            form = {"action": action, "_selected_action": [str(theirs.pk)], "select_across": "1"}
            outsider.post(QUESTIONS, form)
        for action in ("try_again", "give_up"):
            selected = [str(mail["id"]) for mail in mails]
            outsider.post(MAILS, {"action": action, "_selected_action": selected})

        assert Question.objects.filter(pk=theirs.pk).values().get() == before
        assert list(Mail.objects.filter(question=theirs).values()) == mails

    def test_its_own_publisher_sees_all_of_it(self, theirs, publisher_b):
        page = logged_in(publisher_b).get(f"{QUESTIONS}{theirs.pk}/change/").text

        assert page.count(MARK) > 3

    def test_publisher_of_one_and_editor_of_another_sees_the_one(
        self, theirs, question, publisher_a, body_b
    ):
        Membership.objects.create(user=publisher_a, organisation=body_b, role="editor")

        page = logged_in(publisher_a).get(QUESTIONS).text

        assert question.reference in page
        assert theirs.reference not in page


class TestMails:
    @pytest.fixture
    def undelivered(self, question) -> Mail:
        Mail.objects.update(state="undelivered")
        return Mail.objects.filter(question=question).first()

    def test_undelivered_mail_is_on_the_dashboard_of_its_body(
        self, undelivered, publisher, administrator
    ):
        for client in (publisher, logged_in(administrator)):
            assert "state__exact=undelivered" in client.get("/admin/").text
            page = client.get(f"{MAILS}?state__exact=undelivered").text
            assert undelivered.receiver in page

    def test_mail_is_tried_again_and_given_up_by_hand(self, undelivered, publisher):
        assert act(publisher, "try_again", undelivered, address=MAILS) == "1 mail changed."
        assert undelivered.state == "waiting"
        other = Mail.objects.exclude(pk=undelivered.pk).get()
        act(publisher, "give_up", other, address=MAILS)
        delivered()

        undelivered.refresh_from_db()
        assert (undelivered.state, other.state) == ("delivered", "given_up")
        assert act(publisher, "try_again", undelivered, other, address=MAILS) == "0 mails changed."

    def test_text_of_a_mail_is_shown_to_nobody(self, administrator, body_a):
        body_a.is_message_mailed = True
        body_a.save()
        question = factories.create_question(body_a, message=MARK)
        central = logged_in(administrator)

        for mail in Mail.objects.filter(question=question):
            assert MARK in mail.text or mail.receiver == question.email
            assert MARK not in central.get(f"{MAILS}{mail.pk}/change/").text
        assert MARK not in central.get(MAILS).text

    def test_mails_to_people_are_for_central_administrators_only(
        self, publisher, administrator, editor_a
    ):
        send_mail("You are invited", "By this link", None, [editor_a.email])
        Mail.objects.update(state="undelivered")

        assert editor_a.email not in publisher.get(MAILS).text
        page = logged_in(administrator).get("/admin/").text
        assert "1 mail to somebody who works in the admin was not delivered." in page


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


class TestFigures:
    def test_figures_count_kinds_and_times(self, publisher, body_a, body_b):
        for days, status in ((2, "answered"), (4, "answered"), (40, "answered"), (1, "set_aside")):
            question = factories.create_question(body_a, kind="access", received_at=NOW)
            Question.objects.filter(pk=question.pk).update(
                status=status, closed_at=NOW + timedelta(days=days)
            )
        factories.create_question(body_a, kind="access", received_at=NOW)
        factories.create_question(body_a, received_at=NOW - timedelta(days=365))
        factories.create_question(body_b, kind="error")

        everything = publisher.get(f"{QUESTIONS}figures/").text
        of_year = publisher.get(f"{QUESTIONS}figures/?year=2025").text

        # Received, open, overdue, answered, in time, days on average.
        row = "<td>Right of access</td><td>5</td><td>1</td><td>1</td><td>3</td><td>2</td>"
        assert f"{row}<td>15.3</td>" in everything
        assert "Right of access" not in of_year
        assert "<td>Question</td><td>1</td>" in of_year
        assert "Error in the register" not in everything
        for odd in ("x", "99999999999999999999", "-1", "%00"):
            assert publisher.get(f"{QUESTIONS}figures/?year={odd}").status_code in (200, 400)

    def test_lists_take_a_fixed_number_of_queries(self, publisher, body_a):
        counts = []
        for _round in range(2):
            for _number in range(5):
                factories.create_question(body_a)
            with CaptureQueriesContext(connection) as queries:
                for address in (QUESTIONS, MAILS, f"{QUESTIONS}figures/", "/admin/"):
                    assert publisher.get(address).status_code == 200
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestBodySettings:
    def form(self, publisher: Client, body: Organisation, **values) -> object:
        form = {
            "mail_language": "fr",
            "is_message_mailed": "on",
            "memberships-TOTAL_FORMS": "0",
            "memberships-INITIAL_FORMS": "0",
        }
        address = f"/admin/organisations/organisation/{body.pk}/change/"
        return publisher.post(address, form | values)

    def test_publisher_chooses_what_mails_say_and_nothing_else(self, publisher, body_a):
        before = Organisation.objects.filter(pk=body_a.pk).values().get()

        response = self.form(
            publisher,
            body_a,
            slug="other",
            name_nl="Andere",
            dpo_mailbox="other@body.example",
            is_public="",
            requires_two_persons="on",
            enterprise_number="0308357159",
        )

        after = Organisation.objects.filter(pk=body_a.pk).values().get()
        assert response.status_code == 302
        assert (after.pop("mail_language"), after.pop("is_message_mailed")) == ("fr", True)
        del before["mail_language"], before["is_message_mailed"]
        assert after == before

    def test_publisher_adds_nobody_to_the_body(self, publisher, body_a, editor_b):
        self.form(
            publisher,
            body_a,
            **{
                "memberships-TOTAL_FORMS": "1",
                "memberships-0-user": str(editor_b.pk),
                "memberships-0-role": "publisher",
            },
        )

        assert not body_a.has_member(editor_b)

    def test_neither_editors_nor_other_publishers_choose(self, editor_a, publisher_b, body_a):
        for person in (editor_a, publisher_b):
            assert self.form(logged_in(person), body_a).status_code in (403, 404)
        body_a.refresh_from_db()
        assert not body_a.is_message_mailed
