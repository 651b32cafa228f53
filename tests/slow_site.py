"""The site with one address more, where an answer takes for ever: for tests of what ends it."""

from collections.abc import Callable, Iterable

from registry_site import worker
from registry_site.wsgi import application as site

# Tests wait until it is over.
worker.SENDING_SECONDS = 2


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/without-end/":
        without_end()
    return site(environ, start_response)


def without_end() -> None:
    while True:
        pass
