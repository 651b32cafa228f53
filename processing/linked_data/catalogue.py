"""The site as a catalogue of data: DCAT-AP 3.0.1 for portals, VoID for programs.

A dataset for all registers, and one for the register of each body that has published something.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from organisations.directory import Body
from organisations.languages import LANGUAGES, Text
from organisations.revision import RegisterRevision
from processing.exports.formats import FORMATS
from processing.exports.words import Words
from processing.finding.filters import facet_index_at
from processing.law import GDPR_IRI
from processing.linked_data import vocabularies as v
from processing.linked_data.addresses import Addresses
from processing.linked_data.bodies import (
    ABOUT_A_REGISTER,
    names,
    register_title,
    tell_body,
    tell_register,
)
from processing.linked_data.languages import demonstration, translated
from processing.linked_data.terms import TYPE, Group, Node, Term, iri, literal, pattern
from processing.linked_data.vocabularies import EU, term

MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
# Format -> its media type, and what the Publications Office calls it. JSON Lines has no type that
# is registered.
TYPES = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "csv": ("text/csv", "CSV"),
    "csv-comma": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "jsonl": ("", "JSON"),
    "ttl": ("text/turtle", "RDF_TURTLE"),
    "jsonld": ("application/ld+json", "JSON_LD"),
    "nt": ("application/n-triples", "RDF_N_TRIPLES"),
    "feed": ("application/atom+xml", "ATOM"),
}
# What is offered of a body: in all languages, one for each kind of program.
OF_A_BODY = ("xlsx", "csv", "json")
ABOUT_THE_SITE = _(
    "Look up what Belgian federal bodies do with personal data: why, on which legal basis, for how "
    "long, and who receives them."
)


@dataclass(frozen=True, slots=True)
class File:
    """A way to get a dataset."""

    # Within the dataset.
    name: str
    format: str
    label: str
    address: str
    languages: tuple[str, ...] = LANGUAGES
    is_compressed: bool = False


def catalogue_groups(words: Words, origin: str, revision: RegisterRevision) -> Iterator[Group]:
    addresses = Addresses(origin)
    counts = facet_index_at(revision).counts({})["body"]
    bodies = [body for body in words.directory() if counts.get(body.slug)]
    yield _catalogue(words, origin, addresses, bodies)
    yield _everything(words, origin, addresses)
    yield _api(words, origin, addresses)
    for body in bodies:
        yield _of_body(body, words, origin, addresses)


def _publisher(words: Words, addresses: Addresses) -> tuple[Term, Group]:
    """The body that runs the site, told of; the site itself where nobody said which that is."""
    triples: Group = []
    body = words.directory().by_slug.get(settings.SITE_BODY)
    if body:
        tell_body(body, words, addresses, triples)
        return iri(addresses.body(body.slug)), triples
    site = Node(f"{addresses.catalogue}#publisher", triples)
    site.says(TYPE, term("foaf:Agent"))
    site.texts(translated(_("Federal register of your data")), v.AGENT_NAME)
    return site.iri, triples


def _catalogue(words: Words, origin: str, addresses: Addresses, bodies: list[Body]) -> Group:
    publisher, triples = _publisher(words, addresses)
    node = Node(addresses.catalogue, triples)
    node.says(TYPE, term("dcat:Catalog"), term("dpcat:ROPACatalog"))
    node.texts(translated(_("Federal register of your data")), v.TITLE)
    node.texts(translated(ABOUT_THE_SITE), v.DESCRIPTION)
    node.texts(demonstration(), v.COMMENT)
    node.says(v.PUBLISHER, publisher)
    node.says(v.LICENCE, v.CC0)
    node.says(v.IN_LANGUAGE, *v.LANGUAGE.values())
    node.says(v.SPATIAL, f"<{EU}/country/BEL>")
    node.says(v.HOMEPAGE, iri(origin + reverse("choose_language")))
    node.says(v.THEME_TAXONOMY, f"<{EU}/data-theme>")
    node.says(v.DATASET, iri(f"{addresses.catalogue}#everything"))
    node.says(v.DATA_SERVICE, iri(f"{addresses.catalogue}#api"))
    for body in bodies:
        node.says(v.DATASET, iri(_dataset_of(body, addresses)))
        node.says(v.CATALOG, iri(addresses.register(body.slug)))
    return triples


def _everything(words: Words, origin: str, addresses: Addresses) -> Group:
    triples: Group = []
    node = Node(f"{addresses.catalogue}#everything", triples)
    title = translated(_("Registers of processing activities of the federal bodies"))
    publisher, _told = _publisher(words, addresses)
    _tell_dataset(node, title, translated(ABOUT_THE_SITE), publisher)
    node.says(v.LANDING_PAGE, *_pages(origin, "open_data"))
    dump = origin + reverse("linked_data:everything")
    files = [
        *_in_languages(origin),
        File("nt", "nt", "N-Triples (gzip)", dump, is_compressed=True),
    ]
    _tell_files(node, files)
    # For programs that look at /.well-known/void.
    node.says(TYPE, term("void:Dataset"))
    node.says(v.DUMP, iri(dump))
    node.says(v.URI_SPACE, literal(addresses.entry("")))
    node.says(v.VOID_FEATURE, *(f"<http://www.w3.org/ns/formats/{n}>" for n in ("N-Triples",)))
    used = ("dpv", "eu-gdpr", "pd", "dcat", "dct", "dpcat", "begdpr", "skos")
    node.says(v.USES_VOCABULARY, *(iri(v.PREFIXES[name]) for name in used))
    node.says(v.ROOT, iri(addresses.catalogue))
    return triples


def _api(words: Words, origin: str, addresses: Addresses) -> Group:
    triples: Group = []
    node = Node(f"{addresses.catalogue}#api", triples)
    node.says(TYPE, term("dcat:DataService"))
    node.texts({"en": "API (JSON)"}, v.TITLE)
    publisher, _told = _publisher(words, addresses)
    node.says(v.PUBLISHER, publisher)
    node.says(v.LICENCE, v.CC0)
    description = origin + reverse("api:document")
    node.says(v.ENDPOINT, iri(description.removesuffix("/doc/openapi.yaml")))
    node.says(v.ENDPOINT_DESCRIPTION, iri(description))
    node.says(v.LANDING_PAGE, *_pages(origin, "open_data_api"))
    node.says(v.SERVES, iri(f"{addresses.catalogue}#everything"))
    return triples


def _of_body(body: Body, words: Words, origin: str, addresses: Addresses) -> Group:
    triples: Group = []
    tell_body(body, words, addresses, triples)
    # Its entries, of which DPCat asks for one at least, stand in the file of the body.
    tell_register(body, words, addresses, triples, (term("dcat:Catalog"),))
    node = Node(_dataset_of(body, addresses), triples)
    about = translated(ABOUT_A_REGISTER)
    publisher = iri(addresses.body(body.slug))
    _tell_dataset(node, register_title(names(body, words)), about, publisher)
    node.says(v.LANDING_PAGE, *_pages(origin, "organisations:organisation_detail", body.slug))
    files = [
        File(name, name, FORMATS[name].label, origin + reverse("data:body", args=[body.slug, name]))
        for name in OF_A_BODY
    ]
    turtle = origin + reverse("linked_data:body", args=[body.slug, "ttl"])
    _tell_files(node, [*files, File("ttl", "ttl", "Turtle", turtle)])
    return triples


def _dataset_of(body: Body, addresses: Addresses) -> str:
    return f"{addresses.body(body.slug)}#dataset"


def _tell_dataset(node: Node, title: Text, about: Text, publisher: Term) -> None:
    node.says(TYPE, term("dcat:Dataset"))
    node.texts(title, v.TITLE)
    node.texts(about, v.DESCRIPTION)
    node.says(v.PUBLISHER, publisher)
    node.says(v.FREQUENCY, f"<{EU}/frequency/CONT>")
    node.says(v.ACCESS_RIGHTS, f"<{EU}/access-right/PUBLIC>")
    node.says(v.THEME, f"<{EU}/data-theme/GOVE>", f"<{EU}/data-theme/JUST>")
    node.says(v.SPATIAL, f"<{EU}/country/BEL>")
    node.says(v.IN_LANGUAGE, *v.LANGUAGE.values())
    node.says(v.LEGISLATION, f"<{GDPR_IRI}/art_30>")
    node.says(v.CONFORMS_TO, v.DPV_VERSION)


def _in_languages(origin: str) -> Iterator[File]:
    """All files of all entries that are no linked data, and the feeds of what changed."""
    for known in FORMATS.values():
        address = origin + reverse("data:register", args=[known.name])
        yield File(known.name, known.name, known.label, address)
        for language in LANGUAGES:
            with override(language):
                address = origin + reverse("files:register", args=[known.name])
            name = f"{known.name}-{language}"
            yield File(name, known.name, known.label, address, (language,))
    for language in LANGUAGES:
        with override(language):
            address = origin + reverse("finding:change_feed")
        yield File(f"feed-{language}", "feed", "Atom", address, (language,))


def _tell_files(dataset: Node, files: Iterable[File]) -> None:
    start = dataset.iri[1:-1].partition("#")[2]
    for file in files:
        part = dataset.part(
            f"{start}-{file.name}", pattern(term("dcat:Distribution")), by=v.DISTRIBUTION
        )
        media_type, kind = TYPES[file.format]
        part.texts({"en": file.label}, v.TITLE)
        part.says(v.ACCESS_URL, iri(file.address))
        part.says(v.DOWNLOAD_URL, iri(file.address))
        part.says(v.FORMAT, f"<{EU}/file-type/{kind}>")
        part.says(v.LICENCE, v.CC0)
        part.says(v.IN_LANGUAGE, *(v.LANGUAGE[language] for language in file.languages))
        if media_type:
            part.says(v.MEDIA_TYPE, f"<{MEDIA_TYPES}{media_type}>")
        if file.is_compressed:
            part.says(v.COMPRESSED, f"<{MEDIA_TYPES}application/gzip>")


def _pages(origin: str, name: str, *arguments: object) -> Iterator[Term]:
    """A page in each language."""
    for language in LANGUAGES:
        with override(language):
            address = reverse(name, args=arguments)
        yield iri(f"{origin}{address}")
