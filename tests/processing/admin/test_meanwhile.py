"""A form that was opened before somebody else changed the rows: nothing typed is lost, or twice."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import Membership
from processing.models import (
    DataCategory,
    DataItem,
    JointController,
    LegalGround,
    ProcessingActivity,
    Processor,
    Purpose,
    Recipient,
    Retention,
    ServedController,
    Transfer,
)
from tests import factories
from tests.admin_forms import ACTIVITIES, PART_NAMES, form_of, values_in
from tests.processing.admin.conftest import logged_in

pytestmark = pytest.mark.django_db

# Where people write in a row of each kind.
TEXTS = {
    "served_controllers": "processing_en",
    "purposes": "description_en",
    "legal_grounds": "legitimate_interest_en",
    "data": "detail_en",
    "retention": "criterion_en",
    "recipients": "what_en",
    "processors": "task_en",
    "joint_controllers": "arrangement_en",
    "transfers": "safeguards_en",
}
# What a row needs beside that.
NEEDED = {
    "purposes": {"category": "B1_01"},
    "data": {"category": "A1", "is_mandatory": "unknown"},
    "recipients": {"category": "H"},
    "processors": {"name_en": "Printer"},
    "served_controllers": {"name_en": "Town"},
    "legal_grounds": {"ground": "6-f"},
    "retention": {},
    "joint_controllers": {"name_en": "Province"},
    "transfers": {"country": "CH", "mechanism": "02"},
}


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    """Two rows of each kind, One and Two."""
    activity = ProcessingActivity.objects.create(organisation=body_a, name_en="Visitors")
    for text in ("One", "Two"):
        shared = {"activity": activity}
        Purpose.objects.create(**shared, category_id="B1_01", description_en=text)
        item = DataItem.objects.create(**shared, category_id="A1", detail_en=text)
        item.about.set(["01", "12"])
        Recipient.objects.create(**shared, category_id="H", what_en=text)
        LegalGround.objects.create(**shared, ground="6-f", legitimate_interest_en=text)
        Retention.objects.create(**shared, criterion_en=text)
        ServedController.objects.create(**shared, name_en="Town", processing_en=text)
        Processor.objects.create(**shared, name_en="Printer", task_en=text)
        JointController.objects.create(**shared, name_en="Province", arrangement_en=text)
        Transfer.objects.create(**shared, country="CH", mechanism_id="02", safeguards_en=text)
    activity.remember(by=editor_a)
    return activity


@pytest.fixture
def colleague(publisher_a) -> Client:
    return logged_in(publisher_a)


def rows(activity: ProcessingActivity, kind: str) -> list[str]:
    return [getattr(row, TEXTS[kind]) for row in getattr(activity, kind).order_by("pk")]


def all_rows(activity: ProcessingActivity) -> dict[str, list[str]]:
    return {kind: rows(activity, kind) for kind in PART_NAMES}


def in_every_kind(*texts: str) -> dict[str, list[str]]:
    return {kind: list(texts) for kind in PART_NAMES}


def typed(number: int, text: str) -> dict[str, str]:
    """The text, typed into that row of each kind."""
    return {f"{kind}-{number}-{field}": text for kind, field in TEXTS.items()}


def removed(number: int) -> dict[str, str]:
    return {f"{kind}-{number}-DELETE": "on" for kind in PART_NAMES}


def added(text: str, kinds: tuple[str, ...] = PART_NAMES) -> dict[str, object]:
    """A third row of each kind."""
    values: dict[str, object] = {}
    for kind in kinds:
        row = NEEDED[kind] | {TEXTS[kind]: text, "id": ""}
        values |= {f"{kind}-2-{name}": value for name, value in row.items()}
        values[f"{kind}-TOTAL_FORMS"] = "3"
    return values


def save(client: Client, activity: ProcessingActivity, form: dict):
    return client.post(f"{ACTIVITIES}{activity.pk}/change/", form)


def change(client: Client, activity: ProcessingActivity, **values: object) -> None:
    """Open the form, change it and save it at once."""
    assert save(client, activity, form_of(client, activity) | values).status_code == 302


def save_again(client: Client, activity: ProcessingActivity, page) -> None:
    """Send the form that came back as it is."""
    assert page.status_code == 200
    assert "Somebody else saved this activity" in page.text
    again = save(client, activity, _sent(page.text))
    assert again.status_code == 302, re.findall(r"<ul class=.errorlist.*?</ul>", again.text, re.S)


def _sent(page: str) -> dict[str, object]:
    return {
        name: [unescape(one) for one in value] if isinstance(value, list) else unescape(value)
        for name, value in values_in(page).items()
    }


def restore(client: Client, activity: ProcessingActivity, number: int) -> None:
    address = f"{ACTIVITIES}{activity.pk}/history/{number}/restore/"
    assert client.post(address).status_code == 302


class TestRowsOfEveryKind:
    def test_removed_rows_come_back_with_what_was_typed(self, editor, colleague, activity):
        form = form_of(editor, activity) | typed(0, "Typed") | typed(1, "Also")
        change(colleague, activity, **removed(0))

        page = save(editor, activity, form)

        assert all_rows(activity) == in_every_kind("Two")
        # On top of the form, and where they are.
        told = "Somebody else removed rows that your form has."
        assert page.text.count(told) == 2 * len(PART_NAMES)
        for text in ("Typed", "Also"):
            assert page.text.count(f"\n{text}</textarea>") == len(PART_NAMES)
        save_again(editor, activity, page)
        assert all_rows(activity) == in_every_kind("Also", "Typed")

    def test_removed_rows_that_were_not_touched_come_back_whole(self, editor, colleague, activity):
        before = activity.public_record()
        form = form_of(editor, activity)
        change(colleague, activity, **removed(1))

        save_again(editor, activity, save(editor, activity, form))

        assert ProcessingActivity.objects.get(pk=activity.pk).public_record() == before

    def test_rows_added_beside_removed_ones_are_in_the_form(self, editor, colleague, activity):
        form = form_of(editor, activity) | added("New") | typed(1, "Typed")
        change(colleague, activity, **added("Theirs"), **removed(0))
        assert all_rows(activity) == in_every_kind("Two", "Theirs")

        page = save(editor, activity, form)

        assert page.text.count("Somebody else added rows.") == 2 * len(PART_NAMES)
        assert page.text.count("\nTheirs</textarea>") == len(PART_NAMES)
        save_again(editor, activity, page)
        assert all_rows(activity) == in_every_kind("Typed", "Theirs", "One", "New")

    def test_rows_of_a_restored_version_are_the_same_rows(self, editor, colleague, activity):
        change(colleague, activity, **typed(0, "Changed"))
        form = form_of(editor, activity) | typed(1, "Typed")
        restore(colleague, activity, 1)
        assert all_rows(activity) == in_every_kind("One", "Two")

        page = save(editor, activity, form)

        assert "rows that your form has" not in page.text
        save_again(editor, activity, page)
        assert all_rows(activity) == in_every_kind("Changed", "Typed")

    def test_rows_in_another_order_are_the_same_rows(self, editor, colleague, activity):
        form = form_of(editor, activity)
        change(colleague, activity, **added("One"), **removed(0), **{"data-2-about": ["01", "12"]})
        assert all_rows(activity) == in_every_kind("Two", "One")

        save_again(editor, activity, save(editor, activity, form))

        assert all_rows(activity) == in_every_kind("Two", "One")

    def test_form_that_is_sent_twice_adds_its_rows_once(self, editor, activity):
        """Somebody goes back after saving, and saves once more."""
        form = form_of(editor, activity) | added("New")
        assert save(editor, activity, form).status_code == 302

        save_again(editor, activity, save(editor, activity, form))

        assert all_rows(activity) == in_every_kind("One", "Two", "New")

    def test_all_rows_removed(self, editor, colleague, activity):
        form = form_of(editor, activity) | typed(0, "Typed") | added("New")
        change(colleague, activity, **removed(0), **removed(1))
        assert all_rows(activity) == in_every_kind()

        save_again(editor, activity, save(editor, activity, form))

        assert all_rows(activity) == in_every_kind("Typed", "Two", "New")


class TestOneAfterTheOther:
    def test_restored_after_rows_were_removed_added_and_restored(self, editor, colleague, activity):
        change(colleague, activity, **added("Three", ("data",)), **{"data-0-DELETE": "on"})
        form = form_of(editor, activity) | {"data-0-detail_en": "Typed", "purposes-0-DELETE": "on"}
        for number in (1, 2, 1):
            restore(colleague, activity, number)
        assert rows(activity, "data") == ["One", "Two"]

        page = save(editor, activity, form)

        # Two is the same row all the way; One came with the version; Three is gone, and comes back.
        save_again(editor, activity, page)
        assert rows(activity, "data") == ["One", "Typed", "Three"]
        assert rows(activity, "purposes") == ["Two"]
        assert rows(activity, "processors") == ["One", "Two"]

    def test_somebody_changes_it_again_before_the_second_try(self, editor, colleague, activity):
        form = form_of(editor, activity) | {"data-0-detail_en": "Typed"}
        change(colleague, activity, **{"data-0-DELETE": "on"})
        page = save(editor, activity, form)
        change(colleague, activity, **{"data-0-DELETE": "on"})

        page = save(editor, activity, _sent(page.text))

        save_again(editor, activity, page)
        assert rows(activity, "data") == ["Two", "Typed"]

    def test_error_of_their_own_keeps_the_rows_that_come_back(self, editor, colleague, activity):
        form = form_of(editor, activity) | {"transfers-0-safeguards_en": "Typed"}
        change(colleague, activity, **{"transfers-0-DELETE": "on"})

        page = save(editor, activity, form | {"transfers-0-country": "FR"})
        page = save(editor, activity, _sent(page.text))

        assert "This country is in the European Economic Area" in page.text
        page = save(editor, activity, _sent(page.text) | {"transfers-1-country": "US"})
        assert page.status_code == 302
        assert rows(activity, "transfers") == ["Two", "Typed"]

    def test_row_that_both_removed_stays_away(self, editor, colleague, activity):
        form = form_of(editor, activity) | {"data-0-DELETE": "on", "data-1-detail_en": "Typed"}
        change(colleague, activity, **{"data-0-DELETE": "on"})

        save_again(editor, activity, save(editor, activity, form))

        assert rows(activity, "data") == ["Typed"]

    def test_full_form_has_no_row_too_many(self, editor, colleague, activity, monkeypatch):
        """What somebody else added stays, even where the form has no place for it."""
        monkeypatch.setattr("processing.admin.meanwhile.MOST_ROWS", 3)
        form = form_of(editor, activity) | added("New", ("data",))
        change(colleague, activity, **added("Theirs", ("data",)))

        page = save(editor, activity, form)

        # And the blank row, which does not count.
        assert _sent(page.text)["data-TOTAL_FORMS"] == "4"
        save_again(editor, activity, page)
        assert rows(activity, "data") == ["One", "Two", "Theirs", "New"]

    def test_full_form_has_no_row_too_many_of_another_kind(
        self, editor, colleague, activity, monkeypatch
    ):
        form = form_of(editor, activity)
        # Without the blank row of each kind.
        sent = sum(int(form[f"{kind}-TOTAL_FORMS"]) - 1 for kind in PART_NAMES)
        monkeypatch.setattr("processing.admin.meanwhile.MOST_ROWS", sent + 1)
        change(colleague, activity, **added("Theirs", ("data", "recipients")))

        page = save(editor, activity, form)

        totals = [int(_sent(page.text)[f"{kind}-TOTAL_FORMS"]) for kind in PART_NAMES]
        assert sum(total - 1 for total in totals) == sent + 1
        save_again(editor, activity, page)
        assert rows(activity, "data") == ["One", "Two", "Theirs"]
        assert "Theirs" in rows(activity, "recipients")

    def test_retired_term_of_an_added_row_stays(self, editor, colleague, activity):
        form = form_of(editor, activity)
        change(colleague, activity, **added("Theirs", ("data",)))
        DataCategory.objects.filter(code="A1").update(is_active=False)

        save_again(editor, activity, save(editor, activity, form))

        assert [item.category_id for item in activity.data.all()] == ["A1"] * 3


class TestMemberships:
    """The other rows of the admin: who works for a body."""

    @pytest.mark.parametrize("model", ["organisation", "user"])
    def test_removed_membership_is_told_and_the_form_can_be_saved(
        self, model, administrator, body_a, body_b, editor_a
    ):
        central = logged_in(administrator)
        Membership.objects.create(user=editor_a, organisation=body_b, role="editor")
        factories.create_member(body_a, "publisher", "other@people.example")
        address, edited = {
            "organisation": (
                reverse("admin:organisations_organisation_change", args=[body_a.pk]),
                {"description_en": "Typed"},
            ),
            "user": (
                reverse("admin:organisations_user_change", args=[editor_a.pk]),
                {"first_name": "Typed"},
            ),
        }[model]
        name = f'id="{model}_form"'
        form = _form(central.get(address).text, name) | edited
        assert form["memberships-INITIAL_FORMS"] == "2"
        Membership.objects.get(user=editor_a, organisation=body_a).delete()

        told = central.post(address, form)

        assert told.status_code == 200
        assert "Somebody else removed rows that your form has." in told.text
        assert not Membership.objects.filter(user=editor_a, organisation=body_a).exists()
        again = _form(told.text, name)
        assert (again["memberships-INITIAL_FORMS"], again["memberships-TOTAL_FORMS"]) == ("1", "2")
        assert central.post(address, again).status_code == 302
        assert Membership.objects.filter(user=editor_a, organisation=body_a).count() == 1


def _form(page: str, name: str) -> dict[str, str]:
    return values_in(page.replace(name, 'id="processingactivity_form"'))
