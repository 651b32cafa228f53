"""Each rule of the REST guide of Belgif that the API keeps, by the name that the guide gives it."""

import json
import re
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.test import Client

from processing.api.openapi import document, operations
from processing.api.problems import GUIDE
from tests.conftest import LANGUAGES
from tests.processing.api.conftest import BASE

pytestmark = pytest.mark.django_db
# Every address, with parts that lead somewhere in the register of these tests.
ADDRESSES = [
    "health",
    "organisations",
    "organisations/body-a",
    "processingActivities",
    "processingActivities?embed=items",
    "processingActivities/body-a/1",
    "processingActivities/body-a/1/versions",
    "processingActivities/body-a/1/versions/1",
    "exchanges",
    "changes",
    "refData",
    "refData/themes",
    "refData/themes/TAXE",
]
COLLECTIONS = [
    *("organisations", "processingActivities", "processingActivities/body-a/1/versions"),
    *("exchanges", "changes", "refData", "refData/themes"),
]
CAMEL = re.compile(r"[a-z][A-Za-z0-9]*")


def everything_in(told: object, path: str = "") -> list[tuple[str, object]]:
    """(name, value) of every property, at any depth. Links are no names."""
    found = []
    for name, value in told.items() if isinstance(told, dict) else ():
        found.append((name, value))
        found += everything_in(value)
    for value in told if isinstance(told, list) else ():
        found += everything_in(value)
    return found


class TestAddresses:
    def test_uri_notat(self, api, register):
        """Path segments and parameters in lowerCamelCase, no slash at the end."""
        for path, declared in operations():
            parts = [part for part in path.strip("/").split("/") if part[0] != "{"]
            names = [parameter.name for parameter in declared.parameters]
            assert [name for name in (*parts, *names) if not CAMEL.fullmatch(name)] == []
        for address in ADDRESSES:
            assert api.problem(f"{address.partition('?')[0]}/", 404)

    def test_uri_format(self):
        """The name of the API, then the major version."""
        assert document("https://register.example")["servers"] == [
            {"url": "https://register.example/api/v1"}
        ]

    def test_uri_extens(self):
        """No extensions, but of the description."""
        assert [path for path, _declared in operations() if "." in path] == []

    def test_doc_refdata(self, api, register):
        assert api.ask("doc/openapi.yaml").status_code == 200
        assert api.ask("doc/openapi.json").status_code == 200
        assert api.get("refData")["items"]

    def test_hlth_res(self, api, register):
        assert api.get("health") == {"status": "UP"}

        def fails(*arguments):
            raise OperationalError("down")

        with connection.execute_wrapper(fails):
            response = api.ask("health")

        assert (response.status_code, json.loads(response.content)) == (503, {"status": "DOWN"})
        assert response.headers["Cache-Control"] == "no-store"


class TestJson:
    def test_evo_object_and_rep_struct(self, api, register):
        """An object at the top, as application/json."""
        for response in map(api.ask, ADDRESSES):
            assert isinstance(json.loads(response.content), dict)
            assert response.headers["Content-Type"] == "application/json"

    def test_jsn_naming(self, api, register):
        for told in map(api.get, ADDRESSES):
            names = [name for name, _value in everything_in(told) if not name.startswith(BASE)]
            assert [name for name in names if not CAMEL.fullmatch(name)] == []

    def test_jsn_null(self, api, register):
        """What has no value is left out."""
        for told in map(api.get, ADDRESSES):
            assert [name for name, value in everything_in(told) if value is None] == []

    def test_cod_design(self, api, publication):
        """New codes in lowerCamelCase."""
        told = api.get("processingActivities/body-a/1")

        assert [source["code"] for source in told["sources"]] == [
            *("person", "authenticSource", "other")
        ]


class TestLinks:
    def test_hyp_links(self, api, register):
        """Every address is absolute, and those of the API lead somewhere."""
        told = [found for address in ADDRESSES for found in everything_in(api.get(address))]
        links = {value for name, value in told if name in ("href", "self", "first", "last")}

        assert [link for link in links if not link.startswith(f"{BASE}/")] == []
        answers = {link: api.ask(link.removeprefix(f"{BASE}/")).status_code for link in links}
        assert {link: status for link, status in answers.items() if status != 200} == {}

    def test_links_begin_with_the_address_of_the_site(self, api, register, settings):
        settings.SITE_URL = "https://register.example"

        told = json.dumps(api.get("processingActivities"))

        assert "testserver" not in told
        assert "https://register.example/api/v1/processingActivities/body-a/1" in told


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


class TestLanguages:
    def test_multi_lang(self, api, register):
        assert set(api.get("processingActivities/body-a/1")["name"]) == set(LANGUAGES)
        for language in LANGUAGES:
            told = api.get(f"processingActivities/body-a/1?lang={language}")
            assert told["name"] == {language: f"text-name-{language}"}
            assert list(told["themes"][0]["label"]) == [language]

    def test_language_in_which_nothing_is_written_has_one_that_stands_in(self, api, register):
        assert api.get("processingActivities/body-a/2?lang=de")["name"] == {"fr": "Passports"}

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            *(("fr", "fr"), ("fr-BE", "fr"), ("nl-BE, nl;q=0.9, fr;q=0.8", "nl"), ("de-DE", "de")),
            *(("es", "en"), ("*", "en"), ("es, fr;q=0.1", "fr"), ("", "en"), ("ü,;q=x", "en")),
        ],
    )
    def test_int_negot_and_int_conlang(self, asked, expected, api, register):
        response = api.ask("processingActivities?body=body-a", **{"Accept-Language": asked})

        titles = [item["title"] for item in json.loads(response.content)["items"]]
        assert f"text-name-{expected}" in titles
        assert response.headers["Content-Language"] == expected
        assert response.headers["Vary"] == "Accept-Language"

    def test_language_that_is_asked_for_in_the_address_is_not_negotiated(self, api, register):
        response = api.ask("processingActivities?lang=nl", **{"Accept-Language": "fr"})

        assert "text-name-nl" in response.text
        assert "text-name-fr" not in response.text
        assert response.headers["Content-Language"] == "nl"
        assert "Vary" not in response.headers

    def test_answer_in_all_languages_does_not_vary(self, api, register):
        one, other = (
            api.ask("processingActivities/body-a/1", **{"Accept-Language": language})
            for language in ("fr", "de")
        )

        assert one.content == other.content
        assert one.headers["ETag"] == other.headers["ETag"]
        assert "Vary" not in one.headers
        assert one.headers["Content-Language"] == "nl, fr, de, en"


class TestMediaTypes:
    @pytest.mark.parametrize(
        "accept",
        [
            *("application/json", "application/*", "*/*", "text/html, */*;q=0.1", "", "a"),
            "application/json;q=0.5, text/html",
            # Parameters that nobody defined, or that change nothing, make it no other type.
            *("application/json; charset=utf-8", "application/json;version=2", "Application/JSON"),
            *('application/json;profile="a,b;q=0"', "text/html;q=0, application/json ; q=0.001"),
        ],
    )
    def test_cnt_negot(self, accept, api, register):
        expected = 406 if accept == "a" else 200

        assert api.ask("organisations", Accept=accept).status_code == expected

    @pytest.mark.parametrize(
        "accept",
        [
            *("text/html", "application/xml", "application/json;q=0", "application/json; q=0.000"),
            *("application/jsonx", "*/*;q=0", 'text/plain;x="application/json"'),
            # The narrower range decides.
            *("application/json;q=0, */*", "application/*;q=0, text/*, */*;q=1"),
        ],
    )
    def test_type_that_cannot_be_given_is_refused(self, accept, api, register):
        for address in ADDRESSES:
            assert api.problem(address, 406, Accept=accept)

    def test_description_is_there_in_yaml_and_in_json(self, api):
        yaml, in_json = api.ask("doc/openapi.yaml"), api.ask("doc/openapi.json")

        assert yaml.headers["Content-Type"] == "application/yaml"
        assert in_json.headers["Content-Type"] == "application/json"
        assert api.ask("doc/openapi.yaml", Accept="text/yaml").status_code == 200
        assert api.problem("doc/openapi.yaml", 406, Accept="application/json")


class TestMethods:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
    def test_meth_http(self, method, api):
        for address in ADDRESSES:
            response = getattr(api.client, method)(f"/api/v1/{address}")
            assert response.status_code == 405
            assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
            assert response.headers["Content-Type"] == "application/problem+json"

    def test_head_gives_the_headers_of_get(self, api, register):
        for address in ADDRESSES:
            head = api.client.head(f"/api/v1/{address}")
            assert (head.status_code, head.content) == (200, b"")
            assert dict(head.headers) == dict(api.ask(address).headers)

    def test_options_tells_what_may_be_asked(self, api):
        asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
        for address in ADDRESSES:
            response = api.client.options(f"/api/v1/{address}", headers=asked)
            assert (response.status_code, response.content) == (200, b"")
            assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"

    def test_other_pages_may_not_be_asked_so(self):
        assert Client().options("/nl/").status_code == 405
        assert "Access-Control-Allow-Origin" not in Client().get("/nl/").headers


class TestProblems:
    def test_err_problem(self, api, register):
        told = api.problem("organisations/nobody", 404)

        assert UUID(told.pop("instance").removeprefix("urn:uuid:"))
        assert told == {
            "type": "urn:problem-type:belgif:resourceNotFound",
            "href": f"{GUIDE}/problems/resourceNotFound.html",
            "title": "Resource Not Found",
            "status": 404,
            "detail": "There is nothing at this address.",
        }

    def test_address_that_leads_nowhere(self, api, register):
        for address in (
            *("", "nothing", "processingactivities", "Organisations", "organisations/BODY-A"),
            *("processingActivities/body-a/9", "processingActivities/body-a/0"),
            *("processingActivities/body-a/1/versions/2", "processingActivities/nobody/1/versions"),
            *("refData/none", "refData/themes/NONE", "refData/data_subjects", "organisations/%00"),
        ):
            assert api.problem(address, 400 if "%00" in address else 404)

    @pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=" + "a" * 5000, "q=" + "a" * 201])
    def test_malformed_request(self, query, api, register):
        assert api.problem(f"processingActivities?{query}", 400)["type"].endswith("badRequest")

    def test_err_sanit(self, api, register, monkeypatch):
        """Nothing of what went wrong inside is told."""

        def fails(*arguments):
            raise RuntimeError("secret")

        api.client.raise_request_exception = False
        with connection.execute_wrapper(fails):
            told = api.problem("organisations", 500)

        assert told["type"] == "urn:problem-type:belgif:internalServerError"
        assert "secret" not in json.dumps(told)

    def test_answer_that_takes_too_long(self, api, register):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")

        def slow(execute, sql, params, many, context):
            return execute("SELECT pg_sleep(1)", None, many, context)

        with connection.execute_wrapper(slow):
            response = api.ask("organisations")

        assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
        assert json.loads(response.content)["type"] == "urn:problem-type:belgif:serviceUnavailable"

    @pytest.mark.parametrize("path", ["", "/versions", "/versions/1"])
    def test_what_was_withdrawn_is_gone_with_the_day(self, path, api, withdrawn):
        told = api.problem(f"processingActivities/body-a/2{path}", 410)

        assert told["type"] == "urn:problem-type:register:withdrawn"
        assert told["withdrawnOn"] == f"{withdrawn.withdrawn_at:%Y-%m-%d}"
        assert told["href"].endswith("/en/open-data/api/#problems")
        assert "Passports" not in json.dumps(told)
        assert Client().get("/en/open-data/api/").text.count('id="problems"') == 1

    def test_no_problem_is_kept(self, api, register):
        for address in ("organisations/nobody", "organisations?utm=1"):
            response = api.ask(address)
            assert response.headers["Cache-Control"] == "no-store"
            assert "ETag" not in response.headers


class TestTracing:
    ASKED = "d9e35127-e9b1-4201-a211-2b52e52508df"

    def test_trc_header(self, api, register):
        """The answer has a name of its own, and tells that of the request."""
        response = api.ask("organisations", **{"BelGov-Trace-Id": self.ASKED})

        assert response.headers["BelGov-Related-Trace-Id"] == self.ASKED
        assert UUID(response.headers["BelGov-Trace-Id"]) != UUID(self.ASKED)
        # Else a cache would tell it to others.
        assert response.headers["Cache-Control"] == "max-age=60, private"

    @pytest.mark.parametrize("asked", ["", "a" * 37, "a b", "ü", "<a>"])
    def test_name_that_is_none_is_not_repeated(self, asked, api, register):
        response = api.ask("organisations", **{"BelGov-Trace-Id": asked})

        assert "BelGov-Related-Trace-Id" not in response.headers
        assert "BelGov-Trace-Id" not in response.headers

    def test_problem_is_named_by_its_header(self, api, register):
        response = api.ask("organisations/nobody", **{"BelGov-Trace-Id": self.ASKED})

        told = json.loads(response.content)
        assert told["instance"] == f"urn:uuid:{response.headers['BelGov-Trace-Id']}"
        assert response.headers["BelGov-Related-Trace-Id"] == self.ASKED


class TestCaching:
    @pytest.mark.parametrize("address", [a for a in ADDRESSES if a != "health"])
    def test_prf_cach(self, address, api, register, publisher_a, django_assert_num_queries):
        """304 before anything is made: one query, until something changes."""
        response = api.ask(address)
        tag = {"If-None-Match": response.headers["ETag"]}
        assert re.fullmatch(r'"[0-9a-f]{32}"', response.headers["ETag"])
        assert response.headers["Cache-Control"] == "public, max-age=60"

        with django_assert_num_queries(1):
            unchanged = api.ask(address, **tag)
        if "embed" not in address:
            # What is very large is not kept by the process.
            with django_assert_num_queries(1):
                assert api.ask(address).content == response.content

        assert (unchanged.status_code, unchanged.content) == (304, b"")
        for header in ("ETag", "Cache-Control", "Vary", "Content-Language"):
            assert unchanged.headers.get(header) == response.headers.get(header)
        register.name_nl = "Andere naam"
        register.save()
        register.publish(by=publisher_a)
        assert api.ask(address, **tag).status_code == 200

    def test_languages_have_tags_of_their_own(self, api, register):
        dutch, french = (
            api.ask("processingActivities", **{"Accept-Language": language})
            for language in ("nl", "fr")
        )

        assert dutch.headers["ETag"] != french.headers["ETag"]
        assert api.titles("processingActivities", **{"Accept-Language": "nl"}) != api.titles(
            "processingActivities", **{"Accept-Language": "fr"}
        )

    def test_every_page_of_the_web_may_read_it_and_none_gets_a_cookie(self, api, register):
        for address in (*ADDRESSES, "nothing", "organisations?utm=1"):
            response = api.ask(address, Cookie="sessionid=x", Origin="https://other.example")
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert "ETag" in response.headers["Access-Control-Expose-Headers"]
            assert response.cookies == {}
            assert "service-desc" in response.headers["Link"]
