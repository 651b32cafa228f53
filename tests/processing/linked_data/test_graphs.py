"""The same graph in every format, that other programs read, with what people wrote as they did."""

import json
from urllib.parse import unquote

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS

from processing.linked_data.terms import iri
from tests import factories
from tests.processing.linked_data.conftest import PARSERS, graph_at
from tests.processing.test_record_formats import replace

pytestmark = pytest.mark.django_db
ENTRY = "/data/processing/body-a/1.{syntax}"
SITE = "http://testserver/id/"
DPV = rdflib.Namespace("https://w3id.org/dpv#")
# What an end of a text, of a line or of an element looks like, and what looks like a type.
TEXTS = [
    'He said "no" \\ and "yes"\\',
    "Two\nlines\r\nand\ta tab",
    'a"^^<http://www.w3.org/2001/XMLSchema#date>',
    "\\u0041 \\n </script> <!-- ]]> {{ }} %s",
    "Ünïcödé 😀 \u2028 \u2029 \u0085 \x7f \x0b",
    '"@en .\n<a> <b> <c> .',
]


@pytest.mark.parametrize(
    "address", [ENTRY, "/data/organisations/body-a.{syntax}", "/data/catalogue.{syntax}"]
)
def test_formats_tell_the_same_graph(address, publication, visitor):
    turtle, *others = (set(graph_at(visitor, address.format(syntax=name))) for name in PARSERS)

    assert all(other == turtle for other in others)
    assert len(turtle) > 100
    # Everything has an address.
    assert [term for triple in turtle for term in triple if isinstance(term, rdflib.BNode)] == []


def test_code_lists_are_the_same_graph_in_every_format(visitor):
    turtle, *others = (set(graph_at(visitor, f"/data/terms.{name}")) for name in PARSERS)

    assert all(other == turtle for other in others)
    found = rdflib.Graph()
    for triple in turtle:
        found.add(triple)
    # Of the federal vocabulary, and of this site.
    federal = rdflib.URIRef("http://vocab.belgif.be/auth/gdpr-category/A1#id")
    own = rdflib.URIRef(f"{SITE}terms/data-subjects/01_01")
    assert found.value(federal, SKOS.broadMatch) is not None
    assert {label.language for label in found.objects(own, SKOS.prefLabel)} == {
        *("nl", "fr", "de", "en")
    }
    assert set(found.objects(own, SKOS.inScheme)) == {rdflib.URIRef(f"{SITE}terms#data-subjects")}


def test_everything_is_what_is_told_of_each_entry(register, visitor):
    everything = graph_at(visitor, "/data/everything.nt.gz")
    entries = [f"/data/processing/{entry}.nt" for entry in ("body-a/1", "body-a/2", "body-b/1")]

    assert set(everything) == set().union(*(graph_at(visitor, entry) for entry in entries))
    assert len(set(everything.subjects(RDF.type, DPV.PersonalDataProcess))) == 3


@pytest.mark.parametrize("syntax", PARSERS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_read_as_it_was_written(text, syntax, publication, visitor):
    stored = publication.record | {"name": {"nl": text}, "reference": text}
    replace(publication, stored)

    graph = graph_at(visitor, ENTRY.format(syntax=syntax))

    entry = rdflib.URIRef(f"{SITE}processing/body-a/1")
    assert graph.value(entry, DCTERMS.title) == rdflib.Literal(text, lang="nl")
    own = rdflib.URIRef(f"{SITE}processing/body-a/1#reference")
    assert graph.value(own, SKOS.notation) == rdflib.Literal(text)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ('https://law.example/a b<c>"{d}|\\^`', 'https://law.example/a b<c>"{d}|\\^`'),
        ("https://law.example/é%20#x", "https://law.example/é #x"),
        ("javascript:alert(1)", None),
        ("law", None),
    ],
)
def test_web_address_is_one_that_programs_read(url, read, publication, visitor):
    stored = json.loads(json.dumps(publication.record))
    stored["legal_grounds"][0]["law_url"] = url
    replace(publication, stored)

    for syntax in PARSERS:
        graph = graph_at(visitor, ENTRY.format(syntax=syntax))
        found = graph.value(rdflib.URIRef(f"{SITE}processing/body-a/1#ground-1-law"), FOAF.page)
        assert (found and unquote(str(found))) == read


def test_address_holds_nothing_that_ends_it():
    assert iri("https://x.example/>\n<") == "<https://x.example/%3E%0A%3C>"


def test_body_that_is_not_public_is_not_told(publication, body_b, visitor):
    before = graph_at(visitor, ENTRY.format(syntax="nt"))
    body_b.is_public = False
    body_b.save()

    after = graph_at(visitor, ENTRY.format(syntax="nt"))

    hidden = rdflib.URIRef(f"{SITE}organisations/body-b")
    assert hidden in before.all_nodes()
    assert hidden not in after.all_nodes()
    recipient = rdflib.URIRef(f"{SITE}processing/body-a/1#recipient-1")
    names = {str(name) for name in after.objects(recipient, DPV.hasName) if name.language == "en"}
    assert names == {"A federal body that is not on this site", "Recipient en"}


def test_body_without_entries_is_told(body_a, visitor):
    graph = graph_at(visitor, "/data/organisations/body-a.ttl")

    body = rdflib.URIRef(f"{SITE}organisations/body-a")
    assert (body, RDF.type, FOAF.Agent) in graph
    assert graph.value(body, FOAF.name)


def test_register_is_a_catalogue_of_its_entries(register, visitor):
    graph = graph_at(visitor, "/data/organisations/body-a.ttl")

    entries = graph.objects(rdflib.URIRef(f"{SITE}organisations/body-a#register"), DCAT.dataset)
    assert set(entries) == {rdflib.URIRef(f"{SITE}processing/body-a/{n}") for n in (1, 2)}


def test_data_of_a_processor_names_whom_it_works_for(body_a, publisher_a, visitor):
    activity = factories.create_activity(body_a, acts_as="processor")
    activity.served_controllers.create(name_en="Town of Mons", processing_en="Printing")
    activity.publish(by=publisher_a)

    graph = graph_at(visitor, ENTRY.format(syntax="ttl"))

    entry = rdflib.URIRef(f"{SITE}processing/body-a/1")
    assert rdflib.URIRef(f"{SITE}organisations/body-a") in graph.objects(
        entry, DPV.hasDataProcessor
    )
    (controller,) = graph.objects(entry, DPV.hasDataController)
    assert graph.value(controller, DPV.hasName) == rdflib.Literal("Town of Mons", lang="en")


def test_demonstration_says_so(register, visitor, settings):
    settings.DEMONSTRATION = True

    for address in (ENTRY.format(syntax="ttl"), "/data/catalogue.ttl", "/data/everything.nt.gz"):
        comments = graph_at(visitor, address).objects(predicate=rdflib.RDFS.comment)
        assert any(str(comment).startswith("This is a demonstration") for comment in comments)


def test_context_that_is_served_is_the_one_of_the_files(register, visitor):
    served = json.loads(visitor.get("/data/context.jsonld").content)
    entry = json.loads(visitor.get(ENTRY.format(syntax="jsonld")).getvalue())

    assert entry["@context"] == served["@context"]
    own = entry["@graph"][0]
    assert own["id"] == f"{SITE}processing/body-a/1"
    assert own["title"]["nl"] == ["text-name-nl"]
    assert own["hasDataSubject"][0] == "http://vocab.belgif.be/auth/gdpr-involved/01#id"
