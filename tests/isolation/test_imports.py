"""An import belongs to one body: its file, what it would write, and its report."""

import io
import zipfile

import pytest

from organisations.models import Membership, Organisation
from processing.imports.tables.columns import columns_of
from processing.models import ColumnMeaning, ImportEntry, ProcessingActivity, RegisterImport
from tests import factories
from tests.isolation.helpers import CANARY
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.imports.sending import (
    IMPORTS,
    REGISTER,
    address_of,
    chosen,
    confirmed,
    send,
    sent,
)

pytestmark = pytest.mark.django_db

PAGES = ("", "columns/", "report/")
STEPS = ("confirm/", "undo/", "drop/")


@pytest.fixture
def ours(editor_a):
    return logged_in(editor_a)


@pytest.fixture
def theirs(editor_b, body_b) -> RegisterImport:
    """An import of body B with the canary in it, of which the preview is made."""
    client = logged_in(editor_b)
    found = sent(client, body_b, REGISTER.replace("Lonen", CANARY), f"{CANARY}.csv")
    chosen(client, found)
    return found


def test_import_of_another_body_is_not_there(theirs, ours):
    answers = [ours.get(address_of(theirs, page)) for page in PAGES]
    answers += [ours.post(address_of(theirs, page)) for page in (*PAGES[:2], *STEPS)]

    assert {answer.status_code for answer in answers} == {404}
    assert not any(CANARY in answer.text for answer in answers)
    theirs.refresh_from_db()
    assert theirs.state == "previewed"


def test_page_of_the_own_imports_names_no_others(theirs, ours, editor_b):
    own, others = ours.get(IMPORTS).text, logged_in(editor_b).get(IMPORTS).text

    assert CANARY not in own
    assert CANARY in others


def test_file_cannot_be_sent_for_another_body(ours, body_b):
    answer = send(ours, body_b)

    assert (answer.status_code, RegisterImport.objects.count()) == (200, 0)


def test_who_left_the_body_meets_its_import_no_more(theirs, editor_b):
    Membership.objects.filter(user=editor_b).delete()
    client = logged_in(editor_b)

    assert client.get(address_of(theirs)).status_code == 302
    assert client.post(address_of(theirs, "confirm/")).status_code == 302
    assert not ProcessingActivity.objects.exists()


def test_same_names_in_another_body_stay_as_they_are(ours, body_a, body_b):
    other = factories.create_activity(body_b, name="Lonen", language="nl")
    found = sent(ours, body_a)
    chosen(ours, found)

    confirmed(ours, found)

    other.refresh_from_db()
    assert other.history.count() == 0
    assert set(ImportEntry.objects.values_list("activity__organisation", flat=True)) == {body_a.pk}


@pytest.mark.parametrize(
    "tampered",
    [
        {"column-0": "organisation_id"},
        {"column-0": "status"},
        {"column-0": "own"},
        {"column-0": "own|activity.name_nl"},
        {"column-0": "data.category|A1"},
        {"column-0": "\0"},
        {"language-0": "xx"},
        {"language": "xx"},
        {"mechanism": "none-such"},
    ],
)
def test_tampered_columns_are_refused(tampered, ours, body_a):
    found = sent(ours, body_a)

    answer = chosen(ours, found, **tampered)

    found.refresh_from_db()
    assert (answer.status_code, found.state) == (200, "uploaded")


def test_name_of_a_hidden_body_is_in_no_workbook(ours, body_a):
    hidden: Organisation = factories.create_organisation("hidden", is_public=False)
    Organisation.objects.filter(pk=hidden.pk).update(name_nl=CANARY)

    assert ours.get(f"{IMPORTS}workbook/{body_a.pk}/nl/").status_code == 200
    assert ours.get(f"{IMPORTS}workbook/{hidden.pk}/nl/").status_code == 404


def texts_in(workbook: bytes) -> str:
    """All texts of a packed workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


def test_workbook_with_entries_has_none_of_another_body(ours, body_a, body_b):
    factories.create_activity(body_a, name="Eigen lonen", language="nl")
    factories.create_activity(body_b, name=CANARY, language="nl")

    answer = ours.get(f"{IMPORTS}workbook/{body_a.pk}/nl/?entries=all")

    texts = texts_in(answer.content)
    assert "Eigen lonen" in texts
    assert CANARY not in texts


def test_what_another_body_decided_about_columns_changes_nothing(ours, body_a, editor_b, body_b):
    client = logged_in(editor_b)
    found = sent(client, body_b)
    before = sent(ours, body_a).columns
    names = {column.title: f"column-{n}" for n, column in enumerate(columns_of(found))}

    chosen(client, found, **{names["Dienst"]: "security", names["Doel"]: "remarks"})

    assert {m.field for m in ColumnMeaning.objects.all()} == {"security", "remarks"}
    assert sent(ours, body_a).columns == before
    assert sent(client, body_b).columns != before


def test_stranger_may_send_no_file(body_a):
    client = logged_in(factories.create_user("stranger@people.example", is_staff=True))

    assert send(client, body_a).status_code == 415
