"""A step is about what the person has seen: what came afterwards is looked at first."""

import pytest
from django.test import Client

from organisations.models import Membership
from processing.models import ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of, form_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors")
    activity.remember(by=editor_a)
    activity.request_approval(by=editor_a)
    return activity


def page_of(activity: ProcessingActivity, step: str) -> str:
    return f"{ACTIVITIES}{activity.pk}/steps/{step}/"


def save(client: Client, activity: ProcessingActivity, **values: str) -> str:
    """Change some fields in the form; the page that follows."""
    form = form_of(client, activity) | values
    answer = client.post(f"{ACTIVITIES}{activity.pk}/change/", form, follow=True)
    activity.refresh_from_db()
    return answer.text


def seen_on(client: Client, address: str, **posted: object) -> dict[str, str]:
    page = client.post(address, posted) if posted else client.get(address)
    return {name: value for name, value in form_on(page.text).items() if "seen" in name}


class TestPublishing:
    def test_what_was_saved_after_a_look_is_shown_and_not_published(
        self, editor, publisher, activity
    ):
        seen = seen_on(publisher, page_of(activity, "publish"))
        save(editor, activity, summary_en="Nobody looked at this.")

        answer = publisher.post(page_of(activity, "publish"), seen)

        activity.refresh_from_db()
        assert not activity.is_published
        assert "Look again." in answer.text
        assert "Nobody looked at this." in answer.text
        publisher.post(page_of(activity, "publish"), form_on(answer.text))
        activity.refresh_from_db()
        assert activity.is_published

    def test_who_names_nothing_has_seen_nothing(self, publisher, activity):
        for posted in ({"confirmed": "1"}, {"seen": ""}, {"seen": "0" * 32}):
            publisher.post(page_of(activity, "publish"), posted)

        activity.refresh_from_db()
        assert not activity.is_published

    def test_what_no_citizen_would_see_needs_no_other_look(self, editor, publisher, activity):
        seen = seen_on(publisher, page_of(activity, "publish"))
        save(editor, activity, remarks="For ourselves.")

        publisher.post(page_of(activity, "publish"), seen)

        activity.refresh_from_db()
        assert activity.is_published

    def test_first_version_is_shown_whole(self, publisher, activity):
        text = publisher.get(page_of(activity, "publish")).text

        assert '<td lang="en"><ins>Visitors</ins></td>' in text
        assert "Purpose of Visitors." in text

    def test_first_version_is_shown_in_languages_without_a_name_too(self, publisher, activity):
        activity.purposes.update(description_de="Davon steht nirgends sonst etwas.")

        text = publisher.get(page_of(activity, "publish")).text

        assert "Davon steht nirgends sonst etwas." in text

    def test_in_a_selection_too(self, body_a, editor, editor_a, publisher, activity):
        other = factories.create_activity(body_a, name="Parking")
        other.remember(by=editor_a)
        selection = {"action": "publish", "_selected_action": [activity.pk, other.pk]}
        seen = seen_on(publisher, ACTIVITIES, **selection)
        save(editor, activity, summary_en="Nobody looked at this.")

        answer = publisher.post(ACTIVITIES, selection | seen | {"confirmed": "1"}, follow=True).text

        assert "1 activity was published." in answer
        assert "Look again." in answer
        activity.refresh_from_db()
        other.refresh_from_db()
        assert (activity.is_published, other.is_published) == (False, True)

    def test_selection_shows_what_it_publishes(self, publisher, activity):
        selection = {"action": "publish", "_selected_action": activity.pk}

        text = publisher.post(ACTIVITIES, selection).text

        assert "Purpose of Visitors." in text
        assert not ProcessingActivity.objects.get(pk=activity.pk).is_published

    def test_what_does_not_fit_on_the_page_of_a_selection_is_left_out(
        self, body_a, publisher, activity, monkeypatch
    ):
        monkeypatch.setattr("processing.admin.steps.MOST_ROWS", 1)
        selection = {"action": "publish", "_selected_action": activity.pk}

        page = publisher.post(ACTIVITIES, selection).text

        assert "Look at it by itself." in page
        assert seen_on(publisher, ACTIVITIES, **selection) == {}


class TestOtherSteps:
    def test_withdrawing_is_about_the_version_that_was_public(
        self, body_a, publisher, publisher_a, editor, activity
    ):
        activity.publish(by=publisher_a)
        seen = seen_on(publisher, page_of(activity, "withdraw"))
        save(editor, activity, summary_en="Much better.")
        second = factories.create_member(body_a, Membership.Role.PUBLISHER, "second@people.example")
        activity.publish(by=second)

        answer = publisher.post(page_of(activity, "withdraw"), seen | {"remark": "It is wrong."})

        activity.refresh_from_db()
        assert activity.is_published
        assert "It is wrong.</textarea>" in answer.text

    def test_nobody_holds_up_a_withdrawal_by_editing(
        self, publisher, publisher_a, editor, activity
    ):
        activity.publish(by=publisher_a)
        seen = seen_on(publisher, page_of(activity, "withdraw"))
        save(editor, activity, summary_en="Something else.")

        publisher.post(page_of(activity, "withdraw"), seen | {"remark": "It is wrong."})

        activity.refresh_from_db()
        assert activity.status == "withdrawn"

    def test_remark_on_what_was_asked_for_again_is_not_lost(
        self, editor, editor_a, publisher, activity
    ):
        seen = seen_on(publisher, page_of(activity, "send-back"))
        save(editor, activity, summary_en="Mended meanwhile.")
        activity.request_approval(by=editor_a)

        answer = publisher.post(page_of(activity, "send-back"), seen | {"remark": "Name the law."})

        activity.refresh_from_db()
        assert activity.status == "awaiting_approval"
        assert "Name the law.</textarea>" in answer.text


class TestAwaiting:
    def test_editing_what_citizens_would_see_ends_it_and_says_so(self, editor, activity):
        told = save(editor, activity, summary_en="Another summary.")

        assert activity.status == "draft"
        assert "It awaits no approval any more" in told

    def test_restoring_something_else_ends_it_and_says_so(self, editor, editor_a, activity):
        first = activity.history.saved().get()
        save(editor, activity, summary_en="Another summary.")
        activity.request_approval(by=editor_a)

        told = editor.post(
            f"{ACTIVITIES}{activity.pk}/history/{first.number}/restore/", follow=True
        ).text

        activity.refresh_from_db()
        assert activity.status == "draft"
        assert "It awaits no approval any more" in told

    def test_editing_what_nobody_else_sees_leaves_it(self, editor, activity):
        told = save(editor, activity, remarks="For ourselves.")

        assert activity.status == "awaiting_approval"
        assert "It awaits no approval any more" not in told

    def test_published_activity_goes_back_to_published(
        self, editor, editor_a, publisher_a, activity
    ):
        activity.publish(by=publisher_a)
        save(editor, activity, summary_en="Another summary.")
        activity.request_approval(by=editor_a)

        save(editor, activity, summary_en="One more.")

        assert activity.state_label == "published, with unpublished changes"
