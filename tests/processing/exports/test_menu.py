"""Every page with entries leads to its files: of the same choices, in its language and in all."""

import re
from html import unescape

import pytest
from django.test import Client

from processing.exports.formats import FORMATS
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db
FILE = re.compile(r'href="(/[^"]*/files/[^"]*)"')
PAGES = {
    "/{lang}/open-data/": "processing/files/{name}/",
    "/{lang}/processing/": "processing/files/{name}/",
    "/{lang}/processing/?q=text&theme=TAXE&sort=newest": (
        "processing/files/{name}/?q=text&theme=TAXE"
    ),
    "/{lang}/organisations/body-a/": "organisations/body-a/files/{name}/",
    "/{lang}/processing/body-a/1/": "processing/body-a/1/files/{name}/",
}


@pytest.fixture(autouse=True)
def register(body_a, body_b, publisher_a) -> None:
    factories.create_full_activity(body_a, body_b, "text").publish(by=publisher_a)


def files_on(visitor: Client, address: str) -> list[str]:
    return [unescape(found) for found in FILE.findall(visitor.get(address).text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", PAGES)
def test_page_leads_to_its_files(shown, language, visitor):
    expected = [
        f"/{place}/{PAGES[shown].format(name=name)}"
        for name in FORMATS
        for place in (language, "data")
    ]
    expected += [f"/data/{PAGES[shown].format(name=f'{name}/history')}" for name in FORMATS]

    assert files_on(visitor, shown.format(lang=language)) == expected


@pytest.mark.parametrize("shown", PAGES)
def test_every_file_that_a_page_leads_to_is_there(shown, visitor):
    for address in files_on(visitor, shown.format(lang="de")):
        response = visitor.get(address)

        assert response.status_code == 200, address
        assert response.getvalue(), address


@pytest.mark.parametrize(
    "address", ["/en/processing/?theme=HEAL", "/en/processing/body-a/1/versions/1/"]
)
def test_page_without_a_file_of_its_own_offers_none(address, visitor):
    assert files_on(visitor, address) == []


def test_body_that_published_nothing_offers_none(visitor, body_b):
    assert files_on(visitor, "/en/organisations/body-b/") == []
