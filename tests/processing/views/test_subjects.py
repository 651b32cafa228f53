"""Looking along kinds of data and groups of people, as a visitor does."""

import re
from html import unescape

import pytest

from processing.models import DataItem
from tests import factories
from tests.conftest import LANGUAGES
from tests.processing.finding.pages import number_found

pytestmark = pytest.mark.django_db


def told(page: str) -> dict[str, tuple[str, int]]:
    """Address -> what a link to it is called, and the number behind it."""
    pattern = r'<a href="([^"]*)"[^>]*>([^<]*)</a>&nbsp;<span class="number">\((\d+)\)</span>'
    return {unescape(a): (name, int(number)) for a, name, number in re.findall(pattern, page)}


class TestSubjects:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a):
        factories.create_full_activity(body_a, body_b, "rich").publish(by=publisher_a)

    def test_list_of_data_counts_broader_categories_with_their_narrower(self, visitor):
        page = visitor.get("/en/data/").text

        assert told(page)["/en/data/M/"] == ("Health data", 1)

    def test_terms_of_which_nothing_is_published_lead_nowhere(self, visitor):
        page = visitor.get("/en/data/").text

        assert all(number for _name, number in told(page).values())
        assert 'href="/en/data/B/"' not in page
        assert "Financial data" in page.split("Kinds of data that no processing activity names")[1]

    def test_only_narrower_term_that_says_the_same_is_left_out(self, visitor):
        page = visitor.get("/en/data/").text

        assert 'href="/en/data/M1/"' not in page
        assert 'href="/en/data/M1/"' not in visitor.get("/en/data/M/").text

    def test_page_of_a_category_tells_who_what_for_and_who_receives(self, visitor):
        page = visitor.get("/en/data/M1/").text

        assert 'href="/en/processing/?data=M1"' in page
        assert told(page)["/en/processing/?data=M1&body=body-a"] == ("Agency body-a", 1)
        assert told(page)["/en/processing/?data=M1&to=body-b"] == ("Agency body-b", 1)
        assert 'href="/en/processing/?data=M1&amp;purpose=A1_01"' in page

    def test_page_of_a_group_of_people_tells_which_data(self, visitor):
        page = visitor.get("/en/people/12/").text

        assert 'href="/en/processing/?people=12&amp;data=M1"' in page

    @pytest.mark.parametrize(
        "path", ["data/XX/", "people/XX/", "guide/XX/", "guide/01/XX/", "data/%00/"]
    )
    def test_unknown_category_is_not_found(self, path, visitor):
        assert visitor.get(f"/en/{path}").status_code in (400, 404)

    def test_guided_way_leads_from_home_to_a_list_in_three_steps(self, visitor):
        first = re.search(r'href="(/en/guide/12/)"', visitor.get("/en/").text)[1]
        second = re.search(r'href="(TAXE/)"', visitor.get(first).text)[1]
        third = visitor.get(first + second).text
        lists = re.findall(r'href="([^"]*processing/\?[^"]*)">.*<span class="number">(\d+)<', third)

        assert len(lists) >= 4
        for address, number in lists:
            assert number_found(visitor.get(unescape(address)).text) == int(number)


class TestWhatStandsOut:
    def test_page_of_a_group_tells_what_people_ask_for_most(
        self, body_a, body_b, publisher_a, visitor
    ):
        factories.create_full_activity(body_a, body_b, "rich").publish(by=publisher_a)
        plain = factories.create_activity(body_a, name="Plain")
        plain.data_subjects.set(["12"])
        plain.publish(by=publisher_a)

        page = visitor.get("/en/people/12/").text

        asked = page.split('id="asked"')[1].split("</ul>")[0]
        assert told(asked) == {
            "/en/processing/?people=12&automated=yes": ("A computer decides alone", 1),
            "/en/processing/?people=12&transfer=yes": ("Data leave the European Economic Area", 1),
            "/en/processing/?people=12&sensitive=special": (
                "Sensitive data, such as health or religion",
                1,
            ),
        }

    def test_what_holds_for_all_is_not_told(self, body_a, body_b, publisher_a, visitor):
        factories.create_full_activity(body_a, body_b, "rich").publish(by=publisher_a)

        assert 'id="asked"' not in visitor.get("/en/people/12/").text

    def test_what_is_left_out_is_told_as_a_sentence(self, body_a, publisher_a, visitor):
        activity = factories.create_activity(body_a)
        activity.data_subjects.set(["12"])
        for code in ("A1", "B01", "C1", "D1", "E1", "G1", "H1", "K1"):
            DataItem.objects.create(activity=activity, category_id=code)
        activity.publish(by=publisher_a)

        page = visitor.get("/en/people/12/").text

        assert 'people=12&amp;more=data#filter-data">10 more kinds of data</a>' in page


class TestTerms:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("code_list", ["purposes", "recipients", "themes"])
    def test_each_link_says_by_itself_what_it_leads_to(
        self, code_list, language, body_a, body_b, publisher_a, visitor
    ):
        factories.create_full_activity(body_a, body_b, "rich").publish(by=publisher_a)

        page = visitor.get(f"/{language}/terms/{code_list}/").text

        links = re.findall(r'<a href="(/\w\w/processing/\?[^"]*)"([^>]*)>(.*?)</a>', page)
        assert links
        assert len({text for _address, _more, text in links}) == len(links)
        assert all(more == "" for _address, more, _text in links)
        for address, _more, text in links:
            number = number_found(visitor.get(unescape(address)).text)
            assert number == int(re.search(r"\d+", text)[0]) == 1

    def test_term_that_nothing_names_leads_nowhere(self, body_a, publisher_a, visitor):
        factories.create_publication(body_a, by=publisher_a)

        page = visitor.get("/en/terms/themes/").text

        assert re.findall(r'href="(/en/processing/\?[^"]*)"', page) == [
            "/en/processing/?theme=TAXE"
        ]
