"""How often somebody may do something in a day, without knowing who it is."""

import hmac
import secrets
from datetime import date
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from contact.models import Allowance, DailySalt

# A home has a whole network of this size (RFC 6177).
IPV6_PREFIX = 64


def network_of(request: HttpRequest) -> str | None:
    """The visitor's network: an IPv4 address, or the first half of an IPv6 address.

    None where that cannot be told apart: behind a proxy that does not say whom it speaks for
    (CLIENT_ADDRESS_HEADER), everybody seems to come from there.
    """
    name = settings.CLIENT_ADDRESS_HEADER or "REMOTE_ADDR"
    try:
        # A list of proxies ends with the one that our own proxy saw.
        address = ip_address(request.META.get(name, "").split(",")[-1].strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        host_bits = 128 - IPV6_PREFIX
        network = IPv6Address(int(address) >> host_bits << host_bits)
        address = address.ipv4_mapped or network
    return str(address) if address.is_global else None


def take(purpose: str, who: str, *, most: int) -> bool:
    """Use one of the day's allowance; whether there was one left. Undone with the transaction."""
    today = timezone.localdate()
    key = hmac.digest(_salt_of(today), f"{purpose}\n{who}".encode(), "sha256").hex()
    Allowance.objects.bulk_create([Allowance(key=key, day=today)], ignore_conflicts=True)
    return bool(Allowance.objects.filter(key=key, used__lt=most).update(used=F("used") + 1))


def _salt_of(day: date) -> bytes:
    salt = DailySalt.objects.filter(day=day).first()
    if salt is None:
        # A new day: with the old salts, what was counted under them loses its meaning.
        DailySalt.objects.filter(day__lt=day).delete()
        Allowance.objects.before(day).delete()
        DailySalt.objects.bulk_create(
            [DailySalt(day=day, salt=secrets.token_bytes(32))], ignore_conflicts=True
        )
        salt = DailySalt.objects.get(day=day)
    return bytes(salt.salt)
