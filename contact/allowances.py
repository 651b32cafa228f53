"""How often somebody may do something in a day or less, without knowing who it is."""

import hmac
import secrets
import time
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F
from django.utils import timezone

from contact.models import Allowance, DailySalt


@dataclass(frozen=True, slots=True)
class Allowances:
    """What may still be done on a day, or in a part of it."""

    day: date
    salt: bytes
    # Which part, for those that begin anew during the day.
    part: str = ""

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

    @classmethod
    def of_these(cls, minutes: int) -> "Allowances":
        """Those of the minutes that it is now: an hour has four times fifteen of them."""
        part = int(time.time()) // (minutes * 60)
        return replace(cls.of_today(), part=f"\n{minutes}\n{part}")

    def take(self, purpose: str, who: str, *, most: int) -> bool:
        """Use one of them; whether there was one left. Undone with the transaction."""
        key = self._key(purpose, who)
        Allowance.objects.bulk_create([Allowance(key=key, day=self.day)], ignore_conflicts=True)
        return bool(Allowance.objects.filter(key=key, used__lt=most).update(used=F("used") + 1))

    def forget(self, purpose: str, who: str) -> None:
        """Nothing was used."""
        Allowance.objects.filter(key=self._key(purpose, who)).delete()

    def _key(self, purpose: str, who: str) -> str:
        return hmac.digest(self.salt, f"{purpose}\n{who}{self.part}".encode(), "sha256").hex()


def seconds_left(minutes: int) -> int:
    """After how many seconds the next such minutes begin."""
    return minutes * 60 - int(time.time()) % (minutes * 60)


def forget_before(day: date) -> int:
    """With the salts of earlier days, what was counted under them loses its meaning.

    Gives the number of counts that went. The salts go at once, each by itself, so that nobody who
    holds one waits for a count that somebody else holds.
    """
    DailySalt.objects.filter(day__lt=day).delete()
    return Allowance.objects.before(day).delete()[0]
