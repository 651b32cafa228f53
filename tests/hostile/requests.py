"""Requests that no honest program sends, for an address and what its page asks for."""

import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

FORM = "application/x-www-form-urlencoded"
# What made other sites fail: numbers, dates, codes, signs that end a line, a text or a command.
KNOWN = [
    *("", " ", "\0", "a\0b", "\r\nX: y", "\x1b[2J", "\ufeff", "\u202e", "\u2028", "\ud800"),
    *("\uffff", "0", "-1", "01", "1_0", "٣", "²", "Ⅷ", "1e309", "-0.0", "NaN", "inf", "0x10"),
    *("1,5", "9" * 19, "9" * 30, "9" * 5000, "-" + "9" * 400, "2147483648", "9223372036854775808"),
    *("1.", "1 000", "0000-00-00", "9999-12-31", "0001-01-01", "2026-02-30", "2026-13"),
    *("12026-01", "31/12/9999", "infinity", "now", "epoch", "null", "None", "true", "undefined"),
    *("[]", "{}", "()", "[[" * 500, "'", '"', "\\", "`", "%", "%s%n", "%(x)s", "{{ 1 }}", "{x}"),
    *("{0.__class__}", "${x}", "<b>", "' OR 1=1 --", "*", "(", "[", "(?:a+)+$", "a" * 300 + "!"),
    *("&|!:*", "a:*", "<->", "..", "../" * 9, "//elsewhere.example", "http://[", "javascript:x"),
    *("\\\\x", "http://user:x@host:99999999/", "İ", "ß", "ﷺ" * 90, "é" * 200),
    *("e" + "\u0301" * 300, "👩‍👩‍👧‍👦" * 40, "𝕏" * 99, "ǅ", "Ω" * 2000, "x" * 254 + "@b.example"),
    *("x@" + "b" * 64 + ".example", "@", "a@b", '"a b"@c.example', "x@[1]", "password"),
    *("__class__", "pk", "id__in", "organisation__users__password", "-pk", "?", "#", "+"),
]
NAMES = [
    *("q", "page", "sort", "o", "p", "all", "e", "next", "csrfmiddlewaretoken", "_popup"),
    *("_to_field", "_changelist_filters", "organisation__id__exact", "date_joined__year"),
    *("action", "index", "_selected_action", "select_across", "data-TOTAL_FORMS"),
    *("purposes-INITIAL_FORMS", "data-0-id", "draft", "draft_turn", "seen", "kind", "activity"),
    *("language", "page[size]", "cursor", "fields"),
]
HEADERS = {
    "HTTP_ACCEPT": [
        "*/*",
        "text/html;q=x",
        "application/json;q=9",
        "a/b" * 900,
        "text/turtle,;q=",
        "/",
    ],
    "HTTP_ACCEPT_LANGUAGE": [
        "xx",
        "nl;q=0",
        "fr;q=9e9",
        "de-" * 300,
        "*",
        ";;,,",
        "zh-Hant-TW" * 9,
    ],
    "HTTP_ACCEPT_ENCODING": ["br;q=0", "gzip;q=", "identity;q=0", "*;q=0", "\xff"],
    "HTTP_IF_NONE_MATCH": ["*", "W/", '"', '"a" "b"', '"' * 99, ","],
    "HTTP_IF_MODIFIED_SINCE": [
        "now",
        "Thu, 99 Foo 0000 99:99:99 GMT",
        "Thu, 01 Jan 9999 00:00:00 GMT",
    ],
    "HTTP_IF_MATCH": ["*", "x"],
    "HTTP_RANGE": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "0-1," * 900, "lines=1"],
    "HTTP_HOST": [
        "elsewhere.example",
        "testserver:99999",
        "[::1",
        "testserver.",
        "a b",
        "\xe9",
        "",
    ],
    "HTTP_ORIGIN": ["null", "http://elsewhere.example", "http://["],
    "HTTP_REFERER": ["http://[", "x", "http://testserver/\xff"],
    "HTTP_COOKIE": [
        "sessionid=\0",
        'sessionid="\\000"',
        "csrftoken=\xff",
        "=;=",
        "sessionid=" + "x" * 5000,
    ],
    "HTTP_X_FORWARDED_PROTO": ["https", "ftp", "https,http"],
    "HTTP_X_REQUEST_ID": ["x" * 999, "\xff", "0" * 32],
    "HTTP_X_REQUESTED_WITH": ["XMLHttpRequest"],
    "HTTP_BELGOV_TRACE_ID": ["x", "x" * 99, "\xff"],
    "HTTP_AUTHORIZATION": ["Basic x", "Basic //79", "Bearer \xff"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "REMOTE_ADDR": ["", "::ffff:1.2.3.4", "unix:", "fe80::1%eth0", "999.1.1.1"],
    "CONTENT_LENGTH": ["", "0", "99999999999"],
    "SERVER_PROTOCOL": ["HTTP/1.0", "HTTP/0.9"],
}
KINDS = [
    *(FORM, FORM, FORM, FORM, f"{FORM}; charset=utf-7", f"{FORM}; charset=x"),
    *(f"{FORM}; charset=utf-16", "", "text/plain", "application/json"),
    *("application/json; charset=\xff", "x", ";", "/", "a/b;c*=x''y", "multipart/form-data"),
    *("multipart/form-data; boundary=", "multipart/form-data; boundary=x"),
    *("multipart/form-data; boundary=" + "x" * 999, "multipart/form-data; boundary*=utf-8''x"),
]
METHODS = (
    ["GET"] * 6 + ["POST"] * 8 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "X"]
)


class Fields(HTMLParser):
    """What the forms and the links of a page send, as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = dict(attributes)
        self.names.update(re.findall(r"[?&]([^=&?]+)=", has.get("href") or ""))
        if name := has.get("name") if tag in ("input", "select", "textarea", "button") else None:
            is_choice = has.get("type") in ("checkbox", "radio")
            if tag in ("input", "button") and (not is_choice or "checked" in has):
                self.values.setdefault(name, has.get("value") or "")
            self.names.add(name)
            self._name = name
        if tag == "option" and "selected" in has:
            self.values.setdefault(self._name, has.get("value") or "")


@dataclass
class Page:
    """An address, and what its page knows."""

    path: str
    values: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=lambda: list(NAMES))
    is_read: bool = False

    def honest(self) -> dict:
        return {"REQUEST_METHOD": "GET", "PATH_INFO": self.path, "wsgi.input": io.BytesIO()}

    def read(self, text: str) -> None:
        fields = Fields()
        if "<html" in text:
            fields.feed(text)
        self.values = fields.values | self.values
        self.names = sorted({*NAMES, *fields.names})
        self.is_read = True


def as_bytes(text: str) -> bytes:
    """UTF-8, of halves of signs too."""
    return text.encode(errors="surrogatepass")


values = st.one_of(
    st.sampled_from(KNOWN).map(as_bytes),
    st.sampled_from(KNOWN).map(as_bytes),
    st.text(max_size=20).map(as_bytes),
    st.integers().map(lambda number: str(number).encode()),
    st.binary(max_size=12),
)


@st.composite
def pairs(draw: st.DrawFn, page: Page, most: int) -> list[tuple[bytes, bytes]]:
    """Names that the page knows, some of them more than once, with what it does not expect."""
    names = st.sampled_from(page.names).map(as_bytes) | values
    return draw(st.lists(st.tuples(names, values), max_size=most))


@st.composite
def paths(draw: st.DrawFn, page: Page) -> bytes:
    """The address; or with something else in the place of a part."""
    path = page.path.encode()
    parts = path.split(b"/")
    if draw(st.integers(0, 2)) or len(parts) < 3:
        return path
    at = draw(st.integers(1, len(parts) - 1))
    parts[at] = draw(values)
    return b"/".join(parts)


def encoded(found: list[tuple[bytes, bytes]]) -> bytes:
    return "&".join(f"{quote_from_bytes(n)}={quote_from_bytes(v)}" for n, v in found).encode()


@st.composite
def bodies(draw: st.DrawFn, page: Page, kind: str) -> bytes:
    """Mostly the form of the page with something wrong in it."""
    if kind.startswith("multipart"):
        name, value = draw(values), draw(values)
        end = draw(st.sampled_from([b"\r\n--x--\r\n", b"", b"\r\n--x", b"\r\n--x\r\n" * 50]))
        head = b'--x\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\n\r\n'
        return head % (name, draw(values)) + value + end
    if not kind.startswith(FORM) or not draw(st.integers(0, 9)):
        return draw(
            st.binary(max_size=200) | st.sampled_from([b"{" * 900, b'{"a":"\\ud800"}', b"&" * 6000])
        )
    sent = {as_bytes(name): as_bytes(value) for name, value in page.values.items()}
    wrong = draw(pairs(page, 6))
    for name in draw(st.lists(st.sampled_from(sorted(sent)), max_size=3)) if sent else []:
        sent[name] = draw(values)
    return encoded([*sent.items(), *wrong])


@st.composite
def requests(draw: st.DrawFn, page: Page) -> dict:
    """A request as a server gives it to the site (PEP 3333)."""
    method = draw(st.sampled_from(METHODS))
    query = encoded(draw(pairs(page, 5)))
    if not draw(st.integers(0, 7)):
        query = draw(values)
    kind = draw(st.sampled_from(KINDS))
    body = draw(bodies(page, kind)) if method in ("POST", "PUT", "PATCH") else b""
    names = draw(st.lists(st.sampled_from(sorted(HEADERS)), max_size=3, unique=True))
    if draw(st.integers(0, 1)):
        names = []
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": draw(paths(page)).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        **{
            name: draw(st.sampled_from(HEADERS[name]) | st.text(max_size=9).map(latin))
            for name in names
        },
    }


def latin(text: str) -> str:
    """As servers tell a header: each byte a sign, and no end of a line."""
    return as_bytes(text).decode("latin-1").translate({10: None, 13: None})
