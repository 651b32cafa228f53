"""An import is undone while nothing that it wrote was touched since."""

from uuid import uuid4

import pytest

from processing.imports import steps
from processing.imports.reasons import failure_of
from processing.models import FormDraft, ProcessingActivity, RegisterImport
from processing.publishing import NeedsAnotherPerson
from processing.snapshots import content_of
from tests import factories
from tests.processing.imports.bringing_in import (
    PARKING,
    VISITORS,
    brought_in,
    brought_in_workbook,
    csv_of,
    lines,
    outcomes,
    taken_back,
)
from tests.processing.imports.own_workbooks import workbook_of

pytestmark = pytest.mark.django_db
State = RegisterImport.State


def only() -> ProcessingActivity:
    return ProcessingActivity.objects.with_parts().get()


@pytest.fixture
def draft(body_a, editor_a) -> ProcessingActivity:
    draft = factories.create_activity(body_a, reference="1.1")
    draft.remember(by=editor_a)
    return draft


def test_undo_takes_away_what_was_made_and_restores_what_was_changed(draft, body_a, editor_a):
    before = content_of(only())
    uploaded = brought_in(csv_of(VISITORS, PARKING), body_a, editor_a)

    taken_back(uploaded, editor_a)

    assert uploaded.state == State.UNDONE
    assert without_ids(content_of(only())) == without_ids(before)
    last = only().history.order_by("-number").first()
    assert last.remark == "The import of the file “register.csv” was undone."
    assert last.content == content_of(only())


def without_ids(content: dict) -> str:
    return str([[k, v] for k, v in content.items() if k not in ROWS]) + str(
        [{**row, "id": None} for name in ROWS for row in content[name]]
    )


ROWS = ("purposes", "legal_grounds", "data", "retention", "recipients", "transfers")


def test_what_was_undone_can_be_imported_again(draft, body_a, editor_a):
    data = csv_of(VISITORS, PARKING)
    taken_back(brought_in(data, body_a, editor_a), editor_a)

    again = brought_in(data, body_a, editor_a)

    assert outcomes(again) == ["changed", "new"]


def test_undo_leaves_what_the_file_did_not_change(body_a, editor_a):
    data = csv_of(VISITORS)
    brought_in(data, body_a, editor_a)
    again = brought_in(data, body_a, editor_a)
    before = lines()

    taken_back(again, editor_a)

    assert again.state == State.UNDONE
    assert lines() == before


def edit(made, editor, publisher):
    made.summary_en = "More"
    made.save()
    made.remember(by=editor)


def publish(made, editor, publisher):
    for name in ("data_subjects", "themes"):
        getattr(made, name).set(["01"] if name == "data_subjects" else ["TAXE"])
    made.retention.create(period=1, unit="year")
    made.remember(by=editor)
    made.publish(by=publisher)


def talk(made, editor, publisher):
    made.write_remark("Look at this", by=editor, seen=0)


def refer(made, editor, publisher):
    other = factories.create_activity(made.organisation, name="Old", replaced_by=made)
    other.remember(by=editor)


def write_in_its_form(made, editor, publisher):
    bodies, fields = [made.organisation_id], {"name_en": ["x"]}
    FormDraft.keep(person=publisher, activity=made, key=uuid4(), bodies=bodies, fields=fields)


def erase(made, editor, publisher):
    made.delete()


@pytest.mark.parametrize("touch", [edit, publish, talk, refer, write_in_its_form, erase])
def test_undo_is_refused_as_a_whole_after_something_was_done(touch, body_a, editor_a, publisher_a):
    uploaded = brought_in(csv_of(PARKING, VISITORS), body_a, editor_a)
    touch(ProcessingActivity.objects.with_parts().get(number=1), editor_a, publisher_a)
    before = ProcessingActivity.objects.count()

    taken_back(uploaded, editor_a)

    assert uploaded.state == State.DONE
    assert failure_of(uploaded.failure).startswith("It cannot be undone")
    assert uploaded.counts["touched"] == [0 if touch is erase else 1]
    assert ProcessingActivity.objects.count() == before


def test_undo_is_refused_where_what_it_said_is_erased(draft, body_a, publisher_a):
    uploaded = brought_in(csv_of(VISITORS), body_a, publisher_a)
    draft.history.filter(content__isnull=False, number=1).update(
        content=None, erased_at="2026-01-01T00:00Z"
    )

    taken_back(uploaded, publisher_a)

    assert uploaded.state == State.DONE


def test_what_was_written_and_not_remembered_comes_back_too(body_a, editor_a):
    draft = factories.create_activity(body_a, reference="1.1")

    taken_back(brought_in(csv_of(VISITORS), body_a, editor_a), editor_a)

    assert only().name_en == draft.name_en


def test_undo_is_asked_for_once(body_a, editor_a):
    uploaded = brought_in(csv_of(VISITORS), body_a, editor_a)
    taken_back(uploaded, editor_a)

    with pytest.raises(steps.WrongStep):
        steps.undo(uploaded, by=editor_a)


def test_undo_brings_back_whose_words_they_were(draft, body_a, publisher_a, editor_a):
    only().publish(by=publisher_a)
    body_a.requires_two_persons = True
    body_a.save()
    public = workbook_of(body_a, "nl")
    draft.name_en = "Whoever comes to the building"
    draft.save()
    draft.remember(by=publisher_a)
    uploaded = brought_in_workbook(public, body_a, editor_a)

    taken_back(uploaded, editor_a)

    assert only().name_en == draft.name_en
    with pytest.raises(NeedsAnotherPerson):
        only().publish(by=publisher_a)
