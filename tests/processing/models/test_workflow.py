"""Which steps are refused, and that a refused step leaves everything as it was."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from processing import publishing
from processing.models import DataItem, ProcessingActivity
from processing.models.erasure import Erasure
from processing.publishing import (
    AwaitsApproval,
    DoesNotFit,
    NeedsAnotherPerson,
    NothingToPublish,
    NothingToSendBack,
    PublishRefused,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a, name="One")


def refused(refusal: type[Exception], step: Callable, activity: ProcessingActivity, **kwargs):
    """The refusal of a step, which changes nothing and is told nowhere."""

    def state() -> dict:
        row = ProcessingActivity.objects.filter(pk=activity.pk).values().get()
        return row | {"history": activity.history.count()}

    before = state()
    with pytest.raises(refusal) as raised:
        step(**kwargs)
    assert state() == before
    return raised.value


def test_approval_is_asked_for_once_and_for_something_new(activity, editor_a, publisher_a):
    activity.request_approval(by=editor_a)
    assert activity.status == "awaiting_approval"
    refused(AwaitsApproval, activity.request_approval, activity, by=editor_a)

    activity.publish(by=publisher_a)
    refused(NothingToPublish, activity.request_approval, activity, by=editor_a)

    activity.name_en = "Two"
    activity.save()
    activity.request_approval(by=editor_a)
    assert (activity.status, activity.is_published) == ("awaiting_approval", True)


def test_only_a_request_is_sent_back_to_where_the_activity_stood(activity, editor_a, publisher_a):
    refused(NothingToSendBack, activity.send_back, activity, by=publisher_a, remark="")
    stood = []

    def send_back() -> None:
        activity.request_approval(by=editor_a)
        activity.send_back(by=publisher_a, remark="not yet")
        stood.append((activity.status, activity.is_published))

    send_back()
    activity.publish(by=publisher_a)
    activity.name_en = "Two"
    activity.save()
    send_back()
    activity.withdraw(by=publisher_a, reason="")
    send_back()

    assert stood == [("draft", False), ("published", True), ("withdrawn", False)]


@pytest.mark.parametrize("person", ["publisher_b", "editor_b"])
def test_people_of_another_body_do_nothing(person, activity, request):
    by = request.getfixturevalue(person)
    activity.remember(by=None)
    said = activity.history.saved().get()

    refused(PermissionDenied, activity.request_approval, activity, by=by)
    refused(PermissionDenied, activity.send_back, activity, by=by, remark="")
    refused(PermissionDenied, activity.restore, activity, earlier=said, by=by, remark="")


def test_editor_sends_nothing_back(activity, editor_a):
    activity.request_approval(by=editor_a)

    refused(PermissionDenied, activity.send_back, activity, by=editor_a, remark="")


def test_what_lacks_something_or_is_too_long_goes_no_further(
    activity, editor_a, publisher_a, monkeypatch
):
    DataItem.objects.create(activity=activity, category_id="M1")
    monkeypatch.setattr(publishing, "MOST_ROWS", 4)
    steps = [(activity.request_approval, editor_a), (activity.publish, publisher_a)]

    for step, by in steps:
        refusal = refused(DoesNotFit, step, activity, by=by)
        assert str(refusal).startswith("There are 5 rows of purposes, data, recipients and so on")
    ProcessingActivity.objects.filter(pk=activity.pk).update(name_en="")
    for step, by in steps:
        refusal = refused(PublishRefused, step, activity, by=by)
        assert [str(demand) for demand in refusal.missing] == ["a name in at least one language"]


def test_publishing_brings_all_that_is_known_of_it_up_to_date(activity, editor_a, publisher_a):
    activity.publish(by=publisher_a)
    activity.withdraw(by=publisher_a, reason="by mistake")
    activity.publish(by=publisher_a)
    activity.name_en = "Two"
    activity.save()
    activity.remember(by=editor_a)
    ProcessingActivity.objects.filter(pk=activity.pk).update(withdrawal_reason="by mistake")
    assert activity.has_unpublished_changes

    publication = activity.publish(by=publisher_a)

    due_on = activity.organisation.next_review_after(publication.published_at)
    for known in (activity, ProcessingActivity.objects.get(pk=activity.pk)):
        assert (known.status, known.is_published) == ("published", True)
        assert (known.withdrawal_reason, known.has_unpublished_changes) == ("", False)
        assert known.review_due_on == due_on


def test_another_person_publishes_where_the_body_wants_two(
    activity, body_a, editor_a, publisher_a, administrator
):
    body_a.requires_two_persons = True
    body_a.save()
    activity.remember(by=publisher_a)

    refused(NeedsAnotherPerson, activity.publish, activity, by=publisher_a)
    activity.publish(by=administrator)

    assert activity.publications.get().published_by == administrator
    activity.name_en = "Two"
    activity.save()
    activity.remember(by=editor_a)
    activity.publish(by=publisher_a)
    assert activity.publications.count() == 2


def test_restored_content_is_remembered_and_known_at_once(activity, editor_a, publisher_a):
    activity.remember(by=None)
    first = activity.history.saved().get()
    first.content["name_en"] = "Three"
    first.save()
    activity.publish(by=publisher_a)
    activity.name_en = "Two"
    activity.save()
    activity.remember(by=publisher_a)

    activity.restore(first, by=editor_a, remark="as it was")

    assert (activity.name_en, activity.changed_by) == ("Three", editor_a)
    assert activity.has_unpublished_changes
    last = activity.history.order_by("number").last()
    assert (last.action, last.remark, last.content["name_en"]) == ("saved", "as it was", "Three")


def test_step_leaves_alone_what_is_not_saved(activity, editor_a, publisher_a, administrator):
    activity.name_en = "Not saved"

    activity.remember(by=editor_a)
    activity.request_approval(by=editor_a)
    activity.send_back(by=publisher_a, remark="not yet")
    activity.publish(by=publisher_a)
    activity.withdraw(by=publisher_a, reason="by mistake")
    activity.erase(Erasure(versions=(1,)), by=publisher_a, reason="", seen=5)
    activity.request_erasure(Erasure(remarks=True), by=publisher_a, reason="", seen=6)
    activity.confirm_erasure(by=administrator, seen=7)

    assert (activity.name_en, activity.status) == ("Not saved", "withdrawn")
    assert activity.withdrawal_reason == ""


def test_gaps_are_those_of_what_is_remembered(activity, editor_a):
    activity.remember(by=editor_a)
    complete = activity.gaps
    activity.purposes.all().delete()

    activity.remember(by=editor_a)

    assert {"purpose", "legal-basis"} <= set(activity.gaps) - set(complete)
