"""So many at once in each process."""

import threading
from collections import Counter


class Places:
    """One person, in however many browsers, leaves one to others; so do all without a log-in."""

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
