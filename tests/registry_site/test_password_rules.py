"""Which passwords people may choose, and that they are compared as they were typed."""

import pytest
from django.test import Client

from organisations.models import User
from tests import factories

pytestmark = pytest.mark.django_db

CHANGE = "/admin/password_change/"
OLD = "the old and long one"
# No rule about signs; 100 characters.
LONG = "Ünder_ the *bridge* 桥 no rule holds " * 3
LONG = LONG[:99].rstrip() + "!"


@pytest.fixture
def person() -> User:
    person = factories.create_administrator()
    person.set_password(OLD)
    person.save()
    return person


@pytest.fixture
def client(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def change(client: Client, old: str, new: str) -> int:
    form = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(CHANGE, form).status_code


@pytest.mark.parametrize(
    "new", ["seven77", "password123", "qwertyuiop", "administrator@people.example", "83619472550"]
)
def test_weak_password_is_refused(new, client, person):
    person.email = "administrator@people.example"
    person.save()

    assert change(client, OLD, new) == 200
    person.refresh_from_db()
    assert person.check_password(OLD)


def test_changing_a_password_takes_the_old_one(client, person):
    refused = change(client, "not the old one", LONG)
    changed = change(client, OLD, LONG)

    person.refresh_from_db()
    assert (refused, changed) == (200, 302)
    assert person.check_password(LONG)


def test_password_is_compared_as_it_was_typed(client, person):
    change(client, OLD, f" {LONG} ")

    typed = [f" {LONG} ", LONG, f" {LONG.upper()} ", f" {LONG[:72]}"]
    answers = [
        Client().post("/admin/account/login/", {"login": person.email, "password": password})
        for password in typed
    ]

    assert [answer.status_code for answer in answers] == [302, 200, 200, 200]


def test_fields_for_passwords_hide_them_and_help_password_managers(client):
    log_in = Client().get("/admin/account/login/").text
    page = client.get(CHANGE).text

    assert log_in.count('type="password"') == 1
    assert 'autocomplete="current-password"' in log_in
    assert page.count('type="password"') == 3
    assert page.count('autocomplete="new-password"') == 2
