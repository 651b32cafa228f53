"""Browsers in which somebody has logged in before: a cookie of their own tells.

Their attempts are counted apart, so that no stranger can use them up (OWASP calls it a device
cookie). It lets nobody in.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from organisations.models import User

SALT = "accounts.device"
# Half a year after the last log-in.
SECONDS = 180 * 24 * 60 * 60


def remember(response: HttpResponse, person: User) -> None:
    """The browser is one of the person's: who got in there, or came through a link in a mail."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([_owner(person.email), secrets.token_hex(8)], salt=SALT),
        max_age=SECONDS,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def owner_of_device(request: HttpRequest) -> str:
    """Whose browser it is, in a way that tells no address; '' if nobody's."""
    return _read(request)[0]


def device_of(address: str, request: HttpRequest) -> str:
    """Which browser of the account with the address it is; '' if none."""
    owner, device = _read(request)
    return device if owner == _owner(address) else ""


def _owner(address: str) -> str:
    return salted_hmac(SALT, address, algorithm="sha256").hexdigest()


def _read(request: HttpRequest) -> tuple[str, str]:
    try:
        owner, device = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return "", ""
    return owner, device
