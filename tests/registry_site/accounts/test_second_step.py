"""The second step of the log-in: a code from an app, or a recovery code."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from organisations.models import User
from registry_site.accounts.models import SecondStep
from tests.mails import delivered
from tests.registry_site.accounts.logging_in import (
    ACTIVITIES,
    LOGIN,
    PASSWORD,
    choose_password,
    code_of,
    confirm,
    enter,
    is_in,
    link_in,
    log_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings):
    settings.TWO_FACTOR = True


def test_nobody_works_without_one(person):
    client = Client()
    log_in(client, person.email)

    response = client.get(ACTIVITIES, follow=True)

    assert response.request["PATH_INFO"] in (
        "/admin/account/reauthenticate/",
        "/admin/account/2fa/totp/activate/",
    )
    assert client.post(f"{ACTIVITIES}add/", {}).status_code == 302


def test_set_up_gives_recovery_codes_and_access(person):
    client = Client()
    log_in(client, person.email)
    client.post(
        "/admin/account/reauthenticate/?next=/admin/account/2fa/totp/activate/",
        {"password": PASSWORD},
    )
    page = client.get("/admin/account/2fa/totp/activate/").text
    secret = re.search(r'id="authenticator_secret">(\w+)<', page)[1]

    wrong = client.post("/admin/account/2fa/totp/activate/", {"code": "000000"})
    right = client.post("/admin/account/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)

    assert 'src="data:image/svg+xml;base64,' in page
    assert wrong.status_code == 200
    assert len(re.findall(r"<li><code>", right.text)) == 10
    assert client.get(ACTIVITIES).status_code == 200


def test_code_is_asked_for_at_the_next_login(person, secret):
    client = Client()

    first = log_in(client, person.email)
    outside = client.get(ACTIVITIES)
    wrong = client.post(first.headers["Location"], {"code": "123456"})
    right = client.post(first.headers["Location"], {"code": code_of(secret)})

    assert first.headers["Location"].startswith("/admin/account/2fa/authenticate/")
    assert outside.status_code == 302
    assert wrong.status_code == 200
    assert right.status_code == 302
    assert client.get(ACTIVITIES).status_code == 200


def as_another_process() -> None:
    """What a process keeps for itself, another does not have."""
    cache.clear()


def begin_again(person: User) -> Client:
    """A new log-in, with the right password."""
    client = Client()
    log_in(client, person.email)
    return client


def enter_wrong_codes(person: User, number: int) -> list[int]:
    """The statuses, each asked of another process."""
    client = begin_again(person)
    statuses = []
    for code in range(number):
        as_another_process()
        # None of them is right at this hour, or it would be a miracle.
        statuses.append(enter(client, f"x{code}").status_code)
    return statuses


def test_code_works_once(person, secret):
    code = code_of(secret)
    first, second = begin_again(person), begin_again(person)

    enter(first, code)
    as_another_process()
    again = enter(second, code)

    assert is_in(first)
    assert again.status_code == 200
    assert not is_in(second)


def test_older_code_than_one_that_was_used_does_not_work(person, secret, clock):
    old = code_of(secret)
    clock.shift(30)
    enter(begin_again(person), code_of(secret))
    clock.shift(-30)
    late = begin_again(person)

    enter(late, old)

    assert not is_in(late)


@pytest.mark.django_db(transaction=True)
def test_code_that_set_up_an_app_does_not_log_in(person):
    client = begin_again(person)
    confirm(client)
    page = client.get("/admin/account/2fa/totp/activate/").text
    code = code_of(re.search(r'id="authenticator_secret">(\w+)<', page)[1])
    client.post("/admin/account/2fa/totp/activate/", {"code": code})
    other = begin_again(person)

    enter(other, code)

    assert is_in(client)
    assert not is_in(other)


def test_recovery_code_works_once(person, secret):
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    first, second = begin_again(person), begin_again(person)

    enter(first, code)
    as_another_process()
    again = enter(second, code)

    assert is_in(first)
    assert again.status_code == 200
    assert not is_in(second)


def test_code_that_confirms_who_it_is_works_once_too(person, secret, clock):
    client = begin_again(person)
    enter(client, code_of(secret))
    clock.shift(30)
    code = code_of(secret)
    address = "/admin/account/2fa/reauthenticate/?next=/admin/"

    statuses = [client.post(address, {"code": code}).status_code for _attempt in range(2)]

    assert statuses == [302, 200]


def test_wrong_codes_lock_the_second_step_for_good(person, secret, clock):
    statuses = enter_wrong_codes(person, 30)
    clock.shift(24 * 60 * 60)
    later = begin_again(person)

    refused = enter(later, code_of(secret))

    assert statuses == [200] * 29 + [403]
    assert refused.status_code == 403
    assert "no-store" in refused.headers["Cache-Control"]
    assert not is_in(later)


def test_person_is_told_of_the_lock_once(person, secret):
    enter_wrong_codes(person, 33)

    (message,) = delivered()

    assert message.to == [person.email]
    assert "http://testserver/admin/account/password/" in message.body


def test_right_code_forgives_no_wrong_ones(person, secret):
    enter_wrong_codes(person, 29)
    enter(begin_again(person), code_of(secret))

    (last,) = enter_wrong_codes(person, 1)

    assert last == 403


def test_wrong_codes_are_forgotten_after_a_month(person, secret, clock):
    enter_wrong_codes(person, 29)
    clock.shift(30 * 24 * 60 * 60 + 60)

    assert enter_wrong_codes(person, 2) == [200, 200]


@pytest.mark.django_db(transaction=True)
def test_codes_that_arrive_at_once_are_looked_at_one_by_one(person, secret):
    code = code_of(secret)
    people = [begin_again(person) for _number in range(6)]
    start = Barrier(len(people))

    def enter_at_once(client: Client) -> int:
        start.wait(timeout=30)
        try:
            return enter(client, code).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        statuses = sorted(threads.map(enter_at_once, people))

    assert statuses == [200] * 5 + [302]
    assert SecondStep.objects.get().failures == 5


def test_new_password_unlocks_for_few_attempts(person, secret):
    enter_wrong_codes(person, 30)
    Client().post("/admin/account/password/", {"email": person.email})
    choose_password(Client(), link_in(delivered()[-1].body), PASSWORD)
    client = begin_again(person)

    enter(client, code_of(secret))
    statuses = enter_wrong_codes(person, 3)

    assert is_in(client)
    assert statuses == [200, 200, 403]


def test_new_password_gives_nothing_to_who_is_not_locked(person, secret):
    enter_wrong_codes(person, 28)
    Client().post("/admin/account/password/", {"email": person.email})
    choose_password(Client(), link_in(delivered()[-1].body), PASSWORD)

    assert enter_wrong_codes(person, 2) == [200, 403]


def test_central_administrator_unlocks(person, secret, administrator, settings):
    enter_wrong_codes(person, 30)
    settings.TWO_FACTOR = False
    central = Client()
    central.force_login(administrator)
    client = begin_again(person)

    page = central.post(
        reverse("admin:organisations_user_changelist"),
        {"action": "unlock_second_step", "_selected_action": person.pk},
        follow=True,
    )
    enter(client, code_of(secret))

    assert "can log in again" in page.text
    assert is_in(client)


def test_operator_unlocks(person, secret):
    enter_wrong_codes(person, 30)
    client = begin_again(person)

    call_command("unlock_second_step", person.email.upper(), stdout=io.StringIO())
    enter(client, code_of(secret))

    assert is_in(client)
    with pytest.raises(CommandError):
        call_command("unlock_second_step", person.email)


def test_second_step_ends_when_the_password_changes(person, secret, at_the_second_step):
    person.set_password("another one, also long")
    person.save()

    answer = enter(at_the_second_step, code_of(secret))

    assert answer.headers["Location"] == LOGIN
    assert not is_in(at_the_second_step)
    # Nor does the next attempt find anything.
    assert enter(at_the_second_step, code_of(secret)).headers["Location"] == LOGIN


def test_each_step_renews_the_session(person, secret):
    client = Client()
    # As somebody left it in the browser who wants to share the session.
    client.cookies["sessionid"] = planted = new_session()
    log_in(client, person.email)
    after_the_password = client.cookies["sessionid"].value
    enter(client, code_of(secret))
    after_the_code = client.cookies["sessionid"].value

    assert len({planted, after_the_password, after_the_code}) == 3
    assert not Session.objects.filter(pk__in=[planted, after_the_password]).exists()


def new_session() -> str:
    session = SessionStore()
    session["something"] = "planted"
    session.save()
    return session.session_key


def test_nonsense_at_the_second_step_gets_an_answer(person, secret):
    client = Client()
    first = log_in(client, person.email)

    for data in ({}, {"code": ""}, {"code": "x" * 5000}, {"credential": "{}"}):
        assert client.post(first.headers["Location"], data).status_code in (200, 302, 400)


def test_central_administrator_lets_somebody_start_anew(person, secret, administrator, settings):
    settings.TWO_FACTOR = False
    central = Client()
    central.force_login(administrator)

    central.post(
        reverse("admin:organisations_user_changelist"),
        {"action": "forget_second_factor", "_selected_action": person.pk},
    )

    assert not Authenticator.objects.filter(user=person).exists()
