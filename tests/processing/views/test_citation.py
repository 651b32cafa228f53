"""How to name a version elsewhere, and what the open data page promises to who does."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from processing.models import ProcessingActivity
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db
CITED = re.compile(r'<p class="citation">(.*?)</p>', re.DOTALL)


@pytest.fixture
def register(body_a, publisher_a, settings) -> ProcessingActivity:
    settings.SITE_URL = "https://register.example"
    activity = factories.create_activity(body_a, name="Visitors", name_nl="Bezoekers")
    activity.publish(by=publisher_a, at=datetime(2025, 3, 10, 12, tzinfo=UTC))
    activity.name_en = "All visitors"
    activity.save()
    activity.publish(by=publisher_a, at=datetime(2025, 4, 10, 12, tzinfo=UTC))
    return activity


def cited(visitor: Client, address: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", CITED.search(visitor.get(address).text)[1]))


def test_page_of_an_entry_cites_the_version_that_it_shows(register, visitor):
    entry = "/en/processing/body-a/1/"

    expected = (
        "Agency body-a, “All visitors”. Version 2, published on 10 April 2025. Federal register "
        f"of your data. https://register.example{entry}versions/2/. Licence: CC0 1.0."
    )
    assert cited(visitor, entry) == cited(visitor, f"{entry}versions/2/") == expected
    assert "“Visitors”. Version 1, published on 10 March 2025." in (
        cited(visitor, f"{entry}versions/1/")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_citation_is_in_the_language_of_the_page(language, register, visitor):
    page = visitor.get(f"/{language}/processing/body-a/1/").text

    address = f"https://register.example/{language}/processing/body-a/1/versions/2/"
    assert f'<a href="{address}">' in page
    assert f"deed.{language}" in CITED.search(page)[1]
    # Both names, where one stands in.
    name = "All visitors" if language == "en" else "Bezoekers"
    assert name in cited(visitor, f"/{language}/processing/body-a/1/")
    assert visitor.get(address.removeprefix("https://register.example")).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_data_page_tells_numbers_feeds_and_changes_of_formats(language, register, visitor):
    page = visitor.get(f"/{language}/open-data/").text

    for part in ("licence", "citing", "files", "history", "again", "feeds", "stability", "formats"):
        assert f'id="{part}"' in page
    assert f'href="/{language}/changes/feed/"' in page
    assert re.search(r'<time datetime="2026-11-\d\d">', page)
    # One entry is published.
    assert re.search(r"\b1 (verwerkingsactiviteit|activité|Verarbeitungst|processing)", page)
