"""An order of all keys: any page of any set, and the next order from this one."""

import pytest
from pyroaring import BitMap

from processing.finding import sorted_keys
from processing.finding.sorted_keys import SortedKeys


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(sorted_keys, "BLOCK", 3)


def all_of(order: SortedKeys) -> list[int]:
    return order.page(BitMap(range(1000)), 0, 1000)


def sizes(order: SortedKeys) -> list[int]:
    """How many keys each block holds; what it knows of them is the same."""
    assert all(BitMap(keys) == members for keys, members in order._blocks)
    return [len(keys) for keys, _members in order._blocks]


KEYS = [5, 2, 9, 11, 1, 8, 4, 10, 7, 3, 12, 6, 0]


@pytest.mark.parametrize("wanted", [KEYS, [2, 11, 8, 4, 3, 0], [5, 8], [5], [0], []])
def test_page_of_a_set_is_what_stands_there_in_the_order(wanted):
    order = SortedKeys.of(KEYS)
    expected = [key for key in KEYS if key in wanted]

    for start in range(15):
        for stop in range(16):
            assert order.page(BitMap(wanted), start, stop) == expected[start:stop]


@pytest.mark.parametrize("expected", [[0], [1], [2], [3], [3, 1], [3, 3], [3, 3, 1]])
def test_blocks_hold_all_keys(expected):
    number = sum(expected)
    order = SortedKeys.of(KEYS[:number])

    assert sizes(order) == expected
    assert all_of(order) == KEYS[:number]


@pytest.mark.parametrize(
    ("gone", "come", "expected"),
    [
        ([], [], [5, 2, 9, 11, 1, 8, 4]),
        ([5, 11], [], [2, 9, 1, 8, 4]),
        ([5, 2, 9], [], [11, 1, 8, 4]),
        ([99], [], [5, 2, 9, 11, 1, 8, 4]),
        ([], [(20, None)], [20, 5, 2, 9, 11, 1, 8, 4]),
        ([], [(20, 5)], [5, 20, 2, 9, 11, 1, 8, 4]),
        ([], [(20, 9)], [5, 2, 9, 20, 11, 1, 8, 4]),
        ([], [(20, 4)], [5, 2, 9, 11, 1, 8, 4, 20]),
        ([], [(20, 11), (21, 20), (22, 21)], [5, 2, 9, 11, 20, 21, 22, 1, 8, 4]),
        ([5], [(5, 4)], [2, 9, 11, 1, 8, 4, 5]),
        ([4, 2], [(4, None), (2, 4)], [4, 2, 5, 9, 11, 1, 8]),
    ],
)
def test_next_order_has_the_new_keys_behind_their_predecessors(gone, come, expected):
    order = SortedKeys.of(KEYS[:7])

    changed = order.changed(BitMap(gone), come)

    assert all_of(changed) == expected
    assert len(sizes(changed)) == 3
    assert all_of(order) == KEYS[:7]
    assert sizes(order) == [3, 3, 1]


def test_blocks_are_made_anew_when_one_is_twice_too_long():
    order = SortedKeys.of(KEYS[:7])

    long = order.changed(BitMap(), [(20, 5), (21, 20), (22, 21)])
    longer = long.changed(BitMap(), [(23, 22)])

    assert sizes(long) == [6, 3, 1]
    assert sizes(longer) == [3, 3, 3, 2]
    assert all_of(longer) == [5, 20, 21, 22, 23, 2, 9, 11, 1, 8, 4]


def test_order_of_nothing_takes_keys():
    order = SortedKeys.of([]).changed(BitMap(), [(3, None), (1, 3)])

    assert all_of(order) == [3, 1]


def test_unknown_predecessor_is_told():
    with pytest.raises(LookupError, match="77 is in no block"):
        SortedKeys.of(KEYS).changed(BitMap(), [(20, 77)])
