"""The index in memory, beside what a new one would be."""

import pytest

from processing.finding import index as index_module
from processing.finding.index import ORDERS, index_at
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
    from organisations.revision import current_revision

    index = index_at(current_revision())
    return {
        "entries": list(index.entries),
        "groups": {
            group: {option: list(keys) for option, keys in sorted(options.items()) if keys}
            for group, options in index.groups.items()
        },
        "orders": {name: index.sorted_keys(name).page(index.entries, 0, 1000) for name in ORDERS},
    }
