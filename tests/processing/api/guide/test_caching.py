"""What may be kept, and by whom it may be read."""

import re

import pytest

from tests.processing.api.guide.addresses import ADDRESSES

pytestmark = pytest.mark.django_db


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
