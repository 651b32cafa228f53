"""Mistakes in a register file are told with their place, and nothing of the file is loaded."""

import pytest
from django.db import transaction

from processing.demonstration import BadRegisterFile, load_register
from processing.models import ProcessingActivity, Publication

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


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_told_with_its_place(mistake, path, body_a, publisher_a):
    right, wrong = MISTAKES[mistake]
    assert right in ENTRY
    path.write_text(ENTRY.replace(right, wrong, 1))

    with pytest.raises(BadRegisterFile, match=r"^body-a\.toml"), transaction.atomic():
        load_register(path, body_a, by=publisher_a)

    assert not ProcessingActivity.objects.exists()
