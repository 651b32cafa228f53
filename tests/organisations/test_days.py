"""Days as readers of each language expect them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from organisations.calendar import day_in_words
from tests import factories


@pytest.mark.parametrize(
    ("language", "first", "eleventh"),
    [
        ("nl", "1 maart 2026", "11 maart 2026"),
        ("fr", "1er mars 2026", "11 mars 2026"),
        ("de", "1. März 2026", "11. März 2026"),
        ("en", "1 March 2026", "11 March 2026"),
    ],
)
def test_first_of_a_month_is_1er_in_french(language, first, eleventh):
    with override(language):
        told = [day_in_words(date(2026, 3, day)) for day in (1, 11)]

    assert told == [first, eleventh]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("DATE_FORMAT", "1er mars 2026"),
        ("DATETIME_FORMAT", "1er mars 2026 01:30"),
        ("MONTH_DAY_FORMAT", "1er mars"),
        ("l j F", "dimanche 1er mars"),
        ("SHORT_DATE_FORMAT", "01/03/2026"),
        ("YEAR_MONTH_FORMAT", "mars 2026"),
        ("Y-m-d", "2026-03-01"),
    ],
)
def test_templates_tell_the_first_so_wherever_its_month_follows(form, told):
    template = Template(f'{{{{ moment|date:"{form}" }}}}')

    with override("fr"):
        # In Brussels it is one o'clock.
        drawn = template.render(Context({"moment": datetime(2026, 3, 1, 0, 30, tzinfo=UTC)}))

    assert drawn == told


def test_nothing_instead_of_a_day_is_told_as_nothing():
    assert Template('{{ moment|date:"DATE_FORMAT" }}').render(Context({"moment": None})) == ""


@pytest.mark.django_db
def test_pages_in_french_tell_the_first_so(body_a, publisher_a, visitor):
    activity = factories.create_activity(body_a, starts_on=date(2026, 1, 1))
    activity.publish(by=publisher_a, at=datetime(2026, 3, 1, 12, tzinfo=UTC))

    for address in ("processing/", "processing/body-a/1/", "changes/"):
        assert "1er mars 2026" in visitor.get(f"/fr/{address}").text
    assert "1er janvier 2026" in visitor.get("/fr/processing/body-a/1/").text
    chosen = visitor.get("/fr/processing/?since=2026-03-01").text
    assert "1er mars 2026</bdi>" in chosen
