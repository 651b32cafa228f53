from django.core.management.base import BaseCommand

from processing import countries
from processing.models import Processor, Transfer


class Command(BaseCommand):
    help = "List the rows that name a country which ISO 3166-1 does not have."

    def handle(self, *args, **options) -> None:
        known = countries.codes()
        found = 0
        for model in (Processor, Transfer):
            for row in model.objects.select_related("activity__organisation").order_by("pk"):
                named = {row.country, *getattr(row, "data_countries", [])} - {""}
                if wrong := sorted(named - known):
                    found += 1
                    activity = row.activity
                    place = f"{activity.organisation.slug} {activity.number}"
                    self.stdout.write(f"{place}: {model._meta.model_name} {', '.join(wrong)}")
        self.stdout.write(f"{found} rows name a country that there is not")
