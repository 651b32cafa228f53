"""Pages, filters, orders and what is embedded."""

import pytest

from tests.processing.api.conftest import BASE
from tests.processing.api.guide.addresses import COLLECTIONS

pytestmark = pytest.mark.django_db


class TestCollections:
    def test_col_repres(self, api, register):
        for address in COLLECTIONS:
            told = api.get(address)
            assert told["self"] == f"{BASE}/{address}"
            assert told["total"] >= len(told["items"]) > 0
            assert [item for item in told["items"] if not item["href"].startswith(BASE)] == []
            assert all(item["title"] for item in told["items"])

    def test_empty_collection_has_an_empty_array(self, api, register):
        told = api.get("processingActivities?theme=HEAL")

        assert (told["items"], told["total"], told["last"]) == (
            [],
            0,
            f"{BASE}/processingActivities?theme=HEAL",
        )

    @pytest.mark.parametrize("address", [*COLLECTIONS, "processingActivities?since=2020-01-01"])
    def test_col_paging(self, address, api, register):
        """From page to page by their links, each item once, and the ways back."""
        mark = "&" if "?" in address else "?"
        whole = api.get(f"{address}{mark}pageSize=100")
        one_by_one, page = [], api.get(f"{address}{mark}pageSize=1")
        first = page["self"]
        for number in range(1, whole["total"] + 1):
            assert (page["page"], page["pageSize"], page["total"]) == (number, 1, whole["total"])
            assert page["first"] == first
            assert ("prev" in page) == (number > 1)
            one_by_one += page["items"]
            if number == whole["total"]:
                assert "next" not in page
                assert page["last"] == page["self"]
            else:
                previous = page["self"]
                page = api.get(page["next"].removeprefix(f"{BASE}/"))
                assert page["prev"] == previous
        assert one_by_one == whole["items"]
        assert "prev" not in whole

    def test_page_size_has_a_default(self, api, register):
        told = api.get("refData/countries")

        assert (told["pageSize"], len(told["items"]), told["total"] > 200) == (25, 25, True)

    @pytest.mark.parametrize(
        "query",
        [
            *(
                "page=0",
                "page=-1",
                "page=1e3",
                "page=",
                "page=01",
                "page=1000001",
                "page=9" + "9" * 40,
            ),
            *("pageSize=0", "pageSize=101", "pageSize=x", "page=1&page=2", "page=%D9%A1"),
        ],
    )
    def test_page_that_no_collection_has_is_refused(self, query, api, register):
        told = api.problem(f"processingActivities?{query}", 400)

        (issue,) = told["issues"]
        assert issue["type"] == "urn:problem-type:belgif:input-validation:schemaViolation"
        assert issue["in"] == "query"

    def test_page_behind_the_last_is_out_of_range(self, api, register):
        (issue,) = api.problem("processingActivities?page=2", 400)["issues"]

        assert issue["type"] == "urn:problem-type:belgif-ext:input-validation:outOfRange"
        assert (issue["name"], issue["minimum"], issue["maximum"]) == ("page", 1, 1)

    def test_col_filter(self, api, register):
        """All filters must be met, each by any of its values."""
        for query, expected in {
            "theme=TAXE": 3,
            "body=body-a": 2,
            "body=body-a&body=body-b": 3,
            "body=body-a&data=M1": 1,
            "body=body-b&data=M1": 0,
            "q=cameras": 1,
            "kind=agency": 3,
            "kind=fps": 0,
            "to=body-b": 1,
            "language=fr&automated=no": 1,
            "since=2020-01-01": 3,
            "since=2120-01-01": 0,
        }.items():
            assert api.get(f"processingActivities?{query}")["total"] == expected, query

    def test_col_sort(self, api, register):
        assert api.titles("processingActivities?sort=name&lang=en") == [
            *("Cameras", "Passports", "text-name-en")
        ]
        assert api.titles("processingActivities?sort=-publishedAt&lang=en") == [
            *("Cameras", "Passports", "text-name-en")
        ]
        assert api.titles("processingActivities?sort=organisation&lang=en") == [
            *("Passports", "text-name-en", "Cameras")
        ]
        assert api.problem("processingActivities?sort=password", 400)

    def test_col_embed_and_prf_embed(self, api, register):
        """Whole entries, under the addresses of the items."""
        told = api.get("processingActivities?embed=items&body=body-a")

        assert list(told["embedded"]) == [item["href"] for item in told["items"]]
        for href, whole in told["embedded"].items():
            assert whole == api.get(href.removeprefix(f"{BASE}/"))
        assert "embedded" not in api.get("processingActivities")
