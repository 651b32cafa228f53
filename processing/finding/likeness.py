"""How near what entries say is to what was asked, in whatever words and language.

Likeness is the cosine of two vectors: 1 says the same, around 0 nothing alike.
"""

import math
from functools import cached_property, lru_cache

import numpy as np
from pyroaring import BitMap

from processing.finding import encoder, meanings
from processing.finding.index import Index
from processing.finding.signs import Differences

# How like what was asked entries must be that do not have the words; and where no entry has a word
# of that, so that it may make no sense: of made-up words, two in a hundred came to 0.2 with 195
# entries.
LEAST_ALIKE, LEAST_ALIKE_UNKNOWN = 0.12, 0.2
# Of ten times as many entries, the nearest is so much more alike by chance; from so many on.
MORE_BY_CHANCE, FEW = 0.025, 200
# Of so many, which their signs tell to be the nearest, the whole vectors are compared.
MOST_COMPARED = 200


def beyond_chance(least: float, entries: int) -> float:
    """How like what was asked the nearest of so many entries must be, if of few it is `least`."""
    return least + MORE_BY_CHANCE * math.log10(max(entries / FEW, 1))


class Likeness:
    """Of each entry to one text. Where there is no encoder, nothing is alike."""

    def __init__(self, text: str, index: Index) -> None:
        self._index = index
        self._text = text
        self._known: dict[int, float] = {}
        self._read = BitMap()

    @property
    def is_known(self) -> bool:
        """Whether there is an encoder."""
        return self._vector is not None

    def nearest(self, among: BitMap) -> BitMap:
        """The entries that may be most alike, at most MOST_COMPARED: no query."""
        if not self.is_known or not among:
            return BitMap()
        return self._differences.least(among, MOST_COMPARED)

    def without_vector(self, among: BitMap) -> BitMap:
        """The entries that nothing is known of."""
        return among - self._index.signs().entries if self.is_known else among

    def most_alike(self, among: BitMap, least: float) -> list[int]:
        """The entries that are so alike, the most first: at most one query."""
        found = self.of(self.nearest(among))
        alike = (key for key, how in found.items() if how >= least)
        return sorted(alike, key=lambda key: (-found[key], -key))

    def of(self, entries: BitMap) -> dict[int, float]:
        """How alike the entries with a vector are: one query, none for what was asked before."""
        if not self.is_known:
            return {}
        for keys, rows in meanings.of(entries - self._read):
            self._known.update(zip(keys, (rows @ self._vector).round(4).tolist(), strict=True))
        self._read |= entries
        return {key: self._known[key] for key in entries if key in self._known}

    @cached_property
    def _differences(self) -> Differences:
        return self._index.signs().differences(self._vector)

    @cached_property
    def _vector(self) -> np.ndarray | None:
        return _vector_of(self._text) if encoder.is_available() else None


# People go on to a further page, another order or a filter with the same words. 2 KB each.
@lru_cache(maxsize=128)
def _vector_of(text: str) -> np.ndarray:
    vector = encoder.encode([text])[0]
    vector.flags.writeable = False
    return vector
