"""An entry at all its limits: what costs most of all that people can write."""

from collections import Counter
from collections.abc import Iterator
from itertools import count, cycle, islice

from django.db import models, transaction

from organisations.models import Organisation
from processing.models import (
    PARTS,
    DataItem,
    LegalGround,
    ProcessingActivity,
    Purpose,
    Transfer,
)
from processing.models.parts import KeyedPart
from processing.publishing import MOST_CHARACTERS, MOST_ROWS
from processing.snapshots import NOT_CONTENT, content_fields

# What a row needs beside its texts.
NEEDED: dict[type[models.Model], dict] = {
    Purpose: {"category_id": "A1_01"},
    LegalGround: {"ground": "6-f"},
    DataItem: {"category_id": "A1"},
    Transfer: {"mechanism_id": "02"},
}
# Dates, codes and keys count among the characters of a form.
LEFT_FREE = 20_000


def texts(model: type[models.Model]) -> list[models.Field]:
    """Its fields that hold free text, each column of a translated one."""
    return [
        field
        for field in content_fields(model, without={*NOT_CONTENT, "slug", "code", "country"})
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]


@transaction.atomic
def fullest_activity(organisation: Organisation) -> ProcessingActivity:
    """A draft with words of its own in every text, as many of them and as many rows as fit.

    Who calls it remembers it.
    """
    words = (f"w{number:x}" for number in count(0x10000))
    activity = ProcessingActivity(organisation=organisation, automated_decisions=True)
    used = _fill(activity, words, MOST_CHARACTERS)
    activity.save()
    activity.data_subjects.set(["01"])
    rows, keys = [], Counter()
    for model in islice(cycle(PARTS), MOST_ROWS):
        row = model(activity=activity, **NEEDED.get(model, {}))
        if isinstance(row, KeyedPart):
            keys[model] += 1
            row.key = keys[model]
        rows.append(row)
    fields = sum(len(texts(type(row))) for row in rows)
    for row in rows:
        _fill(row, words, (MOST_CHARACTERS - LEFT_FREE - used) // fields)
    for model in PARTS:
        model.objects.bulk_create(row for row in rows if type(row) is model)
    return activity


def _fill(instance: models.Model, words: Iterator[str], most: int) -> int:
    """Write up to so many characters into each text; gives how many in all."""
    used = 0
    for field in texts(type(instance)):
        length = min(field.max_length, most)
        if isinstance(field, models.URLField):
            value = "https://a.example/".ljust(length, "x")
        else:
            value = " ".join(next(words) for _ in range(length // 7 + 1))[:length].strip()
        setattr(instance, field.name, value)
        used += len(value)
    return used
