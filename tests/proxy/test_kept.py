"""What the proxy keeps of the public pages, for how long, and under which key."""

import gzip
import itertools
import json
import time

import pytest

from tests.conftest import LANGUAGES
from tests.proxy.arrangement import HOST, Arrangement, eventually, needs_nginx

# Without the mark of the database there is none where these tests run alone.
pytestmark = [needs_nginx, pytest.mark.django_db]

ENTRY = "/en/processing/body/{}/"
_serial = itertools.count()


def fresh() -> str:
    """An address that nobody asked for yet."""
    return f"/en/processing/?q=word{next(_serial)}"


def came_from_the_site(production: Arrangement, path: str, **headers: str) -> bool:
    """Whether the site itself was asked for it."""
    # The line of an earlier request may come after its answer.
    time.sleep(0.05)
    before = production.proxy.requests.count("\n")
    production.ask(path, **headers)
    eventually(lambda: production.proxy.requests.count("\n") > before, "a line in the log")
    last = json.loads(production.proxy.requests.splitlines()[-1])
    return last["kept"] not in ("HIT", "STALE", "UPDATING")


class TestKept:
    def test_second_visitor_gets_what_is_kept(self, production):
        address = fresh()

        assert came_from_the_site(production, address)
        assert not came_from_the_site(production, address)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "rest", ["", "processing/", "processing/body/1/", "organisations/body/"]
    )
    def test_page_is_that_of_the_site(self, language, rest, production):
        path = f"/{language}/{rest}"

        first, second = production.ask(path), production.ask(path)

        assert first.status == 200
        assert f'<html lang="{language}"' in first.text
        assert second.content == first.content

    def test_page_is_kept_compressed_and_unpacked_for_who_cannot_read_it(self, production):
        packed = production.ask("/nl/", Accept_Encoding="gzip, deflate, br")
        plain = production.ask("/nl/", Accept_Encoding="identity")

        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert gzip.decompress(packed.content) == plain.content
        assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"

    def test_head_is_answered_from_the_kept_page(self, production):
        address = fresh()

        first = production.ask(address, "HEAD")

        assert (first.status, first.content) == (200, b"")
        assert not came_from_the_site(production, address)
        assert b"<html" in production.ask(address).content

    def test_who_has_the_page_gets_304_from_what_is_kept(self, production):
        address = fresh()
        tag = production.ask(address).headers["etag"]

        answer = production.ask(address, If_None_Match=tag)

        assert (answer.status, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert production.ask(address, If_None_Match='"other"').status == 200

    def test_static_file_is_kept_compressed_as_it_was_collected(self, production):
        style = production.ask("/nl/").text.split('rel="stylesheet" href="')[1].split('"')[0]
        packed = production.ask(style, Accept_Encoding="gzip")

        assert packed.headers["content-encoding"] == "gzip"
        assert "immutable" in packed.headers["cache-control"]
        refused = production.ask(style, Accept_Encoding="br;q=0, gzip")
        assert refused.headers["content-encoding"] == "gzip"
        assert not came_from_the_site(production, style, Accept_Encoding="gzip;q=1.0")
        assert gzip.decompress(packed.content) == production.ask(style).content

    def test_missing_page_is_not_kept(self, production):
        path = "/en/none/"

        assert [production.ask(path).status for _ in range(2)] == [404, 404]
        assert came_from_the_site(production, path)

    @pytest.mark.parametrize(
        "path", ["/admin/account/login/", "/nl/organisations/body/contact/", "/admin/none/"]
    )
    def test_what_is_of_one_person_is_not_kept(self, path, production):
        production.ask(path)

        answer = production.ask(path)

        assert "no-store" in answer.headers["cache-control"]
        assert came_from_the_site(production, path)

    def test_language_of_the_browser_matters_for_the_choice_of_a_language_alone(self, production):
        def led_to(languages: str) -> str | None:
            return production.ask("/", Accept_Language=languages).headers.get("location")

        assert led_to("fr-BE,fr;q=0.9,en;q=0.8") == "/fr/"
        assert led_to("es,de-AT;q=0.7,en;q=0.3") == "/de/"
        assert led_to("nl;q=0,en") == "/en/"
        assert led_to("es") is None
        assert led_to("x" * 5000) is None
        for languages in ("fr", "de"):
            page = production.ask("/en/", Accept_Language=languages).text
            assert '<html lang="en"' in page


class TestApi:
    ENTRIES = "/api/v1/processingActivities"

    def test_answer_is_kept_in_each_language(self, production):
        for language in LANGUAGES:
            answer = production.ask(self.ENTRIES, Accept_Language=f"xx,{language};q=0.5")
            assert (answer.status, answer.headers["content-language"]) == (200, language)
            assert not came_from_the_site(production, self.ENTRIES, Accept_Language=language)
        assert "Accept-Language" in answer.headers["vary"]

    def test_answer_of_another_type_or_with_a_name_is_for_who_asked(self, production):
        refused = production.ask(self.ENTRIES, Accept="text/turtle")
        named = production.ask(self.ENTRIES, BelGov_Trace_Id="mine")
        plain = production.ask(self.ENTRIES, Accept="application/json, text/plain;q=0.5")

        assert (refused.status, plain.status) == (406, 200)
        assert named.headers["belgov-related-trace-id"] == "mine"
        assert "belgov-related-trace-id" not in plain.headers
        assert came_from_the_site(production, self.ENTRIES, BelGov_Trace_Id="other")

    @pytest.mark.parametrize("path", [ENTRIES, "/api/v1/doc/openapi.yaml"])
    def test_type_that_somebody_writes_takes_no_place_of_what_is_kept(self, path, production):
        kept = production.ask(path)
        refused = ("application/json;q=0", "application/jsonx", "*/*;q=0")
        refused += ('text/plain;x="application/json"', "application/json;q=0, */*;q=0.0")
        others = ("application/json; charset=utf-8", "application/json;version=2", "text/yaml")
        time.sleep(1.1)  # it is asked for anew then

        statuses = [production.ask(path, Accept=accept).status for accept in refused]
        for accept in others:
            production.ask(path, Accept=accept)

        again = production.ask(path)
        assert set(statuses) == {406}
        assert (again.status, again.content) == (200, kept.content)
        assert again.headers["content-type"] == kept.headers["content-type"]

    @pytest.mark.parametrize(
        "accept",
        [
            *("application/json", "application/json, text/plain, */*", "*/*"),
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        ],
    )
    def test_programs_and_browsers_get_what_is_kept(self, accept, production):
        path = f"{self.ENTRIES}?pageSize={next(_serial) + 2}"
        production.ask(path)

        assert not came_from_the_site(production, path, Accept=accept)

    @pytest.mark.parametrize("path", ["/id/processing/body/1", "/data/processing/body/1.ttl", "/"])
    @pytest.mark.parametrize("accept", ["text/turtle", "text/html;q=0", "*/*;q=0", "nonsense"])
    def test_neither_names_nor_their_files_change_for_others(self, path, accept, production):
        before = production.ask(path)
        time.sleep(1.1)

        production.ask(path, Accept=accept, Accept_Language="fr;q=0, *;q=0")

        after = production.ask(path)
        assert (after.status, after.content) == (before.status, before.content)
        assert after.headers.get("location") == before.headers.get("location")

    def test_pages_of_other_sites_may_ask(self, production):
        asked = production.ask(self.ENTRIES, "OPTIONS", Origin="https://other.example")

        assert asked.headers["access-control-allow-methods"] == "GET, HEAD"
        assert production.ask(self.ENTRIES).headers["access-control-allow-origin"] == "*"

    def test_what_the_proxy_refuses_is_a_problem(self, production):
        refused = production.ask(self.ENTRIES, "DELETE")

        assert refused.status == 405
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["access-control-allow-origin"] == "*"
        assert json.loads(refused.text)["status"] == 405

    @pytest.mark.parametrize(
        ("path", "status"),
        [("/api/v1/none", 404), ("/api/v1/organisations?utm=1", 400), ("/api/v1/health", 200)],
    )
    def test_what_the_site_answers_arrives(self, path, status, production):
        answer = production.ask(path)

        assert answer.status == status
        assert "json" in answer.headers["content-type"]

    def test_name_of_an_entry_leads_to_page_or_file_by_type(self, production):
        def led_to(**headers: str) -> str:
            return production.ask("/id/processing/body/1", **headers).headers["location"]

        assert led_to(Accept="text/html", Accept_Language="de").endswith("/de/processing/body/1/")
        assert led_to(Accept="text/turtle").endswith("/data/processing/body/1.ttl")
        assert led_to(Accept="text/html", Accept_Language="fr").endswith("/fr/processing/body/1/")


class TestKey:
    """Whatever a visitor writes: others get their own pages, and no page is kept twice."""

    @pytest.mark.parametrize(
        "headers",
        [
            {"Cookie": "sessionid=x; csrftoken=y"},
            {"Authorization": "Basic eDp5"},
            {"Accept_Language": "de"},
            {"Accept": "application/json"},
            {"Accept_Encoding": "x" * 1000},
            {"User_Agent": "other"},
            {"Cache_Control": "no-cache"},
            {"Pragma": "no-cache"},
            {"Range": "bytes=0-9"},
            {"Origin": "https://evil.example"},
            {"Referer": "https://evil.example/"},
            {"X_Forwarded_Host": "evil.example"},
            {"X_Forwarded_Proto": "https"},
            {"X_Forwarded_Prefix": "/evil"},
            {"X_Forwarded_For": "1.2.3.4"},
            {"X_Forwarded_Port": "1"},
            {"X_Real_IP": "1.2.3.4"},
            {"X_Original_URL": "/admin/"},
            {"X_Rewrite_URL": "/admin/"},
            {"X_HTTP_Method_Override": "POST"},
            {"X_Host": "evil.example"},
            {"Forwarded": "host=evil.example;proto=https"},
            {"X_Kept": "EXPIRED"},
            {"X_Network": "1"},
            {"X_Request_ID": "x"},
            {"X_Accel_Expires": "1000"},
            {"Script_Name": "/evil"},
            {"Host": HOST.upper()},
            {"Host": f"{HOST}:80"},
            {"Host": f"{HOST}."},
            {"Content_Type": "text/plain; charset=utf-16"},
            {"Via": "1.0 evil"},
            {"Upgrade": "h2c"},
            {"Expect": "100-continue"},
            {"TE": "trailers"},
            {"X_Forwarded_Server": "evil.example"},
            {"X_Forwarded_Scheme": "http"},
            {"X_Forwarded_SSL": "on"},
            {"X_Original_Host": "evil.example"},
            {"X_HTTP_Method": "HEAD"},
            {"X_Method_Override": "DELETE"},
            {"Front_End_Https": "on"},
            {"True_Client_IP": "1.2.3.4"},
            {"Max_Forwards": "0"},
            {"If_Modified_Since": "Fri, 31 Dec 9999 23:59:59 GMT"},
            {"If_Unmodified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
            {"If_Match": '"evil"'},
        ],
        ids=lambda headers: " ".join(f"{name} {value[:20]}" for name, value in headers.items()),
    )
    def test_header_reaches_neither_page_nor_key(self, headers, production):
        address = fresh()
        plain = production.ask(fresh().replace("word", "plain"))

        answer = production.ask(address, **headers)

        # Of a page that is unpacked on its way, no part can be had. Conditions are for who asked.
        assert answer.status in (200, 206, 304, 412)
        whole = production.ask(address)
        assert whole.status == 200
        assert "evil" not in whole.text
        assert "set-cookie" not in whole.headers
        assert whole.headers.keys() == plain.headers.keys()
        assert not came_from_the_site(production, address)

    @pytest.mark.parametrize(
        "query",
        [
            *("q=loket;q=evil", "q=loket&q=evil", "q=loket&q[]=evil", "q=loket%26q=evil"),
            *("q=loket&_method=POST", "q=loket&callback=evil", "Q=evil&q=loket", "q=loket%00evil"),
            *("q=loket&q%00=evil", "?q=evil&q=loket", "q=loket#q=evil", "%71=evil"),
        ],
    )
    def test_query_that_can_be_read_in_two_ways_takes_no_place_of_another(self, query, production):
        plain = "/en/processing/?q=loket"
        page = production.ask(plain)
        production.proxy.forget()

        production.ask(f"/en/processing/?{query}")

        again = production.ask(plain)
        assert (again.status, again.content) == (200, page.content)

    @pytest.mark.parametrize("path", ["/en/processing/?q=loket", "/api/v1/processingActivities"])
    def test_body_of_a_get_reaches_neither_page_nor_key(self, path, production):
        page = production.ask(path)
        production.proxy.forget()

        production.ask(path, "GET", "q=evil", Content_Type="application/x-www-form-urlencoded")

        again = production.ask(path)
        assert (again.status, again.content) == (200, page.content)

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"{HOST}.evil.example"])
    def test_other_host_gets_nothing_and_leaves_nothing(self, host, production):
        address = fresh()
        production.ask(address)

        assert production.ask(address, Host=host).status == 400
        assert "evil" not in production.ask(address).text

    @pytest.mark.parametrize(
        "written",
        [
            *("/en/%6frganisations/body/", "/en//organisations/body/", "/en/./organisations/body/"),
            *(
                "/en/x/../organisations/body/",
                "/en/organisations/body/?",
                "//en/organisations/body/",
            ),
            "/en/organisations/%62%6f%64%79/",
        ],
    )
    def test_other_spelling_of_an_address_is_the_same_page(self, written, production):
        page = production.ask("/en/organisations/body/")

        answer = production.ask(written)

        assert answer.content == page.content

    @pytest.mark.parametrize(
        "written",
        [
            *(
                "/en/processing/%3Fq=loket",
                "/en/processing/%20",
                "/en/processing/%0d%0aHost:%20evil",
            ),
            *(
                "/en/processing/;q=loket",
                "/en/processing/%23x",
                "/en/processing/%5c",
                "/EN/processing/",
            ),
            *("/en/processing/%2e%2e%2f..%2fadmin/", "/en/processing%00/", "/en/processing/%ff"),
            *("/en/processing/body/1/%2e%2e", "/en/processing/?q=%00", "/en/processing/?q=%ff"),
        ],
    )
    def test_address_that_looks_like_another_takes_no_place_of_it(self, written, production):
        page = production.ask("/en/processing/")
        time.sleep(1.1)  # it is asked for anew then

        production.ask(written)

        again = production.ask("/en/processing/")
        assert (again.status, again.content) == (200, page.content)

    def test_parameters_that_a_page_does_not_know_lead_to_its_one_address(self, production):
        answer = production.ask("/en/organisations/body/?utm_source=x")

        assert answer.status == 302
        assert answer.headers["location"] == "/en/organisations/body/"
        assert came_from_the_site(production, "/en/organisations/body/?utm_source=x")


class TestForgotten:
    """One after another: each withdraws what the one before left."""

    def test_withdrawn_entry_is_gone_when_it_was_kept_for_as_long_as_it_says(self, production):
        address = next(
            ENTRY.format(number)
            for number in range(1, 10)
            if "<title>LOKET" in production.ask(ENTRY.format(number)).text
        )
        listed = "/en/organisations/body/"
        assert "LOKET" in production.ask(listed).text

        production.do("withdraw")

        eventually(lambda: production.ask(address).status == 410, "the entry is gone")
        eventually(lambda: "LOKET" not in production.ask(listed).text, "it is listed no more")
        answers = {production.ask(address).status for _ in range(5)}
        assert answers == {410}
        # Nor does it come back where the site does not answer.
        time.sleep(1.1)
        production.site.stop()
        try:
            assert production.ask(address).status in (410, 503)
            assert production.ask(listed).status == 200
        finally:
            production.site.start()
            production.site.wait_until_ready()

    def test_operator_can_have_everything_forgotten(self, production):
        address = fresh()
        production.ask(address)
        assert not came_from_the_site(production, address)

        production.proxy.forget()

        assert came_from_the_site(production, address)
        assert production.ask(address).status == 200
