import pytest

from tests.running_site import RunningSite


@pytest.fixture(scope="session")
def site():
    """One for all tests of this folder that a process runs."""
    site = RunningSite()
    try:
        site.start()
        yield site
    finally:
        if site.process and site.process.poll() is None:
            site.stop()
        site.remove()
