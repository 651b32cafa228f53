"""JSON-LD: for programs that read JSON. Each thing is an object under its address."""

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from processing.linked_data.terms import XSD, Group, Term, triples_in
from processing.linked_data.vocabularies import PREFIXES, PROPERTIES, TEXTS, THINGS, TYPE

encode = msgspec.json.encode
decode = msgspec.json.decode


@cache
def context() -> dict:
    """What names and values mean: its own, because DPV has none."""
    named: dict[str, object] = {**PREFIXES, "id": "@id", "type": "@type"}
    for found in PROPERTIES.values():
        if found.short == "rdf:type":
            continue
        told = {"@id": found.short}
        if found.kind == THINGS:
            told["@type"] = "@id"
        elif found.kind == TEXTS:
            told["@container"] = "@language"
        elif found.kind:
            told["@type"] = f"xsd:{found.kind}"
        named[found.name] = told
    return {"@context": named}


def json_ld_parts(groups: Iterable[Group]) -> Iterator[bytes]:
    yield encode(context())[:-1] + b',"@graph":['
    between = b"\n"
    for group in groups:
        about: dict[Term, dict] = {}
        for thing, name, value in triples_in(group):
            told = about.setdefault(thing, {"id": thing[1:-1]})
            _add(told, name, value)
        if about:
            yield between + b",\n".join(map(encode, about.values()))
            between = b",\n"
    yield b"\n]}\n"


def _add(told: dict, name: Term, value: Term) -> None:
    found = PROPERTIES[name]
    if name == TYPE or (found.kind == THINGS and value[0] == "<"):
        told.setdefault(found.name, []).append(value[1:-1])
        return
    text, language, datatype = _parts(value)
    if found.kind == TEXTS and language:
        told.setdefault(found.name, {}).setdefault(language, []).append(text)
    elif found.kind == datatype and not language:
        told.setdefault(found.name, []).append(text)
    else:
        raise ValueError(f"{found.short} has no values like {value}")


def _parts(value: Term) -> tuple[str, str, str]:
    """A text, with its language or its type or neither."""
    end = value.rindex('"') + 1
    text, behind = decode(value[:end]), value[end:]
    if behind.startswith("@"):
        return text, behind[1:], ""
    return text, "", behind.removeprefix(f"^^<{XSD}").removesuffix(">")
