"""A system check: the public record and the models' declarations of what is public agree."""

import msgspec
from django.core import checks

from organisations.checks import declared_fields
from processing import models, public_record

RECORD_OF = {
    models.ProcessingActivity: public_record.PublicRecord,
    models.Purpose: public_record.Purpose,
    models.DataItem: public_record.DataItem,
    models.Recipient: public_record.Recipient,
    models.Processor: public_record.Processor,
    models.JointController: public_record.JointController,
    models.Transfer: public_record.Transfer,
}
# What the record has beside the fields of the activity: its rows.
ROWS = {part._meta.get_field("activity").remote_field.related_name for part in models.PARTS}


@checks.register(checks.Tags.models)
def check_public_record_matches_models(app_configs, **kwargs) -> list[checks.Error]:
    errors = []
    for model, record in RECORD_OF.items():
        recorded = {field.name for field in msgspec.structs.fields(record)} - ROWS
        declared = set(model.PUBLIC) & declared_fields(model)
        errors += [
            checks.Error(
                f"{model._meta.label}.{name} is public but not in {record.__name__}."
                if name in declared
                else f"{record.__name__}.{name} is not declared public in {model._meta.label}.",
                obj=model,
                id="processing.E001",
            )
            for name in sorted(recorded ^ declared)
        ]
    return errors
