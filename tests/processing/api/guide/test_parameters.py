"""What may be asked for behind the question mark."""

import pytest

from processing.api.openapi import document
from processing.api.problems import GUIDE
from processing.api.views import activities
from tests.processing.api.conftest import BASE
from tests.processing.api.guide.addresses import COLLECTIONS

pytestmark = pytest.mark.django_db


class TestParameters:
    @pytest.mark.parametrize("address", ["health", "doc/openapi.yaml", *COLLECTIONS])
    def test_req_valid(self, address, api, register):
        """Unknown parameters are refused, unknown headers are not."""
        told = api.problem(f"{address}?utm=1", 400)

        assert told["type"] == "urn:problem-type:belgif:badRequest"
        assert told["issues"] == [
            {
                "type": "urn:problem-type:belgif:input-validation:unknownInput",
                "href": f"{GUIDE}/issues/unknownInput.html",
                "title": "Unknown input",
                "detail": "Input utm is unknown",
                "in": "query",
                "name": "utm",
                "value": "1",
            }
        ]
        assert api.ask(address, **{"X-Unknown": "1"}).status_code == 200

    def test_everything_that_is_wrong_is_told_at_once(self, api, register):
        issues = api.problem("processingActivities?utm=1&page=0&lang=es&sort=x", 400)["issues"]

        assert [issue["name"] for issue in issues] == ["utm", "page", "lang", "sort"]

    def test_resource_that_a_parameter_names_and_that_is_not_there(self, api, register):
        for query in ("theme=NONE", "body=nobody", "body=body-a&body=nobody", "theme="):
            (issue,) = api.problem(f"processingActivities?{query}", 400)["issues"]
            assert issue["in"] == "query"
        (issue,) = api.problem("exchanges?to=nobody", 400)["issues"]
        assert (
            issue["type"] == "urn:problem-type:belgif:input-validation:referencedResourceNotFound"
        )
        assert api.problem("changes?body=nobody", 400)

    def test_res_repres(self, api, register):
        """`select` gives the properties that it names, and the address."""
        told = api.get(
            "processingActivities/body-a/1?select=(name(nl),organisation(id,href),number)"
        )

        assert told == {
            "self": f"{BASE}/processingActivities/body-a/1",
            "organisation": {"id": "body-a", "href": f"{BASE}/organisations/body-a"},
            "number": 1,
            "name": {"nl": "text-name-nl"},
        }
        page = api.get("processingActivities?select=(items(number),total)&pageSize=1")
        assert list(page) == ["self", "total", "items"]
        assert list(page["items"][0]) == ["number"]

    def test_select_with_a_negation_leaves_out_what_it_names(self, api, register):
        whole = api.get("organisations")

        told = api.get("organisations?select=!(items(name,title),next)")

        assert whole.keys() - told.keys() == set()
        assert whole["items"][0].keys() - told["items"][0].keys() == {"name", "title"}
        assert "self" in api.get("organisations?select=!(self)")

    def test_select_goes_into_what_is_embedded(self, api, register):
        told = api.get("processingActivities?embed=items&select=(embedded(purposes(key)))")

        assert told["embedded"][f"{BASE}/processingActivities/body-a/1"] == {
            "purposes": [{"key": 1}]
        }

    def test_page_of_entries_that_are_too_long_together_is_refused(
        self, api, register, monkeypatch
    ):
        monkeypatch.setattr(activities, "MOST_EMBEDDED", 100)

        told = api.problem("processingActivities?embed=items&pageSize=3", 400)

        (issue,) = told["issues"]
        assert (issue["name"], issue["value"], issue["maximum"]) == ("pageSize", "3", 1)
        assert len(api.get("processingActivities?embed=items&pageSize=1")["embedded"]) == 1
        assert len(api.get("processingActivities?pageSize=3")["items"]) == 3

    def test_selection_that_cannot_be_read_is_refused(self, api, register):
        for select in (
            *(
                "name",
                "(name",
                "name)",
                "()",
                "(,)",
                "(name,)",
                "(name))",
                "(name)x",
                "!name",
                "!!(name)",
            ),
            *(
                "(password)",
                "(name(password))",
                "(number(x))",
                "((name))",
                "(name;number)",
                "(na me)",
            ),
            *("(" * 100 + "a" + ")" * 100, "(" + "a," * 300 + "a)", "(é)"),
        ):
            told = api.problem(f"processingActivities/body-a/1?select={select}", 400)
            assert [issue["name"] for issue in told["issues"]] == ["select"]

    def test_qry_multi(self, api):
        """A parameter with several values is repeated."""
        found = document("https://register.example")["components"]["parameters"]

        assert found["ThemeQueryParameter"]["schema"]["type"] == "array"
        assert [p for p in found.values() if {"style", "explode"} & p.keys()] == []
