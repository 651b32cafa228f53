"""The pages that say why there is no other: in the frame of the site, each with ways to go on."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from registry_site.refusals import refusal_page
from tests import factories
from tests.conftest import LANGUAGES

# What is answered without a look at the request.
WITHOUT_REQUEST = (
    *("400", "413", "415", "500", "503", "503_away", "503_busy", "503_files"),
    *("404_proxy", "429_proxy"),
)


def frame_of(page: str, language: str) -> dict[str, bool]:
    others = [code for code in LANGUAGES if code != language]
    return {
        "is in the language": f'<html lang="{language}">' in page,
        "has one heading": page.count("<h1>") == 1,
        "has its title": re.search(r"<title>(.+?) – ", page)[1]
        == re.search(r"<h1>(.+?)</h1>", page)[1],
        "has the menu": f'href="/{language}/organisations/"' in page,
        "has the footer": "<footer" in page,
        "leads to other languages": all(
            f'href="/{code}/" hreflang="{code}"' in page for code in others
        ),
        "goes on": f'href="/{language}/processing/"' in page[page.index("<main") :],
        "is not for search engines": '<meta name="robots" content="noindex">' in page
        and "canonical" not in page,
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WITHOUT_REQUEST)
def test_refusal_has_the_whole_frame_and_asks_nothing(name, language):
    """Without the database: the test may not use it."""
    with override(language):
        page = refusal_page(f"{name}.html", status=400).text

    assert [what for what, is_so in frame_of(page, language).items() if not is_so] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/fr/?x=%00", 400),
        ("/fr/none/", 404),
        ("/fr/processing/body-a/9/", 404),
        ("/fr/organisations/body-a/contact/?activity=9", 404),
    ],
)
def test_answer_has_the_whole_frame(address, status, body_a, visitor):
    response = visitor.get(address)

    assert response.status_code == status
    assert [what for what, is_so in frame_of(response.text, "fr").items() if not is_so] == []


@pytest.mark.django_db
def test_page_of_what_was_withdrawn_has_the_frame_and_leads_to_the_body(
    body_a, publisher_a, visitor
):
    activity = factories.create_publication(body_a, by=publisher_a).working_copy
    activity.withdraw(by=publisher_a, reason="")

    page = visitor.get("/nl/processing/body-a/1/").text

    lacking = [what for what, is_so in frame_of(page, "nl").items() if not is_so]
    assert lacking == ["leads to other languages"]
    assert 'href="/fr/processing/body-a/1/" hreflang="fr"' in page
    assert 'href="/nl/organisations/body-a/"' in page[page.index("<main") :]


@pytest.mark.django_db
def test_form_of_a_wrong_kind_is_refused_in_the_frame(body_a):
    response = Client().post("/de/organisations/body-a/contact/", "x", "text/plain")

    assert response.status_code == 415
    assert [what for what, is_so in frame_of(response.text, "de").items() if not is_so] == []


@pytest.mark.django_db
def test_failure_is_told_in_the_frame(monkeypatch, body_a, visitor):
    visitor.raise_request_exception = False

    def fail(*args):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("registry_site.views.directories", fail)
    response = visitor.get("/de/?again=1", follow=True)

    assert response.status_code == 500
    assert [what for what, is_so in frame_of(response.text, "de").items() if not is_so] == []
