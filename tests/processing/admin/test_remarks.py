"""What the people of a body say to each other about an activity."""

import pytest
from django.test import Client

from contact.models import Mail
from organisations.models import Membership
from processing.admin import remarks
from processing.models import ActivityTemplate, HistoryEntry, ProcessingActivity
from processing.models import workflow as steps
from tests import factories
from tests.admin_forms import ACTIVITIES, form_on
from tests.mails import delivered
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.workflow.helpers import change, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors")
    activity.remember(by=editor_a)
    return activity


def page_of(activity: ProcessingActivity) -> str:
    return f"{ACTIVITIES}{activity.pk}/remarks/"


def say(client: Client, activity: ProcessingActivity, text: str, *, seen: str | None = None):
    """Write a remark on its page; the page that follows."""
    if seen is None:
        seen = form_on(client.get(page_of(activity)).text)["seen"]
    return client.post(page_of(activity), {"remark": text, "seen": seen}, follow=True)


def remarks_of(activity: ProcessingActivity) -> list[str]:
    return [entry.remark for entry in activity.history.thread()]


class TestThread:
    def test_remark_stands_on_its_page_and_beside_the_form(self, editor, editor_a, activity):
        page = say(editor, activity, "<b>Who</b> keeps the list?").text

        form = editor.get(f"{ACTIVITIES}{activity.pk}/change/").text
        for shown in (page, form):
            assert "&lt;b&gt;Who&lt;/b&gt; keeps the list?" in shown
            assert f"<strong>{editor_a}</strong>" in shown
        assert page_of(activity) in form
        assert "Remarks: 1" in form

    def test_remarks_of_steps_belong_to_it_in_their_order(self, editor, publisher, activity):
        say(editor, activity, "First")
        step(editor, activity, "request")
        step(publisher, activity, "send-back", "Second")
        say(editor, activity, "Third")
        step(publisher, activity, "publish")
        step(publisher, activity, "review", "Fourth")
        step(publisher, activity, "withdraw", "Fifth")

        assert remarks_of(activity) == ["First", "Second", "Third", "Fourth", "Fifth"]
        page = editor.get(page_of(activity)).text
        assert "sent back" in page
        assert page.index("First") < page.index("Second") < page.index("Fifth")

    def test_remarks_of_copies_and_of_erasing_are_no_talk(self, publisher, activity):
        say(publisher, activity, "First")
        activity.history.filter(action="saved").update(remark="Copied from activity 3.")
        publisher.post(
            f"{ACTIVITIES}{activity.pk}/erase/",
            {"remarks": "on", "reason": "Names", "seen": str(activity.history.count())},
        )

        assert remarks_of(activity) == [""]

    def test_remark_hides_no_answer_to_a_request(self, editor, publisher, activity):
        step(editor, activity, "request")
        step(publisher, activity, "send-back", "Name the law.")
        say(editor, activity, "Which one?")

        page = editor.get(f"{ACTIVITIES}{activity.pk}/change/").text

        assert "sent this back:" in page

    def test_form_shows_the_last_ones_and_leads_to_all(self, editor, activity):
        for number in range(5):
            say(editor, activity, f"Remark number {number}")

        page = editor.get(f"{ACTIVITIES}{activity.pk}/change/").text

        assert [n for n in range(5) if f"Remark number {n}" in page] == [2, 3, 4]
        assert "Remarks: 5" in page
        assert "Read all remarks, or write one" in page

    def test_remark_changes_nothing_of_the_activity(self, editor, publisher, activity):
        step(editor, activity, "request")
        fingerprint, known = activity.fingerprint(), activity.history.saved().last().number
        before = ProcessingActivity.objects.filter(pk=activity.pk).values().get()

        say(editor, activity, "Soon, please.")

        assert ProcessingActivity.objects.filter(pk=activity.pk).values().get() == before
        assert activity.fingerprint() == fingerprint
        assert activity.history.saved().last().number == known

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "This field is required."),
            ("x" * 2001, "at most 2000 characters (it has 2001)"),
            ("no\0thing", "Null characters are not allowed."),
        ],
    )
    def test_what_is_no_remark_is_told(self, text, reason, editor, activity):
        response = say(editor, activity, text)

        assert reason in response.text
        assert remarks_of(activity) == []
        if len(text) > 2000:
            assert text in response.text

    def test_lines_count_once_however_they_end(self, editor, activity):
        say(editor, activity, "x\r\n" * 999 + "yy")

        assert len(remarks_of(activity)[0]) == 2000

    def test_so_many_are_enough(self, editor, activity, monkeypatch):
        monkeypatch.setattr(steps, "MOST_REMARKS", 2)
        for text in ("One", "Two"):
            say(editor, activity, text)

        response = say(editor, activity, "Three")

        assert "This activity has too many remarks already." in response.text
        assert "Three" in response.text
        assert remarks_of(activity) == ["One", "Two"]

    def test_page_shows_the_last_ones_and_leads_to_the_history(
        self, publisher, activity, monkeypatch
    ):
        """Each review may have a remark, and nobody counts those."""
        monkeypatch.setattr(remarks, "MOST_SHOWN", 3)
        step(publisher, activity, "publish")
        pages = []
        for number in range(4):
            step(publisher, activity, "review", f"Review number {number}")
            pages.append(publisher.get(page_of(activity)).text)

        assert "Earlier remarks" not in pages[2]
        assert "Earlier remarks stand in the history." in pages[3]
        assert [n for n in range(4) if f"Review number {n}" in pages[3]] == [1, 2, 3]

    def test_remark_of_a_colleague_is_shown_before_ones_own_is_written(
        self, editor, publisher, activity
    ):
        seen = form_on(editor.get(page_of(activity)).text)["seen"]
        say(publisher, activity, "Wait for the law.")

        refused = say(editor, activity, "Publish it?", seen=seen)

        assert "Somebody did something with this activity meanwhile." in refused.text
        assert "Wait for the law." in refused.text
        assert "Publish it?" in refused.text
        assert remarks_of(activity) == ["Wait for the law."]
        say(editor, activity, "Publish it?", seen=form_on(refused.text)["seen"])
        assert remarks_of(activity) == ["Wait for the law.", "Publish it?"]

    def test_form_of_a_session_that_ended_keeps_the_remark(self, activity):
        headers = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}

        response = Client().post(page_of(activity), {"remark": "Not lost", "seen": "0"}, **headers)

        assert response.status_code == 403
        assert "Not lost" in response.text


class TestMails:
    def test_publishers_learn_of_what_an_editor_says_and_not_what_it_is(
        self, editor, publisher_a, editor_a, activity
    ):
        publisher_a.language = "fr"
        publisher_a.save()

        say(editor, activity, "Secret words")

        [mail] = delivered()
        assert mail.to == [publisher_a.email]
        assert f"{ACTIVITIES}{activity.pk}/remarks/" in mail.body
        for text in (mail.subject, mail.body, *(part for part, _kind in mail.alternatives)):
            assert "Secret" not in text
            assert "Visitors" not in text

    def test_who_works_on_it_learns_of_what_a_publisher_says(
        self, publisher, editor, editor_a, body_a, activity
    ):
        silent = factories.create_member(body_a, Membership.Role.EDITOR, "silent@people.example")
        talks = factories.create_member(body_a, Membership.Role.EDITOR, "talks@people.example")
        left = factories.create_member(body_a, Membership.Role.EDITOR, "left@people.example")
        gone = factories.create_member(body_a, Membership.Role.EDITOR, "gone@people.example")
        for person in (talks, left, gone):
            say(logged_in(person), activity, f"Of {person.email}")
        left.memberships.all().delete()
        gone.is_active = False
        gone.save()
        Mail.objects.all().delete()

        say(publisher, activity, "Name the law.")

        # The first wrote what is not public yet.
        assert {mail.to[0] for mail in delivered()} == {editor_a.email, talks.email}
        assert silent.email not in {mail.to[0] for mail in delivered()}

    def test_who_asked_for_approval_learns_of_it(self, publisher, publisher_a, body_a, activity):
        asker = factories.create_member(body_a, Membership.Role.EDITOR, "asker@people.example")
        step(publisher, activity, "publish")
        change(publisher, activity, name_en="Renamed")
        step(logged_in(asker), activity, "request")
        Mail.objects.all().delete()

        say(publisher, activity, "Why?")

        assert [mail.to for mail in delivered()] == [[asker.email]]

    def test_other_publishers_learn_of_an_editors_words_never_oneself(
        self, publisher, publisher_a, activity
    ):
        say(publisher, activity, "A note for myself")

        assert publisher_a.email not in {mail.to[0] for mail in delivered()}


class TestErasing:
    def test_remarks_are_erased_with_the_others(self, editor, publisher, activity):
        say(editor, activity, "Secret words")
        address = f"{ACTIVITIES}{activity.pk}/erase/"
        seen = str(activity.history.count())
        assert 'name="remarks"' in publisher.get(address).text

        publisher.post(address, {"remarks": "on", "reason": "A name", "seen": seen})

        for page in ("change/", "remarks/", "history/"):
            shown = publisher.get(f"{ACTIVITIES}{activity.pk}/{page}").text
            assert "Secret words" not in shown
        assert "This remark was erased." in publisher.get(page_of(activity)).text
        assert not HistoryEntry.objects.filter(remark__contains="Secret").exists()
        # Nor does a mail lead to it.
        assert Mail.objects.filter(text__contains=page_of(activity)).count() == 0

    def test_remark_that_came_after_the_look_is_not_erased_unseen(
        self, editor, publisher, activity
    ):
        say(editor, activity, "Seen")
        seen = str(activity.history.count())
        say(editor, activity, "Not seen")
        address = f"{ACTIVITIES}{activity.pk}/erase/"

        page = publisher.post(address, {"remarks": "on", "reason": "A name", "seen": seen}).text

        assert "Somebody did something with this activity meanwhile." in page
        assert remarks_of(activity) == ["Seen", "Not seen"]

    def test_draft_takes_its_remarks_along(self, editor, activity):
        say(editor, activity, "Secret words")

        editor.post(f"{ACTIVITIES}{activity.pk}/delete/", {"post": "yes"})

        assert not ProcessingActivity.objects.filter(pk=activity.pk).exists()
        assert not HistoryEntry.objects.filter(remark__contains="Secret").exists()

    def test_neither_copies_nor_templates_have_them(self, editor, administrator, body_a, activity):
        say(editor, activity, "Secret words")
        central = logged_in(administrator)
        address = f"{ACTIVITIES}{activity.pk}/copy/"

        central.post(address, {"organisation": body_a.pk})
        central.post(address, {"template": "1"})

        [kept] = HistoryEntry.objects.filter(remark__contains="Secret")
        assert kept.activity == activity
        assert "Secret" not in str(ActivityTemplate.objects.get().content)

    def test_remark_is_neither_public_nor_in_the_log(self, editor, publisher, activity, visitor):
        say(editor, activity, "Secret words")
        step(publisher, activity, "publish")

        for path in ("", "history/"):
            page = visitor.get(f"/en/processing/body-a/{activity.number}/{path}").text
            assert "Visitors" in page
            assert "Secret" not in page


class TestScope:
    @pytest.mark.parametrize("who", ["editor_b", "publisher_b"])
    def test_remarks_are_of_the_people_of_the_body(self, who, request, editor, activity):
        say(editor, activity, "Secret words")
        outsider = logged_in(request.getfixturevalue(who))
        number = activity.history.count()

        shown = outsider.get(page_of(activity))
        sent = outsider.post(page_of(activity), {"remark": "Mine", "seen": "2"})

        assert (shown.status_code, sent.status_code) == (404, 404)
        assert "Secret" not in shown.text + sent.text
        assert activity.history.count() == number

    @pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "\0"])
    def test_nonsense_gets_an_answer(self, seen, editor, activity):
        say(editor, activity, "First")

        assert say(editor, activity, "Second", seen=seen).status_code == 200
        assert remarks_of(activity) == ["First"]
