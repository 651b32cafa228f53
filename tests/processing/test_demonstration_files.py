"""What a register file may hold, how mistakes in it are told, and that ours show every field."""

import csv
import tomllib

import pytest
from django.conf import settings
from django.db import transaction

from organisations.models import Department
from processing.demonstration import (
    INTERNAL_KEYS,
    BadRegisterFile,
    load_register,
    register_files,
)
from processing.law import ActsAs, ImpactAssessment
from processing.management.commands.load_demonstration import DIRECTORY
from processing.models import ProcessingActivity, Publication
from processing.public_record import PublicRecord, fields_of, rows_of

pytestmark = pytest.mark.django_db

ENTRY = """
[[activity]]
number = 1
state = "published"
published_on = 2025-03-01
name.nl = "Bezoekers"
name.fr = "Visiteurs"
data_subjects = ["01"]
themes = ["TAXE"]
[[activity.purposes]]
category = "A7_01"
description.nl = "Veiligheid"
[[activity.legal_grounds]]
ground = "6-e"
purposes = [1]
[[activity.data]]
category = "A1"
[[activity.retention]]
period = 1
unit = "month"
after = "destroy"
[[activity.earlier]]
published_on = 2024-03-01
summary.de = "Frühere Zusammenfassung"
data_subjects = ["02"]
reference = "OLD-1"
sources = ["person"]
processing_types = ["05"]
"""
DEPARTMENTS = """
shows_departments = true
[[department]]
name.nl = "Onthaal"
[[department]]
name.nl = "Gebouwen"
name.fr = "Bâtiments"
"""
# Another entry of the second department, which had another one before.
WITH_DEPARTMENT = ENTRY.replace("number = 1", "number = 2\ndepartment = 2").replace(
    "published_on = 2024-03-01", "published_on = 2024-03-01\ndepartment = 1"
)
MISTAKES = {
    "not TOML": ("number = 1", "number ="),
    "unknown field": ('state = "published"', 'state = "published"\ncolour = "red"'),
    "unknown language": ("name.fr", "name.es"),
    "unknown code": ('["TAXE"]', '["XXXX"]'),
    "unknown category": ('"A7_01"', '"XX"'),
    "unknown unit": ('"month"', '"moon"'),
    "not publishable": ('ground = "6-e"', ""),
    "purpose that is not there": ("purposes = [1]", "purposes = [2]"),
    "unknown internal key": ("[[activity.purposes]]", "internal.x = 1\n[[activity.purposes]]"),
    "department that is not there": ("number = 1", "number = 1\ndepartment = 1"),
    "department without a name": ("[[activity]]", "[[department]]\n[[activity]]"),
    "unknown field of a department": ("[[activity]]", "[[department]]\nx = 1\n[[activity]]"),
}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "body-a.toml"
    path.write_text(ENTRY)
    return path


def test_entry_is_published_with_its_history(path, body_a, publisher_a):
    assert load_register(path, body_a, by=publisher_a) == 1

    old, new = Publication.objects.order_by("version")
    assert old.public_record.data_subjects == ("02",)
    assert old.summary == {"de": "Frühere Zusammenfassung"}
    assert new.public_record.data_subjects == ("01",)
    assert (old.public_record.reference, new.public_record.reference) == ("OLD-1", "")
    assert (new.public_record.sources, new.public_record.processing_types) == ((), ())
    assert (new.summary, new.title) == ({}, {"nl": "Bezoekers", "fr": "Visiteurs"})
    assert (old.published_at.year, new.published_at.year) == (2024, 2025)


def test_loading_again_adds_nothing(path, body_a, publisher_a):
    load_register(path, body_a, by=publisher_a)

    assert load_register(path, body_a, by=publisher_a) == 0
    assert Publication.objects.count() == 2


def test_departments_come_with_the_entries(path, body_a, publisher_a):
    path.write_text(DEPARTMENTS + ENTRY + WITH_DEPARTMENT)

    load_register(path, body_a, by=publisher_a)

    front_desk, buildings = body_a.departments.order_by("pk")
    without, has_one = body_a.activities.order_by("number")
    old, new = has_one.publications.order_by("version")
    body_a.refresh_from_db()
    assert (buildings.name_nl, buildings.name_fr) == ("Gebouwen", "Bâtiments")
    assert (without.department, has_one.department) == (None, buildings)
    assert body_a.shows_departments
    assert old.public_record.department == front_desk.pk
    assert new.public_record.department == buildings.pk


def test_loading_again_keeps_what_people_changed_in_departments(path, body_a, publisher_a):
    path.write_text(DEPARTMENTS + ENTRY)
    load_register(path, body_a, by=publisher_a)
    Department.objects.filter(name_nl="Onthaal").update(name_nl="Balie", name="Balie")
    type(body_a).objects.filter(pk=body_a.pk).update(shows_departments=False)

    load_register(path, body_a, by=publisher_a)

    body_a.refresh_from_db()
    assert not body_a.shows_departments
    assert set(body_a.departments.values_list("name_nl", flat=True)) == {"Balie", "Gebouwen"}


def test_entry_that_is_added_later_joins_its_department(path, body_a, publisher_a):
    path.write_text(DEPARTMENTS + ENTRY)
    load_register(path, body_a, by=publisher_a)
    type(body_a).objects.filter(pk=body_a.pk).update(shows_departments=False)
    body_a.refresh_from_db()
    path.write_text(DEPARTMENTS + ENTRY + WITH_DEPARTMENT)

    assert load_register(path, body_a, by=publisher_a) == 1

    assert body_a.activities.get(number=2).department.name_nl == "Gebouwen"
    assert body_a.departments.count() == 2
    body_a.refresh_from_db()
    assert not body_a.shows_departments


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_told_with_its_place(mistake, path, body_a, publisher_a):
    right, wrong = MISTAKES[mistake]
    assert right in ENTRY
    path.write_text(ENTRY.replace(right, wrong, 1))

    with pytest.raises(BadRegisterFile, match=r"^body-a\.toml"), transaction.atomic():
        load_register(path, body_a, by=publisher_a)

    assert not ProcessingActivity.objects.exists()


class TestOurFiles:
    # The file names the body and the place is the key; made-up protocols have no web address.
    NOT_WRITTEN = {
        "organisation",
        *(f"{kind}.key" for kind in ("purposes", "data", "recipients", "processors")),
        "recipients.authorisation_url",
    }

    @pytest.fixture
    def entries(self) -> list[dict]:
        files = (path.read_text(encoding="utf-8") for _slug, path in register_files(DIRECTORY))
        return [entry for file in files for entry in tomllib.loads(file)["activity"]]

    def test_each_public_field_is_shown_by_some_entry(self, entries):
        kinds = rows_of(PublicRecord)
        public = {*fields_of(PublicRecord)}
        public |= {f"{kind}.{field}" for kind in kinds for field in fields_of(kinds[kind])}
        shown = {field for entry in entries for field in entry}
        shown |= {
            f"{kind}.{field}"
            for entry in entries
            for kind in kinds
            for row in entry.get(kind, [])
            for field in row
        }

        assert public - shown == self.NOT_WRITTEN

    def test_each_internal_field_is_filled_in_some_entry(self, entries):
        filled = {key for entry in entries for key in (*entry, *entry.get("internal", {}))}

        assert INTERNAL_KEYS - filled == set()

    def test_body_acts_in_each_role_and_assessments_stand_everywhere(self, entries):
        roles = {entry.get("acts_as", ActsAs.CONTROLLER.value) for entry in entries}
        states = {entry["dpia"] for entry in entries if "dpia" in entry}

        assert roles == set(ActsAs.values)
        assert states == set(ImpactAssessment.values)

    def test_no_entry_names_special_data_that_it_declares_to_have_none_of(self, entries):
        with (settings.BASE_DIR / "fixtures" / "codelists" / "data.csv").open() as file:
            marked = {
                row["code"]
                for row in csv.DictReader(file)
                if row["mark"] in ("special", "criminal")
            }
        declaring = [entry for entry in entries if entry.get("has_no_special_data")]
        named = [
            (entry["name"], row)
            for entry in declaring
            for version in (entry, *entry.get("earlier", []))
            for row in (*version.get("data", []), *version.get("legal_grounds", []))
            if row.get("category") in marked or row.get("ground", "")[:2] in ("9-", "10")
        ]

        assert len(declaring) >= 12
        assert named == []
