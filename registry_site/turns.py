"""So many requests of the admin at once in each process, however many come: the others wait a
moment or are told to come back. Whoever works there can never keep the public waiting.
"""

import threading
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

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


class Places:
    """Where requests wait and are answered. One person leaves a place to others.

    In however many browsers; and so do all together who are not logged in.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, person: str) -> bool:
        with self._lock:
            is_free = self._taken.total() < self._number
            if not is_free or self._taken[person] >= max(1, self._number - 1):
                return False
            self._taken[person] += 1
            return True

    def leave(self, person: str) -> None:
        with self._lock:
            self._taken[person] -= 1
            if not self._taken[person]:
                del self._taken[person]


def _busy() -> HttpResponse:
    headers = {"Retry-After": RETRY_AFTER}
    return refusal_page("503_busy.html", status=503, headers=headers)
