"""What pages tell search engines in the words of schema.org, under the strict policy."""

import json
import re

import pytest

from tests import factories
from tests.browser import needs_browser
from tests.conftest import LANGUAGES

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NAME = 'A </script><script>alert("1")</script> & <!-- B'


def told(page: str) -> dict[str, dict]:
    """Type -> the thing."""
    (block,) = BLOCK.findall(page)
    document = json.loads(block)
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def names_on_the_way(things: dict[str, dict]) -> list[str]:
    return [place["name"] for place in things["BreadcrumbList"]["itemListElement"]]


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def entry(self, body_a, publisher_a) -> None:
        body_a.contact_mailbox = "ask@body-a.example"
        body_a.save()
        factories.create_publication(body_a, by=publisher_a, name=NAME)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_entry_is_a_dataset(self, language, body_a, visitor):
        address = f"/{language}/processing/body-a/1/"

        things = told(visitor.get(address).text)

        entry = things["Dataset"]
        assert entry["@id"] == "http://testserver/id/processing/body-a/1"
        assert (entry["name"], entry["url"]) == (NAME, f"http://testserver{address}")
        assert entry["creator"]["@type"] == "GovernmentOrganization"
        assert entry["includedInDataCatalog"]["@id"] == "http://testserver/id/catalogue"
        assert entry["license"].startswith("https://creativecommons.org/publicdomain/zero/1.0/")
        assert entry["version"] == "1"
        last = things["BreadcrumbList"]["itemListElement"][-1]
        told_of_last = (last["position"], last["name"], last["item"])
        assert told_of_last == (3, NAME, f"http://testserver{address}")

    @pytest.mark.parametrize("address", ["/nl/processing/body-a/1/", "/nl/open-data/"])
    def test_every_file_is_there(self, address, visitor):
        found = told(visitor.get(address).text)
        dataset = found.get("Dataset") or found["DataCatalog"]["dataset"]

        assert len(dataset["distribution"]) > 5
        for file in dataset["distribution"]:
            response = visitor.get(file["contentUrl"].removeprefix("http://testserver"))
            assert response.getvalue()
            assert response.status_code == 200, file
            assert response.headers["Content-Type"].split(";")[0] == file["encodingFormat"]

    def test_body_is_a_government_organisation(self, body_a, visitor):
        things = told(visitor.get("/en/organisations/body-a/").text)

        body = things["GovernmentOrganization"]
        assert body["@id"] == "http://testserver/id/organisations/body-a"
        assert body["email"] == "ask@body-a.example"
        assert len(names_on_the_way(things)) == 2

    def test_site_is_a_catalogue(self, visitor):
        things = told(visitor.get("/fr/open-data/").text)

        assert things["DataCatalog"]["dataset"]["url"] == "http://testserver/fr/open-data/"

    def test_earlier_version_is_no_dataset(self, visitor):
        assert BLOCK.findall(visitor.get("/en/processing/body-a/1/versions/1/").text) == []


@needs_browser
@pytest.mark.django_db(transaction=True)
def test_policy_lets_data_stand_and_no_script(browser, live_site):
    """A block of data is none that runs: a browser neither refuses it nor reports it."""
    body = factories.create_organisation("body-a")
    publisher = factories.create_member(body, "publisher")
    factories.create_publication(body, by=publisher, name=NAME)
    context = browser.new_context()
    window = context.new_page()
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("dialog", lambda dialog: said.append(dialog.message))
    try:
        window.goto(f"{live_site}/en/processing/body-a/1/")
        read = "element => JSON.parse(element.textContent)['@graph'][0].name"
        name = window.locator('script[type="application/ld+json"]').evaluate(read)
        quiet = list(said)
        # What would run is refused, and said.
        window.evaluate(
            "document.head.append(Object.assign(document.createElement('script'),"
            " {textContent: 'alert(2)'}))"
        )
    finally:
        context.close()

    assert name == NAME
    assert quiet == []
    assert any("Content Security Policy" in message for message in said)
