"""What stands beside a list is drawn once, and never shown beside another one."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db

PANEL = "includes/filters.html"


@pytest.fixture
def made_anew(visitor, settings):
    """Address -> the panel, and whether it was drawn: with each release, pages are others."""

    def ask(address: str, client: Client = visitor) -> tuple[str, bool]:
        settings.RELEASE += "."
        answer = client.get(address)
        assert answer.status_code == 200
        panel = answer.text.split('<section class="filters')[1].split("</section>")[0]
        return panel, PANEL in [template.name for template in answer.templates]

    return ask


@pytest.fixture(autouse=True)
def entries(body_a, body_b, publisher_a) -> None:
    for number in range(26):
        factories.create_activity(body_a, name=f"Entry {number}").publish(by=publisher_a)


def test_pages_of_a_list_share_it(made_anew):
    first, is_drawn = made_anew("/en/processing/")
    assert is_drawn

    assert made_anew("/en/processing/?page=2") == (first, False)


@pytest.mark.parametrize(
    "other",
    [
        *("/nl/processing/", "/en/processing/?body=body-a", "/en/processing/?sort=newest"),
        *("/en/processing/?since=2025-01-01", "/en/processing/?more=body"),
    ],
)
def test_another_list_has_its_own(other, made_anew):
    panel, _is_drawn = made_anew("/en/processing/")

    other_panel, is_drawn = made_anew(other)

    assert is_drawn
    assert other_panel != panel
    assert made_anew("/en/processing/")[0] == panel


def test_it_follows_the_register(made_anew, body_a, publisher_a):
    panel, _is_drawn = made_anew("/en/processing/")
    factories.create_activity(body_a, name="New").publish(by=publisher_a)

    changed, is_drawn = made_anew("/en/processing/")

    assert is_drawn
    assert changed != panel


def test_another_day_has_its_own(made_anew):
    panel, _is_drawn = made_anew("/en/processing/")

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        tomorrow, is_drawn = made_anew("/en/processing/")

    assert is_drawn
    assert tomorrow != panel


@pytest.mark.parametrize("seldom", ["?q=entry", "?more=theme"])
def test_what_few_ask_for_is_not_kept(seldom, made_anew):
    panel, _is_drawn = made_anew(f"/en/processing/{seldom}")

    assert made_anew(f"/en/processing/{seldom}") == (panel, True)
