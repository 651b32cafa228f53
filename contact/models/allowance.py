from datetime import date

from django.db import models


class DailySalt(models.Model):
    """What makes the keys of a day: once it is gone, nobody can tell whom they stood for."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)

    PUBLIC = ()
    INTERNAL = ("day", "salt")

    def __str__(self) -> str:
        return str(self.day)


class AllowanceQuerySet(models.QuerySet):
    def before(self, day: date) -> "AllowanceQuerySet":
        return self.filter(day__lt=day)


class Allowance(models.Model):
    """How often something was done today or in a part of it, by whom only the day's salt tells."""

    key = models.CharField(primary_key=True, max_length=64)
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    objects = AllowanceQuerySet.as_manager()

    PUBLIC = ()
    INTERNAL = ("key", "day", "used")

    def __str__(self) -> str:
        return f"{self.used} on {self.day}"
