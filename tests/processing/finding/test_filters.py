"""Narrowing and ordering the list of entries, as a visitor does."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from pyroaring import BitMap

from organisations.models import Organisation
from organisations.revision import current_revision
from processing.finding.filters import FILTERS, facet_index_at, strongest
from processing.models import DataCategory, DataItem, Theme
from tests import factories
from tests.processing.finding.pages import find, found, number_found, options

pytestmark = pytest.mark.django_db


class TestFilters:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a, publisher_b):
        full = factories.create_full_activity(body_a, body_b, "rich")
        full.publish(by=publisher_a)
        plain = factories.create_activity(body_a, name="Plain")
        plain.themes.set(["HEAL"])
        plain.publish(by=publisher_a)
        other = factories.create_activity(body_b, name="Zebra")
        DataItem.objects.create(activity=other, category_id="B01")
        other.publish(by=publisher_b)

    @pytest.mark.parametrize(
        ("parameters", "expected"),
        [
            ({"theme": "TAXE"}, {"rich-name-en", "Zebra"}),
            ({"theme": ["TAXE", "HEAL"]}, {"rich-name-en", "Plain", "Zebra"}),
            ({"theme": "TAXE", "body": "body-b"}, {"Zebra"}),
            ({"body": "body-a"}, {"rich-name-en", "Plain"}),
            ({"kind": "agency"}, {"rich-name-en", "Plain", "Zebra"}),
            ({"kind": "fps"}, set()),
            ({"data": "M"}, {"rich-name-en"}),
            ({"data": "M1"}, {"rich-name-en"}),
            ({"data": "A"}, {"Plain", "Zebra"}),
            ({"data": "B"}, {"Zebra"}),
            ({"people": "12"}, {"rich-name-en"}),
            ({"purpose": "A1_01"}, {"rich-name-en"}),
            ({"basis": "e"}, {"Plain", "Zebra"}),
            ({"recipient": "H"}, {"rich-name-en"}),
            ({"to": "body-b"}, {"rich-name-en"}),
            ({"sensitive": "special"}, {"rich-name-en"}),
            ({"sensitive": "criminal"}, set()),
            ({"transfer": "yes"}, {"rich-name-en"}),
            ({"transfer": "no"}, {"Plain", "Zebra"}),
            ({"automated": "yes"}, {"rich-name-en"}),
            ({"language": "fr"}, {"rich-name-en"}),
            ({"since": "2000-01-01"}, {"rich-name-en", "Plain", "Zebra"}),
            ({"since": "2999-01-01"}, set()),
            ({"theme": "TAXE", "q": "zebra"}, {"Zebra"}),
        ],
    )
    def test_filter_narrows_the_list(self, parameters, expected, visitor):
        page = find(visitor, "en", **parameters)

        assert set(found(page)) == expected
        assert number_found(page) == len(expected)

    def test_number_next_to_an_option_leaves_its_own_filter_aside(self, visitor):
        page = find(visitor, "en", theme="HEAL", body="body-a")

        assert options(page, "theme") == {"TAXE": 1, "HEAL": 1}
        assert options(page, "body") == {"body-a": 1}

    def test_each_choice_can_be_taken_away(self, visitor):
        page = find(visitor, "en", q="name", theme=["TAXE", "HEAL"], transfer="yes")

        chips = [unescape(href) for href in re.findall(r'<a class="chip" href="([^"]*)"', page)]

        assert chips == [
            "/en/processing/?theme=HEAL&theme=TAXE&transfer=yes",
            "/en/processing/?q=name&theme=TAXE&transfer=yes",
            "/en/processing/?q=name&theme=HEAL&transfer=yes",
            "/en/processing/?q=name&theme=HEAL&theme=TAXE",
        ]

    @pytest.mark.parametrize(
        "query",
        [
            *("theme=XXXX", "body=nobody", "sort=password", "more=working_copy", "page=x"),
            *("since=soon", "since=2026-13-01", "transfer=maybe"),
        ],
    )
    def test_what_the_list_does_not_have_is_not_found(self, query, visitor):
        response = visitor.get(f"/en/processing/?{query}")

        assert response.status_code == 404
        assert response.headers["Cache-Control"] == "no-store"

    def test_address_stays_when_switching_language(self, visitor):
        page = find(visitor, "en", q="rich", theme="TAXE")

        assert 'href="/fr/processing/?q=rich&amp;theme=TAXE"' in page

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("name", ["Plain", "rich-name-en", "Zebra"]),
            ("body", ["Plain", "rich-name-en", "Zebra"]),
            ("newest", ["Zebra", "Plain", "rich-name-en"]),
        ],
    )
    def test_list_is_in_the_order_that_was_asked_for(self, sort, expected, visitor):
        assert found(find(visitor, "en", sort=sort)) == expected


class TestNames:
    def test_filters_and_their_options_have_names(self, body_a, body_b, publisher_a, visitor):
        full = factories.create_full_activity(body_a, body_b, "rich")
        full.publish(by=publisher_a)

        page = find(visitor, "en")

        groups = re.findall(r"<summary>(.*?)</summary>(.*?)</details>", page, re.DOTALL)
        named = {label: re.findall(r"> ([^<>]*) <span", listed) for label, listed in groups}
        assert list(named.items()) == [
            ("Theme", ["Taxes"]),
            ("About whom", ["Citizens", "Employees"]),
            ("Which data", ["Health data", "Data on physical health"]),
            ("Federal body", ["Agency body-a"]),
            ("Kind of body", ["Agencies and other bodies of public interest"]),
            ("What for", ["General purposes", "Administration of staff and intermediaries"]),
            ("Legal basis", ["legitimate interests"]),
            ("Federal body that receives data", ["Agency body-b"]),
            ("Kind of recipient", ["Judiciary and police services"]),
            ("Sensitive data", ["Special categories of personal data"]),
            ("Data leave the European Economic Area", ["Yes"]),
            ("Automated decisions", ["Yes"]),
            ("Role of the body", ["Controller"]),
            ("Written in", ["Dutch", "French", "German", "English"]),
        ]


class TestTerms:
    def test_broader_term_holds_all_below_it(self, body_a, publisher_a):
        above = None
        for code in ("TOP", "MIDDLE", "BOTTOM"):
            above = Theme.objects.create(code=code, broader=above)
        activity = factories.create_activity(body_a)
        activity.themes.set(["BOTTOM"])
        publication = activity.publish(by=publisher_a)

        facets = facet_index_at(current_revision())

        for code in ("TOP", "MIDDLE", "BOTTOM"):
            assert list(facets.found({"theme": [code]})) == [publication.pk]

    def test_no_data_are_sensitive_where_no_term_is_marked(self, body_a, publisher_a):
        publication = factories.create_publication(body_a, by=publisher_a)
        DataCategory.objects.update(mark="")

        facets = facet_index_at(current_revision())

        assert {mark: list(keys) for mark, keys in facets.options["sensitive"].items()} == {
            "special": [],
            "criminal": [],
        }
        assert list(facets.entries) == [publication.pk]


class TestCounts:
    def test_numbers_of_everything_are_counted_once(self, body_a, publisher_a):
        publication = factories.create_publication(body_a, by=publisher_a)
        facets = facet_index_at(current_revision())

        everything = facets.counts({})

        assert everything["theme"]["TAXE"] == 1
        assert list(everything) == list(FILTERS)
        assert facets.counts({"theme": []}) is everything
        assert facets.counts({}, among=BitMap([publication.pk])) == everything
        assert facets.counts({}, among=BitMap())["theme"]["TAXE"] == 0
        assert facets.counts({"theme": ["TAXE"]}, among=BitMap())["theme"]["TAXE"] == 0
        assert list(facets.counts({"theme": ["TAXE"]}, names=["data"])) == ["data"]

    def test_register_without_a_public_body_has_nothing(self, body_a, publisher_a):
        factories.create_publication(body_a, by=publisher_a)
        Organisation.objects.update(is_public=False)

        facets = facet_index_at(current_revision())

        assert list(facets.entries) == list(facets.found({})) == []
        assert list(facets.since("2020-01-01")) != []
        assert list(facets.since("2999-01-01")) == []
        assert not any(facets.counts({"theme": ["TAXE"]})["body"].values())

    def test_day_of_publication_is_the_first_that_counts(self, body_a, publisher_a):
        late = datetime(2024, 5, 6, 22, 30, tzinfo=UTC)
        publication = factories.create_activity(body_a).publish(by=publisher_a, at=late)

        facets = facet_index_at(current_revision())

        # In Brussels it is the next day already.
        assert list(facets.since("2024-05-07")) == [publication.pk]
        assert list(facets.since("2024-05-08")) == []


class TestStrongest:
    @pytest.mark.parametrize(
        ("limit", "expected"),
        [
            (None, [("b", 3), ("a", 2), ("d", 2)]),
            (2, [("b", 3), ("a", 2)]),
            (9, [("b", 3), ("a", 2), ("d", 2)]),
        ],
    )
    def test_most_come_first_and_none_that_gives_nothing(self, limit, expected):
        assert list(strongest({"a": 2, "b": 3, "c": 0, "d": 2}, limit=limit)) == expected


class TestMoreOptions:
    def test_ten_strongest_options_are_shown_and_the_rest_on_demand(
        self, body_a, publisher_a, visitor
    ):
        codes = ["A1", "A2", "A3", "B01", "B02", "B03", "C1", "D1", "E1", "G1", "H1", "K1", "L1"]
        activity = factories.create_activity(body_a)
        for code in codes[1:]:
            DataItem.objects.create(activity=activity, category_id=code)
        activity.publish(by=publisher_a)

        page = find(visitor)
        assert len(options(page, "data")) == 10
        more = re.search(r'href="([^"]*more=data[^"]*)"', page)[1]
        everything = visitor.get(unescape(more).split("#")[0]).text

        assert set(codes) <= set(options(everything, "data"))
