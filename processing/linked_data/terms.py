"""Triples, and how an address or a text is written in them: as in N-Triples, in every format.

Every thing has an address of its own: there are no blank nodes, so the same graph is the same set
of triples in whatever format it is written.
"""

import re
from collections.abc import Iterator
from json.encoder import encode_basestring
from urllib.parse import quote

import msgspec

from organisations.languages import LANGUAGES, Text

# Such as <https://register.example/id/terms/data/A1> or "Names"@en.
Term = str
# A line of N-Triples, in UTF-8: to make three things of it and then a line takes twice as long, and
# who reads everything reads lines.
Triple = bytes
# What stands together in a file, such as an entry with all that it alone has: lines, or pieces of
# them, which are put together in one step.
Group = list[bytes]
# Triples of a thing that has no name yet. What codes and bodies alone decide is the same in very
# many entries: it is made once, and then given a name in one step.
Pattern = bytes
IT = "\0"
ITS_NAME = IT.encode()
# How a text in a language ends.
ENDS = {language: f"@{language} .\n".encode() for language in LANGUAGES}
encode = msgspec.json.encode

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
# What RFC 3987 lets no address hold.
NOT_IN_ADDRESSES = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f]')


def triple(about: Term, name: Term, value: Term) -> Triple:
    return f"{about} {name} {value} .\n".encode()


def triples_in(group: Group) -> Iterator[tuple[Term, Term, Term]]:
    """Each once."""
    for line in dict.fromkeys(b"".join(group).decode().split("\n")[:-1]):
        # No address holds a space.
        about, name, value = line.split(" ", 2)
        yield about, name, value[:-2]


def iri(address: str) -> Term:
    return f"<{quoted(address)}>"


def quoted(address: str) -> str:
    if NOT_IN_ADDRESSES.search(address):
        address = NOT_IN_ADDRESSES.sub(lambda found: quote(found[0]), address)
    return address


def literal(value: object, datatype: str = "") -> Term:
    """`datatype` is the name of one of XML Schema; a text without it."""
    written = encode_basestring(str(value))
    return f"{written}^^<{XSD}{datatype}>" if datatype else written


def boolean(value: bool) -> Term:
    return literal("true" if value else "false", "boolean")


def pattern(*types: Term) -> Pattern:
    """Of something that is all this."""
    return b"".join(triple(f"<{IT}>", TYPE, kind) for kind in types)


class Node:
    """A thing while it is told of. What is told goes into a list that its parts share."""

    __slots__ = ("address", "iri", "triples")

    def __init__(self, address: str, triples: Group) -> None:
        self.address = address
        self.iri = f"<{address}>"
        self.triples = triples

    def is_like(self, told: Pattern) -> None:
        self.triples.append(told.replace(ITS_NAME, self.address.encode()))

    def is_a(self, *types: Term) -> None:
        self.says(TYPE, *types)

    def says(self, name: Term, *values: Term) -> None:
        for value in values:
            self.triples.append(f"{self.iri} {name} {value} .\n".encode())

    def texts(self, texts: Text, *names: Term) -> None:
        """The same texts under each of these properties."""
        if texts:
            triples = self.triples
            begun = [f"{self.iri} {name} ".encode() for name in names]
            for language, text in texts.items():
                # What JSON escapes in a text, and how, N-Triples and Turtle read as well.
                written, end = encode(text), ENDS[language]
                for start in begun:
                    triples += (start, written, end)

    def words(self, texts: Text, name: Term) -> None:
        """Each of the words that stand with semicolons between them."""
        triples = self.triples
        begun = f"{self.iri} {name} ".encode()
        for language, text in texts.items():
            end = ENDS[language]
            for word in text.split(";"):
                if kept := word.strip():
                    triples += (begun, encode(kept), end)

    def page(self, name: Term, url: str) -> None:
        """A page of the web, and nothing else."""
        if url.startswith(("https://", "http://")):
            self.says(name, iri(url))

    def part(self, name: str, told: Pattern, by: Term | None = None) -> "Node":
        """A thing that only this one has; with `by`, this one refers to it so."""
        part = Node(f"{self.address.partition('#')[0]}#{name}", self.triples)
        part.is_like(told)
        if by:
            self.says(by, part.iri)
        return part
