"""The working copy: its number, what is saved of it, what it is called and how it stands."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from processing.models import NumberCounter, ProcessingActivity
from processing.publishing import public_record_of
from processing.snapshots import content_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a, name="One")


def test_number_counts_on_from_the_highest(body_a, body_b):
    taken = [NumberCounter.take(body_a.pk, number) for number in (None, 5, 3, None)]

    assert taken == [1, 5, 3, 6]
    assert NumberCounter.take(body_b.pk, None) == 1
    assert str(NumberCounter.objects.get(organisation=body_a)) == "Agency body-a: 6"


def test_parts_are_read_in_a_fixed_number_of_queries(body_a, body_b):
    for number in range(3):
        factories.create_full_activity(body_a, body_b, f"canary{number}")

    activities = list(ProcessingActivity.objects.with_parts())

    with CaptureQueriesContext(connection) as queries:
        assert len({public_record_of(activity).number for activity in activities}) == 3
        assert len([content_of(activity) for activity in activities]) == 3
    assert [query["sql"] for query in queries] == []


def test_sources_are_kept_in_one_order_and_once(activity):
    activity.sources = ["other", "person", "other"]

    activity.save()

    assert activity.sources == ["person", "other"]
    activity.refresh_from_db()
    assert activity.sources == ["person", "other"]


def test_only_named_fields_are_saved_and_never_the_state(activity, publisher_a):
    other = ProcessingActivity.objects.get(pk=activity.pk)
    activity.publish(by=publisher_a)

    other.name_en, other.remarks = "Two", "kept back"
    other.save(update_fields=["name_en"])
    assert ProcessingActivity.objects.get(pk=activity.pk).remarks != "kept back"
    other.save()

    saved = ProcessingActivity.objects.get(pk=activity.pk)
    assert (saved.name_en, saved.remarks) == ("Two", "kept back")
    assert (saved.status, saved.is_published) == ("published", True)


def test_save_goes_to_the_database_that_is_asked_for(body_a):
    activity = ProcessingActivity(organisation=body_a, name_en="One")

    with pytest.raises(Exception, match="nowhere"):
        activity.save(using="nowhere")
    activity.save()
    with pytest.raises(Exception, match="nowhere"):
        activity.save(using="nowhere")


def test_activity_is_replaced_by_another_of_its_body(activity, body_a, body_b):
    def refusal(replaced_by: ProcessingActivity | None) -> dict:
        activity.replaced_by = replaced_by
        try:
            activity.clean()
        except ValidationError as error:
            return error.message_dict
        return {}

    assert refusal(None) == {}
    assert refusal(factories.create_activity(body_a)) == {}
    assert refusal(activity) == {
        "replaced_by": ["An activity cannot be replaced by itself."],
    }
    assert refusal(factories.create_activity(body_b)) == {
        "replaced_by": ["Choose an activity of the same federal body."],
    }
    # One that is not saved yet has no successor that could be itself.
    ProcessingActivity(organisation=body_a).clean()


@pytest.mark.parametrize(
    ("status", "is_published", "has_unpublished_changes", "expected"),
    [
        ("draft", False, False, "draft"),
        ("draft", False, True, "draft"),
        ("awaiting_approval", False, False, "awaiting approval"),
        ("awaiting_approval", True, False, "published, changes await approval"),
        ("awaiting_approval", True, True, "published, changes await approval"),
        ("published", True, False, "published"),
        ("published", True, True, "published, with unpublished changes"),
        ("withdrawn", False, False, "withdrawn"),
    ],
)
def test_state_tells_whether_citizens_see_something_else(
    status, is_published, has_unpublished_changes, expected, body_a
):
    activity = ProcessingActivity(
        organisation=body_a,
        status=status,
        is_published=is_published,
        has_unpublished_changes=has_unpublished_changes,
    )

    assert activity.state_label == expected


def test_remark_counts_until_the_next_step(activity, editor_a, publisher_a):
    assert activity.last_remark() is None
    activity.remember(by=editor_a)
    activity.request_approval(by=editor_a)
    activity.send_back(by=publisher_a, remark="too short")
    activity.name_en = "Two"
    activity.save()
    activity.remember(by=editor_a)

    last = activity.last_remark()
    assert (last.remark, last.by) == ("too short", publisher_a)

    activity.request_approval(by=editor_a)
    assert activity.last_remark() is None


def test_record_and_what_it_lacks_are_of_what_is_saved(activity):
    activity.name_en = "Not saved"
    activity.purposes.all().delete()

    assert activity.public_record().name == {"en": "One"}
    lacking = [demand.code for demand in activity.completeness().required]
    assert lacking == ["purpose", "legal-basis"]


def test_activity_is_called_after_its_body_number_and_name(activity):
    assert str(activity) == "Agency body-a 1: One"
