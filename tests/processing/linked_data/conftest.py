"""Reads linked data as other programs do."""

import gzip
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import rdflib
from django.test import Client

from processing.models import ProcessingActivity
from tests import factories

# A publication with a value of its own in every field of the public record.
from tests.processing.exports.conftest import publication  # noqa: F401

# What our formats are called by rdflib.
PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt"}


@contextmanager
def old_ways_of_rdflib() -> Iterator[None]:
    """It warns of what its own readers and pyshacl still use."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def parsed(content: bytes, syntax: str) -> rdflib.Graph:
    with old_ways_of_rdflib():
        return rdflib.Graph().parse(data=content, format=PARSERS[syntax])


def graph_at(visitor: Client, address: str) -> rdflib.Graph:
    """By the end of its address."""
    response = visitor.get(address)
    assert response.status_code == 200, address
    content = response.getvalue()
    if address.endswith(".gz"):
        content, address = gzip.decompress(content), address.removesuffix(".gz")
    return parsed(content, address.rpartition(".")[2])


@pytest.fixture
def register(body_a, body_b, publisher_a, administrator) -> ProcessingActivity:
    """Three entries: two of body A, one of body B."""
    activity = factories.create_full_activity(body_a, body_b, "text")
    activity.publish(by=publisher_a)
    factories.create_publication(body_a, by=publisher_a, name="Passports", language="fr")
    factories.create_publication(body_b, by=administrator, name="Cameras")
    return activity
