"""Turtle: for people who read triples. Grouped by what they are about, with short addresses."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from processing.linked_data.terms import TYPE, XSD, Group, Term, triples_in
from processing.linked_data.vocabularies import PREFIXES

# Of what stands behind a prefix: narrower than Turtle allows, so that nothing needs an escape.
LOCAL = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)


def turtle_parts(groups: Iterable[Group]) -> Iterator[bytes]:
    lines = [f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items()]
    yield "".join([*lines, "\n"]).encode()
    for group in groups:
        about: dict[Term, dict[Term, list[Term]]] = {}
        for thing, name, value in triples_in(group):
            about.setdefault(thing, {}).setdefault(name, []).append(value)
        yield "".join(_told(thing, told) for thing, told in about.items()).encode()


def _told(thing: Term, told: dict[Term, list[Term]]) -> str:
    lines = [
        f"{'a' if name == TYPE else _short(name)} {', '.join(map(_value, values))}"
        for name, values in told.items()
    ]
    between = " ;\n    "
    return f"{thing} {between.join(lines)} .\n\n"


def _value(value: Term) -> str:
    if value[0] == "<":
        return _short(value)
    text, mark, datatype = value.rpartition(f'"^^<{XSD}')
    return f'{text}"^^xsd:{datatype[:-1]}' if mark and '"' not in datatype else value


@lru_cache(maxsize=4096)
def _short(written: Term) -> str:
    """An address with a prefix, where a vocabulary begins it."""
    for name, address in PREFIXES.items():
        if written.startswith(f"<{address}"):
            local = written[len(address) + 1 : -1]
            if LOCAL.fullmatch(local):
                return f"{name}:{local}"
    return written
