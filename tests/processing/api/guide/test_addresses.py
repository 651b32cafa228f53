"""How resources are named, and which methods they have."""

import json

import pytest
from django.db import OperationalError, connection
from django.test import Client

from processing.api.openapi import document, operations
from tests.processing.api.guide.addresses import ADDRESSES, CAMEL

pytestmark = pytest.mark.django_db


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
