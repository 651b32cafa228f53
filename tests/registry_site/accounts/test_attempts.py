"""Wrong passwords: strangers shut nobody out, many networks guess slowly, and the person hears."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contact.models import Mail
from tests.mails import delivered
from tests.registry_site.accounts.logging_in import (
    ELSEWHERE,
    HERE,
    LOGIN,
    PASSWORD,
    choose_password,
    is_in,
    link_in,
    log_in,
    send,
)

pytestmark = pytest.mark.django_db

# More networks than attempts are left for all of them together.
NETWORKS = [f"193.190.{number}.1" for number in range(5)]


def guess(email: str, *networks: str, times: int = 5) -> list[int]:
    """The statuses of so many wrong passwords from each of the networks."""
    return [
        send(LOGIN, {"login": email, "password": "wrong"}, network=network).status_code
        for network in networks
        for _attempt in range(times)
    ]


def test_five_wrong_passwords_shut_out_nobody_elsewhere(person):
    guess(person.email, ELSEWHERE)

    assert log_in(Client(), person.email, network=ELSEWHERE).status_code == 429
    assert log_in(Client(), person.email, network=HERE).status_code == 302


def test_proxy_says_from_which_network_somebody_comes(person, settings):
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
    for _attempt in range(5):
        log_in(Client(), person.email, "wrong", network="10.0.0.1", HTTP_X_REAL_IP=ELSEWHERE)

    there = log_in(Client(), person.email, network="10.0.0.1", HTTP_X_REAL_IP=ELSEWHERE)
    here = log_in(Client(), person.email, network="10.0.0.1", HTTP_X_REAL_IP=HERE)

    assert (there.status_code, here.status_code) == (429, 302)


def test_many_networks_together_are_slowed_down(person):
    statuses = guess(person.email, *NETWORKS)

    assert statuses == [200] * 20 + [429] * 5
    assert log_in(Client(), person.email, network=HERE).status_code == 429


def test_one_network_uses_up_little_of_what_all_have(person):
    guess(person.email, ELSEWHERE, times=21)

    assert guess(person.email, *NETWORKS[:3], times=1) == [200] * 3


def test_browser_in_which_somebody_was_before_stays_open(person):
    client = Client()
    log_in(client, person.email)
    client.post("/admin/logout/")
    guess(person.email, *NETWORKS)

    # Even in a network that is closed.
    again = log_in(client, person.email, network=NETWORKS[0])

    assert again.status_code == 302
    assert is_in(client)


def test_known_browser_has_five_attempts_as_well(person):
    client = Client()
    log_in(client, person.email)
    client.post("/admin/logout/")

    statuses = [log_in(client, person.email, "wrong").status_code for _attempt in range(6)]

    assert statuses == [200] * 5 + [429]
    # Another of the person's is not concerned.
    assert log_in(Client(), person.email).status_code == 302


def test_browser_of_one_person_is_none_of_another(person, publisher_a):
    publisher_a.set_password(PASSWORD)
    publisher_a.save()
    client = Client()
    log_in(client, publisher_a.email)
    client.post("/admin/logout/")
    guess(person.email, *NETWORKS)

    assert log_in(client, person.email).status_code == 429


@pytest.mark.parametrize("value", ["", "x", "a:b:c", '["x","y"]', "\\000"])
def test_made_up_browser_is_none(value, person):
    client = Client()
    client.cookies["device"] = value
    guess(person.email, *NETWORKS)

    assert log_in(client, person.email).status_code == 429


def test_new_password_opens_the_browser_in_which_it_was_chosen(person):
    guess(person.email, *NETWORKS)
    client = Client()
    client.post("/admin/account/password/", {"email": person.email})
    choose_password(client, link_in(delivered()[-1].body), PASSWORD)

    assert log_in(client, person.email).status_code == 302
    assert log_in(Client(), person.email).status_code == 429


def test_page_says_what_to_do_and_when(person):
    guess(person.email, *NETWORKS)

    page = log_in(Client(), person.email)

    seconds = int(page.headers["Retry-After"])
    assert f"You can try again in {-(-seconds // 60)} minutes." in page.text
    assert 'href="/admin/account/password/"' in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_after_a_quarter_of_an_hour_it_is_open_again(person, clock):
    guess(person.email, *NETWORKS)
    clock.shift(15 * 60)

    assert log_in(Client(), person.email).status_code == 302


def test_right_password_makes_the_wrong_ones_before_forgotten(person):
    for _round in range(2):
        guess(person.email, HERE, times=4)

        assert log_in(Client(), person.email, network=HERE).status_code == 302


def test_where_nobody_tells_networks_all_are_slowed_down_together(person, settings):
    settings.CLIENT_ADDRESS_HEADER = ""

    assert guess(person.email, ELSEWHERE, times=21) == [200] * 20 + [429]


def test_counts_are_the_same_for_every_process(person):
    statuses = []
    for _attempt in range(6):
        # What a process keeps for itself, another does not have.
        cache.clear()
        statuses += guess(person.email, ELSEWHERE, times=1)

    assert statuses == [200] * 5 + [429]


def test_person_is_told_once_a_day(person, clock):
    guess(person.email, *NETWORKS)
    guess(person.email, ELSEWHERE, times=6)
    first = len(delivered())
    clock.shift(24 * 60 * 60)
    guess(person.email, ELSEWHERE, times=6)

    (message, _second) = delivered()

    assert first == 1
    assert message.to == [person.email]
    assert "http://testserver/admin/account/password/" in message.body


def test_somebody_without_an_account_is_told_nothing():
    guess("nobody@people.example", ELSEWHERE, times=7)

    assert delivered() == []


def test_nothing_tells_whether_there_is_an_account(person):
    """The same page after the same work: what goes to the database, and no mail is written."""
    # The first of a day makes its salt.
    guess("first@people.example", ELSEWHERE, times=1)
    sent = {}
    for email in (person.email, "nobody@people.example"):
        with CaptureQueriesContext(connection) as queries:
            guess(email, ELSEWHERE, times=7)
        sent[email] = [query["sql"].split(" WHERE ")[0][:60] for query in queries]

    known, unknown = sent.values()
    assert known == unknown
    assert Mail.objects.count() == 0


def test_nothing_that_was_typed_is_kept(person):
    typed = {"login": "typed@people.example", "password": "typed-password", "next": "/typed-next"}
    for _attempt in range(7):
        form = typed | {"other": "typed-field"}
        send(f"{LOGIN}?q=typed-query", form, network=ELSEWHERE, HTTP_USER_AGENT="typed-agent")

    assert [word for word in ("typed", ELSEWHERE) if word in everything_in_the_database()] == []


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = []
        for name in names:
            cursor.execute(f'SELECT "{name}"::text FROM "{name}"')  # noqa: S608
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)
