"""What every public page shares, seen on pages of one line."""

import re

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from organisations import public_page as module
from organisations.public_page import _KeptPages, public_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_kept(monkeypatch):
    monkeypatch.setattr(module, "_kept_pages", _KeptPages())


class Page:
    """A public page that counts how often it is made."""

    def __init__(self, *parameters: str, status: int = 200, content: str = "Text") -> None:
        self.made: list[HttpRequest] = []
        self.status, self.content = status, content
        self._view = public_page(*parameters)(self._made)

    def _made(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.made.append(request)
        told = f"{self.content}{args or ''}{kwargs or ''}"
        return HttpResponse(told, status=self.status, content_type="text/plain; charset=utf-8")

    def get(self, address: str = "/page/", *args, tag: str = "", **kwargs) -> HttpResponseBase:
        headers = {"If-None-Match": tag} if tag else {}
        return self._view(RequestFactory().get(address, headers=headers), *args, **kwargs)


class TestAddress:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ""),
            ("?q=a+b&page=2", "q=a+b&page=2"),
            ("?q=b&q=a", "q=b&q=a"),
            ("?q=%C3%A9", "q=%C3%A9"),
        ],
    )
    def test_page_knows_what_was_asked(self, query, expected):
        page = Page("q", "page")

        assert page.get(f"/page/{query}").content == b"Text"
        assert [request.page_query for request in page.made] == [expected]

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("/page/?utm=1", "/page/"),
            ("/page/?utm=1&q=a+b&utm=2", "/page/?q=a+b"),
        ],
    )
    def test_address_with_other_parameters_goes_on_to_the_one_without(self, address, expected):
        page = Page("q")

        response = page.get(address)

        assert (response.status_code, response.headers["Location"]) == (302, expected)
        assert page.made == []

    def test_address_never_goes_on_to_another_host(self):
        request = RequestFactory().get("/?utm=1", PATH_INFO="//evil.example/")

        response = public_page()(lambda request: HttpResponse("Text"))(request)

        assert response.headers["Location"] == "/%2Fevil.example/"

    def test_page_is_given_what_its_address_says(self):
        response = Page().get("/page/", "body-a", number=3)

        assert response.content == b"Text('body-a',){'number': 3}"

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
    def test_page_is_only_read(self, method):
        view = public_page()(lambda request: HttpResponse("Text"))

        assert view(getattr(RequestFactory(), method)("/page/")).status_code == 405
        assert view.csrf_exempt

    def test_page_keeps_the_name_of_its_view(self):
        @public_page()
        def entry(request: HttpRequest) -> HttpResponse:
            return HttpResponse(str(request.revision))

        assert entry.__name__ == "entry"
        assert re.fullmatch(rb"\d+\.\d+\.\d+", entry(RequestFactory().get("/page/")).content)


class TestValidator:
    def test_page_tells_how_long_it_may_be_kept(self, settings):
        settings.PUBLIC_CACHE_SECONDS = 45

        response = Page().get()

        assert re.fullmatch('"[0-9a-f]{32}"', response.headers["ETag"])
        kept = {part.strip() for part in response.headers["Cache-Control"].split(",")}
        assert kept == {"public", "max-age=45"}

    def test_page_that_is_known_is_not_sent_again(self):
        page = Page()
        tag = page.get().headers["ETag"]

        response = page.get(tag=tag)

        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == tag
        assert "public" in response.headers["Cache-Control"]
        assert len(page.made) == 1
        assert page.get(tag='"other"').content == b"Text"

    @pytest.mark.parametrize("status", [201, 203, 302, 305, 404, 410])
    def test_other_answers_have_no_validator(self, status):
        response = Page(status=status).get()

        assert "ETag" not in response.headers
        assert "Cache-Control" not in response.headers

    def test_validator_is_of_the_address_the_revision_and_our_key(self, settings, body_a):
        addresses = ("/page/", "/page/?q=a", "/other/")
        page = Page("q")
        tags = [page.get(address).headers["ETag"] for address in addresses]
        assert [page.get(address).headers["ETag"] for address in addresses] == tags

        body_a.name_en = "Other"
        body_a.save()
        tags.append(page.get().headers["ETag"])
        settings.SECRET_KEY = "another key, as long as keys are that keep something secret"
        tags.append(page.get().headers["ETag"])
        for name in settings.SHOWN_ON_PAGES:
            setattr(settings, name, f"another {name}")
            tags.append(page.get().headers["ETag"])

        assert len(set(tags)) == len(tags)

    @pytest.mark.parametrize("asterisk", ["*", " * "])
    def test_only_the_page_knows_whether_there_is_one(self, asterisk):
        page = Page(status=404)

        assert page.get(tag=asterisk).status_code == 404
        assert len(page.made) == 1


class TestKeptPages:
    def test_page_is_made_once_until_something_changes(self, body_a):
        page = Page()
        first = page.get()
        page.content = "Other text"

        second = page.get()

        assert (second.content, second.status_code) == (b"Text", 200)
        assert second.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert second.headers["ETag"] == first.headers["ETag"]
        assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
        body_a.name_en = "Other"
        body_a.save()
        assert page.get().content == b"Other text"
        assert len(page.made) == 2

    def test_other_addresses_are_other_pages(self):
        page = Page("q")

        for address in ("/page/", "/page/?q=a", "/other/") * 2:
            page.get(address)

        assert len(page.made) == 3

    @pytest.mark.parametrize("status", [199, 201, 404])
    def test_only_pages_that_are_there_are_kept(self, status):
        page = Page(status=status)

        assert [page.get().status_code for _time in range(2)] == [status] * 2
        assert len(page.made) == 2

    def test_what_is_sent_piece_by_piece_is_not_kept(self):
        view = public_page()(lambda request: StreamingHttpResponse([b"a", b"b"]))

        for _time in range(2):
            response = view(RequestFactory().get("/page/"))
            assert b"".join(response.streaming_content) == b"ab"

    def test_nothing_is_kept_while_developing(self, settings):
        settings.DEBUG = True
        page = Page()
        tag = page.get().headers["ETag"]

        assert page.get(tag=tag).status_code == 200
        assert len(page.made) == 2
        settings.DEBUG = False
        assert page.get().status_code == 200
        assert len(page.made) == 3

    @pytest.mark.parametrize(("room", "made"), [(8, 2), (7, 3), (4, 3), (3, 4)])
    def test_pages_are_kept_while_there_is_room(self, room, made, monkeypatch):
        """Two pages of four bytes, asked for by turns; the last one twice in a row."""
        monkeypatch.setattr(_KeptPages, "MOST_BYTES", room)
        monkeypatch.setattr(module, "_kept_pages", _KeptPages())
        page = Page()

        for address in ("/one/", "/two/", "/one/", "/one/"):
            page.get(address)

        assert len(page.made) == made

    def test_six_megabytes_are_kept(self):
        assert module._kept_pages._pages.maxsize == 6 * 1024 * 1024
