"""The index in memory, beside what a new one would be."""

from dataclasses import replace

import pytest
from pyroaring import BitMap

from organisations.revision import current_revision
from processing.finding import index as index_module
from processing.finding.index import ORDERS, Index, index_at
from processing.finding.matching import TextQuery, Wording
from tests import factories

pytestmark = pytest.mark.django_db


class TestIndexFollowsTheRegister:
    def test_changes_bring_it_to_what_a_new_one_would_be(
        self, body_a, body_b, publisher_a, publisher_b, monkeypatch
    ):
        """Names between, before and after the others; new versions; withdrawals."""
        steps = []
        activities = [
            factories.create_activity(body, name=name)
            for body, name in zip([body_a, body_b] * 5, "mdtbzakxce", strict=True)
        ]
        publishers = {body_a: publisher_a, body_b: publisher_b}
        for activity in activities:
            activity.publish(by=publishers[activity.organisation])
            steps.append(state())
        for activity, name in zip(activities[:4], ["0", "zz", "m", "n"], strict=True):
            activity.name_en = name
            activity.save()
            activity.themes.set(["HEAL"])
            activity.publish(by=publishers[activity.organisation])
            steps.append(state())
        activities[5].withdraw(by=publishers[activities[5].organisation], reason="")
        steps.append(state())

        kept = steps[-1]
        index_module._recent.clear()
        assert state() == kept
        assert len(kept["entries"]) == 9
        assert len({str(step) for step in steps}) == len(steps)

    def test_several_changes_at_once_stand_behind_each_other(self, body_a, publisher_a):
        for name in ("a", "z"):
            factories.create_publication(body_a, by=publisher_a, name=name)
        state()

        keys = {
            name: factories.create_publication(body_a, by=publisher_a, name=name).pk
            for name in ("n", "m", "o", "b")
        }

        kept = state()
        index_module._recent.clear()
        assert state() == kept
        assert kept["orders"]["en"][1:-1] == [keys[name] for name in ("b", "m", "n", "o")]
        assert kept["orders"]["newest"][:4] == [keys[name] for name in ("b", "o", "m", "n")]

    def test_order_with_many_blocks_gives_every_page(self, monkeypatch):
        from processing.finding import sorted_keys

        monkeypatch.setattr(sorted_keys, "BLOCK", 7)
        keys = [(number * 37) % 101 for number in range(101)]
        order = sorted_keys.SortedKeys.of(keys)
        wanted = sorted_keys.BitMap(range(0, 101, 3))
        expected = [key for key in keys if key in wanted]

        for start in range(0, 40, 3):
            assert order.page(wanted, start, start + 5) == expected[start : start + 5]


def state() -> dict:
    """What the index of this process holds now, every order included."""
    index = index_at(current_revision())
    return {
        "entries": list(index.entries),
        "groups": {
            group: {option: list(keys) for option, keys in sorted(options.items()) if keys}
            for group, options in index.groups.items()
        },
        "orders": {name: index.sorted_keys(name).page(index.entries, 0, 1000) for name in ORDERS},
    }


class TestWhatIsShared:
    @pytest.fixture
    def indexes(self, body_a, body_b, publisher_a, publisher_b) -> list[Index]:
        """The index after each of three publications, which share the first theme only."""
        index_module._recent.clear()
        found = []
        for body, publisher, theme in [
            *[(body_a, publisher_a, "TAXE"), (body_b, publisher_b, "HEAL")],
            (body_a, publisher_a, "EDUC"),
        ]:
            activity = factories.create_activity(body)
            activity.themes.set([theme])
            activity.publish(by=publisher)
            found.append(index_at(current_revision()))
        return found

    def test_sets_that_no_change_touches_are_those_of_the_index_before(self, indexes):
        first, second, third = indexes

        assert [len(index.entries) for index in indexes] == [1, 2, 3]
        for option in ("TAXE", "HEAL"):
            assert third.of("theme", option) is second.of("theme", option)
        assert second.of("theme", "TAXE") is first.of("theme", "TAXE")
        assert len(second.of("data", "A1")) == 2
        assert len(first.of("data", "A1")) == 1
        assert len(third.of("theme", "EDUC")) == 1
        assert list(second.of("theme", "EDUC")) == []

    def test_index_is_read_once_for_a_revision(self, indexes, django_assert_num_queries):
        revision = current_revision()

        with django_assert_num_queries(0):
            assert index_at(revision) is indexes[-1]
            earlier = revision._replace(publications=indexes[0].revision)
            assert index_at(earlier) is indexes[0]

    def test_moment_that_is_not_kept_is_that_of_the_newest(self, indexes):
        index_module._recent.remove(indexes[0])
        passed = current_revision()._replace(publications=indexes[0].revision)

        assert index_at(passed) is indexes[-1]

    def test_index_of_another_course_of_the_register_is_built_anew(self, indexes):
        index_module._recent.clear()
        index_module._recent.append(replace(indexes[0], revision=-7))

        index = index_at(current_revision())

        assert index.revision == current_revision().publications
        assert list(index.entries) == list(indexes[-1].entries)
        assert index.of("theme", "TAXE") is not indexes[0].of("theme", "TAXE")

    def test_order_is_read_once(self, indexes, django_assert_num_queries):
        index = indexes[-1]
        index.sorted_keys("nl")

        with django_assert_num_queries(0):
            assert index.sorted_keys("nl") is index.orders["nl"]

    def test_orders_and_long_answers_go_along(self, indexes, body_a, publisher_a):
        query = TextQuery("en", ((Wording("visitors", ("visitor",)),),))
        index = indexes[-1]
        index.sorted_keys("nl")
        index.kept[query] = BitMap(index.entries)

        publication = factories.create_publication(body_a, by=publisher_a)

        following = index_at(current_revision())
        assert list(following.orders) == ["nl"]
        assert following.kept == {query: index.entries | BitMap([publication.pk])}
