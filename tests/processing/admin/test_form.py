"""The form of an activity: what stands where, what is marked, what is wrong; without script too."""

import re

import pytest

from organisations.checks import declared_fields, declared_name
from processing import models
from processing.admin.form_layout import SECTIONS
from processing.admin.forms import KINDS
from processing.admin.sections import SectionLayout, with_everything
from processing.completeness import DEMANDS
from processing.models import DataItem, ProcessingActivity
from processing.publishing import MOST_ROWS
from tests import factories
from tests.admin_forms import ACTIVITIES, values_in

pytestmark = pytest.mark.django_db

# What completeness demands of all texts, wherever they stand.
OF_ALL_TEXTS = {"sentences", "words"}


def form_address(activity: ProcessingActivity) -> str:
    return f"{ACTIVITIES}{activity.pk}/change/"


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a)


@pytest.fixture
def shown(editor, activity) -> str:
    return editor.get(form_address(activity)).text


class TestSections:
    def test_they_stand_in_the_order_of_the_work(self, shown):
        assert re.findall(r'<details class="register-section" id="section-(\w+)"', shown) == [
            *("what", "served", "purposes", "people", "data", "recipients", "transfers"),
            *("decisions", "security", "rest"),
        ]
        places = [
            shown.index(sign)
            for sign in (
                *('name="name_nl"', 'id="purposes-group"', 'name="data_subjects"'),
                *('id="data-group"', 'id="recipients-group"', 'id="transfers-group"'),
                *('name="automated_', 'name="security_nl"', 'name="review_due_on"'),
            )
        ]
        assert places == sorted(places)

    def test_links_lead_to_them_in_their_order(self, shown):
        links = re.findall(r'<li><a href="#(section-\w+)">', shown)

        assert links == re.findall(r'class="register-section" id="([\w-]+)"', shown)

    def test_every_field_and_every_kind_of_rows_stands_in_one(self):
        contents = [name for s in SECTIONS for name in s.contents]

        editable = {
            name
            for name in declared_fields(ProcessingActivity)
            if ProcessingActivity._meta.get_field(name).editable
        }
        assert sorted(contents) == sorted({"known", *editable, *KINDS})

    def test_what_none_names_stands_behind_what_comes_before_it(self):
        sections = (
            SectionLayout("what", "What?", ("organisation", "name", "themes")),
            SectionLayout("data", "Data", ("purposes", "data")),
        )

        what, data = with_everything(sections, ProcessingActivity, KINDS)

        order = ["organisation", "reference", "name", "summary", "themes"]
        assert [name for name in what.contents if name in order] == order
        assert data.contents[0] == "purposes"
        assert {*what.contents, *data.contents} >= {"remarks", *KINDS}

    def test_each_demand_of_completeness_is_about_one(self):
        placed = [code for s in SECTIONS for code in s.demands]

        of_all = OF_ALL_TEXTS | {code for code in DEMANDS if code.startswith("language-")}
        assert sorted(placed) == sorted(DEMANDS.keys() - of_all)

    def test_gaps_are_told_where_they_are(self, editor, activity):
        activity.data_subjects.clear()

        page = editor.get(form_address(activity)).text

        section = page[page.index('id="section-people"') : page.index('id="section-data"')]
        assert "at least one category of data subjects" in section
        assert "missing: 1" in section


@pytest.mark.parametrize("model", [ProcessingActivity, *models.PARTS])
def test_internal_fields_are_marked_and_no_others(model, shown):
    prefix = ""
    if model is not ProcessingActivity:
        kind = next(name for name, rows in KINDS.items() if rows is model)
        prefix = f"{kind}-0-"
    marked, plain = set(), set()
    for name, text in re.findall(rf'<label for="id_{prefix}(\w+)">(.*?)</label>', shown, re.DOTALL):
        (marked if "Internal: never public" in text else plain).add(declared_name(model, name))

    assert marked == {
        name
        for name in model.INTERNAL
        if name != "activity" and model._meta.get_field(name).editable
    }
    assert not plain & set(model.INTERNAL)
    assert plain


class TestNewActivity:
    def test_it_begins_with_a_row_of_each_kind_that_every_one_has(self, editor):
        sent = values_in(editor.get(f"{ACTIVITIES}add/").text)

        # And one more of each kind, for those without script.
        expected = {"purposes", "legal_grounds", "data", "retention", "recipients"}
        assert {kind: int(sent[f"{kind}-TOTAL_FORMS"]) for kind in KINDS} == {
            kind: 2 if kind in expected else 1 for kind in KINDS
        }

    def test_these_are_neither_saved_nor_wrong_as_long_as_they_are_blank(self, editor):
        sent = values_in(editor.get(f"{ACTIVITIES}add/").text)

        answer = editor.post(f"{ACTIVITIES}add/", sent | {"name_nl": "Bezoekers"})

        assert answer.status_code == 302
        made = ProcessingActivity.objects.get()
        assert {kind: getattr(made, kind).count() for kind in KINDS} == dict.fromkeys(KINDS, 0)


class TestWithoutScript:
    def test_blank_row_is_saved_once_it_is_filled_in(self, editor, activity, shown):
        sent = values_in(shown) | {"purposes-1-description_nl": "Het gebouw beveiligen."}

        answer = editor.post(form_address(activity), sent)

        assert answer.status_code == 302
        texts = list(activity.purposes.values_list("description_nl", flat=True))
        assert texts[1:] == ["Het gebouw beveiligen."]

    def test_rows_that_are_not_filled_in_are_neither_saved_nor_wrong(self, editor, activity, shown):
        sent = values_in(shown)
        before = {kind: getattr(activity, kind).count() for kind in KINDS}
        assert {kind: int(sent[f"{kind}-TOTAL_FORMS"]) for kind in KINDS} == {
            kind: number + 1 for kind, number in before.items()
        }
        blank = [f"{kind}-{number}-" for kind, number in before.items()]
        assert all(any(name.startswith(row) for name in sent) for row in blank)

        answer = editor.post(form_address(activity), sent)

        assert answer.status_code == 302
        assert {kind: getattr(activity, kind).count() for kind in KINDS} == before

    def test_they_do_not_count_among_the_rows_that_fit(self, editor, activity):
        missing = MOST_ROWS - sum(getattr(activity, kind).count() for kind in KINDS)
        DataItem.objects.bulk_create(
            DataItem(activity=activity, category_id="A1", key=key) for key in range(2, missing + 2)
        )

        answer = editor.post(
            form_address(activity), values_in(editor.get(form_address(activity)).text)
        )

        assert answer.status_code == 302

    def test_every_kind_has_a_blank_row_again_after_an_error(self, editor, activity, shown):
        sent = values_in(shown) | {"starts_on": "never"}

        answer = editor.post(form_address(activity), sent)

        again = values_in(answer.text)
        assert answer.status_code == 200
        totals = {f"{kind}-TOTAL_FORMS" for kind in KINDS}
        assert {name: again[name] for name in totals} == {name: sent[name] for name in totals}

    def test_all_that_can_be_chosen_is_offered_on_demand(self, editor, activity, shown):
        row = re.compile(r'<select name="data-1-category".*?</select>', re.DOTALL)
        assert "?choices=all" in shown
        assert 'value="M1"' not in row.search(shown)[0]

        offering = editor.get(f"{form_address(activity)}?choices=all").text

        assert 'value="M1"' in row.search(offering)[0]
        assert (
            "data-1-category" not in values_in(offering)
            or not values_in(offering)["data-1-category"]
        )
        sent = values_in(offering) | {"data-1-category": "M1"}
        assert editor.post(f"{form_address(activity)}?choices=all", sent).status_code == 302
        assert list(activity.data.values_list("category", flat=True)) == ["A1", "M1"]


class TestErrors:
    def test_each_leads_to_where_it_is(self, editor, activity, shown):
        sent = values_in(shown) | {
            "starts_on": "never",
            "transfers-0-url": "no address",
            "recipients-0-authorisation_url": "no address",
        }

        page = editor.post(form_address(activity), sent).text

        links = re.findall(r'<a href="#([\w-]+)">([^<]*): Enter a valid', page)
        assert links == [
            ("id_recipients-0-authorisation_url", "Recipient 1: Web address of the protocol"),
            ("id_transfers-0-url", "Transfer outside the EEA 1: Web address of the safeguards"),
            ("id_starts_on", "Start date"),
        ]
        assert all(f'id="{identifier}"' in page for identifier, _place in links)
        marks = page[page.index('class="register-sections"') : page.index('id="section-what"')]
        assert marks.count("errors: ") == 3

    def test_what_a_colleague_saved_stands_below_the_message_that_says_so(
        self, editor, activity, shown, publisher_a
    ):
        activity.remember(by=publisher_a)
        sent = values_in(editor.get(form_address(activity)).text)
        activity.name_en = "Guests"
        activity.save()
        activity.remember(by=publisher_a)

        page = editor.post(form_address(activity), sent).text

        message = page.index("stands right below this message")
        assert (
            message < page.index('class="register-differences"') < page.index('id="section-what"')
        )
        assert page.index("Guests") > message


def test_field_that_the_form_did_not_have_keeps_what_it_says(editor, activity, shown):
    """A browser sends every field that it shows: that form is of the release before."""
    activity.remarks = "Kept"
    activity.save()
    values = values_in(shown) | {"owner": "Somebody"}
    del values["remarks"]

    answer = editor.post(form_address(activity), values)

    activity.refresh_from_db()
    assert (answer.status_code, activity.remarks, activity.owner) == (302, "Kept", "Somebody")


def test_row_says_in_one_line_what_it_is(shown):
    lines = re.findall(r'<span class="register-line">([^<]*)</span>', shown)

    assert any(line.startswith("Purpose of Visitors. · ") for line in lines)
    assert any("10 years" in line for line in lines)
    assert "New: recipient" in lines
