"""Which entries lie near a vector: found by the signs of their vectors, in memory.

The signs of its numbers tell a vector well enough to say which hundred of all entries may be the
nearest, in 64 bytes an entry. How near those are, their whole vectors tell (`meanings`).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from processing.finding.key_sets import array_of, marks_of
from processing.finding.meanings import Vectors

# Entries a block: at most so many are copied where one of them changes.
BLOCK = 4096


class Block(NamedTuple):
    keys: np.ndarray
    # A column for each key: its signs, 64 in a number. They are counted row by row.
    signs: np.ndarray


class Differences(NamedTuple):
    """Of the entries that have a vector, in any order: a number for each."""

    entries: BitMap
    keys: np.ndarray
    numbers: np.ndarray

    def least(self, among: BitMap, most: int) -> BitMap:
        """Those of the entries with the fewest differences; of equal ones the newest."""
        among = among & self.entries
        if len(among) <= most:
            return among
        is_among = marks_of(among, self.entries.max() + 1)[self.keys]
        keys, numbers = self.keys[is_among], self.numbers[is_among]
        # Not all are sorted: that would take longer than all the rest.
        within = numbers <= np.partition(numbers, most - 1)[most - 1]
        keys, numbers = keys[within], numbers[within]
        return BitMap(keys[np.lexsort((-keys.astype(np.int64), numbers))][:most])


class Signs:
    """The signs of the vectors of all current entries, in blocks.

    Never changed once made: a request may still use it while another makes the next one.
    """

    def __init__(self, blocks: Sequence[Block] = ()) -> None:
        self._blocks = blocks
        # The entries that have a vector.
        self.entries = BitMap.union(*(BitMap(block.keys) for block in blocks), BitMap())

    def differences(self, vector: np.ndarray) -> "Differences":
        """How many signs of each entry's vector differ from those of this one."""
        wanted = signs_of(vector[np.newaxis])
        found = [np.empty(0, np.uint16)]
        for block in self._blocks:
            different = np.bitwise_count(block.signs ^ wanted)
            found.append(np.add.reduce(different, axis=0, dtype=np.uint16))
        keys = [block.keys for block in self._blocks]
        return Differences(
            self.entries,
            np.concatenate([np.empty(0, np.uint32), *keys]),
            np.concatenate(found),
        )

    def changed(self, gone: BitMap, come: Iterable[Vectors]) -> "Signs":
        """The signs without those of the entries `gone`, and with those of these."""
        blocks = []
        for block in self._blocks:
            kept = ~np.isin(block.keys, array_of(gone))
            blocks.append(block if kept.all() else Block(block.keys[kept], block.signs[:, kept]))
        for keys, vectors in come:
            block = Block(np.array(keys, np.uint32), signs_of(vectors))
            if blocks and len(blocks[-1].keys) + len(keys) <= BLOCK:
                last = blocks.pop()
                block = Block(
                    np.concatenate([last.keys, block.keys]),
                    np.concatenate([last.signs, block.signs], axis=1),
                )
            blocks.append(block)
        return Signs([block for block in blocks if len(block.keys)])


def signs_of(vectors: np.ndarray) -> np.ndarray:
    """The signs of the vectors, a column of whole numbers for each."""
    return np.ascontiguousarray(np.packbits(vectors > 0, axis=1).view(np.uint64).T)
