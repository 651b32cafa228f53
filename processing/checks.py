"""System checks: the public record has the rows of the working copy, and there is an encoder.

That every field of a row is public or internal, organisations/checks.py sees to.
"""

from django.conf import settings
from django.core import checks

from processing import models
from processing.finding import encoder
from processing.public_record import rows_of


@checks.register(checks.Tags.models)
def check_record_has_the_rows_of_the_models(app_configs, **kwargs) -> list[checks.Error]:
    recorded = rows_of(models.ProcessingActivity.RECORD)
    parts = {
        part._meta.get_field("activity").remote_field.related_name: part.RECORD
        for part in models.PARTS
    }
    return [
        checks.Error(
            f"ProcessingActivity.{name} is not in PublicRecord what it is in models.PARTS.",
            obj=models.ProcessingActivity,
            id="processing.E001",
        )
        for name in sorted(dict(recorded.items() ^ parts.items()))
    ]


@checks.register(deploy=True)
def check_encoder(app_configs, **kwargs) -> list[checks.Warning]:
    if not settings.SEARCH_MEANING or encoder.is_available():
        return []
    told = "The encoder cannot be read: searches find what has the words, and nothing by meaning."
    hint = "Install requirements/production.txt anew, or set SEARCH_MEANING=0."
    return [checks.Warning(told, hint=hint, id="processing.W001")]
