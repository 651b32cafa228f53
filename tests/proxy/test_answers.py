"""What the proxy lets through and says itself: headers, limits, refusals, logs, TLS."""

import json
import re
import socket
import ssl
import subprocess
from contextlib import ExitStack
from http.client import HTTPSConnection
from urllib.parse import urlencode

import psycopg
import pytest

from contact.tokens import new_token
from tests.conftest import LANGUAGES
from tests.proxy.arrangement import (
    HOST,
    SECONDS,
    Arrangement,
    eventually,
    needs_nginx,
    read,
    self_signed,
)
from tests.running_site import free_port

# Without the mark of the database there is none where these tests run alone.
pytestmark = [needs_nginx, pytest.mark.django_db]

CONTACT = "/en/organisations/body/contact/"
LOGIN = "/admin/account/login/"
FORM = "application/x-www-form-urlencoded"
# What every answer says, whoever gives it.
STRICT = (
    *("content-security-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"),
    "referrer-policy",
    *("x-content-type-options", "x-frame-options", "strict-transport-security"),
)
# Which kinds of addresses the log tells apart.
KINDS = {"pages", "static", "admin", "api", "names", "files", "contact"}
# After this, the proxy closes the connection.
LAST = "GET /healthz HTTP/1.1\r\nHost: last\r\nConnection: close\r\n\r\n"
# What is wrong -> what is sent, and the status.
REFUSED_BY_THE_PROXY = {
    "internal address": ("GET /metrics HTTP/1.1", 404),
    "internal page": ("GET /.pages/503.en.html HTTP/1.1", 404),
    "readiness": ("GET /readyz HTTP/1.1", 404),
    "method": ("DELETE /en/ HTTP/1.1", 405),
    "TRACE": ("TRACE /en/ HTTP/1.1", 405),
    "POST to a page": ("POST /en/ HTTP/1.1\r\nContent-Length: 0", 405),
    "method of the admin": ("PUT /admin/ HTTP/1.1\r\nContent-Length: 0", 405),
    "large body": (f"POST {CONTACT} HTTP/1.1\r\nContent-Length: 100000000", 413),
    "longer address": (f"GET /en/?{'x' * 9000} HTTP/1.1", 414),
    "long header": (f"GET /en/ HTTP/1.1\r\nX: {'x' * 9000}", 431),
    "long headers": ("GET /en/ HTTP/1.1" + f"\r\nX: {'x' * 8000}" * 5, 431),
    "out of the root": ("GET /en/../../x HTTP/1.1", 400),
    "NUL": ("GET /en/%00 HTTP/1.1", 400),
    "no protocol": ("GET /en/ FTP/1.1", 400),
}
# And by the server of the site: the proxy lets through a little more.
REFUSED_BY_THE_SERVER = {
    "long address": (f"GET /en/?{'x' * 5000} HTTP/1.1", 414),
    "long address of the admin": (f"GET /admin/?{'x' * 5000} HTTP/1.1", 414),
    "many headers": ("GET /admin/ HTTP/1.1" + "\r\nX: x" * 200, 431),
}


def strict_headers(headers: dict[str, str]) -> dict[str, str | None]:
    found = {name: headers.get(name) for name in STRICT}
    policy = found["content-security-policy"] or ""
    # In whatever order.
    found["content-security-policy"] = sorted(part.strip() for part in policy.split(";"))
    return found


def statuses(received: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", received)]


def headers_of(received: bytes) -> dict[str, str]:
    head = received.split(b"\r\n\r\n")[0].decode()
    lines = [line.split(": ", 1) for line in head.split("\r\n")[1:]]
    return {name.lower(): value for name, value in lines}


@pytest.mark.parametrize("what", [*REFUSED_BY_THE_PROXY, *REFUSED_BY_THE_SERVER])
def test_what_is_refused_has_a_page_and_the_headers_of_the_site(what, production):
    request, status = (REFUSED_BY_THE_PROXY | REFUSED_BY_THE_SERVER)[what]
    end = f"\r\nHost: {HOST}\r\nAccept-Language: fr\r\nConnection: close\r\n\r\n"

    received = production.send(request.encode() + end.encode())

    assert statuses(received) == [status]
    answered = headers_of(received)
    page = production.ask("/en/")
    assert strict_headers(answered) == strict_headers(page.headers)
    assert answered["cache-control"] == "no-store"
    assert "set-cookie" not in answered
    assert ("allow" in answered) == (status == 405)
    assert b'<html lang="' in received
    page = received.split(b"\r\n\r\n", 1)[1]
    assert b"nginx" not in page
    assert page.rstrip().endswith(b"</html>")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("/en/", 200), ("/en/none/", 404), ("/en/processing/?page=%00", 400), ("/", 200)),
        *(("/en/organisations/body", 301), ("/en/organisations/body/?x=1", 302)),
        *(("/static/none.css", 404), ("/static/icon.svg", 200), ("/robots.txt", 200)),
        *(("/admin/", 302), (LOGIN, 200), (CONTACT, 200), ("/healthz", 200)),
        ("/en/processing/files/csv/", 200),
    ],
)
def test_headers_are_the_same_on_every_answer(path, status, production):
    answer = production.ask(path)

    assert answer.status == status
    expected = strict_headers(production.ask("/en/processing/body/1/").headers)
    assert strict_headers(answer.headers) == expected
    assert expected["x-frame-options"] == "DENY"
    assert "default-src 'none'" in expected["content-security-policy"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_the_proxy_is_in_the_language_of_the_address(language, production):
    answer = production.ask(f"/{language}/", "DELETE", Accept_Language="xx")

    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_the_proxy_is_in_the_language_of_the_browser_elsewhere(language, production):
    answer = production.ask("/admin/", "DELETE", Accept_Language=f"xx,{language}-BE;q=0.8")

    assert f'<html lang="{language}"' in answer.text


def test_every_page_of_the_proxy_has_its_stylesheet(production):
    page = production.ask("/metrics").text
    style = re.search(r'<link rel="stylesheet" href="([^"]+)">', page)[1]

    assert production.ask(style).status == 200


def test_question_and_log_in_go_through(production):
    page = production.ask(CONTACT).text
    token = re.search(r'name="token" value="([^"]+)"', page)[1]

    sent = production.ask(CONTACT, "POST", f"token={token}&message=x", Content_Type=FORM)
    refused = production.ask(LOGIN, "POST", "login=x", Content_Type=FORM)

    # Too early, too little: but it is the site that says so.
    assert 'name="message"' in sent.text
    assert refused.status == 403


def test_limit_of_a_network_for_log_ins_and_questions(production):
    proxy = production.new_proxy("limited")
    before, production.proxy = production.proxy, proxy
    try:
        for path, most in ((LOGIN, 31), (CONTACT, 21)):
            answers = [
                production.ask(path, "POST", "x=1", Content_Type=FORM, X_Real_IP=f"1.2.3.{number}")
                for number in range(most + 10)
            ]
            assert 429 not in {answer.status for answer in answers[: most - 1]}
            limited = [answer for answer in answers if answer.status == 429]
            assert limited
            assert limited[0].headers["retry-after"] == "60"
            strict = strict_headers(production.ask("/en/").headers)
            assert strict_headers(limited[0].headers) == strict
            assert production.ask(path).status == 200
    finally:
        production.proxy = before


def test_network_that_asks_for_too_much_that_must_be_made_is_told_so(production):
    proxy = production.new_proxy("busy")
    before, production.proxy = production.proxy, proxy
    try:
        production.ask("/en/")
        requests = [
            f"GET /en/none{number}/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n" for number in range(400)
        ]
        told = statuses(production.send("".join([*requests, LAST]).encode()))
        assert set(told) == {200, 404, 429}
        # What is kept is for everybody.
        assert production.ask("/en/").status == 200
    finally:
        production.proxy = before


def test_log_tells_nothing_of_who_asked_and_for_what(production):
    words = {
        "/en/processing/?q=Zyxwvut": {"User_Agent": "Zyxwvut", "Referer": "https://x/Zyxwvut"},
        "/en/Zyxwvut/": {"Cookie": "a=Zyxwvut", "X_Request_ID": "Zyxwvut"},
        "/admin/Zyxwvut/?Zyxwvut": {"X_Forwarded_For": "Zyxwvut", "Authorization": "Zyxwvut"},
        f"{CONTACT}?kind=Zyxwvut": {},
    }
    before = production.proxy.requests.count("\n")
    for path, headers in words.items():
        production.ask(path, **headers)
    head = b"GET /Zyxwvut HTTP/1.1\r\nHost: Zyxwvut\r\nConnection: close\r\n"
    production.send(head + b"Zyxwvut\r\n\r\n")
    production.send(b"Zyxwvut\r\n\r\n")
    # Forms that the site refuses, and says so to the operator.
    for path in (LOGIN, "/admin/Zyxwvut/"):
        for headers in (
            {"Origin": "https://Zyxwvut.example"},
            {"Referer": "https://Zyxwvut.example/", "Cookie": "csrftoken=Zyxwvut"},
        ):
            production.ask(path, "POST", "a=Zyxwvut", Content_Type=FORM, **headers)

    eventually(lambda: production.proxy.requests.count("\n") >= before + 6, "six lines")
    told = production.proxy.requests
    lines = [json.loads(line) for line in told.splitlines()]
    assert set.union(*(set(line) for line in lines)) == {
        *("time", "level", "logger", "id", "kind", "status", "seconds", "bytes"),
        *("kept", "site_status", "site_seconds"),
    }
    assert {line["kind"] for line in lines} <= KINDS
    for where in (told, production.proxy.errors, production.site.errors):
        assert "Zyxwvut" not in where
        assert "127.0.0.1" not in where
    assert "Forbidden (Origin checking failed): " in production.site.errors


# Two requests where one server sees one and another two: what follows would be somebody else's. It
# is a question that would be stored.
_QUESTION = urlencode(
    {"kind": "question", "email": "robin@citizens.example", "message": "Which data?"}
    | {"token": new_token("body", None, may_hurry=True)}
)
HIDDEN = (
    f"POST {CONTACT} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: {FORM}\r\n"
    f"Content-Length: {len(_QUESTION)}\r\n\r\n{_QUESTION}"
).encode()
LENGTH = str(len(HIDDEN)).encode()
SMUGGLED = {
    "length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "two lengths": b"Content-Length: 0\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + HIDDEN,
    "list of lengths": b"Content-Length: 0, " + LENGTH + b"\r\n\r\n" + HIDDEN,
    "length with a sign": b"Content-Length: +" + LENGTH + b"\r\n\r\n" + HIDDEN,
    "negative length": b"Content-Length: -1\r\n\r\n" + HIDDEN,
    "length in hexadecimal": b"Content-Length: 0x1\r\n\r\n" + HIDDEN,
    "length without end": b"Content-Length: 99999999999999999999\r\n\r\n" + HIDDEN,
    "chunked twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "other coding": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "list of codings": b"Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "space before the colon": b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "folded line": b"X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
    "vertical tab": b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "bare line feed": b"X: y\nTransfer-Encoding: chunked\nContent-Length: 5\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "bare carriage return": b"X: y\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
    "size of a chunk too large": b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"
    + HIDDEN,
    "size of a chunk below nothing": b"Transfer-Encoding: chunked\r\n\r\n-1\r\n" + HIDDEN,
    "size of a chunk with a sign": b"Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n" + HIDDEN,
    "size of a chunk with a prefix": b"Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + HIDDEN,
    "size of a chunk in words": b"Transfer-Encoding: chunked\r\n\r\nzero\r\n\r\n" + HIDDEN,
    "chunk longer than its size": b"Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n" + HIDDEN,
    "extension of a chunk that ends early": b"Transfer-Encoding: chunked\r\n\r\n1;x\n" + HIDDEN,
    "length in a folded line": b"Content-Length:\r\n 0\r\nTransfer-Encoding: chunked\r\n\r\n",
    "name of a header with a NUL": b"Transfer-Encoding\x00: chunked\r\nContent-Length: 0\r\n\r\n",
    "underscore": b"Content_Length: 5\r\nContent-Length: 0\r\n\r\n",
    "body of a GET": None,
}


@pytest.mark.parametrize("form", SMUGGLED)
def test_no_request_hides_in_another(form, production):
    before = production.proxy.requests.count("\n")
    stored = stored_questions(production)
    content = SMUGGLED[form]
    if content is None:
        request = b"GET /en/ HTTP/1.1\r\nHost: %b\r\nContent-Length: %b\r\n\r\n%b"
        sent = request % (HOST.encode(), LENGTH, HIDDEN)
    else:
        sent = (
            b"POST " + LOGIN.encode() + b" HTTP/1.1\r\nHost: " + HOST.encode() + b"\r\n" + content
        )

    received = production.send(sent + LAST.encode())

    # It closes where it does not know where the request ends; else the last one follows.
    assert len(statuses(received)) in (1, 2)
    assert (len(statuses(received)) == 2) == received.endswith(b"ok\n")
    assert production.ask("/en/").status == 200
    eventually(lambda: production.proxy.requests.count("\n") > before, "a line in the log")
    assert stored_questions(production) == stored


def test_question_that_would_hide_is_one_that_is_stored(production):
    stored = stored_questions(production)

    assert statuses(production.send(HIDDEN + LAST.encode())) == [302, 200]

    assert stored_questions(production) == stored + 1


def stored_questions(production: Arrangement) -> int:
    with psycopg.connect(production.database.start()) as connection:
        return connection.execute("SELECT count(*) FROM contact_question").fetchone()[0]


# What a request calls the host, in its first line and after it.
HOSTS = {
    "other host in the address": ("GET http://evil.example/en/ HTTP/1.1", [HOST]),
    "other host beside the address": (f"GET http://{HOST}/en/ HTTP/1.1", ["evil.example"]),
    "two hosts": ("GET /en/ HTTP/1.1", [HOST, "evil.example"]),
    "two hosts in one": ("GET /en/ HTTP/1.1", [f"{HOST}, evil.example"]),
    "host with a path": ("GET /en/ HTTP/1.1", [f"{HOST}/evil"]),
    "host with a person": ("GET /en/ HTTP/1.1", [f"evil@{HOST}"]),
    "no host": ("GET /en/ HTTP/1.1", []),
}


@pytest.mark.parametrize("form", HOSTS)
def test_no_host_stands_in_for_another(form, production):
    line, hosts = HOSTS[form]
    names = "".join(f"Host: {host}\r\n" for host in hosts)

    received = production.send(f"{line}\r\n{names}Connection: close\r\n\r\n".encode())

    # Of an address that holds the host, that one counts (RFC 9112, 3.2.2).
    is_ours = line.startswith(f"GET http://{HOST}/")
    assert statuses(received) == [200 if is_ours else 400]
    assert b"evil" not in received
    assert "evil" not in production.ask("/en/").text


def test_over_tls_with_http_2_and_nothing_older(production):
    certificate = self_signed(production.home)
    port = free_port()
    production.new_proxy("tls", port=port, certificate=certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    asked = HTTPSConnection("127.0.0.1", port, timeout=SECONDS, context=trusting)
    asked.request("DELETE", "/en/", headers={"Host": HOST})
    refused = read(asked.getresponse())
    asked.request("GET", "/healthz", headers={"Host": HOST})
    alive = read(asked.getresponse())
    asked.close()

    for answer in (refused, alive):
        expected = "max-age=31536000; includeSubDomains; preload"
        assert answer.headers["strict-transport-security"] == expected
    assert versions(port) == {"TLSv1.2": True, "TLSv1.3": True, "TLSv1.1": False}
    assert agreed_protocol(port, trusting) == "h2"
    # Plain HTTP at the port of TLS.
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as client:
        client.sendall(b"GET /en/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert statuses(client.recv(65_536)) == [400]


def versions(port: int) -> dict[str, bool]:
    found = {}
    for name in ("TLSv1.1", "TLSv1.2", "TLSv1.3"):
        option = f"-{name.lower().replace('v', '').replace('.', '_')}"
        asked = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", option],
            input=b"",
            capture_output=True,
            check=False,
        )
        found[name] = b"Cipher is (NONE)" not in asked.stdout
    return found


def agreed_protocol(port: int, trusting: ssl.SSLContext) -> str | None:
    trusting.set_alpn_protocols(["h2", "http/1.1"])
    with ExitStack() as stack:
        plain = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=SECONDS))
        secured = trusting.wrap_socket(plain, server_hostname="127.0.0.1")
        return stack.enter_context(secured).selected_alpn_protocol()
