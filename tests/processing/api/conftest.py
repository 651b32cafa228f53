"""A register with something of everything that the API tells."""

import json

import pytest
from django.test import Client

from processing.models import ProcessingActivity, Publication
from tests import factories
from tests.processing.exports.conftest import publication  # noqa: F401 (a fixture)

BASE = "http://testserver/api/v1"


class Api:
    """Asks the API, and reads what it answers."""

    def __init__(self) -> None:
        self.client = Client()

    def ask(self, path: str, **headers: str):
        return self.client.get(f"/api/v1/{path}", headers=headers)

    def get(self, path: str, **headers: str) -> dict:
        response = self.ask(path, **headers)
        assert response.status_code == 200, (path, response.content)
        return json.loads(response.content)

    def problem(self, path: str, status: int, **headers: str) -> dict:
        response = self.ask(path, **headers)
        assert response.status_code == status, (path, response.content)
        assert response.headers["Content-Type"] == "application/problem+json"
        return json.loads(response.content)

    def titles(self, path: str, **headers: str) -> list[str]:
        return [item["title"] for item in self.get(path, **headers)["items"]]


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def register(body_a, body_b, publisher_a, administrator) -> ProcessingActivity:
    """Three entries: two of body A, the first of which names body B; one of body B."""
    activity = factories.create_full_activity(body_a, body_b, "text")
    activity.publish(by=publisher_a)
    factories.create_publication(body_a, by=publisher_a, name="Passports", language="fr")
    factories.create_publication(body_b, by=administrator, name="Cameras")
    return activity


@pytest.fixture
def withdrawn(register, publisher_a) -> Publication:
    """Number 2 of body A."""
    activity = ProcessingActivity.objects.get(organisation=register.organisation, number=2)
    activity.withdraw(by=publisher_a, reason="")
    return activity.publications.get()
