from django.contrib.postgres.fields import ArrayField
from django.db import models


class Revision(models.Model):
    """How often something that citizens can see has changed, per area.

    Triggers in the database advance it in the transaction of the change, so nothing can forget to.
    """

    class Area(models.TextChoices):
        ORGANISATIONS = "organisations"
        CODE_LISTS = "code_lists"
        PUBLICATIONS = "publications"

    area = models.CharField(max_length=20, primary_key=True, choices=Area.choices)
    number = models.PositiveBigIntegerField()
    # The last numbers: who knows one of them misses only the changes since.
    recent = ArrayField(models.PositiveBigIntegerField())

    PUBLIC = ()
    INTERNAL = ("area", "number", "recent")

    def __str__(self) -> str:
        return f"{self.area} {self.number}"
