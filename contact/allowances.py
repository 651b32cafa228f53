"""How often somebody may do something in a day, without knowing who it is."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from contact.models import Allowance, DailySalt


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
