"""How people get into the admin, and how they are kept out."""

import re

import pytest
from django.test import Client

from contact.models import Allowance
from organisations.models import Membership, User
from tests.registry_site.accounts.logging_in import ACTIVITIES, LOGIN, PASSWORD, log_in

pytestmark = pytest.mark.django_db


def test_password_lets_in_and_back_to_where_one_was_going(person):
    client = Client()

    asked = client.get(ACTIVITIES, follow=True)
    response = client.post(
        asked.request["PATH_INFO"] + "?" + asked.request["QUERY_STRING"],
        {
            "login": person.email.upper(),
            "password": PASSWORD,
            "next": ACTIVITIES,
        },
    )

    assert asked.request["PATH_INFO"] == LOGIN
    assert (response.status_code, response.headers["Location"]) == (302, ACTIVITIES)


@pytest.mark.parametrize(
    "after", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"]
)
def test_login_leads_nowhere_else(after, person):
    response = Client().post(LOGIN, {"login": person.email, "password": PASSWORD, "next": after})

    assert "elsewhere" not in response.headers["Location"]
    assert response.headers["Location"].startswith("/admin/")


def test_wrong_password_does_not_tell_whether_there_is_an_account(person):
    known = log_in(Client(), person.email, "wrong")
    unknown = log_in(Client(), "nobody@people.example", "wrong")

    def without_what_was_typed(response) -> str:
        text = re.sub(r'value="[^"]*"', "", response.text)
        return text

    assert known.status_code == unknown.status_code == 200
    assert without_what_was_typed(known) == without_what_was_typed(unknown)


def test_too_many_attempts_close_the_account_for_a_while(person):
    client = Client()
    answers = [log_in(client, person.email, "wrong").status_code for _attempt in range(5)]

    closed = log_in(Client(), person.email, HTTP_ACCEPT_LANGUAGE="fr")

    assert answers == [200] * 5
    assert closed.status_code == 429
    assert "Trop de tentatives" in closed.text
    assert 0 < int(closed.headers["Retry-After"]) <= 15 * 60
    assert "no-store" in closed.headers["Cache-Control"]
    assert client.get(ACTIVITIES).status_code == 302


def test_other_spellings_of_the_address_are_the_same_account(person):
    person.email = "jan@faß.example"
    person.save()
    client = Client()
    spellings = ["jan@faß.example", "JAN@FAẞ.example", "jan@ｆaß.example", "jan@XN--fa-hia.example"]
    for spelling in [*spellings, "Jan@faß.example "]:
        log_in(client, spelling, "wrong")
    closed = log_in(Client(), "jan@xn--fa-hia.example")
    Allowance.objects.all().delete()

    assert closed.status_code == 429
    assert log_in(Client(), "jan@faß.example").status_code == 302
    assert log_in(Client(), "jan@fass.example").status_code == 200


def test_account_without_a_role_does_not_come_in(person):
    Membership.objects.all().delete()
    client = Client()

    log_in(client, person.email)

    assert client.get(ACTIVITIES).status_code == 302
    assert client.get("/admin/login/").status_code == 403


def test_inactive_account_does_not_come_in(person):
    client = Client()
    log_in(client, person.email)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get(ACTIVITIES).status_code == 302


def test_language_of_the_person_is_that_of_the_admin(person):
    client = Client()
    client.force_login(person)

    client.post("/admin/account/language/", {"language": "de", "next": ACTIVITIES})
    page = client.get(ACTIVITIES, HTTP_ACCEPT_LANGUAGE="nl")

    person.refresh_from_db()
    assert person.language == "de"
    assert '<html lang="de"' in page.text
    assert page.headers["Content-Language"] == "de"
    assert client.post("/admin/account/language/", {"language": "xx"}).status_code == 404


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_pages_before_login_are_in_the_language_of_the_browser(language):
    page = Client().get(LOGIN, HTTP_ACCEPT_LANGUAGE=language)

    assert f'<html lang="{language}"' in page.text


def test_refusal_is_in_the_language_and_manner_of_the_site(person):
    page = log_in(Client(), person.email, "wrong", HTTP_ACCEPT_LANGUAGE="nl").text

    assert "Het e-mailadres of het wachtwoord is niet juist." in page


def test_too_many_confirmations_get_an_answer(person):
    client = Client()
    log_in(client, person.email)
    answers = [
        client.post("/admin/account/reauthenticate/", {"password": "wrong"}).status_code
        for _attempt in range(7)
    ]

    assert answers == [200] * 5 + [429] * 2


def test_nobody_signs_up():
    for address in ("signup/", "email/", "password/change/", "confirm-email/"):
        assert Client().get(f"/admin/account/{address}", follow=True).status_code in (200, 404)
    assert User.objects.count() == 0


def test_log_in_leaves_no_address_of_a_person_in_the_logs(person, caplog):
    for password in ("wrong", PASSWORD):
        log_in(Client(), person.email, password)

    assert not any(person.email in record.getMessage() for record in caplog.records)
