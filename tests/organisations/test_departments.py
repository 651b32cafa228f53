"""Departments are of their body: in the admin, in copies of its activities, and before citizens."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisations import admin as organisations_admin
from organisations.models import Department, Membership, Organisation, User
from processing.models import ActivityTemplate, ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of

pytestmark = pytest.mark.django_db

CANARY = "secretcanary"
DEPARTMENTS = "/admin/organisations/department/"


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def ours(body_a) -> Department:
    return Department.objects.create(organisation=body_a, name_en="Tax disputes")


@pytest.fixture
def theirs(body_b) -> Department:
    return Department.objects.create(organisation=body_b, name_en=CANARY)


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a)
    activity.remember(by=editor_a)
    return activity


@pytest.fixture(params=["editor_a", "publisher_a"])
def person(request, ours, theirs) -> Client:
    return logged_in(request.getfixturevalue(request.param))


@pytest.fixture
def publisher(publisher_a) -> Client:
    return logged_in(publisher_a)


@pytest.fixture
def of_both(publisher_a, body_b) -> Client:
    """Publisher of body A, and editor of body B."""
    Membership.objects.create(user=publisher_a, organisation=body_b, role=Membership.Role.EDITOR)
    return logged_in(publisher_a)


class TestScope:
    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ("", 200),
            ("?q=secret", 200),
            ("?q=body-b", 200),
            ("?o=2.-1", 200),
            ("?organisation__id__exact={body}", 400),
            ("?name_en__startswith=secret", 400),
            ("?organisation__activities__name_en__startswith=secret", 400),
        ],
    )
    def test_list_holds_nothing_of_others(self, query, status, person, body_b):
        answer = person.get(DEPARTMENTS + query.format(body=body_b.pk))

        assert answer.status_code == status
        assert CANARY not in answer.text

    @pytest.mark.parametrize("end", ["change", "delete", "history"])
    def test_addresses_of_others_answer_as_those_of_none(self, end, person, theirs):
        answers = [
            person.get(f"{DEPARTMENTS}{key}/{end}/") for key in (theirs.pk, theirs.pk + 1_000_000)
        ]

        # Editors delete none.
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].status_code in ((403, 404) if end == "delete" else (404,))
        assert CANARY not in answers[0].text

    @pytest.mark.parametrize("term", ["", CANARY, "secret"])
    def test_searchable_choices_find_nothing_of_others(self, term, person):
        asked = {"app_label": "processing", "model_name": "processingactivity", "term": term}

        found = person.get(reverse("admin:autocomplete"), asked | {"field_name": "department"})

        assert found.status_code == 200
        assert CANARY not in found.text

    def test_form_offers_those_of_ones_bodies(self, person, activity):
        page = person.get(f"{ACTIVITIES}{activity.pk}/change/").text

        assert "Tax disputes" in page
        assert CANARY not in page

    def test_department_of_others_and_none_are_refused_alike(self, editor_a, activity, theirs):
        """Nobody learns which keys there are."""
        editor = logged_in(editor_a)
        form = form_of(editor, activity)

        answers = [
            editor.post(f"{ACTIVITIES}{activity.pk}/change/", form | {"department": key})
            for key in (theirs.pk, theirs.pk + 1_000_000)
        ]

        told = [answer.context["adminform"].form.errors["department"] for answer in answers]
        assert told[0] == told[1]
        activity.refresh_from_db()
        assert activity.department is None

    def test_activity_of_one_body_gets_no_department_of_another_of_the_person(
        self, of_both, activity, theirs
    ):
        form = form_of(of_both, activity) | {"department": theirs.pk}

        answer = of_both.post(f"{ACTIVITIES}{activity.pk}/change/", form)

        assert "That choice is not one of the available choices." in answer.text
        activity.refresh_from_db()
        assert activity.department is None


class TestWhoKeepsThem:
    @pytest.mark.parametrize(
        ("who", "expected"),
        [("editor_a", [403, 403, 403, 200]), ("publisher_b", [200, 404, 404, 302])],
    )
    def test_nobody_else_adds_changes_or_deletes(self, who, expected, ours, body_a, request):
        client = logged_in(request.getfixturevalue(who))
        selected = {"action": "delete_selected", "_selected_action": ours.pk, "post": "yes"}

        statuses = [
            client.post(address, values).status_code
            for address, values in (
                (f"{DEPARTMENTS}add/", {"organisation": body_a.pk, "name_en": "Other"}),
                (f"{DEPARTMENTS}{ours.pk}/change/", {"name_en": "Other"}),
                (f"{DEPARTMENTS}{ours.pk}/delete/", {"post": "yes"}),
                (DEPARTMENTS, selected),
            )
        ]

        assert statuses == expected
        assert [str(department) for department in body_a.departments.all()] == ["Tax disputes"]

    def test_editor_of_a_body_keeps_none_there_who_publishes_elsewhere(
        self, of_both, ours, theirs, body_b
    ):
        selected = {"action": "delete_selected", "post": "yes"}

        statuses = [
            of_both.post(address, values).status_code
            for address, values in (
                (f"{DEPARTMENTS}add/", {"organisation": body_b.pk, "name_en": "Other"}),
                (f"{DEPARTMENTS}{theirs.pk}/change/", {"name_en": "Other"}),
                (f"{DEPARTMENTS}{theirs.pk}/delete/", {"post": "yes"}),
                (DEPARTMENTS, selected | {"_selected_action": [ours.pk, theirs.pk]}),
            )
        ]

        assert statuses == [200, 403, 403, 403]
        assert [str(department) for department in Department.objects.all()] == [
            "Tax disputes",
            CANARY,
        ]

    def test_department_stays_with_its_body(self, publisher_a, ours, body_b):
        Membership.objects.create(user=publisher_a, organisation=body_b, role="publisher")
        publisher = logged_in(publisher_a)

        answer = publisher.post(
            f"{DEPARTMENTS}{ours.pk}/change/", {"organisation": body_b.pk, "name_en": "Disputes"}
        )

        ours.refresh_from_db()
        assert answer.status_code == 302
        assert (ours.organisation.slug, ours.name_en) == ("body-a", "Disputes")

    def test_body_has_so_many_at_most(self, publisher, body_a, monkeypatch):
        """Each public page reads those of all bodies from memory, and each form offers them."""
        monkeypatch.setattr(organisations_admin, "MOST_DEPARTMENTS", 3)

        for number in range(5):
            values = {"organisation": body_a.pk, "name_en": f"Department {number}"}
            answer = publisher.post(f"{DEPARTMENTS}add/", values)

        assert "This body has 3 departments: no more fit." in answer.text
        assert body_a.departments.count() == 3
        last = body_a.departments.last()
        changed = publisher.post(f"{DEPARTMENTS}{last.pk}/change/", {"name_en": "Renamed"})
        assert changed.status_code == 302

    def test_page_to_delete_counts_the_activities_that_name_it(self, publisher, ours, body_a):
        ProcessingActivity.objects.bulk_create(
            ProcessingActivity(organisation=body_a, number=number, department=ours, name_en=CANARY)
            for number in range(1, 31)
        )
        address = f"{DEPARTMENTS}{ours.pk}/delete/"

        with CaptureQueriesContext(connection) as queries:
            page = publisher.get(address)
        publisher.post(address, {"post": "yes"})

        assert "Processing activities: 30" in page.text
        assert CANARY not in page.text
        assert len(queries) < 30
        assert Department.objects.filter(pk=ours.pk).exists()

    def test_department_that_nothing_names_is_deleted(self, publisher, ours):
        publisher.post(f"{DEPARTMENTS}{ours.pk}/delete/", {"post": "yes"})

        assert not Department.objects.exists()


class TestCopies:
    """What begins as a copy of another body's activity names no department of that body."""

    @pytest.fixture
    def named(self, ours, activity, editor_a) -> ProcessingActivity:
        activity.department = ours
        activity.save()
        activity.remember(by=editor_a)
        return activity

    def test_copy_for_another_body_has_no_department(self, of_both, named, body_b):
        of_both.post(f"{ACTIVITIES}{named.pk}/copy/", {"organisation": body_b.pk})

        copied = ProcessingActivity.objects.get(organisation=body_b)
        assert copied.department is None
        assert copied.history.get().content["department"] is None

    def test_copy_within_the_body_has_its_department(self, of_both, named, body_a, ours):
        of_both.post(f"{ACTIVITIES}{named.pk}/copy/", {"organisation": body_a.pk})

        copied = ProcessingActivity.objects.filter(organisation=body_a).exclude(pk=named.pk)
        assert copied.get().department == ours

    def test_template_tells_other_bodies_no_department(
        self, administrator, named, ours, body_b, publisher_b, publisher
    ):
        logged_in(administrator).post(f"{ACTIVITIES}{named.pk}/copy/", {"template": "1"})
        template = ActivityTemplate.objects.get()
        them = logged_in(publisher_b)

        them.post(f"{ACTIVITIES}templates/", {"organisation": body_b.pk, "template": template.slug})

        made = ProcessingActivity.objects.get(organisation=body_b)
        assert made.department is None
        for page in ("change", "history"):
            assert "Tax disputes" not in them.get(f"{ACTIVITIES}{made.pk}/{page}/").text
        # Nor does theirs hinder the body in what it does with its own.
        page = publisher.get(f"{DEPARTMENTS}{ours.pk}/delete/").text
        assert "Processing activities: 1" in page

    def test_restored_content_has_the_department_of_its_time(self, publisher, named, ours):
        named.department = None
        named.save()
        named.remember(by=None)

        publisher.post(f"{ACTIVITIES}{named.pk}/history/2/restore/")

        named.refresh_from_db()
        assert named.department == ours


class TestPublic:
    @pytest.fixture
    def published(self, activity, ours, publisher_a) -> ProcessingActivity:
        activity.department = ours
        activity.save()
        activity.publish(by=publisher_a)
        return activity

    def entry(self, visitor: Client, page: str = "") -> str:
        return visitor.get(f"/en/processing/body-a/1/{page}").text

    def test_citizens_see_none_where_the_body_did_not_choose_so(self, published, visitor, ours):
        assert published.publications.get().public_record.department is None
        for page in ("", "history/", "versions/1/"):
            assert "Tax disputes" not in self.entry(visitor, page)

    def test_choice_of_the_body_is_taken_back_at_once(
        self, body_a, activity, ours, publisher_a, visitor
    ):
        show(body_a)
        activity.department = ours
        activity.save()
        activity.publish(by=publisher_a)
        shown = self.entry(visitor)

        show(body_a, shown=False)

        assert "Tax disputes" in shown
        assert "Tax disputes" not in self.entry(visitor) + self.entry(visitor, "versions/1/")


def show(body: Organisation, *, shown: bool = True) -> None:
    Organisation.objects.filter(pk=body.pk).update(shows_departments=shown)
