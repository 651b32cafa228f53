"""Thousands of requests that nobody honest sends, at every address, as each role.

None makes the site fail, and none costs a second of a processor. Here a few for each address;
`make hostile` asks 10,000.
"""

import os
import time
from http.cookies import SimpleCookie

import hypothesis
import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from registry_site.wsgi import read_as_utf8
from tests.hostile.requests import Page, requests
from tests.test_permissions import address_of, body_of, cast, routes, values

__all__ = ["cast", "values"]

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "editor_a", "publisher_a", "central")
# How many in all; without it a few, the same each time.
REQUESTS = int(os.environ.get("HOSTILE_REQUESTS", "0"))
FEW = 80
# Of a processor, for one request.
SECONDS = 1


def sent(person: Client, request: dict) -> tuple[int, float, str]:
    """Status, seconds of the processor and text; nothing that the request does remains."""
    kept = {name: morsel.value for name, morsel in person.cookies.items()}
    request["wsgi.input"].seek(0)
    # As registry_site/wsgi.py passes it on; the client of the tests stands behind that.
    request = read_as_utf8(lambda environ, _start: environ)(dict(request), None)
    started = time.thread_time()
    with transaction.atomic():
        response = person.request(**request)
        content = response.getvalue()
        transaction.set_rollback(True)
    taken = time.thread_time() - started
    person.cookies = SimpleCookie(kept)
    return response.status_code, taken, content.decode(errors="replace")


@pytest.mark.parametrize("role", ROLES)
def test_no_request_makes_the_site_fail(role, cast, values):
    person = cast[role]
    person.raise_request_exception = False
    pages = [
        Page(address_of(route, values), body_of(route, values))
        for route in routes()
        if "logout" not in route
    ]

    if REQUESTS:
        of_each = -(-REQUESTS // len(ROLES) // len(pages))
        told = [asked(person, [page], of_each) for page in pages]
        assert sum(told) >= REQUESTS // len(ROLES)
    else:
        asked(person, pages, FEW, seed=ROLES.index(role))


def asked(person: Client, pages: list[Page], most: int, *, seed: int | None = None) -> int:
    """How many requests there were, each for one of the pages; with a seed, always the same."""
    number = 0

    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def ask(data) -> None:
        nonlocal number
        number += 1
        page = data.draw(st.sampled_from(pages))
        if not page.is_read:
            page.read(sent(person, page.honest())[2])
        request = data.draw(requests(page))
        status, taken, _text = sent(person, request)
        assert status < 500, status
        if REQUESTS and taken > SECONDS:
            # The first one may have read what all need.
            _status, taken, _text = sent(person, request)
            assert taken <= SECONDS, taken

    if seed is not None:
        ask = hypothesis.seed(seed)(ask)
    ask()
    return number
