"""The line from what is asked to what the page shows: each step by itself."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import Http404
from pyroaring import BitMap

from organisations.revision import current_revision
from processing import countries
from processing.finding.entry_list import entry_list
from processing.finding.found import find
from processing.finding.list_query import ListQuery
from processing.finding.narrowing import ASKED, chips, filters
from processing.finding.offers import Subject, orders, wider
from processing.finding.register import Register, register_at
from processing.finding.results import page_in_order
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(body_a, body_b, publisher_a, publisher_b) -> dict[str, int]:
    """Name -> key, of entries of two bodies."""
    bodies = {body_a: publisher_a, body_b: publisher_b}
    return {
        name: factories.create_publication(
            body, by=bodies[body], name=name, language="en", summary_en=summary
        ).pk
        for body, name, summary in [
            (body_b, "Blue badge", "A parking permit."),
            (body_a, "Parking", "Where cars stand."),
            (body_a, "Alpha", "Nothing of it."),
        ]
    }


@pytest.fixture
def register(entries) -> Register:
    return register_at(current_revision(), "en")


class TestWhichEntries:
    @pytest.mark.parametrize(
        ("query", "among", "expected"),
        [
            (ListQuery({}), None, {"Blue badge", "Parking", "Alpha"}),
            (ListQuery({"body": ["body-a"]}), None, {"Parking", "Alpha"}),
            (ListQuery({}, "parking"), {"Blue badge", "Parking"}, {"Blue badge", "Parking"}),
            (
                ListQuery({"body": ["body-a"]}, "parking"),
                {"Blue badge", "Parking"},
                {"Parking"},
            ),
            (ListQuery({}, "parking", since=date(2999, 1, 1)), set(), set()),
            (ListQuery({}, since=date(2999, 1, 1)), set(), set()),
            # No word to look for leaves all.
            (ListQuery({}, "the"), None, {"Blue badge", "Parking", "Alpha"}),
        ],
    )
    def test_words_day_and_filters_leave_some(self, query, among, expected, entries, register):
        found = find(query, register)

        assert found.entries == BitMap(entries[name] for name in expected)
        assert found.among == (None if among is None else BitMap(entries[n] for n in among))
        assert (found.search is None) == (query.text == "")


class TestInWhichOrder:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            (ListQuery({}), ["Alpha", "Blue badge", "Parking"]),
            (ListQuery({}, sort="newest"), ["Alpha", "Parking", "Blue badge"]),
            (ListQuery({}, sort="body"), ["Alpha", "Parking", "Blue badge"]),
            (ListQuery({}, "parking"), ["Parking", "Blue badge"]),
            (ListQuery({}, "parking", sort="name"), ["Blue badge", "Parking"]),
        ],
    )
    def test_page_is_in_the_order_that_was_asked_for(self, query, expected, entries, register):
        page = page_in_order(find(query, register), query, register)

        assert list(page) == [entries[name] for name in expected]

    def test_page_that_the_list_does_not_have_is_not_found(self, register):
        query = ListQuery({}, page=2)

        with pytest.raises(Http404):
            page_in_order(find(query, register), query, register)


class TestWhatNarrows:
    def test_choices_can_be_taken_back(self, register):
        query = ListQuery({"theme": ["HEAL", "TAXE"]}, "a", since=date(2025, 1, 31))

        assert [(chip.filter, chip.title, chip.query) for chip in chips(query, register)] == [
            ("Theme", "Health", "q=a&theme=TAXE&since=2025-01-31"),
            ("Theme", "Taxes", "q=a&theme=HEAL&since=2025-01-31"),
            ("Published or changed since", "31 January 2025", "q=a&theme=HEAL&theme=TAXE"),
        ]

    def test_strongest_options_and_the_chosen_ones_are_shown(self, register):
        themes = list(register.code_lists["themes"])
        counts = {name: {} for name in register.facets.options}
        counts["theme"] = {code: number % 13 for number, code in enumerate(themes)}

        (group,) = filters(ListQuery({"theme": [themes[1]]}), counts, register).first

        strongest = sorted(counts["theme"].values(), reverse=True)[:6]
        assert [option.count for option in group.options] == [*strongest, 1]
        assert [option.value for option in group.options if option.is_chosen] == [themes[1]]
        assert (group.name, group.is_open) == ("theme", True)
        left = sum(map(bool, counts["theme"].values())) - len(group.options)
        assert group.more == f"{left} more themes"
        assert group.more_query == f"theme={themes[1]}&more=theme"

    def test_chosen_option_that_gives_nothing_is_none_of_those_that_are_left(self, register):
        counts = {name: {} for name in register.facets.options}
        counts["body"] = {"body-a": 0, "body-b": 1}

        (group,) = filters(ListQuery({"body": ["body-a"]}), counts, register).others

        assert [option.value for option in group.options] == ["body-b", "body-a"]
        assert group.more == ""

    def test_all_options_are_shown_where_that_is_asked(self, register):
        counts = register.facets.counts({})

        (group,) = (
            group
            for group in filters(ListQuery({}, more="body"), counts, register).others
            if group.name == "body"
        )

        assert [(o.value, o.count, o.is_chosen) for o in group.options] == [
            ("body-a", 2, False),
            ("body-b", 1, False),
        ]
        assert (group.more, group.is_open) == ("", True)

    def test_what_people_ask_for_most_comes_first_and_once(self, register):
        counts = {name: {} for name in register.facets.options}
        counts |= {"automated": {"yes": 2, "no": 3}, "transfer": {"yes": 0}}
        counts |= {"theme": {"TAXE": 1}, "people": {"12": 1}, "data": {"M": 1}}

        found = filters(ListQuery({"transfer": ["yes"]}), counts, register)

        assert [(o.parameter, o.value, o.count, o.is_chosen) for o in found.asked] == [
            ("automated", "yes", 2, False),
            ("transfer", "yes", 0, True),
        ]
        assert [group.name for group in found.first] == ["theme", "people"]
        listed = {group.name: [o.value for o in group.options] for group in found.others}
        # Of the first, only "no" is left, which nobody looks for.
        assert listed == {"data": ["M"]}
        assert not found.has_open_others

    def test_no_is_shown_where_an_address_asks_for_it(self, register):
        counts = {name: {} for name in register.facets.options}
        counts |= {"automated": {"yes": 2, "no": 3}}

        (group,) = filters(ListQuery({"automated": ["no"]}), counts, register).others

        assert [(o.value, o.count, o.is_chosen) for o in group.options] == [("no", 3, True)]

    def test_options_begin_with_a_capital(self, register):
        for name in ("basis", "role", "automated", "language"):
            for option in register.facets.options[name]:
                assert str(register.name_of(name, option))[0].isupper()

    def test_choice_of_what_people_ask_for_most_says_all_by_itself(self, register):
        query = ListQuery({name: [option] for name, option in ASKED})

        assert [(chip.filter, chip.title) for chip in chips(query, register)] == [
            ("", str(statement)) for statement in ASKED.values()
        ]

    def test_choices_are_counted(self):
        query = ListQuery({"theme": ["HEAL", "TAXE"]}, "a", since=date(2025, 1, 31))

        assert query.number_of_choices == 3
        assert ListQuery({}, "a", sort="name").number_of_choices == 0


class TestWhatIsOffered:
    def test_orders_are_those_that_make_sense(self):
        assert [tuple(order) for order in orders(ListQuery({}, sort="newest"))] == [
            ("name", "", False),
            ("body", "sort=body", False),
            ("newest", "sort=newest", True),
        ]
        assert [order.query for order in orders(ListQuery({}, "a"))] == [
            *("q=a", "q=a&sort=name", "q=a&sort=body", "q=a&sort=newest")
        ]

    def test_wider_searches_find_something(self, register):
        query = ListQuery({"theme": ["HEAL"], "body": ["body-b"]}, "parking")

        offered = wider(query, find(query, register), register)

        assert [(suggestion.query, suggestion.count) for suggestion in offered] == [
            ("q=parking", 2),
            ("q=parking&body=body-b", 1),
        ]


class TestWhatTheWordsName:
    def test_country_is_known_by_the_names_that_people_use(self):
        for text in ("USA", "in de VS", "les États-Unis", "Vereinigte Staaten", "to america?"):
            assert countries.named_in(text) == ["US"]
        assert countries.named_in("India, then China and India") == ["IN", "CN"]
        assert countries.named_in("de data in be") == []
        assert countries.code_of("VS") == countries.code_of("us") == "US"

    def test_body_and_subject_come_by_turns_and_few_at_first(self, entries, body_a, register):
        found = entry_list(ListQuery({}, "agency body"), register)
        taxes = Subject("Taxes", "/en/processing/?theme=TAXE", 3)
        found = replace(found, subjects=[taxes])

        bodies = [body.name for body in found.bodies]
        assert len(bodies) == 2
        assert [name.name for name in found.first_names] == [bodies[0], "Taxes"]
        assert [name.name for name in found.other_names] == [bodies[1]]
        assert found.first_names[0].address == f"/en/organisations/{found.bodies[0].slug}/"


class TestWhole:
    def test_one_result_holds_what_the_page_shows(self, entries, register):
        query = ListQuery({"body": ["body-a"]}, "parking")

        found = entry_list(query, register)

        assert found.query is query
        assert list(found.page) == [entries["Parking"]]
        assert [summary.title for summary in found.summaries] == ["Parking"]
        assert [chip.filter for chip in found.chips] == ["Federal body"]
        assert found.wider == []

    def test_nothing_found_offers_wider_searches(self, register):
        found = entry_list(ListQuery({"theme": ["HEAL"]}, "parking"), register)

        assert found.summaries == []
        assert [suggestion.query for suggestion in found.wider] == ["q=parking", "q=parking"]
