"""From a draft to a public entry and back, as the people of a body do it in the admin."""

import pytest

from organisations.models import Membership, User
from processing.models import ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.mails import delivered
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.workflow.helpers import change, step, step_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_publisher(body_a) -> User:
    return factories.create_member(body_a, Membership.Role.PUBLISHER, "second@people.example")


class TestApproval:
    def test_request_is_mailed_to_publishers_and_answered_to_the_editor(
        self, editor, publisher, publisher_a, editor_a, activity
    ):
        publisher_a.language = "fr"
        publisher_a.save()

        step(editor, activity, "request")
        step(publisher, activity, "publish")

        assert activity.status == "published"
        request, answer = delivered()
        assert request.to == [publisher_a.email]
        assert request.subject == "Une activité de traitement attend votre approbation"
        assert f"{ACTIVITIES}{activity.pk}/change/" in request.body
        assert answer.to == [editor_a.email]
        assert answer.subject == "Your processing activity was published"
        assert answer.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_sent_back_with_a_remark(self, editor, publisher, activity):
        step(editor, activity, "request")
        assert "awaiting approval" in editor.get(f"{ACTIVITIES}{activity.pk}/change/").text

        without_remark = publisher.post(f"{ACTIVITIES}{activity.pk}/steps/send-back/", {"x": "1"})
        step(publisher, activity, "send-back", "Name the law.")

        assert without_remark.status_code == 200
        assert activity.status == "draft"
        assert "Name the law." in delivered()[-1].body
        assert "Name the law." in editor.get(f"{ACTIVITIES}{activity.pk}/change/").text
        step(editor, activity, "request")
        # It stays among the remarks, and is no answer any more.
        assert "sent this back:" not in editor.get(f"{ACTIVITIES}{activity.pk}/change/").text

    def test_incomplete_activity_cannot_be_requested_and_says_why(self, editor, body_a):
        incomplete = ProcessingActivity.objects.create(organisation=body_a, name_en="Half")

        told = step(editor, incomplete, "request")

        assert incomplete.status == "draft"
        assert "at least one purpose" in told

    def test_sent_back_changes_leave_the_public_version(self, editor, publisher, activity):
        step(publisher, activity, "publish")
        change(editor, activity, name_en="Renamed")
        step(editor, activity, "request")
        step(publisher, activity, "send-back", "Not yet.")

        assert (activity.status, activity.is_published) == ("published", True)
        assert activity.state_label == "published, with unpublished changes"

    def test_requested_twice_is_told(self, editor, activity):
        step(editor, activity, "request")

        assert "It awaits approval already." in step(editor, activity, "request")


class TestTwoPersons:
    @pytest.fixture(autouse=True)
    def two_persons(self, body_a):
        body_a.requires_two_persons = True
        body_a.save()

    def test_who_changed_it_last_cannot_publish_it(
        self, publisher, second_publisher, activity, visitor
    ):
        change(publisher, activity, name_en="By the publisher")

        refused = step(publisher, activity, "publish")

        assert "another publisher must publish it" in refused
        assert not activity.is_published
        step(logged_in(second_publisher), activity, "publish")
        assert activity.is_published

    def test_central_administrator_is_no_exception(self, administrator, activity):
        central = logged_in(administrator)
        change(central, activity, name_en="By the centre")

        step(central, activity, "publish")

        assert not activity.is_published

    def test_in_a_selection_too(self, publisher, publisher_a, activity, body_a):
        own = factories.create_activity(body_a, name="Own")
        own.remember(by=publisher_a)

        selection = {"action": "publish", "_selected_action": [activity.pk, own.pk]}
        look = publisher.post(ACTIVITIES, selection).text
        page = step_with(publisher, [activity, own], "publish")

        assert "another publisher must publish it" in look
        assert f'name="_selected_action" value="{own.pk}"' not in look
        assert "1 activity was published." in page
        own.refresh_from_db()
        assert not own.is_published

    def test_saving_without_a_change_makes_nobody_the_last(self, publisher, activity):
        change(publisher, activity)

        step(publisher, activity, "publish")

        assert activity.is_published
