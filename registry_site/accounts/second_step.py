"""The second step of the log-in: a code works once, and wrong ones end in a lock.

Counted in the database, under a lock of the row: it is the same whichever process is asked, and
nobody can push it out. Who gets here knows the password, so a lock is no way for strangers to keep
somebody out, and means that the password is known to somebody else.
"""

from datetime import timedelta

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone

from organisations import mail
from organisations.models import User
from registry_site.accounts.encryption import encrypt_anew
from registry_site.accounts.models import SecondStep

# So many wrong codes lock the second step, until somebody unlocks it. A code that is right forgives
# none of them, or somebody could guess between two log-ins of the person, year after year.
MOST = 30
FORGOTTEN_AFTER = timedelta(days=30)
# What is left after a new password, which only the mailbox gives: whoever knew the old one is out,
# and whoever reads the mailbox gets as many guesses a link and no more.
LEFT_AFTER_A_NEW_PASSWORD = 3


class Locked(Exception):
    """Too many codes were wrong."""


def accepted(person: User, code: str) -> Authenticator | None:
    """What the code is of; None for one that is wrong or was used. Raises Locked.

    To be called outside a transaction: what was counted must stay.
    """
    SecondStep.objects.bulk_create([SecondStep(user=person)], ignore_conflicts=True)
    with transaction.atomic():
        step = SecondStep.objects.select_for_update(of=("self",)).get(user=person)
        if not step.locked_at:
            for authenticator in Authenticator.objects.filter(user=person):
                if _is_right(code, authenticator, step):
                    # With what using it has changed.
                    authenticator.refresh_from_db()
                    encrypt_anew(authenticator, only_plain=True)
                    return authenticator
            _count_failure(step)
    if step.locked_at:
        raise Locked
    return None


def use_up_current_code(person: User) -> None:
    """With the code that set up an app nobody logs in."""
    SecondStep.objects.update_or_create(
        user=person, defaults={"last_counter": max(yield_hotp_counters_from_time())}
    )


def ease_after_new_password(person: User) -> None:
    """The person chose a new password through a link in a mail."""
    SecondStep.objects.filter(user=person, locked_at__isnull=False).update(
        locked_at=None, failures=Least(F("failures"), MOST - LEFT_AFTER_A_NEW_PASSWORD)
    )


def _is_right(code: str, authenticator: Authenticator, step: SecondStep) -> bool:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        # Each works once: allauth keeps which ones were used, under a lock.
        return authenticator.wrap().validate_code(code)
    secret = decrypt(authenticator.data["secret"])
    for counter in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, counter))
        if counter > step.last_counter and compare_user_code(actual=code, expected=expected):
            step.last_counter = counter
            step.save(update_fields=["last_counter"])
            return True
    return False


def _count_failure(step: SecondStep) -> None:
    now = timezone.now()
    if step.counted_since < now - FORGOTTEN_AFTER:
        step.failures, step.counted_since = 0, now
    step.failures += 1
    if step.failures >= MOST:
        step.locked_at = now
        address = mail.admin_address(reverse("admin_password_reset"))
        mail.send([step.user], "mail/second_step_locked.txt", {"address": address})
    step.save()
