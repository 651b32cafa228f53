"""Words that should never have been written, and how the publishers of a body erase them."""

import io

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from contact.models import Mail
from processing.models import ProcessingActivity, Publication
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.processing.admin.erasure.helpers import CANARY, erase, everything, told
from tests.processing.admin.workflow.helpers import change, step

pytestmark = pytest.mark.django_db


class TestErasing:
    def test_versions_contents_and_remarks_are_emptied_and_the_lines_stay(
        self, activity, publisher, publisher_a
    ):
        before = list(activity.history.values_list("number", "action", "by", "at"))
        working_copy = activity.public_record()

        page = erase(publisher, activity)

        assert "Erased for good." in told(page)
        version = activity.publications.get()
        assert (version.record, version.title, version.sort_nl) == ({}, {}, "")
        assert version.erased_at is not None
        lines = list(activity.history.order_by("number"))
        assert [(e.number, e.action, e.by_id, e.at) for e in lines[:-1]] == before
        assert [entry.remark for entry in lines[:-1]] == [""] * len(before)
        saved = [entry for entry in lines if entry.action == "saved"]
        assert [entry.content is None for entry in saved] == [True, False]
        assert activity.withdrawal_reason == ""
        assert activity.public_record() == working_copy
        last = lines[-1]
        assert (last.action, last.by, last.remark) == ("erased", publisher_a, "A name")
        assert last.erasure == {"versions": [1], "contents": True, "remarks": True}

    def test_nothing_in_the_database_holds_the_words_any_more(self, activity, publisher):
        question = factories.create_question(activity.organisation)
        waiting = Mail.objects.filter(question=None, state="waiting")
        assert waiting.filter(text__contains=CANARY).exists()
        assert CANARY in everything()

        erase(publisher, activity)

        assert CANARY not in everything()
        assert not waiting.exists()
        assert Mail.objects.filter(question=question).count() == 2

    def test_mail_about_another_activity_stays(self, activity, body_a, editor, publisher):
        other = factories.create_activity(body_a)
        step(editor, other, "request")

        erase(publisher, activity)

        assert Mail.objects.get().text.count(f"{ACTIVITIES}{other.pk}/change/") == 1

    def test_reminder_that_lists_several_loses_the_line_of_one(
        self, body_a, publisher, publisher_a
    ):
        named = factories.create_activity(body_a, name=f"<{CANARY}>")
        other = factories.create_activity(body_a, name="Parking")
        for due in (named, other):
            due.publish(by=publisher_a)
        ProcessingActivity.objects.update(review_due_on="2020-01-01")
        call_command("remind_reviews", stdout=io.StringIO())
        [reminder] = Mail.objects.all()
        assert CANARY in reminder.text
        assert CANARY in reminder.html
        step(publisher, named, "withdraw", "A name")
        change(publisher, named, name_en="Visitors", summary_en="")

        erase(publisher, named)

        reminder.refresh_from_db()
        assert CANARY not in reminder.text + reminder.html
        for body in (reminder.text, reminder.html):
            assert f"- {other.number}: Parking (" in body
            assert f"- {named.number}" in body

    def test_draft_that_is_deleted_leaves_no_words_in_mails(self, body_a, editor, publisher):
        """Nor anywhere else."""
        draft = factories.create_activity(body_a, name=CANARY)
        step(editor, draft, "request")
        assert Mail.objects.filter(text__contains=CANARY).exists()

        publisher.post(f"{ACTIVITIES}{draft.pk}/delete/", {"post": "yes"})

        assert not ProcessingActivity.objects.filter(pk=draft.pk).exists()
        assert CANARY not in everything()

    def test_log_of_the_admin_tells_who_and_when_only(self, activity, publisher, editor_a):
        entry = LogEntry.objects.get(user=editor_a)
        LogEntry.objects.update(object_repr=CANARY, change_message=CANARY)

        erase(publisher, activity)

        after = LogEntry.objects.get(user=editor_a)
        assert (after.object_repr, after.change_message) == ("body-a 1", "")
        assert (after.action_time, after.action_flag) == (entry.action_time, entry.action_flag)

    def test_chosen_version_only(self, activity, publisher, publisher_a):
        factories.Purpose.objects.create(activity=activity, description_en="x")
        factories.DataItem.objects.create(activity=activity, category_id="A1")
        factories.LegalGround.objects.create(activity=activity, ground="6-c")
        factories.Retention.objects.create(activity=activity, period=1, unit="year")
        activity.publish(by=publisher_a)
        activity.withdraw(by=publisher_a, reason="Old")

        erase(publisher, activity, versions=["1"], contents=None, remarks=None)

        assert list(activity.publications.filter(erased_at=None)) == [
            activity.publications.get(version=2)
        ]
        assert activity.history.saved().count() == 2
        assert activity.withdrawal_reason == "Old"
        assert activity.history.latest("number").erasure == {
            "versions": [1],
            "contents": False,
            "remarks": False,
        }

    def test_draft_that_was_never_public_loses_what_it_said_before(
        self, body_a, editor, editor_a, publisher
    ):
        draft = factories.create_activity(body_a, name=CANARY)
        draft.remember(by=editor_a)
        change(
            editor, draft, name_en="Visitors", summary_en="", **{"purposes-0-description_en": ""}
        )

        erase(publisher, draft)

        assert CANARY not in everything()
        assert draft.name_en == "Visitors"
        assert draft.history.saved().get().content["name_en"] == "Visitors"

    def test_present_content_stays_even_where_it_was_said_before(
        self, body_a, editor, editor_a, publisher
    ):
        draft = factories.create_activity(body_a, name="Visitors")
        draft.remember(by=editor_a)
        change(editor, draft, name_en=CANARY)
        change(editor, draft, name_en="Visitors")

        erase(publisher, draft)

        contents = draft.history.filter(action="saved").order_by("number")
        assert [entry.content is None for entry in contents] == [False, True, False]

    def test_deleted_draft_leaves_no_name_in_the_log(self, body_a, editor, editor_a):
        draft = factories.create_activity(body_a, name=CANARY)
        draft.remember(by=editor_a)
        change(editor, draft, reference="1.10")

        editor.post(f"{ACTIVITIES}{draft.pk}/delete/", {"post": "yes"})
        selected = factories.create_activity(body_a, name=CANARY)
        selection = {"action": "delete_selected", "_selected_action": selected.pk, "post": "yes"}
        editor.post(ACTIVITIES, selection)

        assert not ProcessingActivity.objects.exists()
        assert LogEntry.objects.count() == 3
        assert CANARY not in everything()

    def test_nothing_is_offered_where_nothing_can_be_erased(self, body_a, publisher, publisher_a):
        public = factories.create_activity(body_a)
        public.remember(by=publisher_a)
        public.publish(by=publisher_a)

        page = publisher.get(f"{ACTIVITIES}{public.pk}/erase/").text
        refused = publisher.post(f"{ACTIVITIES}{public.pk}/erase/", {"reason": "x", "seen": "2"})

        assert "There is nothing to erase." in page
        assert "What is public: withdraw it first." in page
        assert refused.status_code == 200
        assert Publication.objects.current().count() == 1

    @pytest.mark.parametrize(
        "values",
        [
            {"reason": ""},
            {"versions": None, "contents": None, "remarks": None},
            {"versions": ["2"]},
            {"versions": ["x"]},
            {"seen": ""},
            {"seen": "x"},
        ],
        ids=str,
    )
    def test_page_refuses_what_makes_no_sense(self, values, activity, publisher):
        page = erase(publisher, activity, **values)

        assert page.status_code == 200
        assert 'class="errornote"' in page.text
        assert CANARY in everything()
        assert not activity.history.filter(action="erased").exists()

    def test_who_did_not_see_what_was_done_meanwhile_looks_again(self, activity, publisher, editor):
        seen = activity.history.count()
        change(editor, activity, name_en="Guests")

        page = erase(publisher, activity, seen=str(seen), reason="Typed with care")

        assert "Somebody did something with this activity meanwhile." in page.text
        assert "Typed with care" in page.text
        assert not activity.history.filter(action="erased").exists()
        assert f'name="seen" value="{seen + 1}"' in page.text

    def test_erased_twice_leaves_what_was_said_since(self, activity, editor, publisher):
        erase(publisher, activity)
        change(editor, activity, name_en=f"{CANARY} again")
        change(editor, activity, name_en="Visitors", remarks="")

        page = publisher.get(f"{ACTIVITIES}{activity.pk}/erase/").text
        assert 'name="versions"' not in page
        erase(publisher, activity)

        assert activity.history.filter(action="erased").count() == 2
        assert "canaryname again" not in everything()
