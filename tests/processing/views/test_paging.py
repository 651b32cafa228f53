"""Lists over several pages."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


class TestPaging:
    @pytest.fixture
    def thirty(self, body_a, publisher_a) -> None:
        for number in range(30):
            factories.create_publication(body_a, by=publisher_a, name=f"Entry {number:02}")

    def test_pages_hold_every_entry_once(self, thirty, visitor):
        pages = [visitor.get(f"/en/processing/{query}").text for query in ("", "?page=2")]

        for number in range(30):
            assert sum(page.count(f">Entry {number:02}<") for page in pages) == 1

    @pytest.mark.parametrize(
        "number",
        ["0", "-1", "3", "9" * 20, "abc", "1.5", "+1", "01", "0_1", "\u0661"],
    )
    def test_page_that_does_not_exist_is_not_found(self, number, thirty, visitor):
        assert visitor.get(f"/en/processing/?page={number}").status_code == 404

    def test_page_number_stays_when_switching_language(self, thirty, visitor):
        assert 'href="/fr/processing/?page=2"' in visitor.get("/en/processing/?page=2").text
