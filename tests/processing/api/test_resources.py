"""What the API tells: the same as the pages of the site, in the same order."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from organisations.models import Organisation
from processing.models import ProcessingActivity
from tests import factories
from tests.processing.api.conftest import BASE

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="/en/processing/([a-z-]+)/(\d+)/"')


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", ""),
        ("?q=text", "?q=text"),
        ("?sort=newest", "?sort=-publishedAt"),
        ("?sort=body", "?sort=organisation"),
        ("?q=cameras+passports&sort=name", "?q=cameras+passports&sort=name"),
        ("?theme=TAXE&language=en", "?theme=TAXE&language=en"),
        ("?since=2020-01-01", "?since=2020-01-01"),
    ],
)
def test_list_is_that_of_the_site(query, asked, api, register):
    page = Client().get(f"/en/processing/{query}").text
    shown = list(dict.fromkeys(LINK.findall(page.split("<main")[1])))

    told = api.get(f"processingActivities{asked}", **{"Accept-Language": "en"})

    assert [(i["organisation"]["id"], str(i["number"])) for i in told["items"]] == shown


class TestActivities:
    def test_link_says_what_a_list_shows(self, api, register):
        (told,) = api.get("processingActivities?data=M1&lang=nl")["items"]

        published = told.pop("publishedAt")
        assert datetime.fromisoformat(published).tzinfo
        assert told == {
            "href": f"{BASE}/processingActivities/body-a/1",
            "title": "text-name-nl",
            "organisation": {
                "id": "body-a",
                "href": f"{BASE}/organisations/body-a",
                "name": {"nl": "Dienst body-a"},
            },
            "number": 1,
            "version": 1,
            "actsAs": {
                "code": "controller",
                "href": f"{BASE}/refData/roles/controller",
                "label": {"nl": "Verwerkingsverantwoordelijke"},
            },
            "name": {"nl": "text-name-nl"},
            "summary": {"nl": "text-summary-nl"},
        }

    def test_activity_names_what_it_refers_to(self, api, publication):
        told = api.get("processingActivities/body-a/1")

        assert told["page"]["fr"] == "http://testserver/fr/processing/body-a/1/"
        assert told["replacedBy"] == {"number": 7, "href": f"{BASE}/processingActivities/body-a/7"}
        assert told["personalData"][0]["category"]["href"] == f"{BASE}/refData/personalData/A1"
        assert told["legalGrounds"][0]["ground"]["code"] == "6-e"
        assert told["recipients"][0]["organisation"]["id"] == "body-b"
        assert told["isCurrent"] is True

    def test_earlier_versions_stay_as_they_were(self, api, register, publisher_a):
        register.name_en = "Renamed"
        register.save()
        register.publish(by=publisher_a)

        newest, first = api.get("processingActivities/body-a/1/versions?lang=en")["items"]

        assert (newest["isCurrent"], newest["changedProperties"]) == (True, ["name"])
        assert (first["isCurrent"], "changedProperties" in first) == (False, False)
        old = api.get(first["href"].removeprefix(f"{BASE}/"))
        assert (old["self"], old["name"]["en"]) == (first["href"], "text-name-en")
        assert old["page"]["en"].endswith("/en/processing/body-a/1/versions/1/")

    def test_body_that_is_not_public_has_a_name_only(self, api, register, body_b):
        Organisation.objects.filter(pk=body_b.pk).update(is_public=False)

        told = api.get("processingActivities/body-a/1?lang=en")

        assert [r["organisation"] for r in told["recipients"] if "organisation" in r] == [
            {"name": {"en": "A federal body that is not on this site"}}
        ]
        assert api.problem("organisations/body-b", 404)
        assert api.problem("processingActivities?to=body-b", 400)
        assert api.get("exchanges")["total"] == 0


class TestOrganisations:
    def test_body_tells_what_its_page_tells(self, api, register, body_a, body_b):
        Organisation.objects.filter(pk=body_a.pk).update(
            parent=body_b,
            supervisory_authority=body_b,
            enterprise_number="0308357159",
            former_names="Old\nOlder",
            street_nl="Straat 1",
            postal_code="1000",
            city_fr="Bruxelles",
            dpo_name="Robin",
            website_en="https://a.example/",
        )

        told = api.get("organisations/body-a")

        assert told["enterpriseNumber"] == "0308357159"
        assert told["formerNames"] == ["Old", "Older"]
        assert told["parent"]["id"] == told["supervisoryAuthority"]["id"] == "body-b"
        assert told["address"] == {
            "street": {"nl": "Straat 1"},
            "postalCode": "1000",
            "city": {"fr": "Bruxelles"},
        }
        assert told["dataProtectionOfficer"] == {"mailbox": "dpo@body-a.example"}
        assert told["website"] == {"en": "https://a.example/"}
        assert told["kind"]["code"] == "agency"
        assert told["processingActivities"] == {
            "href": f"{BASE}/processingActivities?body=body-a",
            "total": 2,
        }

    def test_bodies_are_found_by_their_names_and_kinds(self, api, body_a, body_b):
        factories.create_organisation("police", kind=Organisation.Kind.DEFENCE_POLICE)

        for query, expected in {
            "": ["body-a", "body-b", "police"],
            "?q=body": ["body-a", "body-b"],
            "?q=nothing": [],
            "?kind=defencePolice": ["police"],
            "?kind=defencePolice&kind=agency": ["body-a", "body-b", "police"],
            "?kind=defencePolice&q=body": [],
        }.items():
            items = api.get(f"organisations{query}")["items"]
            assert [item["id"] for item in items] == expected, query


class TestExchanges:
    def test_exchanges_are_those_of_the_site(self, api, register):
        (told,) = api.get("exchanges?lang=nl")["items"]

        assert told["from"]["id"] == "body-a"
        assert told["to"]["id"] == "body-b"
        assert told["href"] == f"{BASE}/processingActivities/body-a/1"
        assert {"nl": "text-recipient-what-nl"} in told["what"]
        assert [term["code"] for term in told["personalData"]] == ["M1"]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            *(("from=body-a", 1), ("from=body-b", 0), ("to=body-b", 1), ("data=M1", 1)),
            *(("data=A1", 0), ("from=kind.agency&to=kind.agency", 1), ("to=kind.fps", 0)),
            ("from=kind.defencePolice", 0),
        ],
    )
    def test_exchanges_are_narrowed(self, query, expected, api, register):
        assert api.get(f"exchanges?{query}")["total"] == expected


class TestChanges:
    @pytest.fixture
    def history(self, body_a, body_b, publisher_a, publisher_b) -> None:
        """Published in March, changed in April, withdrawn in May; another body's in March."""

        def day(month: int, day: int) -> datetime:
            return datetime(2025, month, day, 12, tzinfo=UTC)

        visitors = factories.create_activity(body_a, name="Visitors")
        visitors.publish(by=publisher_a, at=day(3, 1))
        permits = factories.create_activity(body_b, name="Permits")
        permits.publish(by=publisher_b, at=day(3, 20))
        secret = factories.create_activity(body_b, name="Canary")
        secret.publish(by=publisher_b, at=day(3, 20))
        visitors.name_en = "Guests"
        visitors.save()
        visitors.publish(by=publisher_a, at=day(4, 3))
        secret.withdraw(by=publisher_b, reason="", at=day(5, 6))

    def test_newest_change_comes_first(self, api, history):
        told = api.get("changes?lang=en")["items"]

        assert [(c["change"], c["changedOn"], c.get("title")) for c in told] == [
            ("withdrawn", "2025-05-06", None),
            ("changed", "2025-04-03", "Guests"),
            ("published", "2025-03-20", "Permits"),
            ("published", "2025-03-01", "Visitors"),
        ]
        assert told[0]["href"] == f"{BASE}/processingActivities/body-b/2"
        assert told[1]["changedProperties"] == ["name"]
        assert told[3]["href"] == f"{BASE}/processingActivities/body-a/1/versions/1"
        assert "Canary" not in str(told)

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            *(("since=2025-03-20", 3), ("since=2025-03-21", 2), ("since=2025-04-04", 1)),
            *(("since=2025-05-07", 0), ("since=2025-06-01", 0), ("body=body-a", 2)),
            *(("body=body-a&body=body-b", 4), ("body=body-b&since=2025-03-02", 2)),
            ("since=0001-01-01", 4),
            ("since=9999-12-31", 0),
        ],
    )
    def test_changes_are_narrowed(self, query, expected, api, history):
        told = api.get(f"changes?{query}")

        assert (told["total"], len(told["items"])) == (expected, expected)

    def test_pages_cross_months(self, api, history):
        titles = [
            [c["changedOn"] for c in api.get(f"changes?pageSize=2&page={page}")["items"]]
            for page in (1, 2)
        ]

        assert titles == [["2025-05-06", "2025-04-03"], ["2025-03-20", "2025-03-01"]]


class TestReferenceData:
    def test_every_code_of_an_activity_is_in_its_list(self, api, publication):
        """What an entry names can be looked up: code, label and IRI are the same there."""
        found = list(terms_in(api.get("processingActivities/body-a/1")))

        assert len(found) > 20
        for term in found:
            told = api.get(term["href"].removeprefix(f"{BASE}/"))
            assert {name: told.get(name) for name in term if name != "href"} == {
                name: value for name, value in term.items() if name != "href"
            }
            assert told["self"] == term["href"]

    def test_term_says_where_it_stands(self, api, db):
        told = api.get("refData/personalData/M1?lang=en")

        assert told["broader"]["code"] == "M"
        assert told["mark"] == "special"
        assert told["page"] == {"en": "http://testserver/en/data/M1/"}
        assert "M1" in [term["code"] for term in api.get("refData/personalData/M")["narrower"]]

    def test_lists_tell_how_many_terms_they_have(self, api, db):
        for listed in api.get("refData?pageSize=100")["items"]:
            terms = api.get(listed["href"].removeprefix(f"{BASE}/"))
            assert terms["total"] == listed["total"] > 0


def terms_in(told: object):
    if isinstance(told, dict):
        if told.keys() >= {"code", "href", "label"}:
            yield told
        for value in told.values():
            yield from terms_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from terms_in(value)


def test_what_is_not_published_is_nowhere(api, register, body_a):
    factories.create_activity(body_a, name="Canary")
    register.name_en = "Canary"
    register.save()

    assert api.get("processingActivities")["total"] == 3
    assert api.get("processingActivities?q=canary")["total"] == 0
    assert "Canary" not in str(api.get("processingActivities?embed=items"))
    assert api.problem("processingActivities/body-a/3", 404)
    assert ProcessingActivity.objects.count() == 4
