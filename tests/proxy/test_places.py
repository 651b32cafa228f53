"""Nobody takes all the memory of the proxy, and all places of others: each way in which one did."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from registry_site.local.proxy import Proxy
from tests.drains.helpers import BOUNDARY
from tests.proxy.arrangement import HOST, SECONDS, eventually, needs_nginx, self_signed
from tests.proxy.test_answers import CONTACT, FORM, LOGIN, statuses
from tests.proxy.test_faults import stopped
from tests.running_site import free_port

# Without the mark of the database there is none where these tests run alone.
pytestmark = [needs_nginx, pytest.mark.django_db]

FORM_OF_THE_ADMIN = "/admin/processing/theme/add/"
IMPORTS = "/admin/processing/processingactivity/import/"
OTHER = "127.0.9.9"


class Visitors:
    """Some who send the beginning of a request and wait, each from an address of this machine."""

    def __init__(self, proxy: Proxy, stack: ExitStack) -> None:
        self._proxy, self._stack = proxy, stack

    def begin(
        self,
        address: str,
        path: str,
        *,
        length: int,
        sent: int = 1,
        method: str = "POST",
        kind: str = FORM,
        more: str = "",
    ) -> socket.socket:
        where = ("127.0.0.1", self._proxy.port)
        client = socket.create_connection(where, timeout=SECONDS, source_address=(address, 0))
        self._stack.enter_context(client)
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: {kind}\r\n{more}"
        client.sendall(f"{head}Content-Length: {length}\r\n\r\n".encode() + b"x" * sent)
        return client

    def status(self, address: str, path: str, *, method: str = "POST", length: int = 1) -> int:
        client = self.begin(address, path, length=length, sent=length, method=method)
        return statuses(client.recv(65_536))[0]


@pytest.fixture
def proxy(production, request) -> Iterator[Proxy]:
    """One whose limits nobody has touched yet."""
    proxy = production.new_proxy(f"places-{request.node.name[:40]}")
    yield proxy
    proxy.stop()


@pytest.fixture
def visitors(proxy) -> Iterator[Visitors]:
    with ExitStack() as stack:
        yield Visitors(proxy, stack)


def refused(clients: list[socket.socket]) -> Callable[[], int]:
    """How many of them have an answer by now."""

    def number() -> int:
        return sum(bool(_received(client)) for client in clients)

    return number


def _received(client: socket.socket) -> bytes:
    client.setblocking(False)
    try:
        return client.recv(1000, socket.MSG_PEEK)
    except BlockingIOError:
        return b""


@pytest.mark.parametrize(
    ("path", "length"), [(FORM_OF_THE_ADMIN, 1_300_000), (CONTACT, 200_000), (LOGIN, 20_000)]
)
def test_network_that_sends_forms_and_never_ends_them_has_ten(path, length, visitors):
    waiting = [visitors.begin("127.0.0.2", path, length=length) for _ in range(14)]

    eventually(lambda: refused(waiting)() == 4, "four are refused")
    assert visitors.status("127.0.0.2", path) == 429
    assert visitors.status(OTHER, path) != 429
    assert visitors.status("127.0.0.2", "/en/", method="GET", length=0) == 200


def test_many_networks_fill_a_place_and_leave_the_others(visitors):
    waiting = [
        visitors.begin(f"127.0.1.{network}", FORM_OF_THE_ADMIN, length=1_300_000)
        for network in range(1, 15)
        for _ in range(10)
    ]

    eventually(lambda: refused(waiting)() == 20, "twenty are refused")
    assert visitors.status(OTHER, FORM_OF_THE_ADMIN) == 429
    assert visitors.status(OTHER, CONTACT) == 422
    assert visitors.status(OTHER, LOGIN) == 403
    assert visitors.status(OTHER, "/en/", method="GET", length=0) == 200


def test_what_only_asks_brings_nothing(production, visitors):
    for path in (FORM_OF_THE_ADMIN, CONTACT, IMPORTS):
        assert visitors.status(OTHER, path, method="GET", length=9) == 400
    head = f"POST {LOGIN} HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n"
    received = production.send(f"{head}Connection: close\r\n\r\n1\r\nx\r\n0\r\n\r\n".encode())
    assert statuses(received) == [411]
    assert b'<html lang="en"' in received


def test_what_only_asks_in_http_2_and_never_ends_takes_no_place(production):
    certificate = self_signed(production.home)
    port = free_port()
    production.new_proxy("asking", port=port, certificate=certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with ExitStack() as stack:
        for network in range(2, 7):
            for path in (FORM_OF_THE_ADMIN, CONTACT):
                client = http_2(port, trusting, f"127.0.0.{network}")
                stack.enter_context(client)
                for stream in range(1, 80, 2):
                    client.sendall(headers_without_an_end(path, stream))
                # What came before is read, and none of it was nonsense.
                client.sendall(frame(kind=6, flags=0, stream=0, content=b"12345678"))
                assert b"12345678" in until_quiet(client)

        for path in (FORM_OF_THE_ADMIN, CONTACT):
            asked = HTTPSConnection(
                "127.0.0.1", port, timeout=SECONDS, context=trusting, source_address=(OTHER, 0)
            )
            asked.request("GET", path, headers={"Host": HOST})
            answer = asked.getresponse()
            asked.close()
            assert answer.status in (200, 302), path


def http_2(port: int, trusting: ssl.SSLContext, address: str) -> ssl.SSLSocket:
    """A connection whose preface and settings are sent."""
    trusting.set_alpn_protocols(["h2"])
    plain = socket.create_connection(("127.0.0.1", port), SECONDS, source_address=(address, 0))
    secured = trusting.wrap_socket(plain, server_hostname="127.0.0.1")
    trusting.set_alpn_protocols(["http/1.1"])
    secured.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(kind=4, flags=0, stream=0))
    return secured


def until_quiet(client: ssl.SSLSocket) -> bytes:
    received, ping = b"", b"12345678"
    while ping not in received and (some := client.recv(65_536)):
        received += some
    return received


def headers_without_an_end(path: str, stream: int) -> bytes:
    """A GET that says that a body follows (RFC 9113, 8.1), its fields in full (RFC 7541, 6.2.2)."""
    fields = {":method": "GET", ":scheme": "https", ":path": path, ":authority": HOST}
    block = b"".join(
        b"\0" + b"".join(bytes([len(part)]) + part.encode() for part in field)
        for field in fields.items()
    )
    end_of_headers = 4
    return frame(kind=1, flags=end_of_headers, stream=stream, content=block)


def frame(*, kind: int, flags: int, stream: int, content: bytes = b"") -> bytes:
    head = len(content).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big")
    return head + content


def test_strangers_leave_the_places_of_registers(production, proxy, visitors):
    stranger = "Cookie: sessionid=made-up\r\n"
    waiting = [
        visitors.begin("127.0.0.2", IMPORTS, length=7_900_000, kind=BOUNDARY, more=stranger)
        for _ in range(8)
    ]
    eventually(lambda: refused(waiting)() == 5, "five are refused")

    # Whole, and of somebody who is not there: the site sends to the log-in.
    sent = visitors.begin(
        OTHER, IMPORTS, length=7_900_000, sent=7_900_000, kind=BOUNDARY, more=stranger
    )
    assert statuses(sent.recv(65_536)) == [302]


def test_who_only_asks_leaves_the_places_of_registers(production, visitors):
    with stopped(production):
        asking = [
            visitors.begin("127.0.0.2", IMPORTS, length=0, sent=0, method="GET") for _ in range(12)
        ]
        register = visitors.begin(OTHER, IMPORTS, length=1000, sent=1000, kind=BOUNDARY)

    answers = [statuses(client.recv(65_536)) for client in (*asking, register)]

    assert answers == [[302]] * 13


def test_network_takes_one_place_of_large_files_that_must_be_made(production, visitors):
    def fetching(address: str, query: str) -> socket.socket:
        path = f"/data/processing/files/xlsx/history/?q={query}"
        return visitors.begin(address, path, length=0, sent=0, method="GET")

    with stopped(production):
        waiting = [fetching("127.0.0.2", f"one{number}") for number in range(6)]
        eventually(lambda: refused(waiting)() == 5, "five are refused")
        other = fetching(OTHER, "other")
        refusal = next(told for told in map(_received, waiting) if told)
        small = visitors.begin(
            "127.0.0.2", "/en/processing/body/1/files/csv/", length=0, sent=0, method="GET"
        )
    assert statuses(refusal) == [429]
    assert b"Retry-After: 60\r\n" in refusal
    assert statuses(other.recv(65_536)) == [200]
    assert statuses(small.recv(65_536)) == [200]


@pytest.mark.parametrize(
    "query",
    [
        *("q=" + "x" * 3900, "q=" + "'" * 4000, "theme=" + "'" * 4000, "unknown=" + "x" * 4000),
        "&".join(["q=a"] * 900),
    ],
    ids=lambda query: query[:20],
)
@pytest.mark.parametrize(
    "path", ["/en/processing/", "/en/changes/", "/api/v1/organisations", "/admin/", CONTACT]
)
def test_long_query_is_answered_as_the_site_does(path, query, production):
    asked = f"{path}?{query}"

    assert production.ask(asked).status == production.site.get(asked, Host=HOST)[0]


@pytest.mark.parametrize(
    ("path", "length"),
    [(IMPORTS, 8_000_000), (FORM_OF_THE_ADMIN, 1_300_000), (CONTACT, 200_000), (LOGIN, 20_000)],
)
def test_what_people_send_stands_in_no_file(path, length, proxy, visitors):
    client = visitors.begin(OTHER, path, length=length, sent=0)
    # Most of it is in the hands of the proxy, and it waits for the last.
    for _ in range(length // 10_000 - 1):
        client.sendall(b"x" * 10_000)
    visitors.status(OTHER, "/en/", method="GET", length=0)

    assert not [name for name in open_files(proxy) if "/body/" in name]


def open_files(proxy: Proxy) -> list[str]:
    """Of its processes, also those that have no name any more."""
    process = proxy.process_id
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    found = []
    for child in children:
        for file in Path(f"/proc/{child}/fd").iterdir():
            try:
                found.append(str(file.readlink()))
            except FileNotFoundError:
                continue
    return found
