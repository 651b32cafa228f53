"""What only much data would show, seen with few entries and small limits."""

import re
import threading
from itertools import chain

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisations import public_page
from organisations.models import Membership
from processing import paging
from processing.finding import index as index_module
from processing.finding import matching, results, sorted_keys
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/en/processing/"


def titles(page: str) -> list[str]:
    """The titles of a list, in its order."""
    return re.findall(r"<h2><a [^>]*>(.*?)</a>", page)


def find(visitor: Client, **parameters) -> list[str]:
    page = visitor.get(LIST, parameters, follow=True).text
    return [title.replace("<mark>", "").replace("</mark>", "") for title in titles(page)]


@pytest.fixture
def publish(body_a, publisher_a):
    def publish(name: str, **fields):
        activity = factories.create_activity(body_a, name=name, **fields)
        activity.publish(by=publisher_a)
        return activity

    return publish


class TestKeptAnswers:
    """Long answers and those to phrases are kept, and follow what is published."""

    @pytest.mark.parametrize("text", ['"blue badge"', "badge", "badge -red", "blue OR red"])
    def test_follow_every_change(self, text, publish, publisher_a, visitor, monkeypatch):
        monkeypatch.setattr(matching, "LONG", 0)
        first = publish("One", summary_en="A blue badge.")
        assert find(visitor, q=text, sort="name") == ["One"]

        publish("Two", summary_en="Another blue badge.")
        assert find(visitor, q=text, sort="name") == ["One", "Two"]

        first.summary_en = "Nothing of it."
        first.purposes.update(description_en="Nothing.")
        first.save()
        first.publish(by=publisher_a)
        assert find(visitor, q=text, sort="name") == ["Two"]

        first.summary_en = "A blue badge again."
        first.save()
        first.publish(by=publisher_a)
        assert find(visitor, q=text, sort="name") == ["One", "Two"]

        first.withdraw(by=publisher_a, reason="")
        assert find(visitor, q=text, sort="name") == ["Two"]

    def test_oldest_go_when_there_are_too_many(self, publish, visitor, monkeypatch):
        monkeypatch.setattr(matching, "LONG", 0)
        monkeypatch.setattr(matching, "MOST_KEPT", 2)
        publish("Words", summary_en="alpha beta gamma delta")

        for word in ("alpha", "beta", "gamma", "delta", "alpha"):
            assert find(visitor, q=word) == ["Words"]

        newest = max(index_module._recent, key=lambda index: index.revision)
        assert len(newest.kept) == 2


def test_rows_of_long_texts_stand_close_together(publish):
    """A search looks at the row of each entry that it finds, and needs none of its texts."""
    for number in range(10):
        publish(
            f"Entry {number}", summary_en=" ".join(f"word{word}x{number}" for word in range(400))
        )

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT (ctid::text::point)[0]) FROM processing_searchtext"
        )
        rows, pages = cursor.fetchone()

    assert rows == 40
    assert pages <= 2


class TestRanking:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch):
        monkeypatch.setattr(results, "MOST_RANKED", 3)

    def test_title_that_holds_the_words_comes_before_newer_entries(self, publish, visitor):
        publish("Parking permits")
        for number in range(6):
            publish(f"Other {number}", summary_en="About parking permits too.")

        assert find(visitor, q="parking permits")[0] == "Parking permits"

    def test_what_is_not_ranked_follows_the_newest_first(self, publish, visitor):
        for number in range(8):
            publish(f"Entry {number}", summary_en="About parking.")

        found = find(visitor, q="parking")

        assert sorted(found) == [f"Entry {number}" for number in range(8)]
        assert found[3:] == [f"Entry {number}" for number in (4, 3, 2, 1, 0)]

    def test_pages_hold_every_entry_once(self, publish, visitor, monkeypatch):
        monkeypatch.setattr(paging, "PER_PAGE", 2)
        for number in range(7):
            publish(f"Entry {number}", summary_en="About parking.")

        pages = [find(visitor, q="parking", page=number) for number in (1, 2, 3, 4)]

        assert [len(page) for page in pages] == [2, 2, 2, 1]
        assert sorted(chain.from_iterable(pages)) == [f"Entry {number}" for number in range(7)]


class TestOrder:
    def test_no_entry_is_lost_when_blocks_are_made_anew(self, publish, visitor, monkeypatch):
        monkeypatch.setattr(sorted_keys, "BLOCK", 2)
        names = ["m", "a", "z", "n", "b", "y", "o", "c", "x", "p", "d", "w"]
        for count, name in enumerate(names, start=1):
            publish(name)

            assert find(visitor, sort="name") == sorted(names[:count])
            assert find(visitor, sort="newest") == names[:count][::-1]

    def test_entry_without_others_before_it_stands_first(self, publish, visitor):
        for name in ("b", "a"):
            publish(name)
            assert find(visitor, sort="name")[0] == name


class TestKeptPages:
    @pytest.fixture
    def register(self, body_a, publisher_a):
        for name in ("One", "Two"):
            factories.create_activity(body_a, name=name).publish(by=publisher_a)

    def queries(self, visitor, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(address).status_code == 200
        return len(queries)

    def test_page_that_is_kept_takes_one_query(self, register, visitor):
        visitor.get(LIST)

        assert self.queries(visitor, LIST) == 1

    def test_pages_go_when_they_take_too_much_memory(self, register, visitor, monkeypatch):
        size = len(visitor.get(LIST).content)
        monkeypatch.setattr(public_page._KeptPages, "MOST_BYTES", int(size * 2.5))
        monkeypatch.setattr(public_page, "_kept_pages", public_page._KeptPages())
        addresses = [f"/{language}/processing/" for language in ("nl", "fr", "de", "en")]
        for address in addresses:
            visitor.get(address)

        counts = [self.queries(visitor, address) for address in reversed(addresses)]

        assert counts[0] == 1
        assert counts[-1] > 1

    def test_page_larger_than_all_memory_is_not_kept(self, register, visitor, monkeypatch):
        monkeypatch.setattr(public_page._KeptPages, "MOST_BYTES", 10)
        monkeypatch.setattr(public_page, "_kept_pages", public_page._KeptPages())

        assert [self.queries(visitor, LIST) > 1 for _time in range(2)] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_register_is_read_once_when_many_ask_at_once(body_a, code_lists):
    publisher = factories.create_member(body_a, Membership.Role.PUBLISHER)
    factories.create_activity(body_a).publish(by=publisher)
    index_module._recent.clear()
    people = 4
    start = threading.Barrier(people)
    readings, statuses = [], []

    def watch(execute, sql, params, many, context):
        if "MATERIALIZED" in sql:
            readings.append(sql)
        return execute(sql, params, many, context)

    def ask() -> None:
        client = Client()
        start.wait(timeout=30)
        try:
            with connection.execute_wrapper(watch):
                statuses.append(client.get(LIST).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [200] * people
    assert len(readings) == 1


@pytest.mark.django_db(transaction=True)
def test_index_of_an_earlier_moment_is_still_there(body_a, code_lists, visitor):
    """Somebody who began before a publication reads the register as it was then."""
    publisher = factories.create_member(body_a, Membership.Role.PUBLISHER)
    for number in range(4):
        factories.create_activity(body_a, name=f"Entry {number}").publish(by=publisher)
        visitor.get(LIST)

    revisions = [index.revision for index in index_module._recent]
    sizes = [len(index.entries) for index in index_module._recent]

    assert len(set(revisions)) == len(revisions)
    assert sizes[-4:] == [1, 2, 3, 4]


class TestVersionsThatNeverExisted:
    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("versions/1/", 410),
            ("versions/2/", 200),
            ("versions/3/", 404),
            ("compare/1/2/", 410),
            ("compare/1/3/", 404),
            ("compare/2/3/", 404),
            ("compare/3/4/", 404),
        ],
    )
    def test_are_not_found_and_not_gone(self, path, status, publish, publisher_a, visitor):
        activity = publish("Withdrawn and back")
        activity.withdraw(by=publisher_a, reason="")
        activity.publish(by=publisher_a)

        assert visitor.get(f"/en/processing/body-a/1/{path}").status_code == status


@pytest.mark.django_db(transaction=True)
def test_register_is_read_without_the_time_limit_of_a_page(body_a, code_lists, visitor):
    """However many entries there are; all other queries keep the limit."""
    publisher = factories.create_member(body_a, Membership.Role.PUBLISHER)
    factories.create_activity(body_a).publish(by=publisher)
    index_module._recent.clear()
    limits: dict[bool, set[str]] = {True: set(), False: set()}

    def watch(execute, sql, params, many, context):
        (limit,) = connection.connection.execute("SHOW statement_timeout").fetchone()
        reads_all = "MATERIALIZED" in sql or 'ORDER BY "processing_publication"."sort_en"' in sql
        if "statement_timeout" not in sql:
            limits[reads_all].add(limit)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        visitor.get(LIST)

    assert limits == {True: {"0"}, False: {"5s"}}
