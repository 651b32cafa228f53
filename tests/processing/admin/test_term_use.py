"""Where a term is used, and another in its place."""

import pytest
from django.test import Client

from processing.admin import term_use
from processing.models import (
    CODE_LISTS,
    DataItem,
    ProcessingActivity,
    Recipient,
    Theme,
    Transfer,
)
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.processing.admin.conftest import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def central(administrator) -> Client:
    return logged_in(administrator)


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors")
    activity.remember(by=editor_a)
    return activity


def use_of(code_list: str, code: str) -> str:
    return f"/admin/processing/{CODE_LISTS[code_list]._meta.model_name}/{code}/use/"


def everything_of(body_a, body_b) -> ProcessingActivity:
    activity = factories.create_full_activity(body_a, body_b, "words")
    activity.processing_types.set(["01"])
    activity.data.get().about.set(["01"])
    return activity


# A list, a code that the activity of everything_of() names, and where; another code.
USES = [
    ("themes", "TAXE", "HEAL"),
    ("data_subjects", "12", "09"),
    ("data_subjects", "01", "09"),
    ("processing_types", "01", "02"),
    ("security_measures", "02", "01"),
    ("purposes", "A1_01", "B1_01"),
    ("data", "M1", "A1"),
    ("recipients", "H", "I"),
    ("transfer_mechanisms", "02", "01"),
]


@pytest.mark.parametrize(("code_list", "code", "other"), USES)
def test_term_is_replaced_wherever_it_stands(
    code_list, code, other, central, administrator, publisher_a, body_a, body_b
):
    activity = everything_of(body_a, body_b)
    activity.remember(by=publisher_a)
    activity.publish(by=publisher_a)
    public = activity.publications.get(is_current=True).record
    address = use_of(code_list, code)
    before = central.get(address).text
    assert "Working copies: 1</h2>" in before
    assert "Public entries: 1</h2>" in before
    assert f"{ACTIVITIES}{activity.pk}/change/" in before
    assert f"/en/processing/body-a/{activity.number}/" in before

    central.post(address, {"replacement": other})

    after = central.get(address).text
    assert "Working copies: 0</h2>" in after
    assert "Public entries: 1</h2>" in after
    assert "Working copies: 1</h2>" in central.get(use_of(code_list, other)).text
    activity.refresh_from_db()
    assert activity.has_unpublished_changes
    assert activity.publications.get(is_current=True).record == public
    line = activity.history.latest("number")
    assert (line.action, line.by) == ("saved", administrator)
    assert "was replaced by" in line.remark


def test_every_list_is_tried():
    assert {code_list for code_list, _code, _other in USES} == set(CODE_LISTS)


def test_entry_that_names_both_names_the_other_once(central, activity):
    activity.themes.set(["TAXE", "HEAL"])

    central.post(use_of("themes", "TAXE"), {"replacement": "HEAL"})

    assert list(activity.themes.values_list("code", flat=True)) == ["HEAL"]


def test_what_does_not_name_it_stays(central, activity, body_a, editor_a):
    DataItem.objects.create(activity=activity, category_id="A2")
    other = factories.create_activity(body_a, name="Parking")
    other.data.update(category="B01")
    other.remember(by=editor_a)
    lines = other.history.count()

    central.post(use_of("data", "A1"), {"replacement": "A3"})

    assert sorted(activity.data.values_list("category", flat=True)) == ["A2", "A3"]
    assert list(other.data.values_list("category", flat=True)) == ["B01"]
    assert other.history.count() == lines


def test_some_at_a_time(central, body_a, editor_a, monkeypatch):
    monkeypatch.setattr(term_use, "MOST_AT_ONCE", 2)
    for number in range(5):
        factories.create_activity(body_a, name=f"Activity {number}").remember(by=editor_a)
    address = use_of("themes", "TAXE")

    told = central.post(address, {"replacement": "HEAL"}, follow=True).text

    assert "Replaced in 2 working copies. Nothing was published." in told
    assert "Working copies: 3</h2>" in told
    assert "These are the first 2." in told
    assert told.count("(draft)") == 2


@pytest.mark.parametrize("replacement", ["", "TAXE", "RETIRED", "nonsense", "A1", "x" * 300])
def test_only_a_term_in_use_takes_the_place(replacement, central, activity):
    Theme.objects.create(code="RETIRED", label_en="Retired", is_active=False)

    answer = central.post(use_of("themes", "TAXE"), {"replacement": replacement})

    assert answer.status_code == 200
    assert "Please correct the error below." in answer.text
    assert list(activity.themes.values_list("code", flat=True)) == ["TAXE"]


@pytest.mark.parametrize("person", ["editor", "publisher"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_than_central_administrators_may_not(method, person, request, activity):
    client = request.getfixturevalue(person)

    answer = getattr(client, method)(use_of("themes", "TAXE"), {"replacement": "HEAL"})

    assert answer.status_code == 403
    assert list(activity.themes.values_list("code", flat=True)) == ["TAXE"]
    assert "TAXE/use/" not in client.get("/admin/processing/theme/TAXE/change/").text


def test_term_that_is_not_there_is_not_found(central):
    assert central.get(use_of("themes", "NOTHING")).status_code == 404


def test_who_retires_a_term_sees_where_it_is_used(central, activity):
    address = "/admin/processing/theme/TAXE/change/"
    form = {f"label_{code}": "Taxes" for code in ("nl", "fr", "de", "en")} | {"position": "1"}

    kept = central.post(address, form | {"is_active": "on"})
    retired = central.post(address, form)
    again = central.post(address, form)

    assert retired.headers["Location"] == use_of("themes", "TAXE")
    assert kept.headers["Location"] == again.headers["Location"] == "/admin/processing/theme/"
    page = central.get(use_of("themes", "TAXE")).text
    assert "This term is retired" in page
    assert "Working copies: 1</h2>" in page


def test_approval_of_something_else_is_not_taken_for_granted(central, editor_a, activity):
    activity.request_approval(by=editor_a)

    central.post(use_of("themes", "TAXE"), {"replacement": "HEAL"})

    activity.refresh_from_db()
    assert activity.status == "draft"


@pytest.mark.parametrize("number", [1, 10])
def test_number_of_queries_does_not_grow(
    number, central, body_a, publisher_a, django_assert_max_num_queries
):
    for _number in range(number):
        factories.create_publication(body_a, by=publisher_a)
    central.get(use_of("themes", "TAXE"))

    with django_assert_max_num_queries(12):
        central.get(use_of("themes", "TAXE"))


def test_public_entries_of_hidden_bodies_are_none(central, body_a, publisher_a):
    factories.create_publication(body_a, by=publisher_a)
    body_a.is_public = False
    body_a.save()

    assert "Public entries: 0</h2>" in central.get(use_of("themes", "TAXE")).text


def test_rows_of_other_bodies_are_replaced_too(central, body_a, body_b, editor_a, editor_b):
    made = []
    for body, editor in ((body_a, editor_a), (body_b, editor_b)):
        activity = factories.create_activity(body)
        Recipient.objects.create(activity=activity, category_id="H")
        Transfer.objects.create(activity=activity, country="CH", mechanism_id="02")
        activity.remember(by=editor)
        made.append(activity)

    central.post(use_of("recipients", "H"), {"replacement": "I"})

    codes = {row.category_id for activity in made for row in activity.recipients.all()}
    assert codes == {"I"}
