"""The second step of the log-in: a code from an app, or a recovery code."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from tests.registry_site.accounts.logging_in import ACTIVITIES, PASSWORD, code_of, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings):
    settings.TWO_FACTOR = True


@pytest.fixture
def secret(person) -> str:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    return secret


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


def test_recovery_code_works_once(person, secret):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        first = log_in(client, person.email)
        used = client.post(first.headers["Location"], {"code": code})
        assert used.status_code == expected


def test_second_step_cannot_be_guessed(person, secret):
    client = Client()
    first = log_in(client, person.email)
    for number in range(12):
        client.post(first.headers["Location"], {"code": f"{number:06}"})

    client.post(first.headers["Location"], {"code": code_of(secret)})

    assert client.get(ACTIVITIES).status_code == 302


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
