"""Who reads the database learns no secret of a second factor."""

import io
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client

from organisations.models import User
from tests.registry_site.accounts.logging_in import code_of, confirm, enter, is_in, log_in

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SEED = "0123456789abcdef" * 5


def stored() -> str:
    """All that the database holds of second factors, those that are being set up too."""
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    return str(list(Authenticator.objects.values_list("data", flat=True))) + "".join(sessions)


@pytest.fixture
def plain(person) -> User:
    """Somebody whose second factor was stored before secrets were encrypted."""
    values = {"totp": {"secret": SECRET}, "recovery_codes": {"seed": SEED, "used_mask": 1}}
    for kind, data in values.items():
        Authenticator.objects.create(user=person, type=kind, data=data)
    return person


def recovery_codes(person: User) -> list[str]:
    return RecoveryCodes(person.authenticator_set.get(type="recovery_codes")).get_unused_codes()


def log_in_with(person: User, code: str) -> bool:
    client = Client()
    log_in(client, person.email)
    enter(client, code)
    return is_in(client)


def test_secret_of_an_app_is_never_stored_as_it_is(person):
    client = Client()
    log_in(client, person.email)
    confirm(client)
    address = "/admin/account/2fa/totp/activate/"
    secret = re.search(r'id="authenticator_secret">(\w+)<', client.get(address).text)[1]
    while_setting_up = stored()
    shown_again = client.post(address, {"code": "wrong"}).text
    client.post(address, {"code": code_of(secret)})

    assert f'id="authenticator_secret">{secret}<' in shown_again
    assert Authenticator.objects.filter(user=person).count() == 2
    assert secret not in while_setting_up + stored()
    assert not re.search("seed': '[0-9a-f]+'", stored())


def test_encrypted_secret_makes_the_same_codes(person, clock):
    TOTP.activate(person, SECRET)

    assert SECRET not in stored()
    assert log_in_with(person, code_of(SECRET))


def test_earlier_secret_works_and_is_encrypted_when_it_is_used(plain):
    assert log_in_with(plain, code_of(SECRET))

    assert SECRET not in stored()
    assert SEED in stored()


def test_earlier_recovery_codes_work_and_stay_used(plain):
    first, second = recovery_codes(plain)[:2]

    assert log_in_with(plain, first)
    assert SEED not in stored()
    assert not log_in_with(plain, first)
    assert log_in_with(plain, second)


def test_command_encrypts_what_nobody_uses(plain):
    codes = recovery_codes(plain)

    call_command("encrypt_second_factors", stdout=io.StringIO())

    assert SECRET not in stored()
    assert SEED not in stored()
    assert recovery_codes(plain) == codes
    assert log_in_with(plain, code_of(SECRET))


@pytest.mark.parametrize(
    ("before", "meanwhile", "after"),
    [
        # A new SECRET_KEY, the earlier one as fallback, then without it.
        (
            {"SECRET_KEY": "old"},
            {"SECRET_KEY": "new", "SECRET_KEY_FALLBACKS": ["old"]},
            {"SECRET_KEY": "new"},
        ),
        # A key of its own, then another.
        ({"SECRET_KEY": "old"}, {"MFA_KEYS": ["own"], "SECRET_KEY": "old"}, {"MFA_KEYS": ["own"]}),
        ({"MFA_KEYS": ["own"]}, {"MFA_KEYS": ["next", "own"]}, {"MFA_KEYS": ["next"]}),
    ],
)
def test_keys_can_change(before, meanwhile, after, person, settings, clock):
    def use(values: dict) -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS, settings.MFA_KEYS = "other", [], []
        for name, value in values.items():
            setattr(settings, name, value)

    use(before)
    TOTP.activate(person, SECRET)
    use(meanwhile)
    still = log_in_with(person, code_of(SECRET))
    clock.shift(30)
    call_command("encrypt_second_factors", stdout=io.StringIO())
    use(after)

    assert still
    assert log_in_with(person, code_of(SECRET))


def test_lost_key_is_told_to_the_operator(person, settings):
    TOTP.activate(person, SECRET)
    settings.SECRET_KEY = "another"

    with pytest.raises(ImproperlyConfigured, match="MFA_KEY"):
        log_in_with(person, code_of(SECRET))


def test_same_secret_is_stored_in_another_way_each_time(person, publisher_a):
    for somebody in (person, publisher_a):
        TOTP.activate(somebody, SECRET)

    first, second = Authenticator.objects.values_list("data__secret", flat=True)
    assert first != second
