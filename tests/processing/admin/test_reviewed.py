"""What is public was looked at and is still right: nothing new is published."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from organisations.calendar import months_after
from organisations.models import Membership, Revision
from processing.models import ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of, form_on
from tests.mails import delivered
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.workflow.helpers import change, step, step_with

pytestmark = pytest.mark.django_db

# The day before still, in UTC and for the database.
AFTER_MIDNIGHT = datetime(2027, 1, 11, 0, 30, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture
def public(body_a, publisher_a) -> ProcessingActivity:
    """A public activity whose day of review has passed."""
    activity = factories.create_activity(body_a, name="Visitors")
    activity.remember(by=publisher_a)
    activity.publish(by=publisher_a)
    overdue = timezone.localdate() - timedelta(days=3)
    ProcessingActivity.objects.filter(pk=activity.pk).update(review_due_on=overdue)
    activity.refresh_from_db()
    return activity


def page_of(client: Client, activity: ProcessingActivity) -> str:
    return client.get(f"{ACTIVITIES}{activity.pk}/change/").text


def offers(client: Client, activity: ProcessingActivity, name: str) -> bool:
    return f"{ACTIVITIES}{activity.pk}/steps/{name}/" in page_of(client, activity)


def remind() -> str:
    output = io.StringIO()
    call_command("remind_reviews", stdout=output)
    return output.getvalue()


class TestReviewed:
    def test_next_day_follows_from_the_interval_of_the_body(self, publisher, public, body_a):
        body_a.review_interval_months = 6
        body_a.save()

        told = step(publisher, public, "review")

        assert told == "1 activity was reviewed."
        assert public.review_due_on == months_after(timezone.localdate(), 6)

    def test_day_is_that_of_belgium_after_midnight(self, publisher_a, public, body_a):
        body_a.review_interval_months = 6
        body_a.save()

        with time_machine.travel(AFTER_MIDNIGHT):
            step(logged_in(publisher_a), public, "review")

        assert public.review_due_on == months_after(AFTER_MIDNIGHT.date(), 6)

    def test_nothing_is_published_and_the_register_does_not_move(self, publisher, public, visitor):
        address = f"/en/processing/body-a/{public.number}/"
        before = list(Revision.objects.order_by("area").values())
        versions = list(public.publications.values())
        changed_at, tag = public.changed_at, visitor.get(address).headers["ETag"]

        step(publisher, public, "review", "Still right.")

        assert list(Revision.objects.order_by("area").values()) == before
        assert list(public.publications.values()) == versions
        assert visitor.get(address).headers["ETag"] == tag
        assert (public.status, public.changed_at) == ("published", changed_at)
        assert not public.has_unpublished_changes

    def test_history_tells_who_and_why(self, publisher, publisher_a, public):
        step(publisher, public, "review", "Asked the service.")

        last = public.history.order_by("-number").first()
        assert (last.action, last.by, last.remark) == (
            *("reviewed", publisher_a),
            "Asked the service.",
        )
        page = publisher.get(f"{ACTIVITIES}{public.pk}/history/").text
        assert f"reviewed, nothing changed, {publisher_a}" in page
        assert "Asked the service." in page

    def test_remark_may_be_left_out(self, publisher, public):
        assert step(publisher, public, "review") == "1 activity was reviewed."

        assert public.review_due_on > timezone.localdate()

    def test_publishers_are_reminded_again_when_the_next_day_has_come(self, publisher, public):
        assert "1 due" in remind()

        step(publisher, public, "review")

        assert remind() == ""
        with time_machine.travel(public.review_due_on - timedelta(days=1)):
            assert remind() == ""
        with time_machine.travel(public.review_due_on + timedelta(days=1)):
            assert "1 due" in remind()
        assert len(delivered()) == 2

    def test_review_before_the_reminder_spares_it(self, publisher, public):
        step(publisher, public, "review")

        assert remind() == ""

    def test_page_tells_the_next_day_and_leads_to_what_citizens_see(self, publisher, public):
        page = publisher.get(f"{ACTIVITIES}{public.pk}/steps/review/").text

        following = public.organisation.next_review_after(timezone.now())
        assert f"Next review on {following:%d/%m/%Y}." in page
        assert f"/en/processing/body-a/{public.number}/" in page

    def test_what_changed_after_the_look_is_not_said_to_be_reviewed(
        self, publisher, editor, public
    ):
        address = f"{ACTIVITIES}{public.pk}/steps/review/"
        seen = form_on(publisher.get(address).text)["seen"]
        change(editor, public, name_en="Renamed")

        refused = publisher.post(address, {"seen": seen, "remark": "My words"}, follow=True)

        assert "Somebody did something with this activity meanwhile." in refused.text
        assert "My words" in refused.text
        assert not public.history.filter(action="reviewed").exists()

    def test_form_that_was_open_meanwhile_leaves_the_next_day(self, publisher, editor, public):
        form = form_of(editor, public)
        step(publisher, public, "review")
        due = public.review_due_on

        change_address = f"{ACTIVITIES}{public.pk}/change/"
        assert editor.post(change_address, form | {"name_en": "Renamed"}).status_code == 302
        public.refresh_from_db()
        kept = public.review_due_on
        change(editor, public, review_due_on="2031-01-02")

        assert (public.name_en, kept) == ("Renamed", due)
        assert public.review_due_on == date(2031, 1, 2)

    @pytest.mark.parametrize("state", ["draft", "changed", "withdrawn"])
    def test_only_what_is_public_as_it_stands_can_be_reviewed(
        self, state, publisher, publisher_a, public, body_a
    ):
        if state == "draft":
            public = factories.create_activity(body_a, name="Draft")
        elif state == "changed":
            change(publisher, public, name_en="Renamed")
        else:
            public.withdraw(by=publisher_a, reason="Ended")
        due = public.review_due_on

        told = step(publisher, public, "review")

        assert "It is not public, or it has changes that are not public yet" in told
        assert not offers(publisher, public, "review")
        assert public.review_due_on == due


class TestOffer:
    """Steps are offered to who may take them, wherever that is."""

    def test_publisher_is_offered_the_review_and_editor_is_not(self, publisher, editor, public):
        assert offers(publisher, public, "review")
        assert not offers(editor, public, "review")
        assert '<option value="reviewed">' in publisher.get(ACTIVITIES).text
        assert '<option value="reviewed">' not in editor.get(ACTIVITIES).text
        address = f"{ACTIVITIES}{public.pk}/steps/review/"
        assert editor.get(address).status_code == 403
        assert editor.post(address, {"seen": public.fingerprint()}).status_code == 403

    def test_editor_is_offered_no_publishing_anywhere(self, editor, public):
        change(editor, public, name_en="Renamed")

        listed = editor.get(ACTIVITIES).text

        assert not offers(editor, public, "publish")
        assert '<option value="publish">' not in listed
        assert '<option value="withdraw">' not in listed

    def test_who_wrote_it_is_not_offered_to_publish_it_with_two_persons(
        self, publisher, body_a, public
    ):
        body_a.requires_two_persons = True
        body_a.save()
        change(publisher, public, name_en="Renamed")
        second = factories.create_member(body_a, Membership.Role.PUBLISHER)

        page = publisher.get(f"{ACTIVITIES}{public.pk}/steps/publish/").text

        assert not offers(publisher, public, "publish")
        assert offers(logged_in(second), public, "publish")
        why = "Some of what would become public is yours: another publisher must publish it."
        assert why in page
        public.refresh_from_db()
        bulk = publisher.post(ACTIVITIES, {"action": "publish", "_selected_action": public.pk})
        assert f"{public}, left out: {why}" in bulk.text

    def test_activities_of_a_body_that_one_only_edits_are_left_out(
        self, publisher_a, body_b, public
    ):
        Membership.objects.create(
            user=publisher_a, organisation=body_b, role=Membership.Role.EDITOR
        )
        edited = factories.create_activity(body_b, name="Only edited")
        client = logged_in(publisher_a)

        selection = {"_selected_action": [public.pk, edited.pk]}
        for action in ("publish", "withdraw", "reviewed"):
            page = client.post(ACTIVITIES, selection | {"action": action}).text
            assert f"{edited}, left out: You are not a publisher of its body." in page
            assert f'name="_selected_action" value="{edited.pk}"' not in page


class TestSeveral:
    def test_look_tells_the_next_day_of_each_and_what_is_left_out(self, publisher, public, body_a):
        draft = factories.create_activity(body_a, name="Draft")
        selection = {"action": "reviewed", "_selected_action": [public.pk, draft.pk]}

        page = publisher.post(ACTIVITIES, selection).text

        following = body_a.next_review_after(timezone.now())
        assert f"{public}: Next review on {following:%d/%m/%Y}." in page
        assert f"{draft}, left out: This step makes no sense" in page
        public.refresh_from_db()
        assert public.review_due_on < timezone.localdate()

    def test_all_that_were_looked_at_are_reviewed(self, publisher, public, body_a, publisher_a):
        other = factories.create_activity(body_a, name="Other")
        other.remember(by=publisher_a)
        other.publish(by=publisher_a)

        page = step_with(publisher, [public, other], "reviewed")

        assert "2 activities were reviewed." in page
        assert remind() == ""
        for activity in (public, other):
            activity.refresh_from_db()
            assert activity.history.filter(action="reviewed").count() == 1
