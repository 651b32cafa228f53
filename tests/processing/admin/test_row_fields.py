"""Fields of a row that name other rows of the form, and countries."""

import re

import pytest

from organisations.models import Department, Membership, User
from processing.models import LegalGround, ProcessingActivity, Processor, Purpose, Transfer
from tests import factories
from tests.admin_forms import ACTIVITIES, PART_NAMES, form_of, values_in
from tests.processing.admin.conftest import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a)
    activity.remember(by=editor_a)
    return activity


def empty_rows() -> dict[str, str]:
    return {f"{kind}-{n}_FORMS": "0" for kind in PART_NAMES for n in ("TOTAL", "INITIAL")}


def save(client, activity: ProcessingActivity, **values: object):
    return client.post(f"{ACTIVITIES}{activity.pk}/change/", form_of(client, activity) | values)


def errors(response) -> str:
    return " ".join(re.findall(r'<ul class="errorlist.*?</ul>', response.text, re.S))


class TestRows:
    def test_new_rows_name_each_other_in_one_form(self, editor, body_a):
        values = empty_rows() | {"organisation": body_a.pk, "name_en": "Mailing"}
        values |= {"purposes-TOTAL_FORMS": "2", "legal_grounds-TOTAL_FORMS": "2"}
        values |= {"purposes-0-key": "1", "purposes-0-description_en": "To write to people"}
        values |= {"purposes-1-key": "2", "purposes-1-description_en": "To count them"}
        values |= {"legal_grounds-0-ground": "6-a", "legal_grounds-0-purposes": ["1"]}
        values |= {"legal_grounds-1-ground": "6-e", "legal_grounds-1-purposes": ["2", "1"]}

        response = editor.post(f"{ACTIVITIES}add/", values)

        assert response.status_code == 302, errors(response)
        found = LegalGround.objects.order_by("pk").values_list("ground", "purposes")
        assert list(found) == [("6-a", [1]), ("6-e", [2, 1])]

    def test_rows_are_offered_by_their_names(self, editor, activity):
        page = editor.get(f"{ACTIVITIES}{activity.pk}/change/").text

        offered = re.search(r'<div id="id_legal_grounds-0-purposes".*?</div></div>', page, re.S)[0]
        assert "Purpose 1: Purpose of Visitors." in offered

    @pytest.mark.parametrize("keys", [["7"], ["1", "7"]])
    def test_row_that_is_not_there_cannot_be_named(self, keys, editor, activity):
        response = save(editor, activity, **{"legal_grounds-0-purposes": keys})

        assert response.status_code == 200
        assert "names a row that is not there" in errors(response)
        assert activity.legal_grounds.get().purposes == []

    def test_row_that_is_removed_cannot_be_named(self, editor, activity):
        activity.legal_grounds.update(purposes=[1])

        response = save(editor, activity, **{"purposes-0-DELETE": "on"})

        assert response.status_code == 200
        assert "names a row that is not there" in errors(response)
        assert activity.purposes.count() == 1

    def test_row_cannot_name_itself(self, editor, activity):
        Processor.objects.create(activity=activity, name_en="Cloud")
        activity.remember(by=None)

        response = save(editor, activity, **{"processors-0-works_for": "1"})

        assert response.status_code == 200
        assert "names a row that is not there" in errors(response)
        assert activity.processors.get().works_for is None

    def test_row_keeps_its_key_whatever_is_sent(self, editor, activity):
        Purpose.objects.create(activity=activity, description_en="To count people")
        activity.remember(by=None)

        response = save(editor, activity, **{"purposes-0-key": "2", "purposes-1-key": "1"})

        assert response.status_code == 302, errors(response)
        assert list(activity.purposes.order_by("pk").values_list("key", flat=True)) == [1, 2]

    def test_new_rows_with_one_key_are_refused(self, editor, activity):
        new = {"purposes-TOTAL_FORMS": "3", "purposes-1-key": "2", "purposes-2-key": "2"}
        new |= {f"purposes-{number}-description_en": f"Row {number}" for number in (1, 2)}

        response = save(editor, activity, **new)

        assert response.status_code == 200
        assert activity.purposes.count() == 1

    @pytest.mark.parametrize("key", ["x", "-1", "1e3", "99999999999999999999", "\0"])
    def test_nonsense_is_no_row(self, key, editor, activity):
        response = save(editor, activity, **{"legal_grounds-0-purposes": [key]})

        assert response.status_code in (200, 400)
        assert activity.legal_grounds.get().purposes == []

    def test_new_row_with_nothing_but_its_key_is_none(self, editor, activity):
        response = save(editor, activity, **{"purposes-TOTAL_FORMS": "2", "purposes-1-key": "2"})

        assert response.status_code == 302, errors(response)
        assert activity.purposes.count() == 1

    def test_blank_row_before_others_cannot_be_named(self, editor, activity):
        new = {"purposes-TOTAL_FORMS": "3", "purposes-1-key": "2", "purposes-2-key": "3"}
        new |= {"purposes-2-description_en": "To count people", "legal_grounds-0-purposes": ["2"]}

        response = save(editor, activity, **new)

        assert response.status_code == 200
        assert "names a row that is not there" in errors(response)

    def test_row_of_a_colleague_with_the_same_key_gets_no_ground_of_ours(
        self, editor, publisher_a, activity
    ):
        new = {"purposes-TOTAL_FORMS": "2", "legal_grounds-TOTAL_FORMS": "2"}
        new |= {"purposes-1-key": "2", "legal_grounds-1-purposes": ["2"]}
        ours = form_of(editor, activity) | new
        ours |= {"purposes-1-description_en": "Ours", "legal_grounds-1-ground": "6-a"}
        theirs = new | {"purposes-1-description_en": "Theirs", "legal_grounds-1-ground": "6-c"}
        assert save(logged_in(publisher_a), activity, **theirs).status_code == 302

        page = editor.post(f"{ACTIVITIES}{activity.pk}/change/", ours)
        again = editor.post(f"{ACTIVITIES}{activity.pk}/change/", values_in(page.text))

        assert again.status_code == 302, errors(again)
        names = {row.key: row.description_en for row in activity.purposes.all()}
        grounds = {
            row.ground: [names[key] for key in row.purposes]
            for row in activity.legal_grounds.exclude(purposes=[])
        }
        assert grounds == {"6-a": ["Ours"], "6-c": ["Theirs"]}

    def test_transfer_names_its_processor(self, editor, activity):
        Processor.objects.create(activity=activity, name_en="Cloud")
        Transfer.objects.create(activity=activity, country="US", mechanism_id="02")
        activity.remember(by=None)

        response = save(editor, activity, **{"transfers-0-processor": "1"})

        assert response.status_code == 302, errors(response)
        assert activity.transfers.get().processor == 1


class TestCountries:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("US", "US"),
            ("us", "US"),
            ("Verenigde Staten", "US"),
            ("états-unis", "US"),
            ("Etats Unis", "US"),
            ("Vereinigte Staaten", "US"),
            (" Switzerland ", "CH"),
            ("UK", "GB"),
        ],
    )
    def test_country_is_known_by_its_name_in_any_language(self, typed, stored, editor, activity):
        Transfer.objects.create(activity=activity, country="CA", mechanism_id="02")
        activity.remember(by=None)

        response = save(editor, activity, **{"transfers-0-country": typed})

        assert response.status_code == 302, errors(response)
        assert activity.transfers.get().country == stored

    @pytest.mark.parametrize("typed", ["XX", "EU", "Atlantis", "ZZ", "U", "C\0H"])
    def test_what_is_no_country_is_refused_and_kept_in_the_form(self, typed, editor, activity):
        Transfer.objects.create(activity=activity, country="CA", mechanism_id="02")
        activity.remember(by=None)

        response = save(editor, activity, **{"transfers-0-country": typed})

        assert response.status_code in (200, 400)
        if "\0" not in typed:
            assert f"“{typed}” is no country" in errors(response)
            assert f'value="{typed}"' in response.text
        assert activity.transfers.get().country == "CA"

    def test_country_of_the_eea_is_no_transfer(self, editor, activity):
        Transfer.objects.create(activity=activity, country="CA", mechanism_id="02")
        activity.remember(by=None)

        response = save(editor, activity, **{"transfers-0-country": "France"})

        assert "in the European Economic Area" in errors(response)

    def test_countries_are_shown_by_name_in_the_language_of_the_person(self, editor_a, activity):
        Processor.objects.create(activity=activity, name_en="X", data_countries=["BE", "CH"])
        activity.remember(by=None)
        editor_a.language = "fr"
        editor_a.save()
        editor = logged_in(editor_a)

        page = editor.get(f"{ACTIVITIES}{activity.pk}/change/").text
        response = save(editor, activity, **{"processors-0-country": "allemagne"})

        assert 'value="Belgique; Suisse"' in page
        assert response.status_code == 302
        processor = activity.processors.get()
        assert (processor.country, processor.data_countries) == ("DE", ["BE", "CH"])

    def test_countries_are_called_by_name_in_rows_and_history(self, editor, activity):
        activity.remember(by=None)
        Processor.objects.create(activity=activity, name_en="X", data_countries=["IE", "CH"])
        Transfer.objects.create(activity=activity, country="US", mechanism_id="02")
        activity.remember(by=None)

        form = editor.get(f"{ACTIVITIES}{activity.pk}/change/").text
        history = editor.get(f"{ACTIVITIES}{activity.pk}/history/").text

        (line,) = re.findall(r'register-line">(.*States.*)</span>', form)
        assert line.startswith("United States · ")
        assert "<td>United States</td>" in history
        assert "<td>Ireland, Switzerland</td>" in history

    def test_several_countries_are_told_apart(self, editor, activity):
        Processor.objects.create(activity=activity, name_en="X")
        activity.remember(by=None)

        save(editor, activity, **{"processors-0-data_countries": "Belgium; ie ;Zwitserland;"})

        assert activity.processors.get().data_countries == ["BE", "IE", "CH"]


class TestDepartments:
    @pytest.fixture
    def department(self, body_a) -> Department:
        return Department.objects.create(organisation=body_a, name_en="Tax disputes")

    def test_activity_gets_a_department_of_its_body(self, department, editor, activity):
        response = save(editor, activity, department=department.pk)

        activity.refresh_from_db()
        assert response.status_code == 302, errors(response)
        assert activity.department == department

    def test_department_of_another_body_cannot_be_chosen(self, body_b, editor, activity):
        theirs = Department.objects.create(organisation=body_b, name_en="secretcanary")

        page = editor.get(f"{ACTIVITIES}{activity.pk}/change/").text
        response = save(editor, activity, department=theirs.pk)

        assert "secretcanary" not in page + response.text
        activity.refresh_from_db()
        assert (response.status_code, activity.department) == (200, None)

    def test_departments_of_its_own_body_alone_are_offered(
        self, department, editor, editor_a, body_b, activity
    ):
        Membership.objects.create(user=editor_a, organisation=body_b, role="editor")
        Department.objects.create(organisation=body_b, name_en="Elsewhere")

        page = editor.get(f"{ACTIVITIES}{activity.pk}/change/").text

        assert "Tax disputes" in page
        assert "Elsewhere" not in page

    def test_department_is_found_by_its_name_in_any_language(self, department, publisher):
        department.name_fr = "Litiges"
        department.save()

        page = publisher.get("/admin/organisations/department/", {"q": "litige"}).text

        assert "Tax disputes" in page

    @pytest.mark.parametrize(
        ("person", "status"), [("editor_a", 403), ("publisher_a", 302), ("publisher_b", 404)]
    )
    def test_publisher_of_the_body_keeps_its_departments(self, person, status, department, request):
        client = logged_in(request.getfixturevalue(person))
        address = f"/admin/organisations/department/{department.pk}/change/"

        response = client.post(address, {"name_en": "Disputes"})

        assert response.status_code == status
        department.refresh_from_db()
        assert department.name_en == ("Disputes" if status == 302 else "Tax disputes")

    @pytest.mark.parametrize("action", ["change", "delete"])
    def test_publisher_keeps_no_departments_where_one_only_writes(
        self, action, publisher, publisher_a, body_b
    ):
        Membership.objects.create(user=publisher_a, organisation=body_b, role="editor")
        theirs = Department.objects.create(organisation=body_b, name_en="Tax disputes")

        address = f"/admin/organisations/department/{theirs.pk}/{action}/"
        response = publisher.post(address, {"name_en": "Disputes", "post": "yes"})

        assert response.status_code == 403
        theirs.refresh_from_db()
        assert theirs.name_en == "Tax disputes"

    def test_publisher_adds_departments_to_own_bodies_only(self, publisher, body_a, body_b):
        for body in (body_a, body_b):
            values = {"organisation": body.pk, "name_en": "Disputes"}
            publisher.post("/admin/organisations/department/add/", values)

        assert [d.organisation for d in Department.objects.all()] == [body_a]

    def test_new_department_begins_with_the_body_of_who_has_one(self, publisher, body_a, body_b):
        address = "/admin/organisations/department/add/"
        chosen = f'<option value="{body_a.pk}" selected>'
        assert chosen in publisher.get(address).text

        publisher_a = User.objects.get(memberships__organisation=body_a)
        Membership.objects.create(user=publisher_a, organisation=body_b, role="publisher")

        assert chosen not in publisher.get(address).text


def test_kept_purposes_keep_their_keys(editor, activity):
    Purpose.objects.create(activity=activity, category_id="A1_01")
    activity.remember(by=None)

    save(editor, activity, **{"purposes-0-DELETE": "on"})
    Purpose.objects.create(activity=activity, category_id="A1_02")

    assert sorted(activity.purposes.values_list("key", flat=True)) == [2, 3]


def test_history_tells_which_rows_are_named(editor, activity):
    Purpose.objects.create(activity=activity, description_en="To count people")
    activity.remember(by=None)

    save(editor, activity, **{"legal_grounds-0-purposes": ["2"]})

    page = editor.get(f"{ACTIVITIES}{activity.pk}/history/").text
    assert "Purpose 2" in page
