"""HEAD answers as GET does, without the content: as the server meets it, below Django's client."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from registry_site.wsgi import read_as_utf8
from tests import factories

pytestmark = pytest.mark.django_db

# Address -> status of the answer.
ANSWERS = {
    "/": 200,
    "/nl/": 200,
    "/nl/processing/body-a/1/": 200,
    "/nl/processing/body-a/2/": 410,
    "/nl/processing/body-a/9/": 404,
    "/nl/none/": 404,
    "/nl/processing/?page=%00": 400,
    "/nl/processing/?utm=1": 302,
    "/fr/glossary/": 302,
    "/nl/organisations/body-a/contact/": 200,
    "/nl/suggestions/?q=vis": 200,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/sitemap-entries-nl.xml": 200,
    "/healthz": 200,
    "/readyz": 200,
    "/admin/": 302,
    "/admin/account/login/": 200,
    "/static/css/none.css": 404,
    "a static file": 200,
}
# Answers that hold something else each time: the token of a form.
CHANGING = ("/nl/organisations/body-a/contact/", "/admin/account/login/")


@pytest.fixture
def register(body_a, publisher_a) -> None:
    factories.create_publication(body_a, by=publisher_a)
    withdrawn = factories.create_activity(body_a)
    withdrawn.publish(by=publisher_a)
    withdrawn.withdraw(by=publisher_a, reason="")


@cache
def application() -> Callable:
    """As registry_site/wsgi.py makes it, after the static files were collected."""
    return read_as_utf8(get_wsgi_application())


@pytest.fixture(autouse=True)
def open_connection():
    """A request outside Django's client would close the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def answer(method: str, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and content as the server gets them."""
    path, _, query = address.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, **headers}
    environ |= {"HTTP_HOST": "testserver", "wsgi.input": BytesIO()}
    setup_testing_defaults(environ)
    started = []
    response = application()(environ, lambda status, headers: started.append((status, headers)))
    try:
        content = b"".join(response)
    finally:
        getattr(response, "close", lambda: None)()
    ((status, listed),) = started
    return int(status.split()[0]), dict(listed), content


@pytest.mark.parametrize("address", ANSWERS)
def test_head_has_the_headers_of_get_and_no_content(address, register):
    expected = ANSWERS[address]
    if address == "a static file":
        address = staticfiles_storage.url("css/site.css")

    status, headers, content = answer("GET", address)
    told = answer("HEAD", address)

    assert status == expected
    assert int(headers["Content-Length"]) == len(content)
    if address not in CHANGING:
        assert told == (status, headers, b"")
    assert (told[0], told[1].keys(), told[2]) == (status, headers.keys(), b"")


def test_head_of_a_page_that_a_process_keeps_leaves_its_content(register):
    before = answer("GET", "/fr/")

    head = answer("HEAD", "/fr/")
    after = answer("GET", "/fr/")

    assert head == (200, before[1], b"")
    assert after == before
    assert b"</html>" in after[2]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", ["/nl/", "/nl/processing/body-a/1/"])
def test_unchanged_page_has_neither_content_nor_the_length_of_none(method, address, register):
    tag = answer("GET", address)[1]["ETag"]

    status, headers, content = answer(method, address, HTTP_IF_NONE_MATCH=tag)

    assert (status, content) == (304, b"")
    assert "Content-Length" not in headers


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_health_addresses_answer_probes_only(method, address):
    status, headers, _content = answer(method, address)

    assert status == 405
    assert headers["Allow"] == "GET, HEAD"
