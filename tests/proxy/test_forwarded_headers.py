"""Every header that decides an answer reaches the site, by the maps of deploy/nginx/nginx.conf."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import Client

from processing.models import ProcessingActivity
from registry_site.sitemaps import SITEMAPS
from tests import factories
from tests.addresses import addresses

pytestmark = pytest.mark.django_db
CONFIGURATION = Path(__file__).parent.parent.parent / "deploy" / "nginx" / "nginx.conf"
# What clients write of themselves; each otherwise than what the site takes without it.
HEADERS = {
    "Accept": ("text/turtle", "application/json", "text/html", "application/atom+xml"),
    "Accept-Language": ("fr-BE, fr;q=0.9", "de"),
    "BelGov-Trace-Id": ("d9e35127-e9b1-4201-a211-2b52e52508df",),
    "Cookie": ("sessionid=x; django_language=fr",),
    "Authorization": ("Basic eDp5",),
    "Origin": ("https://other.example",),
    "Referer": ("https://other.example/",),
    "Sec-Fetch-Site": ("cross-site",),
    "Sec-Fetch-Dest": ("image",),
    "User-Agent": ("Googlebot",),
    "X-Requested-With": ("XMLHttpRequest",),
    "Prefer": ("return=minimal",),
    "Range": ("bytes=0-9",),
    "DNT": ("1",),
    "Save-Data": ("on",),
}
# Part of every key; and what nobody keeps an answer for.
NO_MATTER = {"Accept-Encoding", "Cookie"}
# Pages in these languages are as those in English.
OTHERS = ("/nl/", "/fr/", "/de/")
# Differ each time.
NO_DIFFERENCE = ("ETag", "Last-Modified", "BelGov-Trace-Id")
# Where answers are kept.
LOCATION = re.compile(r"\n        location / \{\n.*?\n        \}", re.DOTALL)
PUBLIC = LOCATION.search(CONFIGURATION.read_text())[0]
# Header -> the variable that is passed on to the site; nothing of it where that is empty.
PASSED_ON = dict(re.findall(r"proxy_set_header (\S+) (\$\w+);", PUBLIC))


@cache
def maps() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Variable -> what it is looked up by, and its pairs of pattern and value."""
    text = re.sub(r"(?m)^\s*#.*$", "", CONFIGURATION.read_text())
    found = {}
    for by, name, pairs in re.findall(r"map (\S+) (\$\w+) \{\n(.*?)\n    \}", text, re.DOTALL):
        lines = [line.strip().removesuffix(";") for line in pairs.splitlines()]
        split = [line.rpartition(" ") for line in lines if line]
        found[name] = (by, [(key.strip('"'), value.strip('"')) for key, _space, value in split])
    return found


def value_at(path: str, variable: str) -> str:
    """What a variable that follows from the address holds there; another one is its own name."""
    if variable == "$uri":
        return path
    by, pairs = maps().get(variable, ("", []))
    if by != "$uri" and maps().get(by, ("",))[0] != "$uri":
        return variable
    looked_up = value_at(path, by)
    for key, value in pairs:
        if re.search(key[1:], looked_up) if key.startswith("~") else key == looked_up:
            return value_at(path, value) if value.startswith("$") else value
    return value_at(path, dict(pairs)["default"])


def is_passed_on(header: str, path: str) -> bool:
    variable = PASSED_ON.get(header)
    return bool(variable and value_at(path, variable))


def is_kept(path: str) -> bool:
    """Not what is of one person, nor what the proxy answers itself."""
    return "/contact/" not in path and path not in ("/healthz", "/readyz", "/metrics")


def told(response: HttpResponseBase) -> tuple:
    """All of an answer but what differs each time. Of a problem, the status."""
    content = response.getvalue()
    if response.status_code >= 400:
        return (response.status_code,)
    headers = {n: value for n, value in response.headers.items() if n not in NO_DIFFERENCE}
    return response.status_code, headers, content


def named_in_vary(response: HttpResponseBase) -> set[str]:
    return {name.strip() for name in response.headers.get("Vary", "").split(",")} - {""}


def deciding(client: Client, path: str) -> set[str]:
    """The headers that an answer names in Vary, or that make another one of it."""
    response = client.get(path)
    found = named_in_vary(response) if response.status_code < 400 else set()
    plain = told(response)
    for name, values in HEADERS.items():
        if any(told(client.get(path, headers={name: value})) != plain for value in values):
            found.add(name)
    return found - NO_MATTER


@pytest.fixture
def register(body_a, body_b, publisher_a) -> ProcessingActivity:
    activity = factories.create_full_activity(body_a, body_b, "text")
    activity.publish(by=publisher_a)
    return activity


@pytest.fixture
def asked(register) -> list[str]:
    """Every public address."""
    values = {
        **{"slug": ["body-a"], "number": [1], "version": [1], "before": [1], "after": [1]},
        **{"section": list(SITEMAPS), "code": ["M1"], "code_list": ["data"], "topic": ["access"]},
        **{"file_format": ["json"], "syntax": ["ttl", "jsonld", "nt"], "reference": ["2222-2222"]},
        **{"people": ["01"], "theme": ["TAXE"], "month": ["2020-01"]},
    }
    return [path for path in addresses(values) if is_kept(path) and path[:4] not in OTHERS]


def test_header_that_decides_an_answer_is_passed_on(asked):
    client = Client()

    decided = {(path, name) for path in asked for name in deciding(client, path)}

    assert "proxy_pass_request_headers off;" in PUBLIC
    assert {name for _path, name in decided} == {"Accept", "Accept-Language", "BelGov-Trace-Id"}
    assert {(path, name) for path, name in decided if not is_passed_on(name, path)} == set()


def test_answer_varies_with_the_language_of_visitors_where_it_says_so(asked):
    """Others are kept once for all, by caches of others too: files and sitemaps are large."""
    client, name = Client(), "Accept-Language"

    says_so, differs = set(), set()
    for path in asked:
        answers = [client.get(path, headers={name: value}) for value in ("nl", "fr")]
        if answers[0].status_code < 400:
            says_so |= {path for answer in answers if name in named_in_vary(answer)}
            differs |= {path} if told(answers[0]) != told(answers[1]) else set()

    assert differs - says_so == set()
    # Who asks for a thing is led to a page in his language, or to a file that has none.
    assert {path for path in says_so - differs if not path.startswith("/id/")} == set()
