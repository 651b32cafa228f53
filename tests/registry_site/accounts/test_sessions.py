"""How long somebody stays logged in, and what ends it."""

import os
import re
import subprocess
import sys

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.mails import delivered
from tests.registry_site.accounts.logging_in import (
    ACTIVITIES,
    PASSWORD,
    choose_password,
    code_of,
    confirm,
    enter,
    is_in,
    link_in,
    log_in,
    send,
)
from tests.running_site import ROOT

pytestmark = pytest.mark.django_db

MINUTE = 60
HOUR = 60 * MINUTE


def logged_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def here(person) -> Client:
    client = Client()
    log_in(client, person.email)
    return client


@pytest.fixture
def elsewhere(person) -> Client:
    return logged_in(person)


def test_session_ends_without_activity(here, settings):
    page = here.get(ACTIVITIES)

    assert page.status_code == 200
    session = here.session
    assert session.get_expiry_age() <= settings.SESSION_MINUTES * 60
    assert session.get_expire_at_browser_close()
    session.set_expiry(-1)
    session.save()
    assert here.get(ACTIVITIES).status_code == 302


def test_busy_session_ends_too(here, clock):
    statuses = []
    for _half_hour in range(25):
        statuses.append(here.get(ACTIVITIES).status_code)
        clock.shift(29 * MINUTE + 30)

    # Just under half an hour each: the twelve hours are over at the last.
    assert statuses == [200] * 25
    assert here.get(ACTIVITIES).status_code == 302
    assert here.get(ACTIVITIES).status_code == 302


def test_new_log_in_begins_anew(here, clock, person):
    for _half_hour in range(30):
        clock.shift(29 * MINUTE)
        here.get(ACTIVITIES)

    log_in(here, person.email)

    assert is_in(here)


def test_what_was_typed_survives_the_end_of_a_long_session(here, clock):
    for _half_hour in range(26):
        clock.shift(29 * MINUTE)
        here.get("/admin/account/alive/")

    answer = here.post(
        f"{ACTIVITIES}add/", {"name_en": "Typed"}, headers={"Origin": "http://testserver"}
    )

    assert answer.status_code == 403
    assert "Typed" in answer.text


def test_public_pages_look_for_no_session(visitor):
    response = visitor.get("/en/about/")

    assert "Cookie" not in response.headers.get("Vary", "")


def test_changed_password_ends_the_other_sessions(here, elsewhere):
    new = {"new_password1": "quite another one", "new_password2": "quite another one"}

    here.post("/admin/password_change/", new | {"old_password": PASSWORD})

    assert is_in(here)
    assert not is_in(elsewhere)


def test_new_password_by_mail_ends_all_sessions(here, elsewhere, person):
    send("/admin/account/password/", {"email": person.email})

    choose_password(Client(), link_in(delivered()[-1].body), "quite another one")

    assert not is_in(here)
    assert not is_in(elsewhere)


@pytest.mark.django_db(transaction=True)
def test_change_of_the_second_factor_ends_the_other_sessions(person, clock):
    here, elsewhere = logged_in(person), logged_in(person)
    confirm(here)
    page = here.get("/admin/account/2fa/totp/activate/").text
    secret = re.search(r'id="authenticator_secret">(\w+)<', page)[1]
    ended = []

    here.post("/admin/account/2fa/totp/activate/", {"code": code_of(secret)})
    ended.append((is_in(here), is_in(elsewhere)))
    elsewhere = logged_in(person)
    here.post("/admin/account/2fa/recovery-codes/generate/")
    ended.append((is_in(here), is_in(elsewhere)))
    elsewhere = logged_in(person)
    here.post("/admin/account/2fa/totp/deactivate/")
    ended.append((is_in(here), is_in(elsewhere)))

    assert ended == [(True, False)] * 3


def test_second_factor_that_an_administrator_takes_away_ends_all_sessions(
    here, elsewhere, person, administrator
):
    central = logged_in(administrator)

    central.post(
        reverse("admin:organisations_user_changelist"),
        {"action": "forget_second_factor", "_selected_action": person.pk},
    )

    assert not is_in(here)
    assert not is_in(elsewhere)


def test_administrator_logs_somebody_out(here, elsewhere, person, administrator):
    logged_in(administrator).post(
        reverse("admin:organisations_user_changelist"),
        {"action": "log_out", "_selected_action": person.pk},
    )

    assert not is_in(here)
    assert not is_in(elsewhere)


def test_person_logs_out_everywhere_else_after_a_confirmation(here, elsewhere):
    address = "/admin/account/elsewhere/"
    asked = here.post(address)
    still = is_in(elsewhere)
    confirm(here)

    done = here.post(address)

    assert f'action="{address}"' in here.get("/admin/account/2fa/").text
    assert asked.headers["Location"].startswith("/admin/account/reauthenticate/")
    assert still
    assert done.status_code == 200
    assert is_in(here)
    assert not is_in(elsewhere)


def test_confirmation_renews_the_session(here):
    before = here.cookies["sessionid"].value

    confirm(here)

    assert is_in(here)
    assert here.cookies["sessionid"].value != before
    assert not Session.objects.filter(pk=before).exists()


def test_sessions_outlive_a_new_key_of_the_site(here, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"

    assert is_in(here)


@pytest.mark.parametrize(
    "part", ["totp/deactivate/", "recovery-codes/generate/", "recovery-codes/"]
)
def test_second_factor_is_changed_and_seen_only_after_a_confirmation(
    part, person, secret, at_the_second_step, clock
):
    client = at_the_second_step
    enter(client, code_of(secret))
    RecoveryCodes.activate(person)
    address = f"/admin/account/2fa/{part}"

    before = client.get(address)
    posted = client.post(address)
    confirm(client)
    after = client.get(address)
    clock.shift(6 * MINUTE)
    later = client.get(address)

    assert before.headers["Location"].startswith("/admin/account/reauthenticate/")
    assert posted.status_code in (302, 405)
    assert after.status_code == 200
    assert later.headers["Location"].startswith("/admin/account/reauthenticate/")


def test_every_page_of_an_account_offers_to_log_out(here):
    for address in ("2fa/", "2fa/totp/activate/", "reauthenticate/"):
        page = here.get(f"/admin/account/{address}", follow=True).text
        assert '<form id="logout-form" method="post" action="/admin/logout/">' in page, address


def test_log_out_takes_a_form(here):
    asked = here.get("/admin/logout/")
    stayed = is_in(here)
    here.post("/admin/logout/")

    assert asked.status_code == 405
    assert stayed
    assert not is_in(here)


@pytest.mark.parametrize(("https", "prefix"), [("1", "__Secure-"), ("0", "")])
def test_cookies_over_https_have_names_that_only_this_site_can_set(https, prefix):
    """Their names and attributes, from a process with other settings."""
    code = """
import django; django.setup()
from django.conf import settings
from django.http import HttpResponse
from registry_site.accounts.devices import remember
from organisations.models import User
response = HttpResponse()
remember(response, User(email="x@people.example"))
print(response.cookies.output(header=""))
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.MESSAGE_STORAGE)
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.CSRF_COOKIE_HTTPONLY)
"""
    environment = os.environ | {
        "HTTPS": https,
        "DJANGO_SETTINGS_MODULE": "registry_site.settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    device, names, attributes = done.stdout.strip().splitlines()
    storage = "django.contrib.messages.storage.session.SessionStorage"
    assert device.strip().startswith(f"{prefix}device=")
    assert {"HttpOnly", "Path=/admin/", "SameSite=Lax"} <= set(device.split("; "))
    assert ("Secure" in device.split("; ")) is (https == "1")
    assert names == f"{prefix}sessionid {prefix}csrftoken {storage}"
    assert attributes == f"{https == '1'} {https == '1'} True"


def test_no_other_cookie_is_set(here, person):
    here.post("/admin/account/language/", {"language": "de", "next": ACTIVITIES})

    assert set(here.cookies) <= {"sessionid", "csrftoken", "device"}
    assert here.cookies["sessionid"]["httponly"]
    assert here.cookies["sessionid"]["samesite"] == "Lax"
