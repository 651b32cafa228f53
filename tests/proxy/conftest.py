from collections.abc import Iterator

import pytest

from tests.proxy.arrangement import Arrangement


@pytest.fixture(scope="session")
def production(django_db_setup, django_db_blocker) -> Iterator[Arrangement]:
    arrangement = Arrangement()
    try:
        with django_db_blocker.unblock():
            arrangement.start()
        yield arrangement
    finally:
        arrangement.stop()
