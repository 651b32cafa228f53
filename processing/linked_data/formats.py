"""The formats of linked data: what they are called in addresses, and how each is written."""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from processing.exports.formats import Contents, Format
from processing.linked_data.graph import Graph
from processing.linked_data.json_ld import json_ld_parts
from processing.linked_data.n_triples import gzipped, n_triples_parts
from processing.linked_data.terms import Group
from processing.linked_data.turtle import turtle_parts

Writer = Callable[[Iterable[Group]], Iterator[bytes]]
# Name of a format -> what writes triples of anything.
WRITERS: dict[str, Writer] = {
    "ttl": turtle_parts,
    "jsonld": json_ld_parts,
    "nt": n_triples_parts,
}


def triples(contents: Contents, *, body: int | None = None) -> Iterator[Group]:
    """Entry by entry; with `body`, that body first, even where it has none."""
    source = urlsplit(contents.source)
    graph = Graph(contents.words, f"{source.scheme}://{source.netloc}", contents.day)
    return graph.groups(contents.entries, body=body)


def _format(name: str, label: str, content_type: str) -> Format:
    write = WRITERS[name]
    return Format(name, label, name, content_type, lambda contents: write(triples(contents)))


# Always in all languages.
LINKED_DATA = {
    known.name: known
    for known in (
        _format("ttl", "Turtle", "text/turtle; charset=utf-8"),
        _format("jsonld", "JSON-LD", "application/ld+json"),
        _format("nt", "N-Triples", "application/n-triples"),
    )
}
# By far too much to read it otherwise than triple by triple.
EVERYTHING = Format(
    *("nt", "N-Triples (gzip)", "nt.gz", "application/gzip"),
    lambda contents: gzipped(n_triples_parts(triples(contents))),
)
