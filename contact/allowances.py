"""How often somebody may do something in a day, without knowing who it is."""

import hmac
import secrets
from dataclasses import dataclass
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

    None where nobody said how to tell it (CLIENT_ADDRESS_HEADER): behind a proxy, all visitors
    would be taken for one.
    """
    if not settings.CLIENT_ADDRESS_HEADER:
        return None
    # A list of proxies ends with the one that our own proxy saw.
    told = request.META.get(settings.CLIENT_ADDRESS_HEADER, "").split(",")[-1].strip()
    try:
        address = ip_address(_without_port(told))
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        host_bits = 128 - IPV6_PREFIX
        network = IPv6Address(int(address) >> host_bits << host_bits)
        address = address.ipv4_mapped or network
    return str(address) if address.is_global else None


@dataclass(frozen=True, slots=True)
class Allowances:
    """What may still be done on a day."""

    day: date
    salt: bytes

    @classmethod
    def of_today(cls) -> "Allowances":
        """Makes the day's salt when it is the first; to be called outside a transaction."""
        today = timezone.localdate()
        found = DailySalt.objects.filter(day=today).first()
        if found is None:
            forget_before(today)
            DailySalt.objects.bulk_create(
                [DailySalt(day=today, salt=secrets.token_bytes(32))], ignore_conflicts=True
            )
            found = DailySalt.objects.get(day=today)
        return cls(today, bytes(found.salt))

    def take(self, purpose: str, who: str, *, most: int) -> bool:
        """Use one of the day's; whether there was one left. Undone with the transaction."""
        key = hmac.digest(self.salt, f"{purpose}\n{who}".encode(), "sha256").hex()
        Allowance.objects.bulk_create([Allowance(key=key, day=self.day)], ignore_conflicts=True)
        return bool(Allowance.objects.filter(key=key, used__lt=most).update(used=F("used") + 1))


def forget_before(day: date) -> int:
    """With the salts of earlier days, what was counted under them loses its meaning.

    Gives the number of counts that went. The salts go at once, each by itself, so that nobody who
    holds one waits for a count that somebody else holds.
    """
    DailySalt.objects.filter(day__lt=day).delete()
    return Allowance.objects.before(day).delete()[0]


def _without_port(text: str) -> str:
    """The address in `192.0.2.1:443` and in `[2001:db8::1]:443`."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
