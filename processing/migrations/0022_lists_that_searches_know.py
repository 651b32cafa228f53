"""What else entries are filed under: kinds of processing, security measures, transfer mechanisms.

Searches find entries by the names of these. `rebuild_search` fills the columns of what was
published before.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

TEXTS = ("title", "summary", "record")
EMPTY_LISTS = (
    *("languages", "themes", "data_subjects", "data_categories", "purpose_categories"),
    *("legal_bases", "recipient_categories", "recipient_organisations", "processing_types"),
    *("security_measures", "transfer_mechanisms", "served_organisations", "departments"),
    *("countries", "changed_fields"),
)
FLAGS = ("has_transfers", "has_automated_decisions", "has_joint_controllers")
EMPTY = {
    **{name: {} for name in TEXTS},
    **{f"sort_{language}": "" for language in ("nl", "fr", "de", "en")},
    "acts_as": "",
    **{name: [] for name in EMPTY_LISTS},
    **dict.fromkeys(FLAGS, False),
}


def several(name: str) -> migrations.AddField:
    codes = models.CharField(max_length=20)
    return migrations.AddField(
        model_name="publication",
        name=name,
        field=django.contrib.postgres.fields.ArrayField(base_field=codes, default=list, size=None),
        preserve_default=False,
    )


class Migration(migrations.Migration):
    dependencies = [("processing", "0021_words_people_use")]

    operations = [
        migrations.RemoveConstraint(
            model_name="publication", name="publication_erased_is_withdrawn_and_empty"
        ),
        several("processing_types"),
        several("security_measures"),
        several("transfer_mechanisms"),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                name="publication_erased_is_withdrawn_and_empty",
                condition=models.Q(erased_at__isnull=True)
                | models.Q(withdrawn_at__isnull=False, **EMPTY),
            ),
        ),
    ]
