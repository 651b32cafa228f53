"""Sets of entries as numpy and PostgreSQL read them."""

from collections.abc import Iterable

import numpy as np
from pyroaring import BitMap


def array_of(keys: BitMap) -> np.ndarray:
    """The keys in their order."""
    return np.asarray(keys.to_array(), np.uint32)


def marks_of(keys: BitMap, size: int) -> np.ndarray:
    """For each number below `size` whether it is one of the keys."""
    marks = np.zeros(size, bool)
    marks[array_of(keys)] = True
    return marks


def sql_array(keys: Iterable[int]) -> str:
    """The keys for `ANY(%s::bigint[])`: psycopg takes a hundred times as long to write a list."""
    return f"{{{','.join(map(str, keys))}}}"
