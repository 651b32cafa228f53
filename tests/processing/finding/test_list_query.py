"""The address of a list: how it is read, and the one form in which it is written."""

from datetime import date

import pytest
from django.http import Http404, QueryDict

from organisations.revision import current_revision
from processing.finding.filters import FacetIndex, facet_index_at
from processing.finding.list_query import ListQuery
from tests import factories
from tests.processing.finding.pages import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def facets(body_a) -> FacetIndex:
    return facet_index_at(current_revision())


class TestReading:
    def test_everything_that_an_address_says_is_read(self, facets):
        data = QueryDict("q=a+b&theme=TAXE&theme=HEAL&since=2025-01-31&sort=name&page=2&more=data")

        assert ListQuery.of(data, facets) == ListQuery(
            selection={"theme": ["HEAL", "TAXE"]},
            text="a b",
            since=date(2025, 1, 31),
            sort="name",
            page=2,
            more="data",
        )

    def test_address_that_says_nothing_asks_for_everything(self, facets):
        for address in ("", "q=&theme=&since=&sort=&page=&more=", "sort=name&page=1"):
            query = ListQuery.of(QueryDict(address), facets)

            assert query == ListQuery(selection={})
            assert (query.page, query.order, query.is_narrowed) == (1, "name", False)

    def test_option_that_is_given_twice_counts_once(self, facets):
        query = ListQuery.of(QueryDict("theme=TAXE&theme=&theme=TAXE"), facets)

        assert query.selection == {"theme": ["TAXE"]}

    def test_text_is_cut_at_200_characters_and_ends_with_none_that_is_empty(self, facets):
        texts = {
            200 * "a": 200 * "a",
            201 * "a": 200 * "a",
            f"{199 * 'a'} b": 199 * "a",
            f"  {199 * 'a'}\u00a0 b": 199 * "a",
            "\u00ad\u202eb  a\u2069": "b a",
        }

        for text, expected in texts.items():
            data = QueryDict(mutable=True)
            data["q"] = text
            assert ListQuery.of(data, facets).text == expected

    @pytest.mark.parametrize(
        "address",
        [
            *("theme=XXXX", "theme=TAXE&theme=XXXX", "body=nobody", "sort=password", "more=body-a"),
            *("page=0", "page=-1", "page=x", "page=1.0", "since=soon"),
        ],
    )
    def test_what_the_list_does_not_have_is_not_found(self, address, facets):
        with pytest.raises(Http404, match="no such filter, order or page"):
            ListQuery.of(QueryDict(address), facets)


class TestWriting:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            (ListQuery({}), ""),
            (ListQuery({}, "a b"), "q=a+b"),
            (ListQuery({"people": ["01"], "theme": ["HEAL"]}), "theme=HEAL&people=01"),
            (ListQuery({}, since=date(2025, 1, 31)), "since=2025-01-31"),
            (ListQuery({}, sort="newest"), "sort=newest"),
            (ListQuery({}, page=1), ""),
            (ListQuery({}, page=2), "page=2"),
            (ListQuery({}, more="data"), "more=data"),
        ],
    )
    def test_address_says_nothing_that_goes_without_saying(self, query, expected):
        assert query.encoded == expected

    def test_other_query_begins_at_its_first_page(self):
        query = ListQuery({"theme": ["HEAL", "TAXE"]}, "a", sort="name", page=3, more="data")

        assert query.anew() == ListQuery({"theme": ["HEAL", "TAXE"]}, "a", sort="name")
        assert query.anew(more="theme").encoded == "q=a&theme=HEAL&theme=TAXE&sort=name&more=theme"
        assert query.without("theme", "HEAL").encoded == "q=a&theme=TAXE&sort=name"


class TestOrder:
    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("", "name"),
            ("q=a", "relevance"),
            ("q=a&sort=relevance", "relevance"),
            ("sort=relevance", "name"),
            ("q=a&sort=name", "name"),
            ("sort=body", "body"),
            ("q=a&sort=newest", "newest"),
        ],
    )
    def test_order_is_what_was_asked_or_what_makes_sense(self, address, expected, facets):
        assert ListQuery.of(QueryDict(address), facets).order == expected

    def test_usual_order_goes_without_saying(self, facets):
        assert ListQuery.of(QueryDict("q=a&sort=relevance"), facets).encoded == "q=a"
        assert ListQuery.of(QueryDict("sort=name"), facets).encoded == ""


class TestNarrowing:
    @pytest.mark.parametrize(
        "query",
        [
            ListQuery({}, "a"),
            ListQuery({"theme": ["TAXE"]}),
            ListQuery({}, since=date(2025, 1, 31)),
        ],
    )
    def test_text_a_filter_or_a_date_narrows(self, query):
        assert query.is_narrowed
        assert not ListQuery({}, sort="newest", page=2, more="data").is_narrowed

    def test_list_tells_how_many_were_published_or_found(self, body_a, publisher_a, visitor):
        factories.create_publication(body_a, by=publisher_a)

        assert ">1 processing activity</p>" in find(visitor, "en", sort="newest")
        for choice in ({"q": "visitors"}, {"theme": "TAXE"}, {"since": "2020-01-01"}):
            assert ">1 processing activity</p>" in find(visitor, "en", **choice)
