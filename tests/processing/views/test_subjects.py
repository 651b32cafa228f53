"""Looking along kinds of data and groups of people, as a visitor does."""

import re
from html import unescape

import pytest

from tests import factories
from tests.processing.finding.pages import number_found

pytestmark = pytest.mark.django_db


class TestSubjects:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a):
        factories.create_full_activity(body_a, body_b, "rich").publish(by=publisher_a)

    def test_list_of_data_counts_broader_categories_with_their_narrower(self, visitor):
        page = visitor.get("/en/data/").text

        assert '<a href="/en/data/M/">Health data</a> (1)' in page
        assert '<a href="/en/data/B/">Financial data</a> (0)' in page

    def test_page_of_a_category_tells_who_what_for_and_who_receives(self, visitor):
        page = visitor.get("/en/data/M1/").text

        assert 'href="/en/processing/?data=M1"' in page
        assert "Agency body-a</a> (1)" in page
        assert "Agency body-b</a> (1)" in page
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
        lists = re.findall(r'href="([^"]*)">[^<]*</a> \((\d+)\)', third)

        assert len(lists) >= 4
        for address, number in lists:
            assert number_found(visitor.get(unescape(address)).text) == int(number)
