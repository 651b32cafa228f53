"""The entries of one body in the register's own workbook, imported into an empty body."""

import io

import pytest
from django.core.management import call_command
from msgspec import structs

from organisations.languages import texts_of
from organisations.models import Department, Organisation
from processing.demonstration import load_register
from processing.management.commands.load_demonstration import DIRECTORY
from processing.models import ProcessingActivity
from processing.public_record import PublicRecord
from tests import factories
from tests.processing.imports.bringing_in import brought_in_workbook, outcomes, taken_back
from tests.processing.imports.own_workbooks import public_records, workbook_of

pytestmark = pytest.mark.django_db


# In one register, one entry replaces another; in the other, entries belong to departments.
WITH_SUCCESSOR, WITH_DEPARTMENTS = "nisse", "fps-mobility"


@pytest.fixture
def source(request, administrator) -> Organisation:
    slug = getattr(request, "param", WITH_SUCCESSOR)
    call_command("load_organisations", stdout=io.StringIO())
    body = Organisation.objects.get(slug=slug)
    load_register(DIRECTORY / f"{slug}.toml", body, by=administrator)
    return body


def emptied(body: Organisation) -> Organisation:
    """A body that has the same departments and nothing else."""
    other = factories.create_organisation(shows_departments=body.shows_departments)
    for department in body.departments.all():
        department.pk, department.organisation = None, other
        department.save()
    return other


def published(body: Organisation, by) -> list:
    activities = list(body.activities.order_by("number"))
    # Citizens are told only of successors that are public.
    for activity in sorted(activities, key=lambda one: one.replaced_by_id is not None):
        activity.publish(by=by)
    return public_records(body)


def as_citizens_see(record: PublicRecord) -> PublicRecord:
    """Without the keys of the body and of its department, which is told by its names instead."""
    department = Department.objects.filter(pk=record.department).first()
    return structs.replace(
        record, organisation=0, department=texts_of(department, "name") if department else None
    )


@pytest.mark.parametrize("source", [WITH_SUCCESSOR, WITH_DEPARTMENTS], indirect=True)
def test_entries_of_a_body_become_the_same_public_records_in_another(source, administrator):
    body, before = emptied(source), public_records(source)

    brought_in_workbook(workbook_of(source, "fr"), body, administrator)

    after = published(body, administrator)
    assert list(map(as_citizens_see, after)) == list(map(as_citizens_see, before))
    assert [record.replaced_by for record in after].count(2) == (source.slug == WITH_SUCCESSOR)
    assert {record.department for record in after} - {None} == (
        set(body.departments.values_list("pk", flat=True))
    )


def test_same_workbook_again_changes_nothing(source, administrator):
    body, data = emptied(source), workbook_of(source, "nl")
    brought_in_workbook(data, body, administrator)

    again = brought_in_workbook(data, body, administrator)

    assert set(outcomes(again)) == {"same"}


def test_choice_of_people_which_activity_replaces_another_stays(source, administrator):
    body, data = emptied(source), workbook_of(source, "nl")
    brought_in_workbook(data, body, administrator)
    replaced = body.activities.get(replaced_by__isnull=False)
    replaced.replaced_by = None
    replaced.save()
    replaced.remember(by=administrator)

    brought_in_workbook(data, body, administrator)

    replaced.refresh_from_db()
    assert replaced.replaced_by is None


def test_activity_that_is_there_is_named_as_the_one_that_replaces(source, administrator):
    body, data = emptied(source), workbook_of(source, "nl")
    successor = source.activities.get(number=2)
    names = {name: getattr(successor, name) for name in ("name_nl", "name_fr", "reference")}
    there = ProcessingActivity.objects.create(organisation=body, **names)
    there.remember(by=administrator)

    brought_in_workbook(data, body, administrator)

    assert body.activities.get(replaced_by__isnull=False).replaced_by == there


def test_activities_that_name_each_other_can_be_undone(source, administrator):
    body = emptied(source)
    uploaded = brought_in_workbook(workbook_of(source, "nl"), body, administrator)

    taken_back(uploaded, administrator)

    assert (uploaded.state, body.activities.count()) == ("undone", 0)
