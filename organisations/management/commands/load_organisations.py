import csv

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisations.models import Organisation

FILE = settings.BASE_DIR / "fixtures" / "organisations.csv"


class Command(BaseCommand):
    help = "Add the federal bodies that are not there yet, as public; changes none that are."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        with FILE.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        present = set(Organisation.objects.values_list("slug", flat=True))
        parents = {row["slug"]: row.pop("parent") for row in rows}
        added = {}
        for row in rows:
            if row["slug"] in present:
                continue
            organisation = Organisation(**row, is_public=True)
            try:
                organisation.full_clean()
            except ValidationError as error:
                raise CommandError(f"{FILE.name}, {row['slug']}: {error}") from error
            organisation.save()
            added[organisation.slug] = organisation
        for slug, organisation in added.items():
            if parents[slug]:
                organisation.parent = Organisation.objects.get(slug=parents[slug])
                organisation.save()
        self.stdout.write(f"organisations: {len(added)} added")
