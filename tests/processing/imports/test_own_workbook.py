"""The register's own workbook: to start from, and there and back."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.utils.translation import override

from organisations.models import Organisation
from processing.demonstration import load_register
from processing.imports.drafts.draft import limits
from processing.imports.files.cells import Cell, Sheet, Workbook
from processing.imports.files.reading import read
from processing.imports.own_workbook.columns import columns_of, known, models, title_of
from processing.imports.own_workbook.writing import own_workbook
from processing.management.commands.load_demonstration import DIRECTORY
from processing.models import DataItem, LegalGround, ProcessingActivity, Processor, Retention
from processing.snapshots import NOT_CONTENT, Content, content_of
from tests import factories
from tests.processing.imports.importing import Imported, imported, understood
from tests.processing.imports.own_workbooks import (
    LANGUAGES,
    public_records,
    read_back,
    workbook_of,
    written_anew,
)

ACTIVITIES = ["activity.activity", "activity.reference", "activity.name_nl"]


def own(*sheets: list[list[str]]) -> Workbook:
    """A workbook whose sheets begin with the names of columns; their headings say the same."""
    made = []
    for names, *rows in sheets:
        cells = [[Cell(text) if text else None for text in row] for row in [names, names, *rows]]
        made.append(Sheet(names[0], cells))
    return Workbook("xlsx", made)


def plain(content: Content) -> Content:
    """Without what says nothing, and without the keys of the database."""
    kept = {name: value for name, value in content.items() if value not in (None, "", [])}
    # By its number, which a draft keeps apart.
    kept.pop("replaced_by", None)
    for name, rows in kept.items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            kept[name] = [plain({k: v for k, v in row.items() if k != "id"}) for row in rows]
    return {name: value for name, value in kept.items() if value is not False}


@pytest.fixture
def full(body_a, body_b) -> ProcessingActivity:
    """An activity with something in every field, and rows that name each other."""
    activity = factories.create_full_activity(body_a, body_b, "canary")
    activity.department = body_a.departments.create(name_fr="Litiges")
    activity.starts_on, activity.ends_on, activity.dpia_done_on = (
        *("2024-01-31", "2030-12-31", "2024-02-29"),
    )
    activity.review_due_on = "2027-01-01"
    activity.people_count, activity.vulnerable_people = 11_000_000, True
    activity.acts_as = "processor"
    # What other programs would have to be cleaned of, and what says nothing elsewhere.
    activity.security_nl = "=1+1 &amp; 'x'\nper  regel; à déterminer"
    activity.summary_fr = "n.v.t."
    activity.save()
    DataItem.objects.create(activity=activity, category_id="A1", is_mandatory=False)
    LegalGround.objects.create(activity=activity, ground="9-g", purposes=[1])
    Retention.objects.create(
        activity=activity, data=[1, 2], period=10, unit="year", after="archive"
    )
    Processor.objects.create(
        activity=activity,
        organisation=body_b,
        country="US",
        data_countries=["BE", "GB"],
        works_for=1,
        agreed_on="2023-05-01",
    )
    return ProcessingActivity.objects.with_parts().get(pk=activity.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_comes_back_in_every_language(full, body_a, language):
    proposal, understanding = read_back(workbook_of(body_a, language), body_a)

    (draft,) = understanding.drafts
    assert proposal.questions == []
    assert plain(draft.content) == plain(content_of(full))
    assert draft.review_due_on == "2027-01-01"
    assert {a.outcome for a in understanding.accounts.all} == {"understood", "heading"}


@pytest.mark.django_db
def test_text_that_looks_like_xml_comes_back(body_a):
    """XlsxWriter would write it as it is, without a sign of what is text."""
    body_a.departments.create(name_nl="<r>&</r>")
    activity = ProcessingActivity.objects.create(
        organisation=body_a, name_nl="<r>&</r>", department=body_a.departments.get()
    )

    _proposal, understanding = read_back(workbook_of(body_a, "nl"), body_a)

    (draft,) = understanding.drafts
    assert draft.content["name_nl"] == "<r>&</r>"
    assert draft.content["department"] == activity.department_id


@pytest.mark.django_db
def test_demonstration_entries_come_back_as_the_same_public_records(administrator):
    call_command("load_organisations", stdout=io.StringIO())
    before, after = {}, {}
    for slug, language in zip(("fedris", "belnet", "cbss", "kce"), LANGUAGES, strict=True):
        body = Organisation.objects.get(slug=slug)
        load_register(DIRECTORY / f"{slug}.toml", body, by=administrator)
        before[slug] = public_records(body)

        _proposal, understanding = read_back(workbook_of(body, language), body)

        after[slug] = written_anew(body, [draft.content for draft in understanding.drafts])
    assert sum(map(len, before.values())) > 5
    assert after == before


# What the workbook said that LibreOffice 7.4 has opened and stored anew.
STORED = {
    "acts_as": "controller",
    "reference": "1.10",
    "name_nl": "=Lonen 'en' &amp; premies",
    "summary_fr": "n.v.t.",
    "security_nl": "per  regel;\nà déterminer",
    "starts_on": "2024-01-31",
    "people_count": 11_000_000,
    "vulnerable_people": True,
    "automated_decisions": False,
    "data_subjects": ["01_09", "02"],
    "sources": ["person", "other"],
    "purposes": [
        {"key": 1, "description_nl": "De lonen betalen"},
        {"key": 2, "description_nl": "De premies berekenen"},
    ],
    "legal_grounds": [{"ground": "6-c", "purposes": [1], "law_title_nl": "Wet van 3 juli 1978"}],
    "data": [{"key": 1, "category": "A1", "about": ["01_09"], "is_mandatory": False}],
    "retention": [{"data": [1], "period": 10, "unit": "year", "after": "archive"}],
    "recipients": [{"key": 1, "organisation": "nisse"}],
    "transfers": [{"country": "US", "mechanism": "01", "recipient": 1}],
}


def test_workbook_that_libreoffice_has_stored_comes_back():
    file = Path(__file__).parent / "own-workbook-of-libreoffice.ods"

    found = imported(file.read_bytes(), file.name, own_body="fps-justice")

    (content,) = found.contents
    assert plain(content) == plain(STORED)
    assert (found.proposal.questions, found.lost) == ([], set())


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_workbook_asks_nothing_and_brings_nothing(body_a, language):
    proposal, understanding = read_back(own_workbook(language, body_a), body_a)

    assert (proposal.questions, proposal.language.is_sure) == ([], True)
    assert understanding.drafts == []
    assert {a.outcome for a in understanding.accounts.all} == {"heading"}


@pytest.mark.django_db
def test_empty_workbook_offers_what_can_be_chosen(body_a, body_b):
    factories.create_organisation("hidden", is_public=False, name_nl="Geheime dienst")

    workbook = read(own_workbook("nl", body_a), "register.xlsx")

    offered = [cell.text for row in workbook.sheets[-1].rows for cell in row if cell]
    assert {"Ja", "België", "Dienst body-b", "jaar"} <= set(offered)
    assert "A1 – Persoonlijke identificatiegegevens" in offered
    assert "Geheime dienst" not in offered


@pytest.mark.django_db
def test_first_row_of_each_sheet_is_hidden(body_a):
    with ZipFile(io.BytesIO(own_workbook("nl", body_a))) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "worksheets/" in n]

    assert len(sheets) == len(models()) + 2
    assert all(re.search(r'<row r="1"[^>]* hidden="1"', sheet) for sheet in sheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_sheets_are_short_enough_and_differ(language):
    with override(language):
        titles = [title_of(part) for part in models()]

    assert len(set(titles)) == len(models())
    assert max(map(len, titles)) <= 31


def test_every_field_that_people_write_has_a_column():
    missing = {
        (part, name)
        for part in models()
        for name in content_names(part)
        if f"{part or 'activity'}.{name}" not in known()
    }

    assert missing == set()
    assert columns_of("purposes")[1].name == "key"


def content_names(part: str) -> list[str]:
    return [n for p, n in limits() if p == part and (part or n not in NOT_CONTENT)]


def test_rows_are_joined_by_number_reference_or_name():
    imported = understood(
        own(
            [ACTIVITIES, ["1", "HR-1", "Lonen"], ["2", "", "Bezoekers"]],
            [
                ["purposes.activity", "purposes.description_nl"],
                *(["1", "a"], ["hr-1", "b"], ["Bezoekers", "c"], ["9", "nobody"]),
            ],
        )
    )

    told = [[row["description_nl"] for row in c["purposes"]] for c in imported.contents]
    assert told == [["a", "b"], ["c"]]
    assert imported.account_of("nobody")[:1] == ("left_out",)


def test_what_a_sheet_leaves_empty_is_nothing():
    imported = understood(own([ACTIVITIES, ["1", "", "Lonen"]], [["purposes.activity"]]))

    (content,) = imported.contents
    assert (content["reference"], content["purposes"]) == (None, [])
    assert "remarks" not in content


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("purposes.category", "Nothing like it", "unknown_term"),
        ("legal_grounds.ground", "whatever", "no_choice"),
        ("legal_grounds.purposes", "7", "no_such_row"),
        ("retention.period", "long", "no_number"),
        ("retention.period", "5", "row_refused"),
        ("data.detail_nl", "No category", "row_refused"),
        ("legal_grounds.law_url", "no address", "row_refused"),
        ("processors.country", "Atlantis", "no_country"),
        ("processors.agreed_on", "soon", "no_date"),
    ],
)
def test_what_does_not_fit_is_kept_in_the_remarks(name, text, reason):
    part = name.partition(".")[0]

    imported = understood(
        own([ACTIVITIES, ["1", "", "Lonen"]], [[f"{part}.activity", name], ["1", text]])
    )

    assert imported.account_of(text) == ("remark", "remarks", reason)
    (content,) = imported.contents
    assert (content[part], text in content["remarks"]) == ([], True)


@pytest.mark.parametrize("called", ["2", "HR-2", "bezoekers"])
def test_activity_of_the_file_replaces_another(called):
    activities = [[*ACTIVITIES, "activity.replaced_by"], ["1", "", "Lonen", called]]

    imported = understood(own([*activities, ["2", "HR-2", "Bezoekers", "-"]]))

    first, second = imported.understanding.drafts
    assert (first.successor.number, first.successor.names) == (1, ["Bezoekers"])
    assert second.successor is None
    assert "remarks" not in first.content


@pytest.mark.parametrize("called", ["1", "9"])
def test_activity_that_cannot_replace_another_is_kept_in_the_remarks(called):
    activities = [[*ACTIVITIES, "activity.replaced_by"], ["1", "", "Lonen", called]]

    imported = understood(own(activities))

    (draft,) = imported.understanding.drafts
    assert draft.successor is None
    assert draft.content["remarks"].endswith(f": {called}")


def test_key_that_is_there_twice_becomes_another():
    imported = understood(
        own(
            [ACTIVITIES, ["1", "", "Lonen"]],
            [
                ["purposes.activity", "purposes.key", "purposes.description_nl"],
                *(["1", "1", "a"], ["1", "1", "b"], ["1", "", "c"]),
            ],
        )
    )

    assert [row["key"] for row in imported.contents[0]["purposes"]] == [1, 2, 3]


@pytest.mark.parametrize(
    "names",
    [
        ["activity.name_nl", "activity.name_nl"],
        ["activity.name_nl", "purposes.description_nl"],
        ["activity.name_nl", "activity.organisation"],
        ["activity.status", "activity.name_nl"],
    ],
)
def test_sheet_that_names_other_columns_is_none_of_ours(names):
    imported: Imported = understood(own([names, ["a", "b"]]))

    assert all(target.field != "own" for target in imported.proposal.targets.values())
