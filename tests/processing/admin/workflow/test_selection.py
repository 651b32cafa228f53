"""From a draft to a public entry and back, as the people of a body do it in the admin."""

import re

import pytest
from django.db import connection

from processing.admin import workflow
from processing.models import ProcessingActivity
from tests import factories
from tests.processing.admin.workflow.helpers import step, step_with

pytestmark = pytest.mark.django_db


class TestSelection:
    """What cannot be done with one activity is told, and done with the others all the same."""

    @pytest.fixture
    def three(self, body_a, editor_a) -> list[ProcessingActivity]:
        names = ("First", "Second", "Third")
        return [factories.create_activity(body_a, name=name) for name in names]

    def is_published(self, activities: list[ProcessingActivity]) -> list[bool]:
        return [ProcessingActivity.objects.get(pk=row.pk).is_published for row in activities]

    def test_what_the_database_refuses_is_told(self, publisher, three):
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE processing_publication ADD CHECK (number <> %s) NOT VALID",
                [three[1].number],
            )

        page = step_with(publisher, three, "publish")

        assert "2 activities were published." in page
        assert re.search("Not done for [^<]*Second: The database refused it.", page)
        assert self.is_published(three) == [True, False, True]

    @pytest.mark.parametrize("name", ["request", "publish", "send-back", "withdraw"])
    def test_what_somebody_deleted_meanwhile_is_told(self, name, publisher_a, three):
        seen = {three[1]: three[1].fingerprint()}
        ProcessingActivity.objects.get(pk=three[1].pk).delete()

        outcome = workflow.take(workflow.STEPS[name], seen, by=publisher_a, remark="Why")

        reason = "It is no longer there: somebody deleted it meanwhile."
        assert outcome == workflow.Outcome(done=[], refused=[(three[1], reason)])

    def test_others_are_published_beside_what_is_gone(self, publisher_a, three):
        seen = {activity: activity.fingerprint() for activity in three}
        ProcessingActivity.objects.get(pk=three[1].pk).delete()

        outcome = workflow.take(workflow.STEPS["publish"], seen, by=publisher_a)

        assert outcome.done == [three[0], three[2]]
        assert self.is_published(outcome.done) == [True, True]

    def test_step_with_one_that_the_database_refuses_is_told(self, publisher, activity):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE processing_publication ADD CHECK (number < 0) NOT VALID")

        told = step(publisher, activity, "publish")

        assert "The database refused it." in told
        assert not activity.is_published
