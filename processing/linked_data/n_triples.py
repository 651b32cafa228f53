"""N-Triples: a triple a line. All programs read it, and it is written fastest: for everything."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from isal import isal_zlib

from processing.linked_data.terms import Group

# Bytes that are sent, or compressed, at once.
AT_ONCE = 1 << 19
# The lowest that is not larger than that of zlib.
LEVEL = 1
# With the header of gzip.
WINDOW = 31


def n_triples_parts(groups: Iterable[Group]) -> Iterator[bytes]:
    waiting, size = [], 0
    for group in groups:
        lines = b"".join(group)
        waiting.append(lines)
        size += len(lines)
        if size >= AT_ONCE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def gzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    """A part is packed by another thread, which needs no Python, while the next one is made."""
    packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, WINDOW)
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(bytes)
        for part in parts:
            packed = waiting.result()
            waiting = other.submit(packer.compress, part)
            if packed:
                yield packed
        yield waiting.result() + packer.flush()
