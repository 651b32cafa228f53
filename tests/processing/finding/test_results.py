"""Pages of what was found: each order as a whole, and every stretch of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from organisations.directory import directories
from organisations.revision import current_revision
from processing.finding import results
from processing.finding.filters import FacetIndex, facet_index_at
from processing.finding.search import Search
from tests import factories

pytestmark = pytest.mark.django_db


def facets() -> FacetIndex:
    return facet_index_at(current_revision())


def search(text: str) -> Search:
    return Search(text, "en", facets(), current_revision())


def by_relevance(text: str, start: int = 0, stop: int = 100) -> list[int]:
    found = search(text)
    return results.page_by_relevance(facets(), found.entries, start, stop, search=found)


@pytest.fixture
def write(publish):
    def write(name: str, summary: str = "") -> int:
        return publish(name, language="en", summary_en=summary).pk

    return write


class TestBodies:
    @pytest.fixture
    def keys(self, body_a, body_b, publisher_a, publisher_b) -> list[int]:
        """Entries by the name of their body, then by their own; a body without any between."""
        keys = {}
        publishers = {body_a: publisher_a, body_b: publisher_b}
        factories.create_organisation("body-aa")
        for body, name in [(body_b, "b"), (body_a, "z"), (body_b, "a"), (body_a, "c")]:
            published = factories.create_publication(body, by=publishers[body], name=name)
            keys[body, name] = published.pk
        order = [(body_a, "c"), (body_a, "z"), (body_b, "a"), (body_b, "b")]
        return [keys[place] for place in order]

    def page(self, found: list[int], start: int, stop: int) -> list[int]:
        return results.page_by_body(
            facets(),
            BitMap(found),
            start,
            stop,
            language="en",
            directory=directories(current_revision())["en"],
        )

    @pytest.mark.parametrize("left_out", [None, 0, 1, 2, 3])
    def test_every_stretch_is_in_the_order_of_the_bodies(self, left_out, keys):
        expected = [key for place, key in enumerate(keys) if place != left_out]

        for start in range(6):
            for stop in range(start, 7):
                assert self.page(expected, start, stop) == expected[start:stop]

    def test_no_body_is_asked_for_more_than_the_page_needs(self, keys, monkeypatch):
        asked = []
        by_name = results.page_by_name

        def watched(facets, entries, start, stop, **kwargs) -> list[int]:
            asked.append((list(entries), start, stop))
            return by_name(facets, entries, start, stop, **kwargs)

        monkeypatch.setattr(results, "page_by_name", watched)
        first, second = sorted(keys[:2]), sorted(keys[2:])

        for start, stop in [(0, 1), (0, 2), (1, 3), (2, 3), (3, 9)]:
            self.page(keys, start, stop)

        assert asked == [
            (first, 0, 1),
            (first, 0, 2),
            # The body between has none of them.
            *((first, 1, 3), ([], 0, 1), (second, 0, 1)),
            (second, 0, 1),
            (second, 1, 7),
        ]


class TestRelevance:
    def test_words_as_typed_in_the_title_come_first(self, write):
        text = write("something", "of badges")
        title = write("badges")
        compound = write("badge", "something else that is not short")
        newest = write("other", "of badges")

        assert by_relevance("badges")[0] in (title, compound)
        assert set(by_relevance("badges")[2:]) == {text, newest}
        # What fits equally well is in the order of publication, the newest first.
        assert by_relevance("badges")[2:] == [newest, text]

    def test_without_a_word_that_is_asked_for_the_newest_come_first(self, write):
        first, second, _left_out = write("one"), write("two"), write("badge")

        assert by_relevance("-badge") == [second, first]
        assert by_relevance("-badge", 1, 2) == [first]

    @pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 7, 8, 200])
    def test_titles_then_the_newest_are_compared_and_the_rest_follows(
        self, most, write, monkeypatch, settings
    ):
        # By words alone.
        settings.SEARCH_MEANING = False
        monkeypatch.setattr(results, "MOST_RANKED", most)
        old_text = write("first", "badge")
        titles = [write("badge one"), write("badge two words")]
        texts = [write(f"text {number}", f"badge {'word ' * number}") for number in range(4)]

        order = by_relevance("badge")

        # The newest title and the newest texts are; with fewer words around it, one fits better.
        compared = [*reversed(titles), *reversed(texts), old_text][:most]
        by_fit = [*titles, old_text, *texts]
        assert order[:most] == [key for key in by_fit if key in compared]
        assert order[most:] == sorted(set(by_fit) - set(compared), reverse=True)
        for start in range(9):
            for stop in range(start, 10):
                assert by_relevance("badge", start, stop) == order[start:stop]

    def test_page_behind_those_that_are_compared_compares_nothing(self, write, monkeypatch):
        monkeypatch.setattr(results, "MOST_RANKED", 2)
        for number in range(4):
            write(f"text {number}", "badge")

        def compares(start: int) -> bool:
            with CaptureQueriesContext(connection) as queries:
                assert len(by_relevance("badge", start, 9)) == 4 - start
            return any("ts_rank" in query["sql"] for query in queries)

        assert [compares(start) for start in range(4)] == [True, True, False, False]
