"""How an answer is written: its JSON, links, languages and media types."""

import json

import pytest

from tests.conftest import LANGUAGES
from tests.processing.api.conftest import BASE
from tests.processing.api.guide.addresses import ADDRESSES, CAMEL

pytestmark = pytest.mark.django_db


def everything_in(told: object, path: str = "") -> list[tuple[str, object]]:
    """(name, value) of every property, at any depth. Links are no names."""
    found = []
    for name, value in told.items() if isinstance(told, dict) else ():
        found.append((name, value))
        found += everything_in(value)
    for value in told if isinstance(told, list) else ():
        found += everything_in(value)
    return found


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
