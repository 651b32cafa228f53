"""What the site keeps about log-ins, beside accounts, second factors and sessions."""

from django.db import models
from django.utils import timezone

from organisations.models import User


class SecondStep(models.Model):
    """How the second step of somebody's log-in went: one row, whatever process is asked."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="second_step"
    )
    # Wrong codes after the right password.
    failures = models.PositiveSmallIntegerField(default=0)
    counted_since = models.DateTimeField(default=timezone.now)
    # Until somebody unlocks it.
    locked_at = models.DateTimeField(null=True, blank=True)
    # Of the last code that was right (RFC 6238, 5.2): none that is as old works again.
    last_counter = models.PositiveBigIntegerField(default=0)

    PUBLIC = ()
    INTERNAL = ("user", "failures", "counted_since", "locked_at", "last_counter")

    def __str__(self) -> str:
        return f"{self.user}: {self.failures}"

    def unlock(self) -> None:
        self.failures, self.counted_since, self.locked_at = 0, timezone.now(), None
        self.save(update_fields=["failures", "counted_since", "locked_at"])


class Notice(models.Model):
    """A mail that somebody's account is about to get, written when mail is sent.

    Strangers ask for these, so there is one for an address without an account as well: nobody
    learns from the time that a page takes who has an account.
    """

    class About(models.TextChoices):
        # With which somebody chooses a new password.
        LINK = "link"
        # Of many wrong passwords.
        WARNING = "warning"

    about = models.CharField(max_length=20, choices=About.choices)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")

    PUBLIC = ()
    INTERNAL = ("about", "user")

    def __str__(self) -> str:
        return self.about
