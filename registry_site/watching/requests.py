"""What the workers count of requests: how many, with which status, in how much time.

Each writes into files of its own below PROMETHEUS_MULTIPROC_DIR (gunicorn_settings.py); whichever
is asked adds them up (endpoint.py).
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Histogram, values
from prometheus_client.values import MultiProcessValue

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
PROBES = ("/healthz", "/readyz")
# Of a file, for all names of addresses and statuses. The library would write into a file that only
# seems to be so large; on a full disk, that ends the process.
ROOM = 4 * 1024 * 1024
# None: there is no room to count.
_place: str | None = "0"


def take_place(place: str) -> bool:
    """Write into the file of this place from now on: that of a worker that was there before.

    False where there is no room on the disk: then nothing is counted.
    """
    global _place
    file = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]) / f"histogram_{place}.db"
    try:
        with file.open("ab") as counts:
            os.posix_fallocate(counts.fileno(), 0, ROOM)
    except OSError:
        file.unlink(missing_ok=True)
        _place = None
        return False
    _place = place
    return True


if settings.METRICS:
    # Not by the number of the process: workers are renewed, and the files would grow ever more.
    values.ValueClass = MultiProcessValue(process_identifier=lambda: _place)
_durations = Histogram(
    "register_request_seconds",
    "How long the site took to answer, by the name of the address and the status.",
    ["route", "status"],
    buckets=SECONDS,
    registry=CollectorRegistry(),
)


def measure_requests(get_response: Callable) -> Callable:
    if not settings.METRICS:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path in PROBES or _place is None:
            return get_response(request)
        started = time.perf_counter()
        response = get_response(request)
        taken = time.perf_counter() - started
        _durations.labels(route_of(request), str(response.status_code)).observe(taken)
        return response

    return middleware


def route_of(request: HttpRequest) -> str:
    """The name of its address: nothing that somebody typed."""
    if request.resolver_match:
        return request.resolver_match.view_name or "other"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"
