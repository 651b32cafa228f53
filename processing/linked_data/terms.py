"""Triples, and how an address or a text is written in them: as in N-Triples, in every format.

Every thing has an address of its own: there are no blank nodes, so the same graph is the same set
of triples in whatever format it is written.
"""

import re
from collections.abc import Iterable
from json.encoder import encode_basestring
from urllib.parse import quote

from organisations.languages import Text

# Such as <https://register.example/id/terms/data/A1> or "Names"@en.
Term = str
# A line of N-Triples: to make three things of it and then a line takes twice as long, and who reads
# everything reads lines.
Triple = str
# What stands together in a file, such as an entry with all that it alone has.
Group = list[Triple]

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
# What RFC 3987 lets no address hold.
NOT_IN_ADDRESSES = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f]')


def triple(about: Term, name: Term, value: Term) -> Triple:
    return f"{about} {name} {value} .\n"


def parts_of(line: Triple) -> tuple[Term, Term, Term]:
    # No address holds a space.
    about, name, value = line.split(" ", 2)
    return about, name, value[:-3]


def iri(address: str) -> Term:
    if NOT_IN_ADDRESSES.search(address):
        address = NOT_IN_ADDRESSES.sub(lambda found: quote(found[0]), address)
    return f"<{address}>"


def literal(value: object, datatype: str = "") -> Term:
    """`datatype` is the name of one of XML Schema; a text without it."""
    written = encode_basestring(str(value))
    return f"{written}^^<{XSD}{datatype}>" if datatype else written


def literals(texts: Text) -> list[Term]:
    """A text in each of its languages."""
    # What JSON escapes in a text, and how, N-Triples and Turtle read as well.
    return [f"{encode_basestring(text)}@{language}" for language, text in texts.items()]


def boolean(value: bool) -> Term:
    return literal("true" if value else "false", "boolean")


class Node:
    """A thing while it is told of. What is told goes into a list that its parts share.

    Of 100,000 entries it makes some thirty million triples: that is why it writes lines itself.
    """

    __slots__ = ("iri", "triples", "whole")

    def __init__(self, address: str, triples: Group) -> None:
        self.iri = iri(address)
        self.triples = triples
        # The address of what this is a part of.
        self.whole = self.iri[1:-1].partition("#")[0]

    def says(self, name: Term, *values: Term) -> None:
        begun = f"{self.iri} {name}"
        for value in values:
            self.triples.append(f"{begun} {value} .\n")

    def texts(self, texts: Text, *names: Term) -> None:
        """The same texts under each of these properties."""
        if texts:
            written = literals(texts)
            for name in names:
                begun = f"{self.iri} {name}"
                self.triples.extend([f"{begun} {text} .\n" for text in written])

    def page(self, name: Term, url: str) -> None:
        """A page of the web, and nothing else."""
        if url.startswith(("https://", "http://")):
            self.says(name, iri(url))

    def part(self, name: str, types: Iterable[Term], by: Term | None = None) -> "Node":
        """A thing that only this one has; with `by`, this one refers to it so."""
        part = Node.__new__(Node)
        part.whole = self.whole
        part.triples = triples = self.triples
        part.iri = about = f"<{self.whole}#{name}>"
        for kind in types:
            triples.append(f"{about} {TYPE} {kind} .\n")
        if by:
            triples.append(f"{self.iri} {by} {about} .\n")
        return part

    def named(self, name: str) -> Term:
        """What names a part."""
        return f"<{self.whole}#{name}>"
