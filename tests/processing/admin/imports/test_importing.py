"""From the file of a body to drafts of its register, page by page."""

import io
import re
from urllib.parse import urlencode

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from processing.admin import importing
from processing.imports import work
from processing.imports.files.hostile import MOST_BYTES
from processing.imports.register import preview_shown
from processing.models import (
    ColumnMeaning,
    ImportFile,
    ImportProgress,
    ProcessingActivity,
    RegisterImport,
)
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.processing.admin.imports.sending import (
    IMPORTS,
    REGISTER,
    address_of,
    broken_off,
    chosen,
    confirmed,
    send,
    sent,
    undone,
)

pytestmark = pytest.mark.django_db


def test_button_stands_on_the_list_of_activities(editor):
    assert f'href="{IMPORTS}"' in editor.get(ACTIVITIES).text


def test_file_becomes_drafts_and_can_be_undone(editor, body_a):
    found = sent(editor, body_a)
    columns = editor.get(address_of(found))
    preview = editor.get(chosen(editor, found).headers["Location"])
    report = editor.get(address_of(found, "report/"))
    result = confirmed(editor, found)
    activities = ProcessingActivity.objects.order_by("number")
    drafts = [(activity.name_nl, activity.status) for activity in activities]
    afterwards = undone(editor, found)

    assert "De lonen van het personeel betalen" in columns.text
    assert "Import 2 activities as drafts" in preview.text
    assert "Lonen" in report.text
    assert report.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "The import is done." in result.text
    assert drafts == [("Lonen", "draft"), ("Bezoekers", "draft")]
    assert "The import is undone" in afterwards.text
    assert not ProcessingActivity.objects.exists()


def test_same_file_again_changes_nothing(editor, body_a):
    for _time in range(2):
        found = sent(editor, body_a)
        chosen(editor, found)
        preview = editor.get(address_of(found))
        confirmed(editor, found)

    assert "the register says all of this already" in preview.text
    assert "What the file leaves empty stays in the register as it is." in preview.text
    assert ProcessingActivity.objects.count() == 2


def test_formula_that_no_program_has_calculated_is_told(editor, body_a):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Naam", "Doel", "Dienst"])
        sheet.write_row(1, 0, ["Lonen", "De lonen van het personeel betalen"])
        sheet.write_formula(1, 2, '="HR"', None, "")
    found = sent(editor, body_a, stream.getvalue(), "register.xlsx")

    chosen(editor, found)

    preview = editor.get(address_of(found))
    assert "1 cell holds a formula without a result, and counts as empty." in preview.text


def test_choice_is_remembered_for_the_next_file_of_the_body(editor, body_a):
    unknown = REGISTER.replace("Dienst", "Zwarte doos")
    found = sent(editor, body_a, unknown)
    asked = editor.get(address_of(found)).context["form"].questions

    chosen(editor, found, **{f"column-{asked[0].name}": "owner"})

    again = editor.get(address_of(sent(editor, body_a, unknown)))
    assert [row.column.title for row in asked] == ["Zwarte doos"]
    assert again.context["form"].questions == []
    assert 'value="owner" selected' in again.text
    assert set(ColumnMeaning.objects.values_list("organisation", flat=True)) == {body_a.pk}


def test_preview_leads_back_to_the_columns(editor, body_a):
    found = sent(editor, body_a)
    chosen(editor, found)

    again = chosen(editor, found, **{"column-3": "remarks"})

    assert again.status_code == 302
    assert "Import 2 activities" in editor.get(address_of(found)).text


@pytest.mark.parametrize("seen", ["", "1", "x", "9" * 5000])
def test_other_preview_than_the_page_showed_is_not_imported(seen, editor, body_a):
    found = sent(editor, body_a)
    chosen(editor, found)
    page = editor.get(address_of(found)).text
    chosen(editor, found, **{"column-3": "remarks"})

    answer = editor.post(address_of(found, "confirm/"), {"preview": seen}, follow=True).text

    assert '<input type="hidden" name="preview" value="1">' in page
    assert '<input type="hidden" name="preview" value="2">' in answer
    assert "The preview was made anew. Look at it again." in answer
    assert not ProcessingActivity.objects.exists()


def test_file_can_be_thrown_away(editor, body_a):
    found = sent(editor, body_a)

    editor.post(address_of(found, "drop/"))

    assert not RegisterImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"a;b\n1;2", "register.docx", "This kind of file cannot be read."),
        (b"a;b\n1;2", "register.xlsm", "The file holds macros."),
        (b"", "register.csv", "The submitted file is empty."),
    ],
)
def test_name_alone_tells_at_once_why_a_file_is_refused(content, name, reason, editor, body_a):
    answer = send(editor, body_a, content, name)

    assert answer.status_code == 200
    assert reason in answer.text
    assert not RegisterImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"%PDF-1.7", "register.csv", "Dit is geen rekenblad en geen CSV-bestand."),
        (b"PK\x03\x04", "register.xlsx", "Het bestand is beschadigd of niet volledig."),
        (b" \n ", "register.csv", "Het bestand is leeg."),
    ],
)
def test_page_says_why_a_file_is_refused(content, name, reason, editor, editor_a, body_a):
    editor_a.language = "nl"
    editor_a.save()
    found = sent(editor, body_a, content, name)

    page = editor.get(address_of(found)).text

    assert reason in page
    assert not ImportFile.objects.exists()


def test_file_is_read_by_a_worker_while_the_page_waits(editor, body_a):
    page = send(editor, body_a, follow=True).text
    (waiting,) = RegisterImport.objects.all()
    before = waiting.columns
    work.work_waiting()

    assert "File is being read." in page
    assert 'data-waiting="received"' in page
    assert before == []
    assert "De lonen van het personeel betalen" in editor.get(address_of(waiting)).text


def test_file_that_waits_can_be_thrown_away(editor, body_a):
    send(editor, body_a)

    editor.post(address_of(RegisterImport.objects.get(), "drop/"))

    assert not RegisterImport.objects.exists()


def test_who_sends_a_file_after_the_session_ended_can_log_in_again(visitor, body_a):
    query = urlencode({"next": IMPORTS})

    answer = send(visitor, body_a)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/admin/account/login/?{query}"
    assert not RegisterImport.objects.exists()


def test_page_about_a_file_that_is_too_large_speaks_of_files(editor, body_a):
    answer = send(editor, body_a, b"x" * (MOST_BYTES + 20_000))

    assert answer.status_code == 413
    assert "This site takes files of at most 8 MB." in answer.text


def test_file_that_broke_off_is_refused(editor, body_a):
    """Half a CSV file would be taken for all of it."""
    answer = broken_off(editor, body_a)

    assert answer.status_code == 400
    assert not RegisterImport.objects.exists()


def test_report_holds_no_formulas(editor, body_a):
    found = sent(editor, body_a, REGISTER.replace("Bezoekers", "=cmd()"))
    chosen(editor, found)

    report = editor.get(address_of(found, "report/")).text

    assert "'=cmd()" in report
    assert ";=cmd()" not in report


def test_report_holds_no_formulas_for_who_reads_it_with_commas(editor, body_a):
    found = sent(editor, body_a, REGISTER.replace("Bezoekers", "Komma,=cmd(),eind"))
    chosen(editor, found)

    report = editor.get(address_of(found, "report/")).text

    assert "Komma,'=cmd(),eind" in report
    assert ",=cmd()" not in report


def test_preview_warns_of_measures_that_citizens_would_read(editor, body_a):
    found = sent(editor, body_a, REGISTER.replace("Dienst", "Beveiligingsmaatregelen"))

    chosen(editor, found, **{"column-3": "security"})

    assert "Citizens will read what stands in “Beveiligingsmaatregelen”" in (
        editor.get(address_of(found)).text
    )


def test_page_tells_how_far_a_worker_is_and_leads_on(editor, body_a):
    found = sent(editor, body_a)
    RegisterImport.objects.update(state="waiting", asked_at=timezone.now())
    ImportProgress.objects.update(done=300, total=800)

    page = editor.get(address_of(found)).text

    assert "Being imported (300 of 800 activities)." in page.replace("\n", "")
    assert f'href="{address_of(found)}">Look again' in page


def test_result_asks_for_its_activities_at_once(editor, body_a):
    numbers = []
    for content in (REGISTER, REGISTER + "Wagens;Het park beheren;geen;HR\nPost;Post;geen;HR\n"):
        ProcessingActivity.objects.all().delete()
        found = sent(editor, body_a, content)
        chosen(editor, found)
        confirmed(editor, found)
        with CaptureQueriesContext(connection) as asked:
            page = editor.get(address_of(found)).text
        numbers.append(len(asked))

    assert "Bezoekers" in page
    assert numbers[0] == numbers[1]


def test_import_that_failed_says_why(editor, body_a):
    found = sent(editor, body_a)
    RegisterImport.objects.update(state="failed", failure="stopped", finished_at=timezone.now())

    page = editor.get(address_of(found)).text

    assert "The import was interrupted several times. Nothing of it was imported." in page


def test_import_that_failed_shows_at_which_step(editor, body_a):
    unreadable = sent(editor, body_a, b"Naam;Doel\n" + b"a;b\n" * 50_001)
    unread = sent(editor, body_a)
    unconfirmed = sent(editor, body_a)
    chosen(editor, unconfirmed)
    RegisterImport.objects.update(state="failed", failure="too_slow", finished_at=timezone.now())

    steps = [
        re.search(r'aria-current="step"[^>]*>(.*?)<', editor.get(address_of(found)).text)[1]
        for found in (unreadable, unread, unconfirmed)
    ]

    assert steps == ["File", "Preview", "Import"]


def test_undoing_tells_what_was_touched_since(editor, body_a, publisher_a):
    found = sent(editor, body_a)
    chosen(editor, found)
    confirmed(editor, found)
    activity = ProcessingActivity.objects.order_by("number")[0]
    activity.name_nl = "Lonen en premies"
    activity.save()
    activity.remember(by=publisher_a)

    page = undone(editor, found).text

    assert "something was done with its activities since it was imported" in page
    assert f"It is about activity {activity.number}." in page
    assert ProcessingActivity.objects.count() == 2


def test_preview_leads_to_one_activity_alone(editor, body_a, monkeypatch):
    monkeypatch.setattr(preview_shown, "MOST_SHOWN", 10)
    found = sent(editor, body_a)
    chosen(editor, found)

    page = editor.get(address_of(found)).text
    alone = editor.get(address_of(found, "?only=1")).text

    assert "Het gebouw beveiligen" not in page
    assert 'href="?only=1#activities"' in page
    assert "Het gebouw beveiligen" in alone
    assert "Lonen" not in alone


@pytest.mark.parametrize(
    "query",
    ["?only=x", "?only=99", "?show=nonsense", "?show=new&page=99999999999999999999"],
)
def test_absurd_queries_of_the_preview_are_no_fault(query, editor, body_a):
    found = sent(editor, body_a)
    chosen(editor, found)

    assert editor.get(address_of(found, query)).status_code in (200, 400)


@pytest.mark.parametrize("limit", ["MOST_IN_A_WORKBOOK", "MOST_CHARACTERS"])
def test_register_that_is_too_large_for_a_workbook_is_told(
    limit, editor, body_a, editor_a, monkeypatch
):
    monkeypatch.setattr(importing, limit, 1)
    for _time in range(2):
        factories.create_activity(body_a).remember(by=editor_a)

    page = editor.get(f"{IMPORTS}workbook/{body_a.pk}/nl/?entries=all", follow=True).text

    assert "too many activities or too long texts for a workbook" in page


def test_workbook_of_the_register_comes_back_unchanged(editor, body_a, editor_a):
    activity = factories.create_activity(body_a)
    activity.remember(by=editor_a)
    workbook = editor.get(f"{IMPORTS}workbook/{body_a.pk}/nl/?entries=all")

    # There is nothing to look at in its columns.
    found = sent(editor, body_a, workbook.content, "register.xlsx")

    assert workbook.headers["Content-Disposition"] == 'attachment; filename="register-nl.xlsx"'
    found.refresh_from_db()
    assert {o: n for o, n in found.counts.items() if n and o in ("new", "changed", "same")} == {
        "same": 1
    }
