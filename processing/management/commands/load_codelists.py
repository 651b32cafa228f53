import csv
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisations.limits import too_long
from processing import models

DIRECTORY = settings.BASE_DIR / "fixtures" / "codelists"
SYNONYMS = settings.BASE_DIR / "fixtures" / "synonyms.csv"


class Command(BaseCommand):
    help = (
        "Add entries of the code lists and synonyms that are not there yet; changes none that are."
    )

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        for name, model in models.CODE_LISTS.items():
            added = load(DIRECTORY / f"{name}.csv", model)
            self.stdout.write(f"{name}: {added} added")
        self.stdout.write(f"synonyms: {load_synonyms(SYNONYMS)} added")


def load_synonyms(path: Path) -> int:
    """Add the synonyms of a file whose everyday word the language does not have.

    Where they come from stays in the file.
    """
    present = set(models.Synonym.objects.values_list("language", "everyday"))
    with path.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    for row in listed:
        row.pop("source", None)
        if reasons := list(too_long(models.Synonym._meta.concrete_fields, row)):
            raise CommandError(f"{path.name}, {row['everyday'][:100]}: {' '.join(reasons)}")
    rows = [models.Synonym(**row) for row in listed]
    new = [row for row in rows if (row.language, row.everyday) not in present]
    models.Synonym.objects.bulk_create(new)
    return len(new)


def load(path: Path, model: type[models.CodeListEntry]) -> int:
    """Add the rows of a file whose code the list does not have; returns how many."""
    present = set(model.objects.values_list("code", flat=True))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["code"] for row in rows}
    entries = []
    for position, row in enumerate(rows, start=1):
        broader = row.pop("broader") or None
        if broader and broader not in codes:
            raise CommandError(f"{path.name}: {row['code']} has an unknown broader code {broader}")
        if row["code"] not in present:
            if reasons := list(too_long(model._meta.concrete_fields, row)):
                raise CommandError(f"{path.name}, {row['code']}: {' '.join(reasons)}")
            entries.append(model(**row, broader_id=broader, position=position * 10))
    model.objects.bulk_create(entries)
    return len(entries)
