"""What a file makes of a register: new, changed, the same, refused."""

import pytest

from processing.models import HistoryEntry, ImportFile, ProcessingActivity, RegisterImport
from processing.signals import words_erased
from processing.snapshots import content_of, write_content
from tests import factories
from tests.processing.imports.bringing_in import (
    PARKING,
    VISITORS,
    brought_in,
    csv_of,
    lines,
    outcomes,
    previewed,
)

pytestmark = pytest.mark.django_db
State = RegisterImport.State


def activity(number: int) -> ProcessingActivity:
    return ProcessingActivity.objects.with_parts().get(number=number)


def test_preview_writes_nothing(body_a, editor_a):
    uploaded = previewed(csv_of(VISITORS, PARKING), body_a, editor_a)

    assert uploaded.state == State.PREVIEWED
    assert outcomes(uploaded) == ["new", "new"]
    assert uploaded.counts["new"] == 2
    assert not ProcessingActivity.objects.exists()


def test_import_makes_drafts(body_a, editor_a):
    uploaded = brought_in(csv_of(VISITORS, PARKING), body_a, editor_a)

    assert uploaded.state == State.DONE
    assert uploaded.failure == ""
    made = activity(1)
    assert (made.status, made.reference, made.name_en) == ("draft", "1.1", VISITORS[1])
    assert activity(2).reference == "1.10"
    assert [ground.ground for ground in made.legal_grounds.all()] == ["6-e"]
    assert [item.category_id for item in made.data.all()] == ["A1"]
    assert made.changed_by == editor_a
    assert not made.is_published


def test_import_leaves_what_saving_by_hand_leaves(body_a, editor_a):
    """The same history, words, gaps and state, of a new activity and of a changed one."""
    brought_in(csv_of(VISITORS), body_a, editor_a)
    changed = [*VISITORS[:1], "Guests", "Know who comes", *VISITORS[3:]]
    brought_in(csv_of(changed), body_a, editor_a)
    by_hand = ProcessingActivity.objects.create(organisation=body_a)
    for line in activity(1).history.order_by("number"):
        write_content(by_hand, line.content)
        by_hand.remember(by=editor_a, remark=line.remark)

    imported, by_hand = activity(1), activity(2)

    assert without_ids(content_of(imported)) == without_ids(content_of(by_hand))
    assert imported.history.order_by("-number").first().content == content_of(imported)
    assert told(imported) == told(by_hand)


def told(made: ProcessingActivity) -> tuple:
    history = [
        (line.number, line.action, line.by, line.remark, line.authors)
        for line in made.history.order_by("number")
    ]
    state = (made.status, made.gaps, made.has_unpublished_changes, made.changed_by)
    return history, made.words.text, state


def without_ids(content: dict) -> dict:
    return {
        name: [{k: v for k, v in row.items() if k != "id"} for row in value]
        if value and isinstance(value, list) and isinstance(value[0], dict)
        else value
        for name, value in content.items()
    }


def test_same_file_again_changes_nothing(body_a, editor_a):
    data = csv_of(VISITORS, PARKING)
    brought_in(data, body_a, editor_a)
    before, moment = lines(), activity(1).changed_at

    again = brought_in(data, body_a, editor_a)

    assert outcomes(again) == ["same", "same"]
    assert lines() == before
    assert activity(1).changed_at == moment


def test_changed_cell_changes_its_field_alone(body_a, editor_a):
    brought_in(csv_of(VISITORS, PARKING), body_a, editor_a)
    first = activity(1)
    first.summary_en = "Written by hand."
    first.save()
    first.remember(by=editor_a)
    changed = [*VISITORS[:2], "Safety of visitors", *VISITORS[3:]]

    again = brought_in(csv_of(changed, PARKING), body_a, editor_a)

    assert outcomes(again) == ["changed", "same"]
    assert [p.description_en for p in activity(1).purposes.all()] == ["Safety of visitors"]
    assert activity(1).summary_en == "Written by hand."
    assert activity(1).history.count() == 3


def test_what_people_changed_stays_where_the_file_says_what_it_said(body_a, editor_a):
    data = csv_of(VISITORS)
    brought_in(data, body_a, editor_a)
    first = activity(1)
    first.name_en = "A better name"
    first.save()
    first.remember(by=editor_a)
    before = lines()

    again = brought_in(data, body_a, editor_a)
    third = brought_in(csv_of([*VISITORS[:3], "6(1)(c)", *VISITORS[4:]]), body_a, editor_a)
    last = brought_in(csv_of([*VISITORS[:3], "6(1)(c)", *VISITORS[4:]]), body_a, editor_a)

    assert outcomes(again) == ["same"]
    assert again.entries.get().keeps_changes
    assert outcomes(third) == ["changed"]
    assert activity(1).name_en == "A better name"
    assert [ground.ground for ground in activity(1).legal_grounds.all()] == ["6-c"]
    assert outcomes(last) == ["same"]
    assert lines() == before + 1


def test_rows_that_the_file_does_not_change_keep_what_was_added(body_a, editor_a):
    brought_in(csv_of(VISITORS), body_a, editor_a)
    ground = activity(1).legal_grounds.get()
    ground.law_title_en = "Act of 1 January"
    ground.save()
    activity(1).remember(by=editor_a)

    brought_in(csv_of([*VISITORS[:4], "A1 / A2", "x"]), body_a, editor_a)

    assert activity(1).legal_grounds.get().law_title_en == "Act of 1 January"
    assert activity(1).legal_grounds.get().pk == ground.pk


def test_empty_cell_takes_nothing_away(body_a, editor_a):
    brought_in(csv_of(VISITORS), body_a, editor_a)

    again = brought_in(csv_of([*VISITORS[:2], "", "", "", ""]), body_a, editor_a)

    assert outcomes(again) == ["same"]
    assert activity(1).purposes.count() == 1


def test_remarks_are_added(body_a, editor_a):
    brought_in(csv_of(VISITORS), body_a, editor_a)
    first = activity(1)
    first.remarks = f"{first.remarks}\n\nMine."
    first.save()
    first.remember(by=editor_a)

    brought_in(csv_of([*VISITORS[:5], "another"]), body_a, editor_a)

    assert activity(1).remarks.splitlines() == ["Remarks: x", "", "Mine.", "Remarks: another"]


def test_published_entry_gets_unpublished_changes(body_a, editor_a, publisher_a):
    factories.create_publication(body_a, by=publisher_a, reference="1.1")
    public = activity(1).publications.get()

    uploaded = brought_in(csv_of(VISITORS), body_a, editor_a)

    assert outcomes(uploaded) == ["changed"]
    entry = activity(1)
    assert (entry.status, entry.is_published) == ("published", True)
    assert entry.has_unpublished_changes
    assert entry.publications.get() == public
    assert entry.name_en == VISITORS[1]


def test_request_for_approval_ends_with_other_content(body_a, editor_a):
    draft = factories.create_activity(body_a, reference="1.1")
    draft.remember(by=editor_a)
    draft.request_approval(by=editor_a)

    brought_in(csv_of(VISITORS), body_a, editor_a)

    assert activity(1).status == "draft"


@pytest.mark.parametrize(
    ("rows", "expected", "reason"),
    [
        ([["", "", "Purpose", "6(1)(e)", "", ""]] * 1, ["new"], None),
        ([["", "", "", "6(1)(e)", "A1", ""]], ["refused"], "no_name"),
        ([VISITORS, ["1.2", *VISITORS[1:]], VISITORS], ["new", "new", "refused"], "twice"),
    ],
)
def test_drafts_that_nothing_tells_apart_are_refused(rows, expected, reason, body_a, editor_a):
    uploaded = previewed(csv_of(*rows), body_a, editor_a)

    assert outcomes(uploaded) == expected
    last = uploaded.entries.order_by("number").last()
    assert last.reasons == ([reason] if reason else [])


def test_reference_that_several_have_is_refused(body_a, editor_a):
    for _again in range(2):
        factories.create_activity(body_a, reference="1.1")

    uploaded = previewed(csv_of(VISITORS), body_a, editor_a)

    assert uploaded.entries.get().reasons == ["ambiguous"]


def test_what_the_database_would_refuse_is_refused_alone(body_a, editor_a):
    factories.create_activity(body_a, reference="1.1", ends_on="2020-01-01")
    headings = ["Reference", "Name", "Start date"]
    data = csv_of(["1.1", "A", "2024-01-01"], ["1.2", "B", "2024-01-01"], headings=headings)

    uploaded = brought_in(data, body_a, editor_a)

    assert outcomes(uploaded) == ["refused", "new"]
    assert uploaded.entries.get(number=0).reasons == ["The end date lies before the start date."]


def test_name_joins_where_there_is_no_reference_and_is_a_question(body_a, editor_a):
    factories.create_activity(body_a, name="Visitors of the building")
    factories.create_activity(body_a, name="Parking of the staff", reference="7")

    joined = previewed(csv_of(VISITORS, PARKING), body_a, editor_a)
    apart = previewed(csv_of(VISITORS, PARKING), body_a, editor_a, joins_by_name=False)

    assert outcomes(joined) == ["changed", "new"]
    assert joined.counts["by_name"] == 1
    assert outcomes(apart) == ["new", "new"]


def test_other_reference_is_another_activity(body_a, editor_a):
    factories.create_activity(body_a, reference="1.1")

    uploaded = previewed(csv_of(PARKING), body_a, editor_a)

    assert outcomes(uploaded) == ["new"]


def test_what_changed_since_the_preview_is_left_as_it_is(body_a, editor_a):
    from processing.imports import steps, work

    brought_in(csv_of(VISITORS), body_a, editor_a)
    changed = [*VISITORS[:1], "Guests", *VISITORS[2:]]
    uploaded = previewed(csv_of(changed, PARKING), body_a, editor_a)
    meanwhile = activity(1)
    meanwhile.name_en = "Meanwhile"
    meanwhile.save()
    meanwhile.remember(by=editor_a)
    steps.confirm(uploaded, by=editor_a)
    work.do_now(uploaded)

    assert outcomes(uploaded) == ["refused", "new"]
    assert uploaded.entries.get(number=0).reasons == ["changed_meanwhile"]
    assert activity(1).name_en == "Meanwhile"


def test_activity_whose_words_are_erased_is_refused_alone(body_a, editor_a):
    from processing.imports import steps, work

    brought_in(csv_of(VISITORS), body_a, editor_a)
    changed = [*VISITORS[:1], "Guests", *VISITORS[2:]]
    uploaded = previewed(csv_of(changed, PARKING), body_a, editor_a)
    words_erased.send(ProcessingActivity, activity=activity(1))
    activity(1).remember(by=editor_a, remark="erased")
    steps.confirm(uploaded, by=editor_a)
    work.do_now(uploaded)

    assert outcomes(uploaded) == ["refused", "new"]
    assert uploaded.entries.get(number=0).reasons == ["changed_meanwhile"]
    assert activity(1).name_en == VISITORS[1]


def test_row_about_one_that_people_deleted_is_told(body_a, editor_a):
    headings = ["Reference", "Name", "Purpose", "Legal basis"]
    rows = [["1.1", "A", "One", "6(1)(e)"], ["1.1", "A", "Two", "6(1)(b)"]]
    brought_in(csv_of(*rows, headings=headings), body_a, editor_a)
    first = activity(1)
    first.purposes.get(description_en="Two").delete()
    first.legal_grounds.get(ground="6-b").delete()
    first.remember(by=editor_a)
    rows[1][3] = "6(1)(c)"

    entry = previewed(csv_of(*rows, headings=headings), body_a, editor_a).entries.get()

    assert (entry.outcome, entry.reasons) == ("same", ["about_deleted_row"])


def test_file_is_erased_when_it_is_imported(body_a, editor_a):
    uploaded = brought_in(csv_of(VISITORS), body_a, editor_a)

    assert not ImportFile.objects.filter(pk=uploaded.pk).exists()
    assert HistoryEntry.objects.get().remark == "Imported from the file “register.csv”."
