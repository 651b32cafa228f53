"""Remarks and reviews where they are kept, whoever asks."""

import pytest
from django.core.exceptions import PermissionDenied

from processing.publishing import ChangedMeanwhile, NothingToReview
from tests import factories

pytestmark = pytest.mark.django_db


def test_remark_is_for_people_of_the_body(body_a, editor_a, editor_b, administrator):
    activity = factories.create_activity(body_a)

    with pytest.raises(PermissionDenied):
        activity.write_remark("Not mine", by=editor_b, seen=0)
    activity.write_remark("Mine", by=editor_a, seen=0)
    activity.write_remark("Central", by=administrator, seen=activity.last_of_thread())

    assert [entry.remark for entry in activity.history.thread()] == ["Mine", "Central"]


def test_remark_follows_what_was_seen(body_a, editor_a):
    activity = factories.create_activity(body_a)
    activity.write_remark("First", by=editor_a, seen=0)

    with pytest.raises(ChangedMeanwhile):
        activity.write_remark("Second", by=editor_a, seen=0)

    assert activity.history.thread().count() == 1


def test_review_is_for_publishers_of_what_is_public(body_a, editor_a, publisher_a, publisher_b):
    activity = factories.create_activity(body_a)
    with pytest.raises(NothingToReview):
        activity.review(by=publisher_a)
    activity.publish(by=publisher_a)

    for person in (editor_a, publisher_b):
        with pytest.raises(PermissionDenied):
            activity.review(by=person)
    with pytest.raises(ChangedMeanwhile):
        activity.review(by=publisher_a, seen="something else")
    activity.review(by=publisher_a, seen=activity.fingerprint())

    assert [entry.action for entry in activity.history.all()] == ["published", "reviewed"]
