"""What a withdrawn version can lose for good, and what the database still holds to."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from organisations.models import Organisation
from processing.models import (
    HistoryEntry,
    ProcessingActivity,
    Publication,
    ServedController,
    Transfer,
)
from processing.models.erasure import (
    ChangedMeanwhile,
    Erasure,
    ErasureAwaitsConfirmation,
    NothingToConfirm,
    NothingToErase,
    OneMustAskAnotherConfirm,
)
from processing.models.publication import EMPTY, Erased, flat_columns
from tests import factories

pytestmark = pytest.mark.django_db

IDENTITY = {"id", "working_copy", "organisation", "number", "version", "published_at"}
STATE = {"is_current", "published_by", "withdrawn_at", "erased_at", "revision"}


@pytest.fixture
def withdrawn(body_a, body_b, publisher_a) -> ProcessingActivity:
    """An activity with two versions, both withdrawn; the second fills every column."""
    activity = factories.create_full_activity(body_a, body_b, "canary")
    Organisation.objects.filter(pk=body_a.pk).update(shows_departments=True)
    activity.department = body_a.departments.create(name_en="Disputes")
    ServedController.objects.create(activity=activity, organisation=body_b)
    Transfer.objects.create(activity=activity, mechanism_id="02", country="IN")
    activity.processing_types.set(["01"])
    activity.save()
    activity.publish(by=publisher_a)
    activity.name_en = "Another canary"
    activity.save()
    activity.publish(by=publisher_a)
    activity.withdraw(by=publisher_a, reason="")
    return activity


def columns(publication: Publication, names: set[str]) -> dict[str, object]:
    publication.refresh_from_db()
    return {name: getattr(publication, name) for name in names}


def test_every_column_is_fixed_or_state_or_emptied():
    fields = {field.name for field in Publication._meta.get_fields() if field.concrete}

    assert fields == IDENTITY | STATE | EMPTY.keys()


def test_erasing_empties_every_column_that_holds_content(withdrawn):
    first, second = withdrawn.publications.order_by("version")
    identity = columns(second, IDENTITY)
    assert not [name for name, empty in EMPTY.items() if getattr(second, name) == empty]
    untouched = columns(first, EMPTY.keys())
    revision = first.revision

    assert withdrawn.publications.filter(version=2).erase() == 1

    assert columns(second, EMPTY.keys()) == EMPTY
    assert columns(second, IDENTITY) == identity
    assert second.erased_at is not None
    assert columns(first, EMPTY.keys()) == untouched
    assert second.revision > revision


def test_erased_version_says_nothing(withdrawn):
    withdrawn.publications.filter(version=1).erase()
    first, second = withdrawn.publications.order_by("version")

    with pytest.raises(Erased):
        _ = first.public_record
    assert second.public_record.name["en"] == "Another canary"
    assert list(withdrawn.publications.with_content()) == [second]


def test_columns_can_be_made_anew_of_all_that_is_left(withdrawn):
    withdrawn.publications.filter(version=1).erase()

    for version in withdrawn.publications.with_content():
        columns = flat_columns(version.public_record)
        Publication.objects.filter(pk=version.pk).update(**columns)

    assert withdrawn.publications.get(version=1).title == {}
    assert withdrawn.publications.get(version=2).title["en"] == "Another canary"


def test_what_is_public_or_erased_is_not_erased(withdrawn, publisher_a):
    withdrawn.publish(by=publisher_a)
    withdrawn.publications.all().erase()
    erased_at = withdrawn.publications.get(version=1).erased_at

    assert withdrawn.publications.all().erase() == 0

    assert withdrawn.publications.get(version=1).erased_at == erased_at
    assert withdrawn.publications.get(is_current=True).public_record.name["en"] == "Another canary"


@pytest.mark.parametrize("state", ["current", "replaced"])
def test_database_refuses_to_erase_what_is_not_withdrawn(state, body_a, publisher_a):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)
    ProcessingActivity.objects.filter(pk=activity.pk).update(name_en="Changed")
    activity.publish(by=publisher_a)
    version = activity.publications.filter(is_current=state == "current")

    with pytest.raises(IntegrityError, match="after it was withdrawn"), transaction.atomic():
        version.update(erased_at=timezone.now(), **EMPTY)
    with pytest.raises(IntegrityError, match="after it was withdrawn"), transaction.atomic():
        # Both at once, so that nothing was seen as withdrawn in between.
        version.update(
            erased_at=timezone.now(), withdrawn_at=timezone.now(), is_current=False, **EMPTY
        )


@pytest.mark.parametrize("name", EMPTY)
def test_database_refuses_an_erased_version_that_still_holds(name, withdrawn):
    version = withdrawn.publications.filter(version=2)
    left = {key: value for key, value in EMPTY.items() if key != name}

    with pytest.raises(IntegrityError, match="erased_is_withdrawn_and_empty"), transaction.atomic():
        version.update(erased_at=timezone.now(), **left)


@pytest.mark.parametrize("name", EMPTY)
def test_erased_version_gets_nothing_back(name, withdrawn):
    version = withdrawn.publications.filter(version=2)
    before = version.values(*EMPTY).get()
    version.erase()

    with pytest.raises(IntegrityError), transaction.atomic():
        version.update(**{name: before[name]})
    with pytest.raises(IntegrityError, match="erased once"), transaction.atomic():
        version.update(erased_at=None, **before)
    with pytest.raises(IntegrityError, match="erased once"), transaction.atomic():
        version.update(erased_at=timezone.now())


def test_deleted_account_of_a_publisher_leaves_an_erased_version(withdrawn, publisher_a):
    withdrawn.publications.all().erase()

    publisher_a.delete()

    assert set(withdrawn.publications.values_list("published_by", flat=True)) == {None}


@pytest.mark.parametrize("name", sorted(EMPTY.keys() - {"record"}))
@pytest.mark.parametrize("is_withdrawn", [False, True], ids=["public", "withdrawn"])
def test_column_beside_the_record_can_be_made_anew(name, is_withdrawn, body_a, body_b, publisher_a):
    activity = factories.create_full_activity(body_a, body_b, "text")
    publication = activity.publish(by=publisher_a)
    if is_withdrawn:
        activity.withdraw(by=publisher_a, reason="")
    version = Publication.objects.filter(pk=publication.pk)

    version.update(**{name: EMPTY[name]})
    emptied = version.values_list(name, flat=True).get()
    version.update(**flat_columns(publication.public_record))

    assert emptied == EMPTY[name]
    assert version.values_list(name, flat=True).get() == getattr(publication, name)


def test_column_that_is_added_later_can_be_filled(body_a, publisher_a):
    factories.create_publication(body_a, by=publisher_a)
    connection.check_constraints()
    field = models.CharField(max_length=20, default="")
    field.set_attributes_from_name("added_later")
    with connection.schema_editor() as editor:
        editor.add_field(Publication, field)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE processing_publication SET added_later = upper('filled')")
        cursor.execute("SELECT added_later FROM processing_publication")
        assert cursor.fetchall() == [("FILLED",)]


@pytest.mark.parametrize("person", ["editor_a", "publisher_b"])
def test_only_a_publisher_of_the_body_erases(person, withdrawn, request):
    by = request.getfixturevalue(person)
    some = {"by": by, "seen": withdrawn.history.count()}

    for ask in (withdrawn.erase, withdrawn.request_erasure):
        with pytest.raises(PermissionDenied):
            ask(Erasure(versions=(1,)), reason="", **some)
    for answer in (withdrawn.confirm_erasure, withdrawn.drop_erasure):
        with pytest.raises(PermissionDenied):
            answer(**some)

    assert not withdrawn.publications.filter(erased_at__isnull=False).exists()


def test_content_that_is_erased_while_somebody_restores_it_stays_erased(
    body_a, editor_a, publisher_a
):
    activity = factories.create_activity(body_a, name="canary")
    activity.remember(by=editor_a)
    opened = activity.history.get()
    activity.name_en = "Another name"
    activity.save()
    activity.remember(by=editor_a)
    activity.erase(Erasure(contents=True), by=publisher_a, reason="x", seen=2)

    with pytest.raises(HistoryEntry.DoesNotExist):
        activity.restore(opened, by=editor_a, remark="")

    activity.refresh_from_db()
    assert activity.name_en == "Another name"


def test_nobody_erases_alone_where_the_body_wants_two_persons(withdrawn, publisher_a, body_a):
    body_a.requires_two_persons = True
    body_a.save()
    erasure = Erasure(versions=(1, 2))
    seen = withdrawn.history.count()

    with pytest.raises(OneMustAskAnotherConfirm):
        withdrawn.erase(erasure, by=publisher_a, reason="", seen=seen)
    withdrawn.request_erasure(erasure, by=publisher_a, reason="", seen=seen)
    with pytest.raises(ErasureAwaitsConfirmation):
        withdrawn.request_erasure(erasure, by=publisher_a, reason="", seen=seen + 1)
    with pytest.raises(OneMustAskAnotherConfirm):
        withdrawn.confirm_erasure(by=publisher_a, seen=seen + 1)

    assert not withdrawn.publications.filter(erased_at__isnull=False).exists()


def test_without_a_request_there_is_nothing_to_answer(withdrawn, publisher_a):
    seen = withdrawn.history.count()

    for answer in (withdrawn.confirm_erasure, withdrawn.drop_erasure):
        with pytest.raises(NothingToConfirm):
            answer(by=publisher_a, seen=seen)
    with pytest.raises(NothingToErase):
        withdrawn.request_erasure(Erasure(), by=publisher_a, reason="", seen=seen)


@pytest.mark.parametrize(
    "erasure",
    [
        Erasure(),
        Erasure(versions=(1, 3)),
        Erasure(versions=(2, 4)),
        Erasure(versions=(2,), contents=True),
    ],
    ids=["nothing", "public", "unknown", "no contents"],
)
def test_what_cannot_be_erased_is_refused_as_a_whole(erasure, withdrawn, publisher_a):
    withdrawn.publish(by=publisher_a)

    with pytest.raises(NothingToErase):
        withdrawn.erase(erasure, by=publisher_a, reason="", seen=withdrawn.history.count())

    assert not withdrawn.publications.filter(erased_at__isnull=False).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"content": None},
        {"erased_at": "2026-01-01T00:00:00Z"},
        {"erasure": {}},
        {"action": "erased"},
    ],
    ids=str,
)
def test_database_refuses_a_line_of_history_that_half_tells(change, withdrawn, publisher_a):
    withdrawn.remember(by=publisher_a)
    line = HistoryEntry.objects.filter(action="saved")

    with pytest.raises(IntegrityError), transaction.atomic():
        line.update(**change)


class TestWhatIsErased:
    """Each kind of words by itself: the others stay."""

    @pytest.fixture
    def activity(self, withdrawn, publisher_a) -> ProcessingActivity:
        """With an earlier content, a remark and a reason beside its two versions."""
        withdrawn.remember(by=publisher_a, remark="written")
        withdrawn.name_en = "Third canary"
        withdrawn.save()
        withdrawn.remember(by=publisher_a)
        withdrawn.publish(by=publisher_a)
        withdrawn.withdraw(by=publisher_a, reason="reason")
        return withdrawn

    def erase(self, activity, publisher, **what) -> None:
        seen = activity.history.count()
        activity.erase(Erasure(**what), by=publisher, reason="because", seen=seen)

    def test_all_that_is_there_can_be_erased_once(self, activity, publisher_a):
        assert activity.erasable() == Erasure(versions=(1, 2, 3), contents=True, remarks=True)

        self.erase(activity, publisher_a, versions=(2,))
        assert activity.erasable() == Erasure(versions=(1, 3), contents=True, remarks=True)
        self.erase(activity, publisher_a, contents=True)
        assert activity.erasable() == Erasure(versions=(1, 3), remarks=True)
        self.erase(activity, publisher_a, remarks=True, versions=(1, 3))
        # The reasons of the erasures went too, but that of the last.
        assert activity.erasable() == Erasure(remarks=True)

        for what in ({"versions": (2,)}, {"contents": True}, {"remarks": True, "contents": True}):
            with pytest.raises(NothingToErase):
                self.erase(activity, publisher_a, **what)
        self.erase(activity, publisher_a, remarks=True)

    def test_versions_are_erased_and_nothing_else(self, activity, publisher_a):
        self.erase(activity, publisher_a, versions=(1, 3))

        erased = activity.publications.filter(erased_at__isnull=False).order_by("version")
        assert [publication.version for publication in erased] == [1, 3]
        last = activity.history.order_by("number").last()
        assert {publication.erased_at for publication in erased} == {last.at}
        assert (last.action, last.by, last.remark) == ("erased", publisher_a, "because")
        assert last.what_is_erased == Erasure(versions=(1, 3))
        assert activity.withdrawal_reason == "reason"
        assert activity.history.saved().count() == 2
        assert activity.history.filter(remark="written").exists()

    def test_earlier_contents_are_erased_and_nothing_else(self, activity, publisher_a):
        self.erase(activity, publisher_a, contents=True)

        first, second = activity.history.filter(action="saved").order_by("number")
        last = activity.history.order_by("number").last()
        assert (first.content, first.erased_at) == (None, last.at)
        assert (second.content["name_en"], second.erased_at) == ("Third canary", None)
        assert first.remark == "written"
        assert activity.publications.with_content().count() == 3

    def test_remarks_are_erased_and_nothing_else(self, activity, publisher_a):
        self.erase(activity, publisher_a, remarks=True)

        assert activity.withdrawal_reason == ""
        remarks = activity.history.exclude(remark="").values_list("action", "remark")
        assert list(remarks) == [("erased", "because")]
        assert activity.history.saved().count() == 2
        assert activity.publications.with_content().count() == 3

    def test_remarks_are_there_when_there_is_a_reason_or_a_remark(self, withdrawn, publisher_a):
        assert not withdrawn.erasable().remarks
        withdrawn.publish(by=publisher_a)
        withdrawn.withdraw(by=publisher_a, reason="reason")
        assert withdrawn.erasable().remarks

        withdrawn.publish(by=publisher_a)

        assert withdrawn.withdrawal_reason == ""
        assert withdrawn.erasable().remarks
        withdrawn.history.update(remark="")
        assert not withdrawn.erasable().remarks
        ProcessingActivity.objects.filter(pk=withdrawn.pk).update(withdrawal_reason="old")
        assert ProcessingActivity.objects.get(pk=withdrawn.pk).erasable().remarks

    def test_person_who_confirms_erases_what_was_asked(self, activity, publisher_a, administrator):
        seen = activity.history.count()
        erasure = Erasure(versions=(1,), remarks=True)
        activity.request_erasure(erasure, by=publisher_a, reason="asked", seen=seen)
        request = activity.requested_erasure()
        assert (request.by, request.remark) == (publisher_a, "asked")
        assert request.what_is_erased == erasure

        activity.confirm_erasure(by=administrator, seen=seen + 1)

        assert activity.requested_erasure() is None
        assert activity.withdrawal_reason == ""
        assert activity.publications.with_content().count() == 2
        last = activity.history.order_by("number").last()
        assert (last.action, last.by, last.remark) == ("erased", administrator, "asked")
        assert last.what_is_erased == erasure

    def test_log_forgets_the_names_of_this_activity_only(self, activity, body_a, publisher_a):
        other = factories.create_activity(body_a)
        kinds = [ContentType.objects.get_for_model(model) for model in (activity, body_a)]
        logged = [(kinds[0], activity.pk), (kinds[0], other.pk), (kinds[1], activity.pk)]
        for kind, key in logged:
            LogEntry.objects.create(
                user=publisher_a,
                content_type=kind,
                object_id=str(key),
                object_repr="canary",
                action_flag=CHANGE,
                change_message="canary",
            )

        self.erase(activity, publisher_a, versions=(1,))

        told = LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
        assert list(told) == [("body-a 1", ""), ("canary", "canary"), ("canary", "canary")]

    def test_what_was_done_meanwhile_must_be_seen_first(self, activity, publisher_a):
        erasure = Erasure(versions=(1,))
        for seen in (activity.history.count() - 1, activity.history.count() + 1):
            for ask in (activity.erase, activity.request_erasure):
                with pytest.raises(ChangedMeanwhile):
                    ask(erasure, by=publisher_a, reason="", seen=seen)
            for answer in (activity.confirm_erasure, activity.drop_erasure):
                with pytest.raises(ChangedMeanwhile):
                    answer(by=publisher_a, seen=seen)


@pytest.mark.parametrize(
    ("erasure", "expected"),
    [
        (Erasure(), []),
        (Erasure(versions=(2,)), ["version 2"]),
        (Erasure(versions=(1, 3)), ["versions 1, 3"]),
        (Erasure(contents=True), ["earlier contents of the working copy"]),
        (
            Erasure(versions=(1,), remarks=True),
            ["version 1", "remarks and reasons in the history"],
        ),
    ],
)
def test_what_is_erased_is_told_in_words(erasure, expected):
    assert erasure.parts == expected
