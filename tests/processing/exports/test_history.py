"""Files of all versions: what was published when, and of what was withdrawn that and when alone."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from organisations.models import Organisation
from processing.exports.formats import FORMATS
from processing.models import ProcessingActivity, Publication
from tests import factories
from tests.processing.exports.reading import entries_of, sheets_of, table_of

pytestmark = pytest.mark.django_db
ALL = "/data/processing/files/{name}/history/"


def day(month: int) -> datetime:
    return datetime(2025, month, 10, 12, tzinfo=UTC)


@pytest.fixture
def register(body_a, body_b, publisher_a, publisher_b) -> ProcessingActivity:
    """Two versions of one, one of another, and one that was withdrawn with both its versions."""
    visitors = factories.create_full_activity(body_a, body_b, "visitors")
    visitors.publish(by=publisher_a, at=day(3))
    secret = factories.create_activity(body_b, name="Canary")
    secret.publish(by=publisher_b, at=day(3))
    factories.create_publication(body_b, by=publisher_b, name="Cameras")
    visitors.name_en = "All visitors"
    visitors.save()
    visitors.transfers.all().delete()
    visitors.publish(by=publisher_a, at=day(4))
    secret.name_en = "Second canary"
    secret.save()
    secret.publish(by=publisher_b, at=day(4))
    secret.withdraw(by=publisher_b, reason="Canary reason", at=day(5))
    return visitors


def fetched(visitor: Client, address: str) -> bytes:
    response = visitor.get(address)
    assert response.status_code == 200, address
    return response.getvalue()


def lines(visitor: Client, address: str) -> list[dict]:
    return [json.loads(line) for line in fetched(visitor, address).splitlines()]


def test_each_version_says_when_it_was_and_what_changed(register, visitor):
    first, second, withdrawn, cameras = lines(visitor, ALL.format(name="jsonl"))

    assert (first["version"], first["current"], first["published_at"]) == (
        *(1, False),
        "2025-03-10T13:00:00+01:00",
    )
    assert "changed" not in first
    assert first["name"]["en"] == "visitors-name-en"
    assert (second["version"], second["current"]) == (2, True)
    assert [field["code"] for field in second["changed"]] == ["name", "transfers"]
    assert second["changed"][0]["label"] == {"nl": "naam", "fr": "nom", "de": "Name", "en": "name"}
    assert "transfers" in first
    assert "transfers" not in second
    assert withdrawn == {"entry": "body-b/1", "withdrawn_at": "2025-05-10T14:00:00+02:00"}
    assert cameras["entry"] == "body-b/2"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("prefix", ["/data", "/nl"])
def test_every_format_tells_all_versions_and_nothing_of_what_was_withdrawn(
    name, prefix, register, visitor
):
    content = fetched(visitor, f"{prefix}/processing/files/{name}/history/")

    assert b"anary" not in content
    told = str(entries_of(name, content))
    assert all(text in told for text in ("visitors-summary", "Cameras", "body-b/1"))
    # A workbook has it as a date.
    assert "2025-05-10" in told or "datetime(2025, 5, 10, 14, 0)" in told


def test_table_leaves_all_cells_empty_but_which_and_when(register, visitor):
    rows = table_of(fetched(visitor, ALL.format(name="csv")))

    assert [(row["entry"], row["version"], row["current"]) for row in rows] == [
        *(("body-a/1", "1", "false"), ("body-a/1", "2", "true")),
        *(("body-b/1", "", ""), ("body-b/2", "1", "true")),
    ]
    assert {name: cell for name, cell in rows[2].items() if cell} == {
        "entry": "body-b/1",
        "withdrawn_at": "2025-05-10 14:00:00",
    }
    assert rows[1]["changed_codes"] == "name; transfers"


def test_sheets_of_a_workbook_are_joined_by_entry_and_version(register, visitor):
    sheets = sheets_of(fetched(visitor, "/en/processing/files/xlsx/history/"))

    transfers = sheets["Transfers outside the EEA"]
    assert transfers[0][:2] == ["Processing activity", "Version"]
    assert [row[:2] for row in transfers[1:]] == [["body-a/1", 1]]
    assert [
        "Versions",
        "All that were published. Of what was withdrawn, only that it was withdrawn, and when.",
    ] in (sheets["Explanation"])


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/data/organisations/body-a/files/jsonl/history/", [("body-a/1", 1), ("body-a/1", 2)]),
        ("/fr/organisations/body-b/files/jsonl/history/", [("body-b/1", None), ("body-b/2", 1)]),
        ("/de/processing/body-a/1/files/jsonl/history/", [("body-a/1", 1), ("body-a/1", 2)]),
        # Which choices something met that was withdrawn would be a part of what it said.
        ("/data/processing/files/jsonl/history/?body=body-b", [("body-b/2", 1)]),
        ("/en/processing/files/jsonl/history/?q=cameras", [("body-b/2", 1)]),
    ],
)
def test_history_of_what_was_asked_for(address, expected, register, visitor):
    told = lines(visitor, address)

    assert [(entry["entry"], entry.get("version")) for entry in told] == expected


def test_file_is_named_after_what_it_holds(register, visitor):
    response = visitor.get("/nl/organisations/body-a/files/csv/history/")
    response.getvalue()

    assert "register-body-a-history-nl-" in response.headers["Content-Disposition"]


def test_entry_that_was_withdrawn_has_no_file(register, visitor):
    assert visitor.get("/nl/processing/body-b/1/files/jsonl/history/").status_code == 410
    assert visitor.get("/nl/processing/body-b/9/files/jsonl/history/").status_code == 404


def test_hidden_body_leaves_no_trace(register, body_b, visitor):
    Organisation.objects.filter(pk=body_b.pk).update(is_public=False)

    told = lines(visitor, ALL.format(name="jsonl"))

    assert [entry["entry"] for entry in told] == ["body-a/1", "body-a/1"]


def test_department_that_a_body_shows_no_more_is_not_told_to_have_changed(
    body_a, publisher_a, visitor
):
    Organisation.objects.filter(pk=body_a.pk).update(shows_departments=True)
    activity = factories.create_activity(body_a, name="Any")
    activity.publish(by=publisher_a)
    activity.department = body_a.departments.create(name_en="Disputes")
    activity.save()
    activity.publish(by=publisher_a)
    before = lines(visitor, ALL.format(name="jsonl"))[-1]
    Organisation.objects.filter(pk=body_a.pk).update(shows_departments=False)

    after = lines(visitor, ALL.format(name="jsonl"))[-1]

    assert [field["code"] for field in before["changed"]] == ["department"]
    assert "changed" not in after


def test_statements_do_not_grow(register, body_a, publisher_a, visitor, assert_sql):
    address = ALL.format(name="jsonl")
    fetched(visitor, address)

    with assert_sql("the history of everything"):
        fetched(visitor, address)
    for number in range(30):
        factories.create_publication(body_a, by=publisher_a, name=f"Entry {number}")
    visitor.get("/en/processing/")
    with assert_sql("the history of everything"):
        assert len(lines(visitor, address)) == 34
    assert Publication.objects.count() == 35


@pytest.mark.parametrize("file_format", FORMATS)
def test_history_of_a_list_without_entries_is_a_file_without_entries(
    file_format, register, visitor
):
    answer = visitor.get(f"/en/processing/files/{file_format}/history/?q=zzzznothing")

    assert answer.status_code == 200
    assert b"body-a/1" not in answer.getvalue()
