"""What Mozilla's HTTP Observatory gives an answer, by its rules of 2026; it asks nobody.

https://developer.mozilla.org/docs/Web/Security/Practical_implementation_guides tells the rules,
https://github.com/mdn/mdn-http-observatory how many points each is worth. In our words, and as far
as they concern what this site answers.
"""

from html.parser import HTMLParser

SIX_MONTHS = 15_768_000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "https://*"}
UNSAFE = BROAD | {"'unsafe-inline'", "'unsafe-eval'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "script" and dict(attributes).get("src"):
            self.found.append(dict(attributes))


def score(headers: dict[str, str], page: str, cookies: list[str]) -> dict[str, int]:
    """Points by rule, beside the 100 that every site begins with.

    `headers` of a page over TLS, by their names in small letters; `cookies` as they are set.
    """
    return {
        "policy": _policy(headers.get("content-security-policy", "")),
        "frames": _frames(headers),
        "transport": _transport(headers.get("strict-transport-security", "")),
        "referrer": 5 if headers.get("referrer-policy") in PRIVATE else -5,
        "types": 0 if headers.get("x-content-type-options") == "nosniff" else -5,
        "resources": _resources(headers.get("cross-origin-resource-policy")),
        "readers": -50 if "access-control-allow-credentials" in headers else 0,
        "scripts": _scripts(page),
        "cookies": min(map(_cookie, cookies), default=0),
    }


def _directives(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.lower().split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def _policy(policy: str) -> int:
    found = _directives(policy)
    default = found.get("default-src", {"*"})
    watched = [found.get(name, default) for name in ("script-src", "style-src")]
    if not found:
        return -25
    if any(sources & UNSAFE for sources in watched) or found.get("object-src", default) & BROAD:
        return -20
    # Whatever else is loaded over plain HTTP.
    if any(source.startswith(("http:", "ftp:")) for each in found.values() for source in each):
        return -20
    return 10 if default == {"'none'"} else 5


def _frames(headers: dict[str, str]) -> int:
    ancestors = _directives(headers.get("content-security-policy", "")).get("frame-ancestors")
    if ancestors and not ancestors & BROAD:
        return 5
    return 0 if headers.get("x-frame-options", "").upper() in ("DENY", "SAMEORIGIN") else -20


def _transport(told: str) -> int:
    parts = dict(part.strip().lower().partition("=")[::2] for part in told.split(";"))
    age = parts.get("max-age", "")
    if not age.isdecimal():
        return -20
    # 5 more for who is in the list of browsers: that is for the host to ask.
    return 0 if int(age) >= SIX_MONTHS else -10


def _resources(policy: str | None) -> int:
    if policy in ("same-origin", "same-site"):
        return 10
    return 0 if policy in (None, "cross-origin") else -5


def _scripts(page: str) -> int:
    scripts = _Scripts()
    scripts.feed(page)
    if any("//" in script["src"] for script in scripts.found):
        return -50
    return 5 if scripts.found and all("integrity" in script for script in scripts.found) else 0


def _cookie(cookie: str) -> int:
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    name = cookie.partition("=")[0].lower()
    if "secure" not in flags:
        return -40
    if any(word in name for word in ("sess", "login")) and "httponly" not in flags:
        return -30
    return 5 if flags & {"samesite=lax", "samesite=strict"} else -20
