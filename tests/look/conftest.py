import pytest


@pytest.fixture(scope="session")
def site(running_site):
    return running_site
