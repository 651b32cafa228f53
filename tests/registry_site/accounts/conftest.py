import pytest
from django.core.cache import cache

from organisations.models import User
from tests.registry_site.accounts.logging_in import PASSWORD


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Failed attempts are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def person(editor_a) -> User:
    editor_a.set_password(PASSWORD)
    editor_a.save()
    return editor_a
