"""What is answered where something is wrong, and by which name it is found again."""

import json
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import localdate

from processing.api.problems import GUIDE

pytestmark = pytest.mark.django_db


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
        assert told["withdrawnOn"] == localdate(withdrawn.withdrawn_at).isoformat()
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
