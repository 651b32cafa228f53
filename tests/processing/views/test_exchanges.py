"""Who passes data to whom, as a visitor sees it."""

import re
from html import unescape

import pytest

from organisations.models import Organisation
from processing.models import Recipient
from tests import factories
from tests.processing.finding.pages import number_found

pytestmark = pytest.mark.django_db


class TestExchanges:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a, publisher_b):
        self.third = factories.create_organisation("body-c", kind="fps")
        activity = factories.create_full_activity(body_a, body_b, "rich")
        Recipient.objects.create(activity=activity, organisation=self.third, what_en="Copies")
        activity.publish(by=publisher_a)
        other = factories.create_full_activity(body_b, body_a, "second")
        other.publish(by=publisher_b)

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("?show=list", 3),
            ("?from=body-a", 2),
            ("?to=body-a", 1),
            ("?from=body-a&to=body-c", 1),
            ("?data=M", 3),
            ("?data=B", 0),
            ("?from=kind.agency", 3),
            ("?from=kind.agency&to=kind.fps", 1),
            ("?to=kind.pps", 0),
        ],
    )
    def test_table_is_narrowed(self, query, number, visitor):
        page = visitor.get(f"/en/exchanges/{query}").text

        assert number_found(page) == number
        assert page.count("<tr>") == number + (1 if number else 0)

    def test_row_leads_to_the_entry_and_tells_what_is_passed_on(self, visitor):
        page = visitor.get("/en/exchanges/?to=body-c").text

        assert 'href="/en/processing/body-a/1/">rich-name-en</a>' in page
        assert "Copies" in page

    def test_hidden_body_is_in_no_exchange(self, visitor):
        Organisation.objects.filter(pk=self.third.pk).update(is_public=False)

        assert number_found(visitor.get("/en/exchanges/?show=list").text) == 2
        assert visitor.get("/en/exchanges/?to=body-c").status_code == 404

    @pytest.mark.parametrize(
        "query",
        [
            *("from=nobody", "to=nobody", "from=kind.none", "to=kind.", "data=XX", "show=x"),
            *("show=list&page=9", "show=list&page=x"),
        ],
    )
    def test_what_the_table_does_not_have_is_not_found(self, query, visitor):
        assert visitor.get(f"/en/exchanges/?{query}").status_code == 404

    @pytest.mark.parametrize(
        ("query", "canonical"),
        [
            ("?show=list&from=body-a", "?from=body-a"),
            ("?page=1", ""),
            ("?show=list&page=1", "?show=list"),
            ("?from=&to=&data=&show=list", "?show=list"),
            ("?from=body-a&from=body-b", "?from=body-a"),
        ],
    )
    def test_each_list_has_one_address(self, query, canonical, visitor):
        response = visitor.get(f"/en/exchanges/{query}")

        assert (response.status_code, response.headers["Location"]) == (
            302,
            f"/en/exchanges/{canonical}",
        )

    def test_list_says_in_its_heading_what_it_lists(self, visitor):
        for query, heading in {
            "?from=body-a": "What Agency body-a passes on",
            "?to=kind.agency": "What Agencies and other bodies of public interest receives",
            "?from=body-a&to=body-c&data=M": "From Agency body-a to Agency body-c (Health data)",
            "?show=list": "All exchanges between federal bodies",
        }.items():
            page = visitor.get(f"/en/exchanges/{query}").text
            assert re.search("<h1>(.*?)</h1>", page, re.DOTALL)[1].strip() == heading
            assert f"<title>{heading} –" in page

    def test_what_is_the_same_in_every_row_is_no_column(self, visitor):
        columns = {
            query: visitor.get(f"/en/exchanges/?{query}").text.count(' scope="col">')
            for query in ("show=list", "from=body-a", "from=body-a&to=body-c", "from=kind.agency")
        }

        assert list(columns.values()) == [4, 3, 2, 4]


class TestPicture:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a, publisher_b):
        self.third = factories.create_organisation("body-c", kind="fps")
        for name in ("first", "second"):
            activity = factories.create_full_activity(body_a, body_b, name)
            if name == "first":
                Recipient.objects.create(activity=activity, organisation=self.third)
            activity.publish(by=publisher_a)
        factories.create_full_activity(body_b, body_a, "third").publish(by=publisher_b)
        # Never published, so in no number.
        factories.create_full_activity(body_b, body_a, "draft")

    def test_bodies_with_most_exchanges_come_first_with_their_numbers(self, visitor):
        page = visitor.get("/en/exchanges/").text

        assert "3 federal bodies exchange data. They describe 4 exchanges." in page
        assert ranking(page) == [("body-a", 3, 1), ("body-b", 1, 2), ("body-c", 0, 1)]

    def test_every_number_is_the_length_of_the_list_behind_it(self, visitor):
        page = visitor.get("/en/exchanges/").text
        matrix = re.findall(r'<td><a href="\?(.*?)"><svg.*?</svg><span>(\d+)</span>', page)
        flows = re.findall(r'<li><a href="\?(.*?)">.*?<b>(\d+)</b>', page, re.DOTALL)

        assert matrix == [
            ("from=kind.agency&amp;to=kind.fps", "1"),
            ("from=kind.agency&amp;to=kind.agency", "3"),
        ]
        assert sorted(flows) == sorted(matrix)
        for query, number in matrix:
            listed = visitor.get(f"/en/exchanges/?{unescape(query)}").text
            assert number_found(listed) == int(number)
        for slug, passed_on, received in ranking(page):
            for query, number in ((f"from={slug}", passed_on), (f"to={slug}", received)):
                assert number_found(visitor.get(f"/en/exchanges/?{query}").text) == number

    def test_hidden_body_and_what_is_withdrawn_are_in_no_number(self, body_b, visitor, publisher_b):
        Organisation.objects.filter(pk=self.third.pk).update(is_public=False)
        body_b.activities.get(number=1).withdraw(by=publisher_b, reason="")

        page = visitor.get("/en/exchanges/").text

        assert ranking(page) == [("body-a", 2, 0), ("body-b", 0, 2)]
        assert "kind.fps" not in page
        assert "body-c" not in page

    def test_longest_bar_is_that_of_the_largest_number(self, visitor):
        page = visitor.get("/en/exchanges/").text

        assert re.findall(r'<rect class="(\w+)" x="(\d+)" width="(\d+)"', page)[:4] == [
            ("out", "0", "100"),
            ("in", "102", "33"),
            ("out", "67", "33"),
            ("in", "102", "67"),
        ]

    def test_body_shows_whom_it_receives_from_and_passes_on_to(self, visitor):
        page = visitor.get("/en/organisations/body-a/").text

        assert partners(page, "in") == [("from=body-b&amp;to=body-a", "Agency body-b", "1")]
        assert partners(page, "out") == [
            ("from=body-a&amp;to=body-b", "Agency body-b", "2"),
            ("from=body-a&amp;to=body-c", "Agency body-c", "1"),
        ]
        assert 'href="/en/processing/body-b/1/"' in page

    def test_body_that_takes_part_in_none_has_no_picture(self, visitor):
        factories.create_organisation("alone")

        page = visitor.get("/en/organisations/alone/").text

        assert 'id="exchanges"' not in page
        assert 'id="received"' not in page


def test_picture_without_exchanges_says_so(body_a, visitor):
    page = visitor.get("/en/exchanges/").text

    assert "No published processing activity names another federal body" in page
    assert "<table" not in page


def ranking(page: str) -> list[tuple[str, int, int]]:
    """Slug of each body, how often it passes data on and receives some."""
    pattern = r'organisations/([\w-]+)/#exchanges">.*?on <b>(\d+)</b> · receives <b>(\d+)</b>'
    found = re.findall(pattern, page, re.DOTALL)
    return [(slug, int(passed_on), int(received)) for slug, passed_on, received in found]


def partners(page: str, side: str) -> list[tuple[str, str, str]]:
    """What the list of a side of a body's picture links to, its name and its number."""
    listed = page.split(f'<ol class="partners {side}">')[1].split("</ol>")[0]
    return re.findall(r'exchanges/\?(.*?)">(.*?)</a> <b>(\d+)</b>', listed)
