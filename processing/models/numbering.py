from django.db import models
from django.db.models import F
from django.db.models.functions import Greatest

from organisations.models import Organisation


class NumberCounter(models.Model):
    """The last number that a body gave to an activity: a deleted draft's number never returns."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    last = models.PositiveIntegerField(default=0)

    PUBLIC = ()
    INTERNAL = ("organisation", "last")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.last}"

    @classmethod
    def take(cls, organisation_id: int, number: int | None) -> int:
        """Count the given number as used, or give the next one; run it in a transaction."""
        counter = cls.objects.filter(organisation_id=organisation_id)
        cls.objects.get_or_create(organisation_id=organisation_id)
        # The update locks the row: two new activities of a body take turns.
        counter.update(last=F("last") + 1 if number is None else Greatest("last", number))
        return counter.values_list("last", flat=True).get() if number is None else number

    @classmethod
    def take_several(cls, organisation_id: int, count: int) -> range:
        """Give the next numbers; run it in a transaction."""
        counter = cls.objects.filter(organisation_id=organisation_id)
        cls.objects.get_or_create(organisation_id=organisation_id)
        counter.update(last=F("last") + count)
        last = counter.values_list("last", flat=True).get()
        return range(last - count + 1, last + 1)
