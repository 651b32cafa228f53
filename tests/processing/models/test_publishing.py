import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, close_old_connections, connection, transaction

from organisations.models import Membership
from processing.models import DataSubjectCategory, ProcessingActivity, Publication, Recipient
from processing.publishing import NothingToPublish, NothingToWithdraw, PublishRefused
from tests import factories

pytestmark = pytest.mark.django_db


def test_publish_makes_version_one_current(body_a, publisher_a):
    activity = factories.create_activity(body_a)

    publication = activity.publish(by=publisher_a)

    assert publication.version == 1
    assert publication.published_by == publisher_a
    assert list(Publication.objects.current()) == [publication]
    assert (activity.status, activity.is_published) == ("published", True)


def test_publish_again_keeps_the_earlier_version_as_history(body_a, publisher_a):
    activity = factories.create_activity(body_a, name="Old name")
    activity.publish(by=publisher_a)
    activity.name_en = "New name"
    activity.save()

    second = activity.publish(by=publisher_a)

    assert second.version == 2
    assert [p.version for p in Publication.objects.current()] == [2]
    titles = Publication.objects.history().order_by("version").values_list("title", flat=True)
    assert list(titles) == [{"en": "Old name"}, {"en": "New name"}]


def test_editing_a_published_activity_changes_nothing_in_public(body_a, publisher_a):
    activity = factories.create_activity(body_a, name="Public name")
    activity.publish(by=publisher_a)

    activity.name_en = "Not yet public"
    activity.save()

    assert Publication.objects.current().get().title == {"en": "Public name"}
    assert activity.is_published


def test_publish_without_a_change_is_refused(body_a, publisher_a):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)

    with pytest.raises(NothingToPublish):
        activity.publish(by=publisher_a)

    assert Publication.objects.count() == 1


MISSING = {
    "name": (lambda a: set_fields(a, name_en=""), "a name in at least one language"),
    "purpose": (lambda a: a.purposes.all().delete(), "at least one purpose"),
    "legal basis": (
        lambda a: a.legal_grounds.update(ground="9-a"),
        "a legal basis for each purpose",
    ),
    "purpose described": (
        lambda a: a.purposes.update(category=None, description_en=""),
        "a description or a category for each purpose",
    ),
    "data subjects": (lambda a: a.data_subjects.clear(), "at least one category of data subjects"),
    "data": (lambda a: a.data.all().delete(), "at least one category of personal data"),
    "retention": (
        lambda a: a.retention.update(period=None, unit=""),
        "a retention period, a criterion, or why there is none",
    ),
}


def set_fields(activity: ProcessingActivity, **fields) -> None:
    ProcessingActivity.objects.filter(pk=activity.pk).update(**fields)


@pytest.mark.parametrize("lacking", MISSING)
def test_publish_is_refused_without_what_article_30_demands(lacking, body_a, publisher_a):
    activity = factories.create_activity(body_a)
    take_away, message = MISSING[lacking]
    take_away(activity)

    with pytest.raises(PublishRefused) as refusal:
        activity.publish(by=publisher_a)

    assert [item for item in refusal.value.missing if message in str(item)]
    assert not Publication.objects.exists()
    activity.refresh_from_db()
    assert (activity.status, activity.is_published) == ("draft", False)


def test_refusal_lists_everything_that_is_missing(body_a, publisher_a):
    activity = ProcessingActivity.objects.create(organisation=body_a)

    with pytest.raises(PublishRefused) as refusal:
        activity.publish(by=publisher_a)

    # Without a purpose there is none to describe.
    assert len(refusal.value.missing) == len(MISSING) - 1


@pytest.mark.parametrize("person", ["editor_a", "publisher_b", "removed", "inactive"])
def test_only_a_publisher_of_the_body_publishes_and_withdraws(
    person, body_a, editor_a, publisher_a, publisher_b
):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)
    people = {"editor_a": editor_a, "publisher_b": publisher_b}
    if person == "removed":
        Membership.objects.filter(user=publisher_a).delete()
    if person == "inactive":
        publisher_a.is_active = False
    by = people.get(person, publisher_a)
    set_fields(activity, name_en="Changed")

    with pytest.raises(PermissionDenied):
        activity.publish(by=by)
    with pytest.raises(PermissionDenied):
        activity.withdraw(by=by, reason="")

    assert Publication.objects.current().count() == 1


def test_withdraw_hides_every_version(body_a, publisher_a):
    activity = factories.create_activity(body_a, name="One")
    activity.publish(by=publisher_a)
    set_fields(activity, name_en="Two")
    activity.refresh_from_db()
    activity.publish(by=publisher_a)

    activity.withdraw(by=publisher_a, reason="Out of date")

    assert not Publication.objects.current().exists()
    assert not Publication.objects.history().exists()
    assert Publication.objects.withdrawn().count() == 2
    assert (activity.status, activity.is_published) == ("withdrawn", False)
    assert activity.withdrawal_reason == "Out of date"


def test_withdraw_of_what_is_not_public_is_refused(body_a, publisher_a):
    activity = factories.create_activity(body_a)

    with pytest.raises(NothingToWithdraw):
        activity.withdraw(by=publisher_a, reason="")


def test_publish_after_withdrawal_goes_on_counting_and_leaves_old_versions_hidden(
    body_a, publisher_a
):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)
    activity.withdraw(by=publisher_a, reason="")

    publication = activity.publish(by=publisher_a)

    assert publication.version == 2
    assert [p.version for p in Publication.objects.history()] == [2]


def test_hidden_body_hides_its_publications(body_a, publisher_a):
    factories.create_publication(body_a, by=publisher_a)
    body_a.is_public = False
    body_a.save()

    assert not Publication.objects.current().exists()
    assert not Publication.objects.history().exists()
    assert not Publication.objects.withdrawn().exists()


@pytest.mark.parametrize(
    "change",
    [
        {"record": {}},
        {"record": {"name": {"en": "Other"}}},
        {"id": 999_999},
        {"version": 9},
        {"number": 9},
        {"published_at": "2001-01-01T00:00:00Z"},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("is_withdrawn", [False, True], ids=["public", "withdrawn"])
def test_database_refuses_to_change_a_publication(change, is_withdrawn, body_a, publisher_a):
    publication = factories.create_publication(body_a, by=publisher_a)
    if is_withdrawn:
        publication.working_copy.withdraw(by=publisher_a, reason="")

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(**change)


def test_database_refuses_to_move_a_publication(body_a, body_b, publisher_a):
    publication = factories.create_publication(body_a, by=publisher_a)
    other = factories.create_activity(body_b)

    for change in ({"organisation": body_b}, {"working_copy": other}):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            Publication.objects.filter(pk=publication.pk).update(**change)


def test_database_refuses_another_publisher_but_not_a_deleted_account(
    body_a, publisher_a, editor_a
):
    publication = factories.create_publication(body_a, by=publisher_a)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(published_by=editor_a)
    publisher_a.delete()

    assert Publication.objects.get().published_by is None


def test_database_refuses_to_make_an_earlier_version_current_again(body_a, publisher_a):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)
    set_fields(activity, name_en="Changed")
    activity.publish(by=publisher_a)
    activity.publications.filter(is_current=True).update(is_current=False)

    with pytest.raises(IntegrityError, match="does not come back"), transaction.atomic():
        activity.publications.filter(version=1).update(is_current=True)
    set_fields(activity, status="draft", is_published=False)


def test_database_refuses_to_delete_a_publication(body_a, publisher_a):
    factories.create_publication(body_a, by=publisher_a)

    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Publication.objects.all().delete()


@pytest.mark.parametrize("table", ["processing_publication", "processing_processingactivity"])
def test_database_refuses_to_empty_the_publications(table, body_a, publisher_a):
    factories.create_publication(body_a, by=publisher_a)
    connection.check_constraints()

    # As everywhere but in the database of the tests.
    empty = f"SET LOCAL register.may_truncate = ''; TRUNCATE {table} CASCADE"
    with (
        pytest.raises(IntegrityError, match="never deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(empty)

    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "is_published"), [("withdrawn", False), ("awaiting_approval", False)]
)
def test_database_refuses_a_flag_that_says_otherwise_than_the_publications(
    status, is_published, body_a, publisher_a
):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)

    with pytest.raises(IntegrityError, match="publish flag"):
        commit(lambda: set_fields(activity, status=status, is_published=is_published))


def test_database_refuses_a_publication_that_goes_without_its_flag(body_a, publisher_a):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)

    with pytest.raises(IntegrityError, match="publish flag"):
        commit(lambda: activity.publications.update(is_current=False))


def test_activity_keeps_its_body_and_its_number(body_a, body_b):
    activity = factories.create_activity(body_a)

    for change in ({"organisation": body_b}, {"number": 7}):
        with pytest.raises(IntegrityError, match="keeps its body"), transaction.atomic():
            set_fields(activity, **change)


def test_copy_that_was_read_before_publishing_does_not_undo_it(body_a, publisher_a):
    activity = factories.create_activity(body_a)
    stale = ProcessingActivity.objects.get(pk=activity.pk)
    activity.publish(by=publisher_a)

    stale.name_en = "Edited meanwhile"
    stale.save()

    activity.refresh_from_db()
    assert (activity.status, activity.is_published) == ("published", True)
    assert activity.name_en == "Edited meanwhile"
    stale.withdraw(by=publisher_a, reason="")
    assert not Publication.objects.current().exists()


def test_permission_is_that_of_the_body_in_the_database(body_a, body_b, publisher_a, publisher_b):
    activity = factories.create_activity(body_a)
    activity.organisation = body_b

    with pytest.raises(PermissionDenied):
        activity.publish(by=publisher_b)


def test_order_of_a_code_list_makes_no_new_version(body_a, publisher_a):
    activity = factories.create_activity(body_a)
    activity.data_subjects.set(["01", "12"])
    activity.publish(by=publisher_a)

    DataSubjectCategory.objects.filter(code="12").update(position=0)
    DataSubjectCategory.objects.filter(code="01").update(position=99)

    with pytest.raises(NothingToPublish):
        activity.publish(by=publisher_a)


def test_database_refuses_to_bring_back_a_withdrawn_version(body_a, publisher_a):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)
    activity.withdraw(by=publisher_a, reason="")

    with pytest.raises(IntegrityError, match="does not come back"), transaction.atomic():
        activity.publications.update(withdrawn_at=None)


def test_numbers_count_per_body_and_are_not_used_again(body_a, body_b):
    first, second = factories.create_activity(body_a), factories.create_activity(body_a)
    other = factories.create_activity(body_b)

    assert [first.number, second.number, other.number] == [1, 2, 1]
    second.delete()
    assert factories.create_activity(body_a).number == 3


def test_number_that_was_given_by_hand_counts_as_used(body_a):
    factories.create_activity(body_a, number=7)
    factories.create_activity(body_a, number=3)

    assert factories.create_activity(body_a).number == 8


def test_successor_is_named_only_while_it_is_public(body_a, publisher_a):
    successor = factories.create_activity(body_a, name="New")
    old = factories.create_activity(body_a, name="Old", replaced_by=successor)

    assert old.publish(by=publisher_a).public_record.replaced_by is None

    successor.publish(by=publisher_a)
    assert old.publish(by=publisher_a).public_record.replaced_by == successor.number


def test_flat_columns_follow_the_record(body_a, body_b, publisher_a):
    activity = factories.create_full_activity(body_a, body_b, "text")

    publication = activity.publish(by=publisher_a)

    assert publication.themes == ["TAXE"]
    assert publication.data_subjects == ["01", "12"]
    assert publication.data_categories == ["M1"]
    assert publication.legal_bases == ["f"]
    assert publication.recipient_organisations == [body_b.pk]
    assert publication.recipient_categories == ["H"]
    assert publication.languages == ["nl", "fr", "de", "en"]
    assert (publication.has_transfers, publication.has_automated_decisions) == (True, True)
    assert (publication.has_joint_controllers, publication.served_organisations) == (True, [])
    assert (publication.departments, publication.countries) == ([], [])
    assert publication.changed_fields == []
    assert publication.sort_fr == "text name fr\ttext-name-fr"


def test_version_tells_in_which_fields_it_differs(body_a, body_b, publisher_a):
    activity = factories.create_full_activity(body_a, body_b, "text")
    activity.publish(by=publisher_a)
    activity.name_fr = "Autre nom"
    activity.save()
    activity.themes.set(["HEAL"])
    activity.data.update(detail_de="Anderes")

    assert activity.publish(by=publisher_a).changed_fields == ["name", "themes", "data"]

    activity.withdraw(by=publisher_a, reason="")
    activity.themes.set(["TAXE"])

    # Nobody may compare it with what was withdrawn.
    assert activity.publish(by=publisher_a).changed_fields == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(5))
def test_two_people_publishing_at_once_leave_one_version_and_one_refusal(attempt, code_lists):
    body = factories.create_organisation()
    publisher = factories.create_member(body, Membership.Role.PUBLISHER)
    activity = factories.create_activity(body)
    results = run_at_once(
        lambda: ProcessingActivity.objects.get(pk=activity.pk).publish(by=publisher).version
    )

    assert sorted(results, key=str) == [1, NothingToPublish]
    assert Publication.objects.filter(is_current=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_new_activities_made_at_once_get_numbers_of_their_own(code_lists):
    body = factories.create_organisation()

    numbers = run_at_once(
        lambda: [ProcessingActivity.objects.create(organisation=body).number for _ in range(10)]
    )

    assert sorted(number for some in numbers for number in some) == list(range(1, 21))


@pytest.mark.django_db(transaction=True)
def test_publish_waits_for_the_change_under_way_and_takes_it_along(code_lists):
    body = factories.create_organisation()
    publisher = factories.create_member(body, Membership.Role.PUBLISHER)
    activity = factories.create_activity(body)
    results = []
    with transaction.atomic():
        # Somebody saves the activity with a new recipient, as the admin does: parent row first.
        ProcessingActivity.objects.get(pk=activity.pk).save()
        thread = threading.Thread(
            target=lambda: results.append(
                in_own_connection(
                    lambda: ProcessingActivity.objects.get(pk=activity.pk).publish(by=publisher)
                )
            )
        )
        thread.start()
        while not somebody_waits_for_a_lock():
            assert thread.is_alive()
        Recipient.objects.create(activity=activity, name_en="Late recipient")
    thread.join(timeout=60)

    assert results[0].public_record.recipients[0].name == {"en": "Late recipient"}


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


def run_at_once(action) -> list:
    """Run the action in two threads that start together; results or the refusals' words."""
    barrier = threading.Barrier(2)
    results = []

    def run():
        barrier.wait()
        results.append(in_own_connection(action))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def in_own_connection(action):
    close_old_connections()
    try:
        return action()
    except NothingToPublish:
        return NothingToPublish
    finally:
        connection.close()


def commit(action: Callable) -> None:
    """Run the action with what the database looks at when a transaction ends."""
    with transaction.atomic():
        action()
        connection.check_constraints()
