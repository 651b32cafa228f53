"""All entries in one order, so that any page of any set of entries is found in the same time."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from pyroaring import BitMap

from processing.finding.key_sets import marks_of

# Entries a block: some hundred blocks at 100,000 entries.
BLOCK = 1024


class SortedKeys:
    """The keys of all current entries in an order, in blocks that know what they hold.

    A page is found by counting whole blocks, from the end that is nearer, and looking into a few.
    Never changed once made: a request may still use it while another makes the next one.
    """

    def __init__(self, blocks: Sequence[tuple[array, BitMap]]) -> None:
        self._blocks = blocks
        self._size = 1 + max((members.max() for _keys, members in blocks if members), default=0)

    @classmethod
    def of(cls, keys: Sequence[int]) -> "SortedKeys":
        """From all keys in their order."""
        return cls(_blocks(keys))

    def page(self, wanted: BitMap, start: int, stop: int) -> list[int]:
        """The wanted keys from position `start` up to `stop` among all wanted ones, in order."""
        count = len(wanted)
        stop = min(stop, count)
        if start >= stop:
            return []
        if start > count // 2:
            found = self._walk(wanted, count - stop, count - start, backwards=True)
            return found[::-1]
        return self._walk(wanted, start, stop, backwards=False)

    def _walk(self, wanted: BitMap, start: int, stop: int, *, backwards: bool) -> list[int]:
        found: list[int] = []
        skipped = 0
        # Whoever asks may know of keys that this order does not have.
        is_wanted = marks_of(wanted, max(self._size, wanted.max() + 1))
        for keys, members in reversed(self._blocks) if backwards else self._blocks:
            here = members.intersection_cardinality(wanted)
            if not here or skipped + here <= start:
                skipped += here
                continue
            # An array of keys as numpy sees it: nothing is copied.
            in_block = np.frombuffer(keys, np.uint32)
            in_order = in_block[is_wanted[in_block]]
            first = max(start - skipped, 0)
            part = in_order[::-1] if backwards else in_order
            found += part[first : first + stop - start - len(found)].tolist()
            skipped += here
            if len(found) == stop - start:
                break
        return found

    def changed(self, gone: BitMap, come: Iterable[tuple[int, int | None]]) -> "SortedKeys":
        """The order without the keys `gone` and with each new key behind its predecessor.

        `come` lists (key, predecessor) in the new order; None stands before all.
        """
        blocks = list(self._blocks)
        for position, (keys, members) in enumerate(blocks):
            if members.intersect(gone):
                kept = array("I", (key for key in keys if key not in gone))
                blocks[position] = (kept, members - gone)
        for key, predecessor in come:
            position, place = _behind(blocks, predecessor)
            keys, members = blocks[position]
            longer = keys[:place] + array("I", [key]) + keys[place:]
            blocks[position] = (longer, members | BitMap([key]))
        if any(len(keys) > 2 * BLOCK for keys, _members in blocks):
            blocks = _blocks(array("I", chain.from_iterable(keys for keys, _members in blocks)))
        return SortedKeys(blocks)


def _blocks(keys: Sequence[int]) -> list[tuple[array, BitMap]]:
    pieces = [array("I", keys[at : at + BLOCK]) for at in range(0, max(len(keys), 1), BLOCK)]
    return [(piece, BitMap(piece)) for piece in pieces]


def _behind(blocks: list[tuple[array, BitMap]], predecessor: int | None) -> tuple[int, int]:
    """Which block, and which place in it, comes right after the predecessor."""
    if predecessor is None:
        return 0, 0
    for position, (keys, members) in enumerate(blocks):
        if predecessor in members:
            return position, keys.index(predecessor) + 1
    raise LookupError(f"{predecessor} is in no block")
