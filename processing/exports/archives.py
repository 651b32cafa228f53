"""ZIP archives that are sent while they are made (APPNOTE.TXT of PKWARE, 4.3).

Python's own module writes one part after the other. Here they grow side by side, each packed at
once: one is sent as it grows, others wait for their turn, in a tenth of their size.
"""

import struct
from collections.abc import Collection, Iterator
from tempfile import SpooledTemporaryFile

from isal import isal_zlib

LEVEL = 1
# Bytes of a part that wait in memory. Where there are more, all wait on the disk.
IN_MEMORY = 256 * 1024
AT_ONCE = 64 * 1024
# Version 2.0; sum and sizes stand behind the part; deflated; of the first day that there is, so
# that the same parts are the same archive.
KIND = struct.pack("<HHHHH", 20, 1 << 3, 8, 0, 1 << 5 | 1)


class Part:
    """A file in an archive, which grows by what is added."""

    def __init__(self) -> None:
        # Of all that was added; sizes in bytes, of the packed one as far as it was taken.
        self.sum = self.size = self.packed_size = 0
        # Bytes that are packed and were not taken.
        self.waiting = 0
        self._packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (until close)

    def add(self, content: bytes) -> None:
        self.sum = isal_zlib.crc32(content, self.sum)
        self.size += len(content)
        self.waiting += self._file.write(self._packer.compress(content))

    def end(self) -> None:
        """Nothing is added any more."""
        self.waiting += self._file.write(self._packer.flush())

    def take(self) -> Iterator[bytes]:
        """All that is waiting."""
        self._file.seek(0)
        while some := self._file.read(AT_ONCE):
            yield some
        self._file.seek(0)
        self._file.truncate()
        self.packed_size += self.waiting
        self.waiting = 0

    def close(self) -> None:
        self._file.close()


class Archive:
    """Gives the bytes of an archive, part by part. None of them may have 4 GB, nor all together."""

    def __init__(self) -> None:
        self._size = 0
        self._directory: dict[str, bytes] = {}

    @property
    def names(self) -> Collection[str]:
        return self._directory.keys()

    def begin(self, name: str) -> bytes:
        """What stands before a part. Its name is in ASCII."""
        self._name = name
        return b"PK\3\4" + KIND + struct.pack("<LLLHH", 0, 0, 0, len(name), 0) + name.encode()

    def end(self, part: Part) -> bytes:
        """What stands behind it."""
        told = struct.pack("<LLL", part.sum, part.packed_size, part.size)
        place = struct.pack("<HHHHHLL", len(self._name), 0, 0, 0, 0, 0, self._size)
        self._directory[self._name] = b"PK\1\2\x14\0" + KIND + told + place + self._name.encode()
        self._size += 30 + len(self._name) + part.packed_size + 16
        part.close()
        return b"PK\7\10" + told

    def whole(self, name: str, part: Part) -> Iterator[bytes]:
        """A part that has ended."""
        yield self.begin(name)
        yield from part.take()
        yield self.end(part)

    def file(self, name: str, content: bytes) -> Iterator[bytes]:
        part = Part()
        part.add(content)
        part.end()
        return self.whole(name, part)

    def directory(self) -> bytes:
        """The end of the archive."""
        listed, number = b"".join(self._directory.values()), len(self._directory)
        end = struct.pack("<HHHHLLH", 0, 0, number, number, len(listed), self._size, 0)
        return listed + b"PK\5\6" + end
