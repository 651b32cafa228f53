"""Which type somebody wants (RFC 9110, 12.5.1), from the header Accept.

By the type alone: a parameter, such as `charset` or one that nobody knows, decides on nothing here.
Django takes what has one for another type.
"""

import re
from collections.abc import Sequence

from django.http import HttpRequest

QUOTED = re.compile(r'"(?:\\.|[^"\\])*+"?')
QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?)\s*", re.IGNORECASE | re.ASCII)


def preferred_type(request: HttpRequest, offered: Sequence[str]) -> str | None:
    """The one of these types that is wanted most, the first of several; None where none is.

    Who says nothing takes any.
    """
    header = request.headers.get("Accept", "")
    if not header.strip():
        return offered[0]
    wanted = _wanted(header)
    best = max(offered, key=lambda kind: _quality(kind, wanted))
    return best if _quality(best, wanted) else None


def _wanted(header: str) -> dict[str, float]:
    """Type, or range of types such as `text/*` -> how much it is wanted, from 0 (not) to 1."""
    wanted: dict[str, float] = {}
    for told in QUOTED.sub('""', header).split(","):
        kind, *parameters = told.lower().split(";")
        found = filter(None, map(QUALITY.fullmatch, parameters))
        quality = next((float(match[1]) for match in found), 1.0)
        kind = kind.strip()
        wanted[kind] = max(quality, wanted.get(kind, 0.0))
    return wanted


def _quality(kind: str, wanted: dict[str, float]) -> float:
    """As the narrowest range says that holds the type."""
    ranges = (kind, f"{kind.partition('/')[0]}/*", "*/*")
    return next((wanted[known] for known in ranges if known in wanted), 0.0)
