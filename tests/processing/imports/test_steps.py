"""What people do with an import, of whose body, and for how long it stays."""

import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from processing.imports import steps, work
from processing.imports.fields import Target
from processing.imports.reasons import TooManyImports, WrongChoice, WrongStep
from processing.imports.register import preview_shown
from processing.imports.register.preview import MOST_ACTIVITIES
from processing.imports.register.preview_shown import look_at, report_of
from processing.imports.tables import columns
from processing.imports.tables.columns import columns_of
from processing.models import (
    ColumnMeaning,
    ImportFile,
    ProcessingActivity,
    RegisterImport,
)
from processing.signals import words_erased
from tests import factories
from tests.processing.imports.bringing_in import (
    PARKING,
    VISITORS,
    brought_in,
    csv_of,
    outcomes,
    previewed,
    uploaded_by,
)

pytestmark = pytest.mark.django_db
State = RegisterImport.State
DATA = csv_of(VISITORS, PARKING)


def test_columns_show_samples_and_what_they_are_meant_for(body_a, editor_a):
    reference, *_others = columns_of(uploaded_by(editor_a, body_a, DATA))

    assert (reference.title, reference.samples) == ("Reference", ["1.1", "1.10"])
    assert reference.target.field == "reference"
    assert not reference.is_question


def test_choice_is_remembered_for_the_body_and_for_no_other(body_a, editor_a, body_b, editor_b):
    uploaded = uploaded_by(editor_a, body_a, DATA)
    remarks = columns_of(uploaded)[-1].key
    steps.choose(uploaded, {remarks: Target("owner")}, language="en", by=editor_a)
    work.do_now(uploaded)

    again, elsewhere = uploaded_by(editor_a, body_a, DATA), uploaded_by(editor_b, body_b, DATA)

    assert uploaded.entries.get(number=0).content["owner"] == "x"
    assert columns_of(again)[-1].target == Target("owner")
    assert columns_of(elsewhere)[-1].target.field == "remarks"
    assert ColumnMeaning.objects.get().organisation == body_a


@pytest.mark.parametrize(
    ("targets", "options"),
    [
        ({"no such column": Target("name")}, {}),
        ({"": Target("no_such_field")}, {}),
        ({"": Target("status")}, {}),
        ({"": Target("organisation_id")}, {}),
        ({"": Target("name", language="it")}, {}),
        ({"": Target("themes", code="X")}, {}),
        ({}, {"language": "it"}),
        ({}, {"language": ""}),
        ({}, {"mechanism": "no such code"}),
    ],
)
def test_tampered_choice_is_refused(targets, options, body_a, editor_a):
    uploaded = uploaded_by(editor_a, body_a, DATA)
    first = columns_of(uploaded)[0].key
    targets = {key or first: target for key, target in targets.items()}

    with pytest.raises(WrongChoice):
        steps.choose(uploaded, targets, **{"language": "en"} | options, by=editor_a)

    uploaded.refresh_from_db()
    assert uploaded.state == State.UPLOADED


def test_nobody_of_another_body_takes_a_step(body_a, editor_a, editor_b):
    uploaded = previewed(DATA, body_a, editor_a)
    done = brought_in(DATA, body_a, editor_a)

    for step in (
        lambda: uploaded_by(editor_b, body_a, DATA),
        lambda: steps.choose(uploaded, {}, language="en", by=editor_b),
        lambda: steps.confirm(uploaded, by=editor_b),
        lambda: steps.drop(uploaded, by=editor_b),
        lambda: steps.undo(done, by=editor_b),
    ):
        with pytest.raises(PermissionDenied):
            step()
    assert not RegisterImport.objects.for_user(editor_b).exists()
    assert RegisterImport.objects.for_user(editor_a).count() == 2


def test_file_tells_of_activities_of_its_body_alone(body_a, editor_a, body_b, editor_b):
    theirs = factories.create_activity(body_b, reference="1.1", name=VISITORS[1])
    theirs.remember(by=editor_b)

    uploaded = brought_in(DATA, body_a, editor_a)

    assert outcomes(uploaded) == ["new", "new"]
    assert theirs.history.count() == 1
    assert set(body_a.activities.values_list("number", flat=True)) == {1, 2}


def test_body_that_is_not_public_is_named_by_its_own_people_only(body_a, editor_a, administrator):
    factories.create_organisation("secret", is_public=False, name_en="Secret Agency")
    headings = ["Reference", "Name", "Recipients"]
    data = csv_of(["1", "A", "Secret Agency"], headings=headings)

    ours = previewed(data, body_a, editor_a).entries.get()
    central = previewed(data, body_a, administrator).entries.get()

    assert "organisation" not in ours.content["recipients"][0]
    assert "organisation" in central.content["recipients"][0]


def test_step_that_another_window_took_is_refused(body_a, editor_a):
    uploaded = previewed(DATA, body_a, editor_a)
    steps.confirm(uploaded, by=editor_a)

    with pytest.raises(WrongStep):
        steps.confirm(uploaded, by=editor_a)
    with pytest.raises(WrongStep):
        steps.drop(uploaded, by=editor_a)


def test_preview_can_be_made_anew(body_a, editor_a):
    uploaded = previewed(DATA, body_a, editor_a)

    steps.choose(uploaded, {}, language="nl", by=editor_a)
    work.do_now(uploaded)

    assert uploaded.entries.get(number=0).content["name_nl"] == VISITORS[1]


def test_file_of_too_many_activities_is_refused(body_a, editor_a):
    rows = [[f"Activity {number}", "x"] for number in range(MOST_ACTIVITIES + 1)]

    uploaded = previewed(csv_of(*rows, headings=["Name", "Purpose"]), body_a, editor_a)

    assert (uploaded.state, uploaded.failure) == (State.FAILED, "too_many_activities")
    assert not uploaded.entries.exists()


def test_work_that_takes_too_long_is_given_up(body_a, editor_a, monkeypatch):
    def slow(register_import, progress):
        for _step in range(500):
            time.sleep(0.01)

    uploaded = uploaded_by(editor_a, body_a, DATA)
    steps.choose(uploaded, {}, language="en", by=editor_a)
    monkeypatch.setattr(work, "LONGEST_READING", 0.1)
    monkeypatch.setitem(work.WORK, State.MAPPED, slow)
    work.work_waiting()

    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.failure) == (State.FAILED, "too_slow")


def test_passing_fault_of_the_database_costs_no_file(body_a, editor_a, monkeypatch):
    def hindered(register_import, progress):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 10")
            cursor.execute("SELECT pg_sleep(1)")

    uploaded = uploaded_by(editor_a, body_a, DATA)
    steps.choose(uploaded, {}, language="en", by=editor_a)
    with monkeypatch.context() as meanwhile:
        meanwhile.setitem(work.WORK, State.MAPPED, hindered)
        work.do_now(uploaded)
    first = uploaded.state, ImportFile.objects.count()
    work.do_now(uploaded)

    assert first == (State.MAPPED, 1)
    assert uploaded.state == State.PREVIEWED


def test_everybody_who_had_a_hand_in_it_is_an_author(body_a, editor_a, publisher_a, administrator):
    uploaded = uploaded_by(editor_a, body_a, DATA)
    steps.choose(uploaded, {}, language="en", by=administrator)
    work.do_now(uploaded)
    steps.confirm(uploaded, by=publisher_a)
    work.do_now(uploaded)

    made = ProcessingActivity.objects.get(number=1)
    assert made.authors() == {editor_a.pk, administrator.pk, publisher_a.pk}
    assert made.changed_by == publisher_a


def test_preview_that_was_not_seen_cannot_be_confirmed(body_a, editor_a):
    uploaded = previewed(DATA, body_a, editor_a)
    seen = uploaded.preview
    steps.choose(uploaded, {}, language="nl", by=editor_a)
    work.do_now(uploaded)

    with pytest.raises(WrongStep):
        steps.confirm(uploaded, by=editor_a, seen=seen)

    steps.confirm(uploaded, by=editor_a, seen=uploaded.preview)
    assert uploaded.state == State.WAITING


def test_body_remembers_so_many_columns(body_a, editor_a, monkeypatch):
    monkeypatch.setattr(columns, "MOST_REMEMBERED", 2, raising=False)
    uploaded = uploaded_by(editor_a, body_a, DATA)
    keys = [column.key for column in columns_of(uploaded)]

    for number in (0, 1, 2, 1):
        steps.choose(uploaded, {keys[number]: Target("owner")}, language="en", by=editor_a)
        work.do_now(uploaded)

    assert set(ColumnMeaning.objects.values_list("key", flat=True)) == {keys[1], keys[2]}


def test_no_more_files_wait_than_anybody_looks_through(body_a, editor_a):
    RegisterImport.objects.bulk_create(
        RegisterImport(organisation=body_a, file_name=f"{number}.csv")
        for number in range(steps.MOST_UNFINISHED)
    )

    with pytest.raises(TooManyImports):
        uploaded_by(editor_a, body_a, DATA)


def test_what_was_uploaded_is_erased_after_seven_days(body_a, editor_a):
    done, open_one = brought_in(DATA, body_a, editor_a), uploaded_by(editor_a, body_a, DATA)
    young = uploaded_by(editor_a, body_a, DATA)
    old = timezone.now() - timedelta(days=7)
    keys = [done.pk, open_one.pk]
    RegisterImport.objects.filter(pk__in=keys).update(created_at=old)
    RegisterImport.objects.filter(pk=done.pk).update(finished_at=old)

    out = StringIO()
    call_command("purge", stdout=out)

    assert "uploaded registers: 2" in out.getvalue()
    assert not RegisterImport.objects.filter(pk=open_one.pk).exists()
    assert ImportFile.objects.get().pk == young.pk
    entry = done.entries.get(number=0)
    assert (entry.title, entry.content, entry.accounts) == ("", None, [])
    # What is needed to import the file once more, and to undo, stays.
    assert outcomes(brought_in(DATA, body_a, editor_a)) == ["same", "same"]
    assert RegisterImport.objects.forget_old() == 0


def test_words_that_are_erased_stay_in_no_import(body_a, editor_a):
    uploaded = brought_in(DATA, body_a, editor_a)
    made = ProcessingActivity.objects.get(number=1)

    words_erased.send(ProcessingActivity, activity=made)

    entry = uploaded.entries.get(number=0)
    assert (entry.title, entry.reference, entry.content) == ("", "", None)
    assert uploaded.entries.get(number=1).title == PARKING[1]


def test_look_tells_what_is_new_and_what_changes(body_a, editor_a):
    draft = factories.create_activity(body_a, reference="1.1", name="Guests")
    draft.remember(by=editor_a)

    changed, new = look_at(previewed(DATA, body_a, editor_a).entries.measured().order_by("number"))

    (name,) = (difference for difference in changed.differences if difference.field == "Name")
    assert [(w.before, w.after) for w in name.wordings] == [("Guests", VISITORS[1])]
    assert "Own reference" in [difference.field for difference in new.differences]
    assert [demand.code for demand in new.gaps if demand.is_required] == ["people", "retention"]


def test_what_is_too_long_for_a_page_is_looked_at_alone(body_a, editor_a, monkeypatch):
    monkeypatch.setattr(preview_shown, "MOST_SHOWN", 10, raising=False)
    entries = previewed(DATA, body_a, editor_a).entries.measured().order_by("number")

    first, second = look_at(entries)
    (alone,) = look_at(entries.filter(number=1))

    assert (first.is_whole, second.is_whole, alone.is_whole) == (True, False, True)
    assert (len(second.differences), second.entry.title) == (0, PARKING[1])
    assert len(alone.differences) > 3


def test_report_tells_each_activity_and_each_cell_that_was_not_understood(body_a, editor_a):
    data = csv_of([*VISITORS[:4], "A1 / Shoe size of pets", ""])

    rows = list(report_of(previewed(data, body_a, editor_a)))

    assert rows[1][2:5] == ["1.1", VISITORS[1], "new"]
    assert rows[1][-1].startswith("Missing: ")
    (cell,) = (row for row in rows if row[6] == "Shoe size of pets")
    assert cell[4:6] == ["kept as text", "Categories of data"]


def test_so_many_cells_of_an_activity_are_told(body_a, editor_a):
    shoes = "; ".join(f"shoe size of pet {number}" for number in range(250))
    uploaded = previewed(csv_of([*VISITORS[:4], shoes, ""]), body_a, editor_a)

    (look,) = look_at(uploaded.entries.measured())
    rows = list(report_of(uploaded))

    assert (len(look.not_understood), look.more) == (200, 50)
    assert [row[-1] for row in rows if not row[6]] == [rows[1][-1], "And 50 more."]


@pytest.mark.parametrize(("limit", "most"), [("MOST_CELLS", 3), ("MOST_CHARACTERS", 50)])
def test_report_tells_every_activity_and_so_many_cells(limit, most, body_a, editor_a, monkeypatch):
    shoes = "; ".join(f"shoe size of pet {number}" for number in range(10))
    uploaded = previewed(csv_of([*VISITORS[:4], shoes, ""], PARKING), body_a, editor_a)
    monkeypatch.setattr(preview_shown, limit, most, raising=False)

    rows = list(report_of(uploaded))

    assert [row[3] for row in rows if row[4] == "new"] == [VISITORS[1], PARKING[1]]
    assert len([row for row in rows if row[4] == "kept as text"]) == 3
    assert rows[-1][-1] == "The report ends here: it cannot hold all that was not understood."


def test_hostile_file_is_refused_and_leaves_nothing(body_a, editor_a):
    uploaded = uploaded_by(editor_a, body_a, b"PK\x03\x04", "register.xlsx")

    assert (uploaded.state, uploaded.failure) == (State.FAILED, "truncated")
    assert not ImportFile.objects.exists()


def test_import_that_failed_is_erased_after_seven_days(body_a, editor_a):
    uploaded_by(editor_a, body_a, b"PK\x03\x04", "register.xlsx")
    RegisterImport.objects.update(finished_at=timezone.now() - timedelta(days=7))

    assert RegisterImport.objects.forget_old() == 1

    assert not RegisterImport.objects.exists()


def test_command_tells_what_it_would_do_and_does_it(body_a, editor_a, tmp_path):
    path, out = tmp_path / "register.csv", StringIO()
    path.write_bytes(DATA)

    arguments = ("import_register", "body-a", str(path), "--language", "en")
    call_command(*arguments, "--dry-run", stdout=out)
    assert "new: 2" in out.getvalue()
    assert not RegisterImport.objects.exists()

    call_command(*arguments, "--by", editor_a.email, stdout=out)

    assert ProcessingActivity.objects.count() == 2
    assert RegisterImport.objects.get().by == editor_a


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nobody", "register.csv"), "does not exist"),
        (("body-a", "no-such-file.csv"), "No such file"),
        (("body-a", "register.pdf"), "This kind of file"),
    ],
)
def test_command_tells_why_it_does_nothing(arguments, told, body_a, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("register.csv", "register.pdf"):
        (tmp_path / name).write_bytes(DATA)

    with pytest.raises(CommandError, match=told):
        call_command("import_register", *arguments, "--language", "en")
