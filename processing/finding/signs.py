"""Which entries lie near a vector: found by the signs of their vectors, in memory.

The signs of its numbers tell a vector well enough to say which hundred of all entries may be the
nearest, in 64 bytes an entry. How near those are, their whole vectors tell (`meanings`).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from processing.finding.meanings import Vectors

# Entries a block: at most so many are copied where one of them changes.
BLOCK = 4096


class Block(NamedTuple):
    keys: np.ndarray
    # A row for each key: its signs, 64 in a number.
    signs: np.ndarray


class Signs:
    """The signs of the vectors of all current entries, in blocks.

    Never changed once made: a request may still use it while another makes the next one.
    """

    def __init__(self, blocks: Sequence[Block] = ()) -> None:
        self._blocks = blocks
        # The entries that have a vector.
        self.entries = BitMap.union(*(BitMap(block.keys) for block in blocks), BitMap())

    def nearest(self, vector: np.ndarray, among: BitMap, most: int) -> BitMap:
        """Those of the entries whose vectors have most signs in common with this one."""
        among = among & self.entries
        if len(among) <= most:
            return among
        is_among = np.zeros(self.entries.max() + 1, bool)
        is_among[_array(among)] = True
        wanted = signs_of(vector[np.newaxis])
        keys, others = [], []
        for block in self._blocks:
            here = is_among[block.keys]
            keys.append(block.keys[here])
            different = np.bitwise_count(block.signs[here] ^ wanted)
            others.append(different.sum(axis=1, dtype=np.uint16))
        return BitMap(_least(np.concatenate(keys), np.concatenate(others), most))

    def changed(self, gone: BitMap, come: Iterable[Vectors]) -> "Signs":
        """The signs without those of the entries `gone`, and with those of these."""
        blocks = []
        for block in self._blocks:
            kept = ~np.isin(block.keys, _array(gone))
            blocks.append(block if kept.all() else Block(block.keys[kept], block.signs[kept]))
        for keys, vectors in come:
            block = Block(np.array(keys, np.uint32), signs_of(vectors))
            if blocks and len(blocks[-1].keys) + len(keys) <= BLOCK:
                block = Block(*map(np.concatenate, zip(blocks.pop(), block, strict=True)))
            blocks.append(block)
        return Signs([block for block in blocks if len(block.keys)])


def signs_of(vectors: np.ndarray) -> np.ndarray:
    """The signs of the vectors, a row of whole numbers for each."""
    return np.packbits(vectors > 0, axis=1).view(np.uint64)


def _array(keys: BitMap) -> np.ndarray:
    return np.asarray(keys.to_array(), np.uint32)


def _least(keys: np.ndarray, others: np.ndarray, most: int) -> np.ndarray:
    """The keys with the fewest differences; of equal ones the newest, so that all choose the same.

    Not all are sorted: that would take longer than all the rest.
    """
    within = others <= np.partition(others, most - 1)[most - 1]
    keys, others = keys[within], others[within]
    return keys[np.lexsort((-keys.astype(np.int64), others))][:most]
