"""Working copies are found by all that people wrote in them."""

from collections.abc import Iterator

import django.db.models.deletion
from django.db import migrations, models

from organisations.languages import LANGUAGES, as_looked_for
from organisations.limits import LimitedTextField

LONGEST = 500_000


def texts(row: models.Model) -> Iterator[str]:
    """What is written in an activity or a row of it, and in the rows below."""
    for field in row._meta.concrete_fields:
        # How it stands, not what it says.
        if field.name == "withdrawal_reason":
            continue
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            yield getattr(row, field.attname) or ""
        body = getattr(row, field.name) if field.name == "organisation" else None
        # Of a row, not the body whose register it is.
        if body and hasattr(row, "activity_id"):
            names = [f"{name}_{code}" for name in ("name", "short_name") for code in LANGUAGES]
            yield from (getattr(body, name) or "" for name in ("former_names", *names))
    for relation in row._meta.related_objects:
        name = relation.related_model._meta.model_name
        is_row = relation.one_to_many and name not in ("historyentry", "publication", "formdraft")
        if is_row and relation.on_delete is models.CASCADE:
            for other in relation.related_model.objects.filter(**{relation.field.name: row.pk}):
                yield from texts(other)


def keep_words(apps, schema_editor) -> None:
    activities = apps.get_model("processing", "ProcessingActivity").objects
    words = apps.get_model("processing", "ActivityWords").objects
    for activity in activities.iterator(chunk_size=100):
        found = dict.fromkeys(
            word for text in texts(activity) for word in as_looked_for(text).split()
        )
        words.create(activity=activity, text=f" {' '.join(found)} "[:LONGEST])


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0010_former_names"),
        ("processing", "0017_form_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityWords",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="processing.processingactivity",
                        verbose_name="processing activity",
                    ),
                ),
                ("text", LimitedTextField(max_length=500000)),
            ],
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
    ]
