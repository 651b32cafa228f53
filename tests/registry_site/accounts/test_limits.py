"""How many forms about accounts a network may send, whatever is in them."""

import pytest
from django.test import Client

from contact.networks import UNKNOWN_FACTOR
from tests.conftest import LANGUAGES
from tests.registry_site.accounts.logging_in import ELSEWHERE, HERE, LOGIN, PASSWORD, log_in, send

pytestmark = pytest.mark.django_db

MOST = 3


@pytest.fixture(autouse=True)
def few(settings) -> None:
    settings.ACCOUNT_FORMS_PER_NETWORK = MOST


def forms(number: int, *, address: str = LOGIN, network: str = HERE) -> list[int]:
    """The statuses of so many forms, each with a name that nobody has."""
    return [
        send(
            address,
            {"login": f"nobody{number}@people.example", "password": "x"},
            network=network,
        ).status_code
        for number in range(number)
    ]


def test_log_ins_with_ever_other_names_come_to_an_end():
    assert forms(MOST + 2) == [200] * MOST + [429] * 2
    assert forms(1, network=ELSEWHERE) == [200]


@pytest.mark.parametrize(
    "address",
    [
        LOGIN,
        "/admin/account/password/",
        "/admin/account/password/MQ/set-password/",
        "/admin/account/reauthenticate/",
        "/admin/account/2fa/authenticate/",
        "/admin/account/2fa/totp/activate/",
        "/admin/account/nothing-here/",
        "/admin/password_change/",
    ],
)
def test_every_form_about_accounts_counts(address):
    forms(MOST)

    assert forms(1, address=address) == [429]


def test_pages_and_other_forms_do_not_count(person):
    forms(MOST + 1)

    assert Client().get(LOGIN, REMOTE_ADDR=HERE).status_code == 200
    assert Client().post("/admin/", REMOTE_ADDR=HERE).status_code != 429


def test_refused_form_costs_no_password_and_is_not_read(person, monkeypatch):
    forms(MOST)
    read = []
    monkeypatch.setattr(
        "django.core.handlers.wsgi.WSGIRequest._load_post_and_files", lambda *_: read.append(1)
    )

    answer = log_in(Client(), person.email, PASSWORD)

    assert answer.status_code == 429
    assert read == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_when_to_come_again_in_every_language(language):
    forms(MOST)

    page = send(LOGIN, {}, HTTP_ACCEPT_LANGUAGE=language)

    seconds = int(page.headers["Retry-After"])
    assert page.status_code == 429
    assert f'<html lang="{language}"' in page.text
    assert 0 < seconds <= 5 * 60
    assert "no-store" in page.headers["Cache-Control"]
    assert not page.cookies


def test_after_five_minutes_it_goes_on(clock):
    forms(MOST + 1)
    clock.shift(5 * 60)

    assert forms(1) == [200]


@pytest.mark.parametrize("header", ["", "HTTP_X_REAL_IP"])
def test_networks_that_nobody_tells_have_a_larger_share_together(header, settings):
    settings.CLIENT_ADDRESS_HEADER = header
    most = MOST * UNKNOWN_FACTOR

    statuses = forms(most, network=HERE) + forms(1, network=ELSEWHERE)

    assert statuses == [200] * most + [429]


def test_one_customer_does_not_come_from_ever_other_networks(settings):
    """A /48 has 65,536 networks of the size of a home."""
    statuses = [
        status
        for number in range(4 * MOST + 2)
        for status in forms(1, network=f"2a02:a03f:1:{number:x}::1")
    ]

    assert statuses.count(200) <= 4 * MOST
    assert statuses[-1] == 429


def test_who_was_here_before_does_not_wait_for_strangers(person):
    client = Client()
    log_in(client, person.email)
    client.post("/admin/logout/")
    forms(MOST + 1)

    statuses = [log_in(client, person.email, "wrong").status_code for _form in range(MOST + 1)]

    assert statuses == [200] * MOST + [429]
    assert log_in(client, person.email).status_code == 429
