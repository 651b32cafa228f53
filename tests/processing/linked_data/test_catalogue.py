"""The catalogue of all data: what it names is there, and is what it says."""

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, VOID

from processing.exports.formats import FORMATS
from tests.conftest import LANGUAGES
from tests.processing.linked_data.conftest import graph_at

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
CATALOGUE = rdflib.URIRef(f"{SITE}/id/catalogue")
EVERYTHING = rdflib.URIRef(f"{CATALOGUE}#everything")
EU = "http://publications.europa.eu/resource/authority/"


@pytest.fixture
def graph(register, visitor) -> rdflib.Graph:
    return graph_at(visitor, "/data/catalogue.ttl")


def test_catalogue_has_a_dataset_of_all_and_of_each_body(graph):
    bodies = [rdflib.URIRef(f"{SITE}/id/organisations/{slug}") for slug in ("body-a", "body-b")]

    datasets = set(graph.objects(CATALOGUE, DCAT.dataset))

    assert datasets == {EVERYTHING, *(rdflib.URIRef(f"{body}#dataset") for body in bodies)}
    for dataset in datasets:
        assert {title.language for title in graph.objects(dataset, DCTERMS.title)} == {*LANGUAGES}
        assert str(graph.value(dataset, DCTERMS.accrualPeriodicity)) == f"{EU}frequency/CONT"
    for body in bodies:
        assert graph.value(rdflib.URIRef(f"{body}#dataset"), DCTERMS.publisher) == body


def test_body_that_published_nothing_has_no_dataset(body_b, register, administrator, visitor):
    body_b.activities.get().withdraw(by=administrator, reason="")

    graph = graph_at(visitor, "/data/catalogue.ttl")

    assert len(set(graph.objects(CATALOGUE, DCAT.dataset))) == 2


def test_every_file_is_there_in_its_format_and_free(graph, visitor):
    files = list(graph.objects(predicate=DCAT.distribution))

    assert len(files) == 5 * len(FORMATS) + 4 + 1 + 2 * 4
    for file in files:
        address = graph.value(file, DCAT.downloadURL)
        response = visitor.get(address.removeprefix(SITE))
        assert response.getvalue()
        assert response.status_code == 200, address
        assert str(graph.value(file, DCTERMS.license)) == f"{EU}licence/CC0"
        content_type = response.headers["Content-Type"].split(";")[0]
        told = str(graph.value(file, DCAT.mediaType)).partition("media-types/")[2]
        compressed = str(graph.value(file, DCAT.compressFormat)).partition("media-types/")[2]
        if not address.endswith("/jsonl/"):
            assert content_type == (compressed or told), address


def test_every_page_is_there(graph, visitor):
    pages = list(graph.objects(predicate=DCAT.landingPage))

    # Of all, of two bodies, of the API.
    assert len(pages) == 4 * len(LANGUAGES)
    for page in pages:
        assert visitor.get(page.removeprefix(SITE)).status_code == 200


def test_api_is_a_service_that_describes_itself(graph, visitor):
    (api,) = graph.objects(CATALOGUE, DCAT.service)

    assert set(graph.objects(api, DCAT.servesDataset)) == {EVERYTHING}
    for name in (DCAT.endpointURL, DCAT.endpointDescription):
        address = str(graph.value(api, name)).removeprefix(SITE)
        assert address.startswith("/api/v1")
    assert visitor.get(address).status_code == 200


def test_publisher_is_the_body_that_runs_the_site(register, visitor, settings):
    settings.SITE_BODY = "body-b"
    graph = graph_at(visitor, "/data/catalogue.ttl")
    settings.SITE_BODY = ""
    nameless = graph_at(visitor, "/data/catalogue.ttl")

    for found in (graph, nameless):
        publisher = found.value(CATALOGUE, DCTERMS.publisher)
        assert (publisher, RDF.type, FOAF.Agent) in found
        assert found.value(publisher, FOAF.name)
    assert str(graph.value(CATALOGUE, DCTERMS.publisher)) == f"{SITE}/id/organisations/body-b"


def test_programs_learn_how_to_get_all_triples(graph):
    assert (EVERYTHING, RDF.type, VOID.Dataset) in graph
    assert str(graph.value(EVERYTHING, VOID.dataDump)) == f"{SITE}/data/everything.nt.gz"
    assert str(graph.value(EVERYTHING, VOID.uriSpace)) == f"{SITE}/id/processing/"
    assert rdflib.URIRef("https://w3id.org/dpv#") in graph.objects(EVERYTHING, VOID.vocabulary)
