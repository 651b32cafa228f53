"""A long list of entries, page after page."""

from itertools import product

import pytest

from tests import factories
from tests.processing.finding.pages import find, found

pytestmark = pytest.mark.django_db


class TestPaging:
    @pytest.fixture(autouse=True)
    def sixty(self, body_a, body_b, publisher_a, publisher_b) -> None:
        for number in range(60):
            body, by = ((body_a, publisher_a), (body_b, publisher_b))[number % 2]
            factories.create_publication(body, by=by, name=f"Entry {number:02} word")

    def test_pages_hold_every_entry_once(self, visitor):
        sorts = ("relevance", "name", "body", "newest")
        for sort, parameters in product(sorts, ({}, {"theme": "TAXE"}, {"q": "word"})):
            pages = [find(visitor, "en", sort=sort, page=page, **parameters) for page in (1, 2, 3)]

            titles = [title for page in pages for title in found(page)]
            assert [len(found(page)) for page in pages] == [25, 25, 10], (sort, parameters)
            assert sorted(titles) == [f"Entry {number:02} word" for number in range(60)]

    def test_links_keep_what_was_asked(self, visitor):
        page = find(visitor, "en", q="word", theme="TAXE", sort="newest")

        assert 'href="/en/processing/?q=word&amp;theme=TAXE&amp;sort=newest&amp;page=3"' in page

    def test_page_past_the_end_is_not_found(self, visitor):
        assert visitor.get("/en/processing/?theme=TAXE&page=4").status_code == 404
