"""What an editor may send to hold up others, to fill the disk or to speak in the site's name."""

import io

import pytest
import xlsxwriter
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contact.models import Mail
from organisations.models import Membership, User
from processing.imports import steps, work
from processing.imports.drafts.draft import MOST_VALUES
from processing.imports.drafts.understanding import MOST_ROWS_OF_ONE
from processing.imports.register import preview, preview_shown
from processing.imports.register.preview_shown import look_at
from processing.imports.tables import finding
from processing.models import ProcessingActivity, RegisterImport
from processing.publishing import MOST_ROWS
from tests import factories
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.imports.sending import IMPORTS, address_of
from tests.processing.imports.bringing_in import (
    PARKING,
    VISITORS,
    brought_in,
    brought_in_workbook,
    csv_of,
    previewed,
    uploaded_by,
)
from tests.processing.imports.importing import table, understood
from tests.processing.imports.registers import workbook

pytestmark = pytest.mark.django_db
State = RegisterImport.State
DATA = csv_of(VISITORS, PARKING)
PHISHING = "Naam”.\n\nUw wachtwoord\u202e verloopt:\u2028http://evil.example/login\n\nHet register"


# What is kept of a file.


def test_heading_is_told_by_its_beginning(body_a, editor_a):
    long = "Een kop " * 4_000
    uploaded = uploaded_by(editor_a, body_a, csv_of(["Lonen", "Betalen"], headings=["Naam", long]))

    assert max(len(text) for c in uploaded.columns for text in (c["title"], c["key"])) <= 300
    assert all(len(sample) <= 200 for c in uploaded.columns for sample in c["samples"])


def test_list_of_imports_reads_no_columns(body_a, editor_a):
    uploaded = uploaded_by(editor_a, body_a, DATA)
    client = logged_in(editor_a)

    with CaptureQueriesContext(connection) as asked:
        client.get(IMPORTS)
        RegisterImport.objects.update(state=State.RECEIVED, asked_at=timezone.now())
        client.get(address_of(uploaded))

    about = [query["sql"] for query in asked if 'FROM "processing_registerimport"' in query["sql"]]
    assert len(about) >= 2
    assert not any('"columns"' in sql or '"outside"' in sql for sql in about)


def test_merged_cells_cannot_fill_the_disk(body_a, editor_a, monkeypatch):
    monkeypatch.setattr(preview, "MOST_CHARACTERS", 20_000)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Purpose"])
        sheet.write_column(1, 0, [f"Activity {number}" for number in range(30)])
        sheet.merge_range(1, 1, 30, 1, "A purpose. " * 100)

    uploaded = previewed(stream.getvalue(), body_a, editor_a, "x.xlsx")

    assert (uploaded.state, uploaded.failure) == (State.FAILED, "too_much_text")
    assert not uploaded.entries.exists()


# What takes the time of others.


def test_width_of_a_table_is_told_once(monkeypatch):
    asked = []
    wide = finding._wide

    def counted(widths, header):
        asked.append(header)
        return wide(widths, header)

    monkeypatch.setattr(finding, "_wide", counted)
    understood(table(["Naam", "Doel", "Dienst"], *[["a", "b", "c"]] * 50))

    assert len(asked) == 1


def activity_with(rows: int) -> bytes:
    """A workbook of our own: one activity with so many transfers."""
    transfers = [["1", "US", "02", f"Safeguard {number}"] for number in range(rows)]
    return workbook(
        ("Activities", [["activity.activity", "activity.name_nl"], ["No", "Name"], ["1", "Lonen"]]),
        (
            "Transfers",
            [
                [f"transfers.{name}" for name in ("activity", "country", "mechanism")]
                + ["transfers.safeguards_nl"],
                ["Number", "Country", "Mechanism", "Safeguards"],
                *transfers,
            ],
        ),
    )


def test_activity_with_too_many_rows_is_refused_and_not_shown(code_lists, body_a, editor_a):
    uploaded = uploaded_by(editor_a, body_a, activity_with(400), "register.xlsx")
    work.do_now(uploaded)
    page = logged_in(editor_a).get(address_of(uploaded)).text

    (entry,) = uploaded.entries.all()
    assert entry.outcome == "refused"
    assert entry.content is None
    assert f"{MOST_ROWS} fit in one activity" in entry.reasons[0]
    assert "Safeguard 7" not in page
    assert entry.accounts_more > 0


def test_rows_of_one_activity_are_read_up_to_some_hundreds():
    rows = [["Lonen", f"Doel {number}"] for number in range(MOST_ROWS_OF_ONE + 50)]

    found = understood(table(["Naam", "Doel"], *rows))

    assert len(found.contents[0]["purposes"]) == MOST_ROWS + 1
    left = [a for a in found.understanding.accounts.all if a.reason == "too_many_values"]
    assert len({account.place.row for account in left}) == 50
    assert found.lost == set()


def test_values_of_one_cell_are_read_up_to_some_thousands():
    text = ";".join(f"Bank {number}" for number in range(MOST_VALUES + 500))

    found = understood(table(["Naam", "Ontvangers"], ["Lonen", text[:4_900]], ["Post", text]))

    assert len(found.contents[0]["recipients"]) == MOST_ROWS + 1
    assert found.lost == set()


def test_entry_that_is_too_long_for_any_page_is_not_shown(body_a, editor_a, monkeypatch):
    monkeypatch.setattr(preview_shown, "MOST_OF_ONE", 1_000)
    long = ["1.1", "Visitors", "Security of the building. " * 50, "6(1)(e)", "A1", ""]
    uploaded = previewed(csv_of(long, PARKING), body_a, editor_a)

    first, second = look_at(uploaded.entries.measured().order_by("number"))
    alone = logged_in(editor_a).get(address_of(uploaded, "?only=0")).text

    assert (first.differences, first.fits_alone, second.is_whole) == ([], False, True)
    assert "It is too long to be shown." in alone
    assert "Look at this activity alone" not in alone


@pytest.mark.parametrize("state", [State.RECEIVED, State.MAPPED, State.WAITING, State.UNDOING])
def test_reading_has_less_time_than_writing(state, body_a, editor_a, monkeypatch):
    told = []
    brought_in(DATA, body_a, editor_a)
    finished = {State.UNDOING: timezone.now()}.get(state)
    RegisterImport.objects.update(state=state, asked_at=timezone.now(), finished_at=finished)
    given_up_after = work.given_up_after

    def noted(seconds):
        told.append(seconds)
        return given_up_after(seconds)

    monkeypatch.setattr(work, "given_up_after", noted)
    monkeypatch.setitem(work.WORK, state, lambda register_import, progress: None)
    work.work_waiting()

    is_read = state in (State.RECEIVED, State.MAPPED)
    assert told == [work.LONGEST_READING if is_read else work.LONGEST]


def test_mails_do_not_wait_for_imports(body_a, editor_a, monkeypatch):
    def never(register_import, progress):
        raise AssertionError("a mail waits meanwhile")

    steps.upload(DATA, "a.csv", organisation=body_a, by=editor_a)
    monkeypatch.setitem(work.WORK, State.RECEIVED, never)
    EmailMessage("Subject", "Text", None, ["citizen@people.example"]).send()

    call_command("send_mail")

    assert RegisterImport.objects.get().state == State.RECEIVED
    assert not Mail.objects.filter(state=Mail.State.WAITING).exists()


# Who may.


@pytest.mark.parametrize(
    ("how", "state"),
    [
        *(("left", "waiting"), ("closed", "waiting"), ("deleted", "waiting")),
        *(("left", "undoing"), ("closed", "undoing"), ("deleted", "undoing")),
    ],
)
def test_who_left_meanwhile_imports_nothing(how, state, body_a, editor_a):
    if state == "waiting":
        uploaded = previewed(DATA, body_a, editor_a)
        steps.confirm(uploaded, by=editor_a)
    else:
        uploaded = brought_in(DATA, body_a, editor_a)
        steps.undo(uploaded, by=editor_a)
    before = ProcessingActivity.objects.count()
    if how == "left":
        Membership.objects.filter(user=editor_a).delete()
    elif how == "closed":
        User.objects.filter(pk=editor_a.pk).update(is_active=False)
    else:
        User.objects.filter(pk=editor_a.pk).delete()

    work.work_waiting()

    uploaded.refresh_from_db()
    assert ProcessingActivity.objects.count() == before
    assert uploaded.failure == ("left" if state == "waiting" else "undo_left")


# What would pass for words of the site.


def test_imported_name_is_one_line(body_a, editor_a):
    brought_in(
        csv_of(["1", PHISHING, "x"], headings=["Reference", "Name", "Purpose"]), body_a, editor_a
    )

    (made,) = ProcessingActivity.objects.all()
    assert made.name_en == ("Naam”. Uw wachtwoord verloopt: http://evil.example/login Het register")


def test_name_in_the_own_workbook_is_one_line(body_a, editor_a):
    names = ["activity.activity", "activity.name_nl", "activity.owner", "activity.summary_nl"]
    data = workbook(("A", [names, names, ["1", PHISHING, PHISHING, "een\n\u202etwee"]]))

    brought_in_workbook(data, body_a, editor_a)

    (made,) = ProcessingActivity.objects.all()
    assert made.name_nl.isprintable()
    assert made.owner.isprintable()
    assert made.summary_nl == "een\ntwee"


def test_name_of_a_file_is_one_line(body_a, editor_a):
    uploaded = uploaded_by(editor_a, body_a, DATA, "a\n\u202eb.csv")

    uploaded.refresh_from_db()
    assert uploaded.file_name == "a b.csv"


@pytest.mark.parametrize("address", ["ftp://a.example/x", "https://a", "https://a example/"])
def test_address_that_no_browser_opens_is_none(address, code_lists, body_a, editor_a):
    of_grounds = ["activity", "ground", "law_url"]
    data = workbook(
        ("A", [["activity.activity", "activity.name_nl"], ["No", "Name"], ["1", "Lonen"]]),
        (
            "B",
            [[f"legal_grounds.{name}" for name in of_grounds], of_grounds, ["1", "6-e", address]],
        ),
    )

    brought_in_workbook(data, body_a, editor_a)

    (made,) = ProcessingActivity.objects.all()
    assert made.legal_grounds.get().law_url == ""
    assert address in made.remarks


def test_copies_and_templates_write_one_line_too(body_a):
    activity = factories.create_activity(body_a)
    activity.name_nl = PHISHING
    activity.save()
    activity.refresh_from_db()

    assert activity.name_nl.isprintable()
