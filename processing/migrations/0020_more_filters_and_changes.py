"""What more filters read, and in which fields a version differs from the one before it.

`rebuild_search` fills the columns of what was published before.
"""

import django.contrib.postgres.fields
import django.db.models.functions.comparison
from django.db import migrations, models

EMPTY_TEXTS = {f"sort_{language}": "" for language in ("nl", "fr", "de", "en")}
EMPTY_LISTS = (
    *("languages", "themes", "data_subjects", "data_categories", "purpose_categories"),
    *("legal_bases", "recipient_categories", "recipient_organisations"),
    *("served_organisations", "departments", "countries", "changed_fields"),
)
FLAGS = ("has_transfers", "has_automated_decisions", "has_joint_controllers")
EMPTY = {
    **{"record": {}, "title": {}, "summary": {}, "acts_as": ""},
    **EMPTY_TEXTS,
    **{name: [] for name in EMPTY_LISTS},
    **dict.fromkeys(FLAGS, False),
}


def several(name: str, field: models.Field) -> migrations.AddField:
    return migrations.AddField(
        model_name="publication",
        name=name,
        field=django.contrib.postgres.fields.ArrayField(base_field=field, default=list, size=None),
        preserve_default=False,
    )


class Migration(migrations.Migration):
    dependencies = [("processing", "0019_meanings_of_public_entries")]

    operations = [
        migrations.RemoveConstraint(
            model_name="publication", name="publication_erased_is_withdrawn_and_empty"
        ),
        migrations.AddField(
            model_name="publication",
            name="has_joint_controllers",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        several("served_organisations", models.BigIntegerField()),
        several("departments", models.BigIntegerField()),
        several("countries", models.CharField(max_length=2)),
        several("changed_fields", models.CharField(max_length=50)),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                name="publication_erased_is_withdrawn_and_empty",
                condition=models.Q(erased_at__isnull=True)
                | models.Q(withdrawn_at__isnull=False, **EMPTY),
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("withdrawn_at", "published_at"),
                name="publication_happened",
                include=("published_at", "withdrawn_at", "organisation", "working_copy", "version"),
            ),
        ),
    ]
