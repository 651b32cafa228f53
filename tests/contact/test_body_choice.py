"""To which body somebody writes: chosen from a list, or found by a part of its name."""

import re

import pytest

from contact.models import Question
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodies(body_a, body_b) -> None:
    factories.create_organisation(
        "pensions",
        name_nl="Federale Pensioendienst",
        name_fr="Service fédéral des Pensions",
        name_de="Föderaler Pensionsdienst",
        name_en="Federal Pensions Service",
        short_name_nl="FPD",
        former_names="Office national des pensions",
    )


def offered(page: str) -> list[str]:
    """The bodies whose forms the page leads to, as the addresses tell."""
    return re.findall(r'href="/\w\w/organisations/([\w-]+)/contact/', page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed", ["pensioen", "PENSIONS", "service federal", "fpd", "pension dienst", "office national"]
)
def test_body_is_found_by_its_name_in_any_language(typed, language, visitor):
    page = visitor.get(f"/{language}/contact/", {"q": typed}).text

    assert offered(page) == ["pensions"]


def test_bodies_stand_by_kind_and_those_found_without(visitor):
    page = visitor.get("/nl/contact/").text
    found = visitor.get("/nl/contact/?q=pensioen").text

    kinds = re.findall(r'<details class="disclosure body-kind">(.*?)</details>', page, re.DOTALL)
    assert [len(offered(kind)) for kind in kinds] == [3]
    assert "<summary>Agentschappen" in kinds[0]
    assert ">3<" in kinds[0]
    assert "<details" not in found[found.index("<main") :]


def test_every_body_is_offered_without_words_and_where_none_has_them(visitor):
    everybody = offered(visitor.get("/en/contact/").text)
    nobody = visitor.get("/en/contact/?q=taxes").text

    assert sorted(everybody) == ["body-a", "body-b", "pensions"]
    assert offered(nobody) == everybody
    assert 'href="/en/processing/?q=taxes"' in nobody


def test_kind_of_question_stays_with_what_is_found(visitor):
    page = visitor.get("/en/contact/?kind=erasure&q=pension").text

    assert 'href="/en/organisations/pensions/contact/?kind=erasure"' in page
    assert '<input type="hidden" name="kind" value="erasure">' in page
    assert 'href="/fr/contact/?kind=erasure&amp;q=pension" hreflang="fr"' in page


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/en/contact/?q=", "/en/contact/"),
        ("/en/contact/?kind=none&q=body", "/en/contact/?q=body"),
        ("/en/contact/?q=body&kind=access", "/en/contact/?kind=access&q=body"),
        ("/en/contact/?kind=access&kind=erasure", "/en/contact/?kind=erasure"),
        ("/en/contact/?q=++body+++a", "/en/contact/?q=body+a"),
        ("/en/contact/?q=" + "x" * 300, "/en/contact/?q=" + "x" * 100),
    ],
)
def test_each_choice_has_one_address(address, canonical, visitor):
    response = visitor.get(address)

    assert (response.status_code, response.headers["Location"]) == (302, canonical)
    assert visitor.get(canonical).status_code == 200


def test_hidden_body_is_not_found(visitor):
    factories.create_organisation("secret", is_public=False, name_en="Secret service")

    assert "secret" not in offered(visitor.get("/en/contact/?q=secret").text)


def test_words_are_shown_as_they_were_typed(visitor):
    page = visitor.get("/en/contact/", {"q": '"><script>'}).text

    assert 'value="&quot;&gt;&lt;script&gt;"' in page


def test_looking_for_a_body_asks_one_query(visitor, django_assert_num_queries):
    visitor.get("/en/contact/?q=body")

    with django_assert_num_queries(1):
        visitor.get("/en/contact/?q=agency")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["gdpr/", "gdpr/rights/"])
def test_data_are_erased_at_a_body_in_two_clicks_from_the_rights(page, language, visitor):
    """One click from any page: the menu leads to the rights. Then what to do, and the body."""
    assert f'href="/{language}/gdpr/"' in visitor.get(f"/{language}/").text
    rights = visitor.get(f"/{language}/{page}").text
    choice = visitor.get(re.search(r'href="(/\w\w/contact/\?kind=erasure)"', rights)[1]).text
    address = re.search(r'href="(/\w\w/organisations/pensions/contact/[^"]*)"', choice)[1]
    form = visitor.get(address).text

    assert re.search(r'id="kind-erasure" value="erasure"[^>]* checked>', form)
    assert form.index('id="kind-erasure"') < form.index('<details class="disclosure"')


@pytest.mark.parametrize("kind", Question.Kind.values)
def test_each_kind_is_asked_in_three_clicks_from_any_page(kind, visitor):
    """The footer, the body, what it is about."""
    footer = visitor.get("/en/disclaimer/").text
    footer = footer[footer.index("<footer") :]
    choice = visitor.get(re.search(r'href="(/en/contact/)"', footer)[1]).text
    form = visitor.get(re.search(r'href="(/en/organisations/pensions/contact/)"', choice)[1]).text

    assert f'<input type="radio" name="kind" id="kind-{kind}" value="{kind}"' in form
    assert "<details" not in form[form.index("<main") :]
