"""A cable to another machine, which can be pulled: what is sent is lost then, and nobody is told.

The other machine is a network namespace of Linux: what starts in far_away() has its network there,
and files, clocks and Unix sockets here. It is gone with the last process that lives there.
"""

import ctypes
import ipaddress
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest

IP = shutil.which("ip") or shutil.which("ip", path="/usr/sbin:/sbin")
NETWORK = "/proc/thread-self/ns/net"
CLONE_NEWNET = 0x40000000
# For measurements (RFC 2544): no machine of the world has one of these.
ADDRESSES = ipaddress.ip_network("198.18.0.0/15")
# What is sent there, no network card takes.
NOBODY = "02:00:00:00:00:01"
_libc = ctypes.CDLL(None, use_errno=True)
_serial = count()


class Cable:
    """From `near`, an address of this machine, to `far`, one of the other.

    Raises OSError where the kernel makes no further network.
    """

    def __init__(self) -> None:
        self._here = os.open(NETWORK, os.O_RDONLY)
        with _inside(self._here):
            _called(_libc.unshare, CLONE_NEWNET)
            self._there = os.open(NETWORK, os.O_RDONLY)
        number = next(_serial)
        # Other processes of the tests lay cables, too.
        self._card = f"c{os.getpid()}-{number}"
        first = int(ADDRESSES[0]) + (os.getpid() * 16 + number) % 32_000 * 4
        self.near, self.far = (str(ipaddress.ip_address(first + place)) for place in (1, 2))
        namespace = f"/proc/{os.getpid()}/fd/{self._there}"
        _ip("link", "add", self._card, "type", "veth", "peer", "card", "netns", namespace)
        self._near_card = _prepared(self._card, self.near)
        with self.far_away():
            _prepared("lo", None)
            self._far_card = _prepared("card", self.far)
        self.plug()

    @contextmanager
    def far_away(self) -> Iterator[None]:
        """What this thread starts or opens meanwhile is on the other machine."""
        with _inside(self._there):
            yield

    def pull(self) -> None:
        """Both send on, as through a network of others, which says nothing."""
        self._lead_to(NOBODY, NOBODY)

    def plug(self) -> None:
        self._lead_to(self._far_card, self._near_card)

    @contextmanager
    def pulled(self) -> Iterator[None]:
        self.pull()
        try:
            yield
        finally:
            self.plug()

    def remove(self) -> None:
        with _inside(self._here):
            _ip("link", "delete", self._card)
        os.close(self._there)
        os.close(self._here)

    def _lead_to(self, far_card: str, near_card: str) -> None:
        ends = [
            (self._here, self._card, self.far, far_card),
            (self._there, "card", self.near, near_card),
        ]
        for namespace, card, address, reached_at in ends:
            with _inside(namespace):
                told = ("lladdr", reached_at, "nud", "permanent", "dev", card)
                _ip("neighbour", "replace", address, *told)


@contextmanager
def laid(number: int) -> Iterator[list[Cable]]:
    """So many cables; the test is skipped where the kernel lets none be laid."""
    if IP is None and "CI" not in os.environ:
        pytest.skip("no ip: apt-get install iproute2")
    cables: list[Cable] = []
    try:
        for _ in range(number):
            cables.append(Cable())
    except PermissionError:
        pytest.skip("no network of its own for a test: that takes the rights of root")
    try:
        yield cables
    finally:
        for cable in cables:
            cable.remove()


@contextmanager
def _inside(namespace: int) -> Iterator[None]:
    """This thread has its network there; the other threads stay where they are."""
    before = os.open(NETWORK, os.O_RDONLY)
    try:
        _called(_libc.setns, namespace, CLONE_NEWNET)
        try:
            yield
        finally:
            _called(_libc.setns, before, CLONE_NEWNET)
    finally:
        os.close(before)


def _prepared(card: str, address: str | None) -> str:
    """Turn a network card on; gives the number by which its neighbours reach it."""
    if address:
        _ip("address", "add", f"{address}/30", "dev", card)
    _ip("link", "set", card, "up")
    # "3: card@if4: <...> ...\    link/ether 6a:... brd ff:..."
    return _ip("-oneline", "link", "show", card).split(" link/")[1].split()[1]


def _ip(*arguments: str) -> str:
    return subprocess.run([IP, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def _called(function: object, *arguments: int) -> None:
    if function(*arguments):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
