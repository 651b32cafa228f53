"""What the history of an activity tells of each step, and of what it said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from processing.models import ProcessingActivity
from processing.models.erasure import Erasure
from processing.snapshots import content_of
from tests import factories

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a, name="One")


def lines(activity: ProcessingActivity) -> list[tuple]:
    """Number, action, who and remark of each line."""
    history = activity.history.order_by("number").select_related("by")
    return [(line.number, line.action, line.by, line.remark) for line in history]


def test_each_step_is_told_with_who_did_it_and_why(activity, editor_a, publisher_a):
    activity.remember(by=editor_a, remark="copied")
    activity.request_approval(by=editor_a)
    activity.send_back(by=publisher_a, remark="too short")
    activity.publish(by=publisher_a)
    activity.withdraw(by=publisher_a, reason="by mistake")

    assert lines(activity) == [
        (1, "saved", editor_a, "copied"),
        (2, "requested", editor_a, ""),
        (3, "sent_back", publisher_a, "too short"),
        (4, "published", publisher_a, ""),
        (5, "withdrawn", publisher_a, "by mistake"),
    ]
    moments = [line.at for line in activity.history.order_by("number")]
    assert moments == sorted(moments)
    assert timezone.now() - moments[0] < timedelta(hours=1)


def test_steps_of_an_older_register_are_told_of_their_own_moment(activity, publisher_a):
    activity.publish(by=publisher_a, at=LONG_AGO)
    activity.withdraw(by=publisher_a, reason="", at=LONG_AGO + timedelta(days=1))

    published, withdrawn = activity.history.order_by("number")
    assert (published.at, withdrawn.at) == (LONG_AGO, LONG_AGO + timedelta(days=1))
    publication = activity.publications.get()
    assert (publication.published_at, publication.withdrawn_at) == (published.at, withdrawn.at)


def test_content_is_told_only_when_it_is_another(activity, editor_a, publisher_a):
    activity.remember(by=editor_a)
    activity.remember(by=publisher_a, remark="the same")
    activity.name_en = "Two"
    activity.save()
    activity.remember(by=publisher_a, remark="another")
    activity.name_en = "One"
    activity.save()
    activity.remember(by=None)

    assert lines(activity) == [
        (1, "saved", editor_a, ""),
        (2, "saved", publisher_a, "another"),
        (3, "saved", None, ""),
    ]
    names = [line.content["name_en"] for line in activity.history.order_by("number")]
    assert names == ["One", "Two", "One"]
    assert activity.history.saved().order_by("number").last().content == content_of(activity)
    assert activity.changed_by is None


def test_person_who_changed_it_last_is_known_at_once(activity, editor_a, publisher_a):
    activity.remember(by=editor_a)
    activity.remember(by=publisher_a)

    assert activity.changed_by == editor_a
    assert ProcessingActivity.objects.get(pk=activity.pk).changed_by == editor_a


def test_steps_leave_no_changes_that_are_not_public(activity, editor_a, publisher_a):
    activity.remember(by=editor_a)
    assert not activity.has_unpublished_changes
    activity.publish(by=publisher_a)
    activity.remember(by=editor_a)
    assert not activity.has_unpublished_changes
    activity.name_en = "Two"
    activity.save()
    activity.remember(by=editor_a)
    assert activity.has_unpublished_changes

    activity.withdraw(by=publisher_a, reason="")

    assert not activity.has_unpublished_changes
    activity.remember(by=editor_a)
    assert not activity.has_unpublished_changes


def test_lines_are_told_apart_by_what_they_are_about(activity, editor_a, publisher_a):
    activity.remember(by=editor_a)
    activity.publish(by=publisher_a)
    activity.withdraw(by=publisher_a, reason="by mistake")
    erasure = Erasure(versions=(1,), remarks=True)
    activity.request_erasure(erasure, by=publisher_a, reason="", seen=3)
    activity.drop_erasure(by=publisher_a, seen=4)

    def actions(lines) -> list[str]:
        return list(lines.order_by("number").values_list("action", flat=True))

    assert actions(activity.history.saved()) == ["saved"]
    assert actions(activity.history.steps()) == ["published", "withdrawn"]
    assert actions(activity.history.about_erasure()) == ["erasure_requested", "erasure_dropped"]
    told = [line.what_is_erased for line in activity.history.order_by("number")]
    assert told == [None, None, None, erasure, None]
    assert {line.by for line in activity.history.about_erasure()} == {publisher_a}
    assert str(activity.history.get(number=2)) == "published (2)"
