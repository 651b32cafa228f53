"""N-Triples: a triple a line. All programs read it, and it is written fastest: for everything."""

import zlib
from collections.abc import Iterable, Iterator

from processing.linked_data.terms import Group

# Bytes that are sent, or compressed, at once.
AT_ONCE = 1 << 17
# A higher level makes a file that is a little smaller in many times the time.
LEVEL = 1
# With the header of gzip.
WINDOW = 31


def n_triples_parts(groups: Iterable[Group]) -> Iterator[bytes]:
    waiting, size = [], 0
    for group in groups:
        lines = "".join(group)
        waiting.append(lines)
        size += len(lines)
        if size >= AT_ONCE:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting).encode()


def gzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW)
    for part in parts:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()
