"""What tests about accounts begin with: an address, a password, a code."""

import re

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

LOGIN = "/admin/account/login/"
PASSWORD = "a long and good one"
ACTIVITIES = "/admin/processing/processingactivity/"
# A network somewhere in the world.
HERE = "62.4.5.6"
ELSEWHERE = "81.2.69.142"
# Any number of people without an account, one after another: a client takes long to make.
STRANGER = Client()


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def log_in(client: Client, email: str, password: str = PASSWORD, *, network=HERE, **extra):
    """The first step."""
    form = {"login": email, "password": password}
    return client.post(LOGIN, form, REMOTE_ADDR=network, **extra)


def send(address: str, form: dict, *, network: str = HERE, **extra):
    """A form of a stranger, who brings no cookie."""
    STRANGER.cookies.clear()
    return STRANGER.post(address, form, REMOTE_ADDR=network, **extra)


def enter(client: Client, code: str):
    """The second step."""
    return client.post("/admin/account/2fa/authenticate/", {"code": code})


def is_in(client: Client) -> bool:
    return client.get(ACTIVITIES).status_code == 200


def confirm(client: Client) -> None:
    """Confirm that it is you, as before a change of the second factor."""
    client.post("/admin/account/reauthenticate/?next=/admin/", {"password": PASSWORD})


def link_in(text: str) -> str:
    """The address in a mail where one chooses a password."""
    return re.search(r"https?://[^/]+(/admin/account/password/\S+)", text)[1]


def choose_password(client: Client, address: str, password: str):
    """Through a link in a mail."""
    form = client.get(address, follow=True).request["PATH_INFO"]
    return client.post(form, {"new_password1": password, "new_password2": password})
