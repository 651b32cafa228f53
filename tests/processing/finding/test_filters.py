"""Narrowing and ordering the list of entries, as a visitor does."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone
from pyroaring import BitMap

from organisations.calendar import months_after
from organisations.models import Department, Organisation
from organisations.revision import current_revision
from processing.finding.filters import FILTERS, facet_index_at, strongest
from processing.models import DataCategory, DataItem, Processor, ServedController, Theme, Transfer
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
            "/en/processing/?q=name&theme=TAXE&transfer=yes",
            "/en/processing/?q=name&theme=HEAL&transfer=yes",
            "/en/processing/?q=name&theme=HEAL&theme=TAXE",
        ]

    @pytest.mark.parametrize(
        ("parameters", "label"),
        [
            ({}, "Filter"),
            ({"q": "name", "sort": "newest"}, "Filter"),
            ({"theme": "TAXE"}, "Filter (1 chosen)"),
            ({"theme": ["TAXE", "HEAL"], "since": "2020-01-01"}, "Filter (3 chosen)"),
        ],
    )
    def test_label_of_the_filters_tells_how_many_are_chosen(self, parameters, label, visitor):
        page = find(visitor, "en", **parameters)

        assert f"<summary>{label}</summary>" in page

    @pytest.mark.parametrize(
        ("parameters", "is_open"),
        [({}, False), ({"data": "M"}, True), ({"more": "body"}, True), ({"theme": "TAXE"}, False)],
    )
    def test_other_filters_are_open_where_something_of_them_is_chosen(
        self, parameters, is_open, visitor
    ):
        page = find(visitor, "en", **parameters)

        assert ('<details class="others" open>' in page) is is_open

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

        parts = page.split('<div class="choosing">')[1].split("</section>")[0]
        groups = re.findall(r"<(?:legend|summary)>(.*?)</(?:legend|summary)>", parts)
        listed = re.split(r"<(?:legend|summary)>.*?</(?:legend|summary)>", parts)[1:]
        named = [
            (label, re.findall(r"> ([^<>]*) <span", options))
            for label, options in zip(groups, listed, strict=True)
        ]
        assert named == [
            (
                "Often asked",
                [
                    "A computer decides alone",
                    "Data leave the European Economic Area",
                    "Sensitive data, such as health or religion",
                ],
            ),
            ("Theme", ["Taxes"]),
            ("About whom", ["Citizens", "Employees"]),
            ("More filters", []),
            ("Which data", ["Health data", "Data on physical health"]),
            ("Federal body", ["Agency body-a"]),
            ("Kind of body", ["Agencies and other bodies of public interest"]),
            ("What for", ["General purposes", "Administration of staff and intermediaries"]),
            ("Legal basis", ["Legitimate interests"]),
            ("Federal body that receives data", ["Agency body-b"]),
            ("Kind of recipient", ["Judiciary and police services"]),
            ("Role of the body", ["Controller", "Joint controller, together with others"]),
            ("Written in", ["Dutch", "French", "German", "English"]),
            # Offered as links.
            ("Published or changed since", []),
        ]


class TestCountries:
    @pytest.fixture(autouse=True)
    def register(self, body_a, publisher_a):
        parts = {
            "Transfer": [Transfer(mechanism_id="02", country="IN")],
            "Kept": [Processor(category_id="H", country="US", data_countries=["FR", "BE"])],
            "Seat": [Processor(category_id="H", country="CH")],
            "Both": [
                Transfer(mechanism_id="02", country="IN"),
                Processor(category_id="H", country="IN"),
            ],
            "Here": [Processor(category_id="H", country="BE")],
        }
        for name, rows in parts.items():
            activity = factories.create_activity(body_a, name=name)
            for row in rows:
                row.activity = activity
                row.save()
            activity.publish(by=publisher_a)

    @pytest.mark.parametrize(
        ("country", "expected"),
        [
            ("IN", {"Transfer", "Both"}),
            ("FR", {"Kept"}),
            # Its seat tells where data go only where nothing else does.
            ("US", set()),
            ("CH", {"Seat"}),
            (["FR", "CH"], {"Kept", "Seat"}),
            ("JP", set()),
        ],
    )
    def test_country_is_where_data_go_or_are_kept(self, country, expected, visitor):
        assert set(found(find(visitor, "en", country=country))) == expected

    def test_each_other_country_is_offered_with_its_number(self, visitor):
        page = find(visitor, "en")

        assert options(page, "country") == {"IN": 2, "CH": 1, "FR": 1}
        assert "those where processors keep the data" in page

    def test_country_that_a_search_names_is_offered(self, visitor):
        for text in ("india", "my data in India", "mes données en Inde"):
            page = find(visitor, "en", q=text)

            offered = page.split('class="direct')[1].split("</nav>")[0]
            assert 'href="/en/processing/?country=IN">Data go to: India</a>' in offered
            assert '<span class="number">(2)</span>' in offered
        # The code of a country is a word first, and no data go to Japan.
        assert 'class="direct' not in find(visitor, "en", q="my data in Japan")

    @pytest.mark.parametrize("country", ["BE", "XX", "in", "EU"])
    def test_what_is_no_other_country_is_not_found(self, country, visitor):
        assert visitor.get(f"/en/processing/?country={country}").status_code == 404

    def test_country_is_called_what_the_language_calls_it(self, visitor):
        names = {"nl": "Zwitserland", "fr": "Suisse", "de": "Schweiz", "en": "Switzerland"}

        for language, name in names.items():
            assert f"<bdi>{name}</bdi>" in find(visitor, language, country="CH")


class TestDepartments:
    @pytest.fixture
    def disputes(self, body_a) -> Department:
        return body_a.departments.create(name_en="Disputes", name_fr="Litiges")

    @pytest.fixture
    def register(self, body_a, body_b, publisher_a, publisher_b, disputes) -> None:
        """Two entries of departments, and what has none; the body shows its departments."""
        show_departments(body_a)
        publish(body_a, publisher_a, disputes, "One", "Two")
        publish(body_a, publisher_a, body_a.departments.create(name_nl="Inning"), "Three")
        publish(body_a, publisher_a, None, "Four")
        publish(body_b, publisher_b, body_b.departments.create(name_en="Secret"), "Five")

    def test_department_of_the_body_that_is_chosen_narrows(self, register, disputes, visitor):
        other = Department.objects.get(name_nl="Inning")
        page = find(visitor, "en", body="body-a")
        assert options(page, "department") == {str(disputes.pk): 2, str(other.pk): 1}

        for chosen, expected in (
            ({"department": disputes.pk, "body": "body-a"}, {"One", "Two"}),
            ({"department": [disputes.pk, other.pk]}, {"One", "Two", "Three"}),
            ({"department": disputes.pk, "q": "two"}, {"Two"}),
            ({"department": disputes.pk, "body": "body-b"}, set()),
        ):
            page = find(visitor, "en", **chosen)
            assert set(found(page)) == expected
            assert number_found(page) == len(expected)
            assert "<bdi>Disputes</bdi>" in page
        assert "<bdi>Litiges</bdi>" in find(visitor, "fr", department=disputes.pk)

    @pytest.mark.parametrize(
        "chosen",
        [{}, {"body": "body-b"}, {"body": ["body-a", "body-b"]}, {"theme": "TAXE"}],
        ids=["none", "another", "two", "theme"],
    )
    def test_departments_are_offered_beside_one_body_only(self, chosen, register, visitor):
        assert options(find(visitor, "en", **chosen), "department") == {}

    def test_body_that_does_not_show_them_has_none(self, register, body_b, visitor):
        secret = body_b.departments.get()
        address = f"/en/processing/?department={secret.pk}"

        assert visitor.get(address).status_code == 404
        show_departments(body_b)
        # It shows them, and what was published before names none.
        assert set(found(find(visitor, "en", department=secret.pk))) == set()
        assert options(find(visitor, "en", body="body-b"), "department") == {}

    @pytest.mark.parametrize("hidden", [{"shows_departments": False}, {"is_public": False}])
    def test_choice_that_is_taken_back_takes_the_options_away(
        self, hidden, register, body_a, disputes, visitor
    ):
        address = f"/en/processing/?department={disputes.pk}"
        assert visitor.get(address).status_code == 200

        Organisation.objects.filter(pk=body_a.pk).update(**hidden)

        assert visitor.get(address).status_code == 404
        everything = visitor.get("/en/processing/?more=department").text
        assert "Disputes" not in everything
        assert options(everything, "department") == {}

    @pytest.mark.parametrize("department", ["0", "-1", "x", "999999999999999999999"])
    def test_what_is_no_department_is_not_found(self, department, register, visitor):
        assert visitor.get(f"/en/processing/?department={department}").status_code == 404

    def test_strongest_are_shown_at_first(self, body_a, publisher_a, visitor):
        show_departments(body_a)
        for number in range(12):
            department = body_a.departments.create(name_en=f"Department {number}")
            publish(body_a, publisher_a, department, f"Entry {number}")

        page = find(visitor, "en", body="body-a")

        assert len(options(page, "department")) == 6
        assert ">6 more departments</a>" in page
        more = unescape(re.search(r'href="([^"]*more=department[^"]*)"', page)[1]).split("#")[0]
        assert len(options(visitor.get(more).text, "department")) == 12


def show_departments(body: Organisation) -> None:
    Organisation.objects.filter(pk=body.pk).update(shows_departments=True)


def publish(body: Organisation, publisher, department: Department | None, *names: str) -> None:
    for name in names:
        activity = factories.create_activity(body, name=name, department=department)
        activity.publish(by=publisher)


class TestOnBehalf:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a):
        for name, served in (
            ("Payroll", {"organisation": body_b}),
            ("Hosting", {"name_en": "A town"}),
            ("Own", None),
        ):
            activity = factories.create_activity(body_a, name=name)
            if served:
                activity.acts_as = "processor"
                activity.save()
                activity.processing_types.set(["05"])
                ServedController.objects.create(activity=activity, **served)
            activity.publish(by=publisher_a)
        factories.create_full_activity(body_a, body_b, "joint").publish(by=publisher_a)

    @pytest.mark.parametrize(
        ("parameters", "expected"),
        [
            ({"role": "processor"}, {"Payroll", "Hosting"}),
            ({"role": "joint"}, {"joint-name-en"}),
            ({"role": "controller"}, {"Own", "joint-name-en"}),
            ({"role": ["joint", "processor"]}, {"Payroll", "Hosting", "joint-name-en"}),
            ({"behalf": "body-b"}, {"Payroll"}),
            ({"behalf": "body-b", "role": "joint"}, set()),
            ({"behalf": "body-a"}, set()),
        ],
    )
    def test_role_and_on_whose_behalf(self, parameters, expected, visitor):
        page = find(visitor, "en", **parameters)

        assert set(found(page)) == expected

    def test_body_that_is_hidden_is_no_option(self, body_b, visitor):
        assert options(find(visitor, "en"), "behalf") == {"body-b": 1}

        Organisation.objects.filter(pk=body_b.pk).update(is_public=False)

        assert options(find(visitor, "en"), "behalf") == {}
        assert visitor.get("/en/processing/?behalf=body-b").status_code == 404


class TestSince:
    @pytest.fixture(autouse=True)
    def register(self, body_a, publisher_a):
        now = timezone.now()
        for name, months in (("New", 0), ("Quarter", 2), ("Year", 11), ("Old", 30)):
            activity = factories.create_activity(body_a, name=name)
            activity.publish(by=publisher_a, at=months_after(now, -months) - timedelta(hours=1))
        # Published long ago, and changed now.
        changed = factories.create_activity(body_a, name="Before")
        changed.publish(by=publisher_a, at=months_after(now, -40))
        changed.name_en = "Changed"
        changed.save()
        changed.publish(by=publisher_a)

    def periods(self, page: str) -> dict[str, tuple[str, int]]:
        """What a choice is called -> its address, and the number next to it."""
        part = page.split('<details id="filter-since"')[1].split("</details>")[0]
        pattern = r'href="([^"]*)"[^>]*>([^<]*)</a> <span class="number">(\d+)</span>'
        return {
            name: (unescape(address), int(number))
            for address, name, number in re.findall(pattern, part)
        }

    @pytest.mark.parametrize("other", ["", "?theme=TAXE", "?q=summary", "?since=2000-01-01"])
    def test_last_month_quarter_and_year_are_offered_with_their_numbers(self, other, visitor):
        expected = {
            "Last month": {"New", "Changed"},
            "Last 3 months": {"New", "Changed", "Quarter"},
            "Last year": {"New", "Changed", "Quarter", "Year"},
        }

        periods = self.periods(visitor.get(f"/en/processing/{other}").text)

        assert list(periods) == list(expected)
        for name, (address, number) in periods.items():
            page = visitor.get(address).text
            assert set(found(page)) == expected[name]
            assert number == number_found(page) == len(expected[name])

    def test_choice_is_marked_and_can_be_taken_away(self, visitor):
        address, _number = self.periods(find(visitor, "en", theme="TAXE"))["Last month"]

        page = visitor.get(address).text

        assert 'aria-current="true">Last month</a>' in page
        assert '<a class="chip" href="/en/processing/?theme=TAXE">' in page
        assert '<details id="filter-since" open>' in page

    def test_choices_follow_the_day(self, visitor, monkeypatch):
        def asked() -> tuple[str, str]:
            answer = visitor.get("/en/processing/")
            return answer.headers["ETag"], self.periods(answer.text)["Last month"][0]

        tag, address = asked()
        assert asked() == (tag, address)

        tomorrow = timezone.localdate() + timedelta(days=40)
        monkeypatch.setattr("organisations.public_page.localdate", lambda: tomorrow)

        assert asked()[0] != tag
        since = months_after(tomorrow, -1).isoformat()
        assert asked()[1] == f"/en/processing/?since={since}"


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
    def test_strongest_options_are_shown_and_the_rest_on_demand(self, body_a, publisher_a, visitor):
        codes = ["A1", "A2", "A3", "B01", "B02", "B03", "C1", "D1", "E1", "G1", "H1", "K1", "L1"]
        activity = factories.create_activity(body_a)
        for code in codes[1:]:
            DataItem.objects.create(activity=activity, category_id=code)
        activity.publish(by=publisher_a)

        page = find(visitor)
        assert len(options(page, "data")) == 6
        more = re.search(r'href="([^"]*more=data[^"]*)"', page)[1]
        everything = visitor.get(unescape(more).split("#")[0]).text

        assert set(codes) <= set(options(everything, "data"))
