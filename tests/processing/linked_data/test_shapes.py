"""Linked data conform to shapes, and what a shape asks for is missed: ours, and those of DCAT-AP.

The shapes of DCAT-AP are not ours: they are checked where they lie beside the project.
"""

import gzip
from pathlib import Path
from urllib.request import urlopen

import pytest
import rdflib
from django.conf import settings
from pyshacl import validate
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from processing.models import LegalGround, Transfer
from tests import factories
from tests.processing.linked_data.conftest import graph_at, old_ways_of_rdflib, parsed

OWN = Path(__file__).with_name("register-shapes.ttl")
VOCABULARIES = settings.BASE_DIR.parent / "shared" / "reference" / "linked-data" / "vocab"
DCAT_AP = VOCABULARIES / "dcat-ap-3.0.1-shapes.ttl"
needs_dcat_ap = pytest.mark.skipif(not DCAT_AP.exists(), reason="no shapes of DCAT-AP here")
SHAPES = [
    pytest.param(OWN, id="register"),
    pytest.param(DCAT_AP, marks=needs_dcat_ap, id="DCAT-AP"),
]
DPV = rdflib.Namespace("https://w3id.org/dpv#")
SITE = "http://testserver/id/"
ENTRY = rdflib.URIRef(f"{SITE}processing/body-a/1")
BODY = rdflib.URIRef(f"{SITE}organisations/body-a")
REGISTER = rdflib.URIRef(f"{BODY}#register")


def part(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(f"{ENTRY}#{name}")


def violations(graph: rdflib.Graph, shapes: Path) -> list[str]:
    with old_ways_of_rdflib():
        conforms, _report, text = validate(graph, shacl_graph=str(shapes), allow_warnings=True)
    found = text.split("\nConstraint Violation in ")[1:]
    found = [each for each in found if "Severity: sh:Violation" in each]
    assert conforms == (found == [])
    return found


@pytest.fixture
def entry(body_a, body_b, publisher_a, visitor) -> rdflib.Graph:
    """With a transfer to a country and one to an organisation, and with joint controllers."""
    activity = factories.create_full_activity(body_a, body_b, "text")
    LegalGround.objects.create(activity=activity, ground="9-g")
    Transfer.objects.create(activity=activity, mechanism_id="01", country="CH")
    activity.publish(by=publisher_a)
    return graph_at(visitor, "/data/processing/body-a/1.ttl")


def fetched(address: str) -> bytes:
    with urlopen(address) as answer:
        return answer.read()


@pytest.mark.parametrize("shapes", SHAPES)
def test_demonstration_conforms(shapes, running_site):
    """All of it: entries, bodies, terms and the catalogue, as somebody gets them."""
    graph = parsed(gzip.decompress(fetched(f"{running_site.url}/data/everything.nt.gz")), "nt")
    for name in ("catalogue", "terms"):
        graph.parse(data=fetched(f"{running_site.url}/data/{name}.nt"), format="nt")

    assert violations(graph, shapes) == []
    assert len(set(graph.subjects(RDF.type, DPV.PersonalDataProcess))) > 100
    # Those of processors among them.
    assert set(graph.subjects(DPV.hasDataProcessor, None)) - set(
        graph.subjects(DPV.hasPurpose, None)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("shapes", SHAPES)
def test_entry_conforms(shapes, entry):
    assert violations(entry, shapes) == []


@pytest.mark.django_db
@pytest.mark.parametrize("shapes", SHAPES)
def test_entry_of_a_processor_conforms(shapes, body_a, publisher_a, visitor):
    activity = factories.create_activity(body_a, acts_as="processor")
    activity.served_controllers.create(name_en="Town of Mons", processing_en="Printing")
    activity.publish(by=publisher_a)

    assert violations(graph_at(visitor, "/data/processing/body-a/1.ttl"), shapes) == []


REMOVED = {
    "title": (ENTRY, DCTERMS.title),
    "publisher": (ENTRY, DCTERMS.publisher),
    "identifier": (ENTRY, DCTERMS.identifier),
    "date": (ENTRY, DCTERMS.issued),
    "capacity": (ENTRY, rdflib.URIRef("http://data.europa.eu/r5r/applicableLegislation")),
    "controller": (ENTRY, DPV.hasDataController),
    "purposes": (ENTRY, DPV.hasPurpose),
    "legal bases": (ENTRY, DPV.hasLegalBasis),
    "data": (ENTRY, DPV.hasPersonalData),
    "people": (ENTRY, DPV.hasDataSubject),
    "entries of the register": (REGISTER, DCAT.dataset),
    "controller of the register": (REGISTER, DPV.hasDataController),
    "what the body is": (BODY, RDF.type),
    "mechanism of a transfer": (part("transfer-1"), DPV.hasLegalBasis),
    "organisation of a transfer": (part("transfer-1"), DPV.hasRecipient),
    "country of a transfer": (part("transfer-2"), DPV.hasThirdCountry),
    "how long": (part("retention-1"), DCTERMS.description),
    "joint controllers": (part("joint-controllers"), DPV.hasDataController),
    "what a purpose is": (part("purpose-1"), RDF.type),
}
REMOVED_FROM_DCAT = {
    "title": (ENTRY, DCTERMS.title),
    "description": (ENTRY, DCTERMS.description),
    "publisher": (REGISTER, DCTERMS.publisher),
    "name": (BODY, FOAF.name),
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shapes", "removed"),
    [
        *(pytest.param(OWN, triple, id=name) for name, triple in REMOVED.items()),
        *(
            pytest.param(DCAT_AP, triple, id=f"DCAT-AP: {name}", marks=needs_dcat_ap)
            for name, triple in REMOVED_FROM_DCAT.items()
        ),
    ],
)
def test_what_is_missing_is_noticed(shapes, removed, entry):
    about, name = removed
    assert (about, name, None) in entry

    entry.remove((about, name, None))

    assert violations(entry, shapes)
