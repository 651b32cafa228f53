"""Every address of the URL configuration, with every sensible value of its parts."""

import gzip
import io
from collections.abc import Iterator
from itertools import product
from zipfile import ZipFile, is_zipfile

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

# How a file begins that gzip made.
GZIP = b"\x1f\x8b"


def all_patterns(resolver=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern) of every address; `{lang}` stands for the language."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            is_language = isinstance(entry.pattern, LocalePrefixPattern)
            part = "{lang}/" if is_language else str(entry.pattern)
            yield from all_patterns(entry, prefix + part)
        else:
            yield prefix + str(entry.pattern), entry


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """The same outside the admin."""
    return (found for found in all_patterns() if not found[0].startswith("admin/"))


def addresses(values: dict[str, list]) -> Iterator[str]:
    """Each address with each combination of values for its parts.

    A part that has no values raises KeyError: whoever adds an address must say what goes in it.
    """
    languages = [code for code, _name in settings.LANGUAGES]
    for route, pattern in patterns():
        parts = pattern.pattern.converters
        choices = [values[name] for name in parts]
        for language in languages if "{lang}" in route else [""]:
            for combination in product(*choices):
                address = route.replace("{lang}", language)
                for (name, converter), value in zip(parts.items(), combination, strict=True):
                    kind = type(converter).__name__.removesuffix("Converter").lower()
                    kind = {"string": "str"}.get(kind, kind)
                    address = address.replace(f"<{kind}:{name}>", str(value))
                assert "<" not in address, address
                yield "/" + address


def words_of(response: HttpResponseBase) -> str:
    """What an answer holds, as text; of a workbook, all its sheets, and unpacked.

    A picture for sharing holds the words that are drawn on it.
    """
    content = response.getvalue()
    if content.startswith(GZIP):
        content = gzip.decompress(content)
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    return content.decode(errors="replace")
