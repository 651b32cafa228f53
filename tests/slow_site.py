"""The site with an address where an answer takes for ever, for tests of what ends it, and one where
it takes a while.
"""

import time
from collections.abc import Callable, Iterable

from registry_site import worker
from registry_site.wsgi import application as site

# Tests wait until it is over.
worker.SENDING_SECONDS = 2


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/without-end/":
        without_end()
    if environ["PATH_INFO"] == "/slowly/":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return slowly()
    return site(environ, start_response)


def slowly() -> Iterable[bytes]:
    """As a large file is sent."""
    for _part in range(8):
        time.sleep(0.5)
        yield b"part\n"


def without_end() -> None:
    while True:
        pass
