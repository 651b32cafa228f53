"""So many requests of the admin at once in each process, however many come: the others wait a
moment or are told to come back. Whoever works there can never keep the public waiting.
"""

import threading
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from organisations.places import Places
from registry_site.refusals import refusal_page

# Threads of a process share one processor core: two requests at once would only take twice as long.
AT_ONCE = 1
# How long a request waits for its turn: longer than any takes, shorter than people do.
SECONDS = 10
RETRY_AFTER = "5"
GetResponse = Callable[[HttpRequest], HttpResponse]


def serve_the_admin_in_turn(get_response: GetResponse) -> GetResponse:
    """Answer 503 where the admin has no place left in this process. The content is read by now."""
    turn = threading.BoundedSemaphore(AT_ONCE)
    places = Places(settings.ADMIN_PLACES)

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/admin/"):
            return get_response(request)
        # Not the cookie: whoever makes one up for each request would be many people.
        person = request.session.get(SESSION_KEY, "")
        if not places.take(person):
            return _busy()
        try:
            if not turn.acquire(timeout=SECONDS):
                return _busy()
            try:
                return get_response(request)
            finally:
                turn.release()
        finally:
            places.leave(person)

    return middleware


def _busy() -> HttpResponse:
    headers = {"Retry-After": RETRY_AFTER}
    return refusal_page("503_busy.html", status=503, headers=headers)
