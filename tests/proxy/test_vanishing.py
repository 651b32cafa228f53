"""A machine is gone without a word, as where a cable is pulled: nobody waits for it for long."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

from tests.cable import laid
from tests.mail_server import MailServer
from tests.proxy.arrangement import HOST, Arrangement, answer_at, eventually, needs_nginx
from tests.proxy.distant import Distant
from tests.proxy.test_faults import (
    NEVER_KEPT,
    PAGES,
    assert_others_are_told,
    assert_public_is_served,
    send,
)
from tests.test_replicas import BACK, GONE

pytestmark = [needs_nginx, pytest.mark.django_db]

# With eight threads of which each waits for its server, it would take minutes to tell so many.
MANY = 200
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture(scope="module")
def distant(django_db_setup, django_db_blocker) -> Iterator[Distant]:
    with laid(3) as cables:
        distant = Distant(cables)
        try:
            with django_db_blocker.unblock():
                distant.start()
            yield distant
        finally:
            distant.stop()


@contextmanager
def visitors(production: Arrangement) -> Iterator[Counter[int]]:
    """What they are told while they ask for pages that nobody asked for before."""
    statuses: Counter[int] = Counter()
    over = threading.Event()

    def visit(visitor: int) -> None:
        number = 0
        while not over.wait(0.02):
            number += 1
            path = f"/en/suggestions/?q=visitor{visitor}of{number}"
            statuses[answer_at(production.site.port, path, Host=HOST).status] += 1

    threads = [threading.Thread(target=visit, args=(visitor,)) for visitor in range(12)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_replica_costs_no_request_and_is_used_again(distant):
    site = distant.site
    with visitors(distant) as statuses:
        eventually(lambda: statuses.total() > 50, "they are at it")
        with distant.to_standby.pulled():
            eventually(lambda: GONE in site.errors, "it is noticed")
            before = statuses.total()
            eventually(lambda: statuses.total() > before + MANY, "they go on")
    eventually(lambda: site.errors.count(GONE) == site.errors.count(BACK), "it is taken back")

    assert set(statuses) == {200}
    assert "WORKER TIMEOUT" not in site.errors


def test_database_costs_what_is_in_hand_and_others_are_told_at_once(distant):
    """A form and a program wait for an answer; the servers have their questions, and are gone."""
    question, before = distant.question(), distant.do("questions")
    assert_public_is_served(distant)
    told = distant.told_by("bring_in_registers")
    with (
        distant.running("bring_in_registers", "--every", "0.1"),
        ThreadPoolExecutor() as citizen,
        visitors(distant) as statuses,
    ):
        with psycopg.connect(distant.url) as other:
            other.execute("LOCK TABLE contact_question, processing_registerimport")
            sent = citizen.submit(send, distant, question)
            eventually(lambda: distant.ask_database(WAITING) == [(2,)], "they wait")
            distant.to_primary.pull()
            distant.to_standby.pull()
        try:
            eventually(lambda: statuses[503] > MANY, "visitors are told")
            assert_public_is_served(distant)
            assert_others_are_told(
                distant, {path: code for path, code in NEVER_KEPT.items() if "admin" not in path}
            )
            assert sent.result().status == 503
            eventually(lambda: "cannot be looked for" in told.read_text(), "the program knows")
            eventually(lambda: nobody_is_served(distant), "the server has given them up")
        finally:
            distant.to_primary.plug()
            distant.to_standby.plug()
        eventually(lambda: programs_at_work(distant) == 1, "it works again")
        after = statuses[200]
        eventually(lambda: statuses[200] > after + MANY, "visitors are served again")

    assert distant.do("questions") == before
    assert send(distant, question).status == 302
    assert distant.do("questions") == [before[0] + 1, before[1] + 2]
    assert set(statuses) == {200, 503}
    assert "WORKER TIMEOUT" not in distant.site.errors


def nobody_is_served(distant: Distant) -> bool:
    served = "SELECT count(*) FROM pg_stat_activity WHERE client_addr = %s"
    return distant.ask_database(served, distant.to_primary.near) == [(0,)]


def programs_at_work(distant: Distant) -> int:
    named = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'bring_in_registers'"
    return distant.ask_database(named)[0][0]


def test_mail_of_a_sender_whose_machine_is_gone_is_sent_by_another(distant):
    """It has the mail in hand: that one comes twice, and no other is lost."""
    with psycopg.connect(distant.url) as primary:
        primary.execute("DELETE FROM contact_mail WHERE id > (SELECT min(id) FROM contact_mail)")
    server = MailServer()
    # None of the two has sent it before the other one has it in hand, too.
    server.together = 2
    server.start()
    place = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(server.port), "MAIL_TIMEOUT": "120"}
    sending = ("send_mail", "--every", "0.1")
    try:
        with distant.running(*sending, **place):
            eventually(lambda: server.conversations == 1, "the first one is at it")
            with (
                distant.to_primary.pulled(),
                distant.running(*sending, DATABASE_URL=distant.url, **place),
            ):
                eventually(lambda: mails(distant) == [("delivered", 1)], "another one sends it")
                told = distant.told_by("send_mail")
                eventually(lambda: "cannot be read now" in told.read_text(), "the first one knows")
    finally:
        server.stop()
    assert list(server.copies().values()) == [2]


def mails(distant: Distant) -> list[tuple]:
    return distant.ask_database("SELECT state, attempts FROM contact_mail")


def test_site_costs_the_proxy_what_it_does_not_keep(distant):
    with distant.behind_a_distant_proxy():
        assert_public_is_served(distant)
        with distant.to_proxy.pulled(), ThreadPoolExecutor() as others:
            assert_public_is_served(distant)
            asked = (*PAGES[:1], "/en/processing/?q=neverasked", *list(NEVER_KEPT)[:2])
            answers = list(others.map(distant.ask, asked))
            assert [answer.status for answer in answers] == [200, 503, 503, 503]
        eventually(lambda: distant.ask("/en/processing/?q=back").status == 200, "a new page")
        assert distant.ask(next(iter(NEVER_KEPT))).status == 200
