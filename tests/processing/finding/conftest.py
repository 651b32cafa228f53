import pytest

from processing.models import Publication
from tests import factories


@pytest.fixture
def publish(body_a, publisher_a):
    def publish(name: str, *, language: str = "nl", **fields) -> Publication:
        return factories.create_publication(
            body_a, by=publisher_a, name=name, language=language, **fields
        )

    return publish
