import time
from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from organisations.models import User
from tests.registry_site.accounts.logging_in import PASSWORD, log_in

QUARTER = 15 * 60


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """No test ends in other minutes than it began in, nor after the code that it has."""
    with time_machine.travel(time.time() // QUARTER * QUARTER + 60, tick=True) as clock:
        yield clock


@pytest.fixture
def person(editor_a) -> User:
    editor_a.set_password(PASSWORD)
    editor_a.save()
    return editor_a


@pytest.fixture
def secret(person) -> str:
    """Of the app with which the person takes the second step."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    return secret


@pytest.fixture
def at_the_second_step(person, secret) -> Client:
    """Somebody who has given the right password."""
    client = Client()
    assert log_in(client, person.email).headers["Location"].startswith("/admin/account/2fa/")
    return client
