"""One person cannot stop the site: each way in which one did, as the requests that were sent."""

import itertools
import threading
import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import RequestFactory

from registry_site import turns


# With the mark, static files are collected where these tests run alone.
@pytest.mark.django_db
class TestTurns:
    """In one process. A request of the admin takes as long as the test wants."""

    @pytest.fixture
    def served(self, settings):
        settings.ADMIN_PLACES = 3
        self.may_end = threading.Event()
        self.begun = threading.Semaphore(0)
        self.running, self.most = 0, 0
        self.serial = itertools.count()

        def answer(request) -> HttpResponse:
            if request.path.startswith("/admin/"):
                self.running += 1
                self.most = max(self.most, self.running)
                self.begun.release()
                self.may_end.wait(timeout=30)
                self.running -= 1
            return HttpResponse("answered")

        yield turns.serve_the_admin_in_turn(answer)
        self.may_end.set()

    def ask(self, served, path: str, person: str = "") -> HttpResponse:
        request = RequestFactory().get(path)
        request.COOKIES["sessionid"] = f"made up {next(self.serial)}"
        request.session = {SESSION_KEY: person} if person else {}
        return served(request)

    def busy(self, served, *people: str) -> list[threading.Thread]:
        threads = [
            threading.Thread(target=self.ask, args=(served, "/admin/", person)) for person in people
        ]
        for thread in threads:
            thread.start()
        assert self.begun.acquire(timeout=30)
        return threads

    def end(self, threads: list[threading.Thread]) -> None:
        self.may_end.set()
        for thread in threads:
            thread.join(timeout=30)

    def test_public_is_served_while_the_admin_is_full(self, served):
        threads = self.busy(served, "one", "two", "three")
        wait_until(lambda: self.ask(served, "/admin/", "four").status_code == 503)

        public = self.ask(served, "/nl/")
        refused = self.ask(served, "/admin/", "four")

        self.end(threads)
        assert public.text == "answered"
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "5"
        assert "Please wait a moment" in refused.text
        assert self.most == 1
        # And afterwards there is place again.
        assert self.ask(served, "/admin/", "four").text == "answered"

    def test_one_person_leaves_a_place_to_others(self, served):
        threads = self.busy(served, "one", "one")
        wait_until(lambda: self.ask(served, "/admin/", "one").status_code == 503)

        threads += [threading.Thread(target=self.ask, args=(served, "/admin/", "two"))]
        threads[-1].start()

        self.end(threads)
        assert self.begun.acquire(timeout=30)
        assert self.begun.acquire(timeout=30)

    def test_strangers_leave_a_place_to_who_is_logged_in(self, served, monkeypatch):
        monkeypatch.setattr(turns, "SECONDS", 60)
        threads = self.busy(served, "", "", "")
        wait_until(lambda: sum(thread.is_alive() for thread in threads) == 2)
        assert not self.begun.acquire(blocking=False)
        answers: list[HttpResponse] = []

        threads.append(
            threading.Thread(target=lambda: answers.append(self.ask(served, "/admin/", "one")))
        )
        threads[-1].start()

        self.end(threads)
        assert [answer.status_code for answer in answers] == [200]

    def test_who_has_waited_too_long_is_told(self, served, monkeypatch):
        monkeypatch.setattr(turns, "SECONDS", 0.1)
        threads = self.busy(served, "one")

        refused = self.ask(served, "/admin/", "two")

        self.end(threads)
        assert refused.status_code == 503


def wait_until(holds) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)
