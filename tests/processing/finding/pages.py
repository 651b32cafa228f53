"""What a page of search results tells, taken from its HTML."""

import re
from html import unescape
from urllib.parse import urlencode


def find(visitor, page_language: str = "nl", /, **parameters) -> str:
    query = urlencode(parameters, doseq=True)
    response = visitor.get(f"/{page_language}/processing/?{query}".rstrip("?"), follow=True)
    assert response.status_code == 200
    return response.text


def found(page: str) -> list[str]:
    """The titles of the entries on a page, without their marks."""
    titles = re.findall(r"<h2><a [^>]*>(.*?)</a>", page)
    return [unescape(re.sub(r"<[^>]+>", "", title)) for title in titles]


def number_found(page: str) -> int:
    return int(re.search(r'<p class="count" role="status">\D*(\d+)', page)[1])


def options(page: str, name: str) -> dict[str, int]:
    """Value -> number next to it, of the options of a filter."""
    pattern = rf'name="{name}" value="([^"]*)"[^>]*>.*?<span class="number">(\d+)</span>'
    return {value: int(number) for value, number in re.findall(pattern, page)}
