"""Entries are found by what they say, too: `rebuild_search --missing` makes the vectors."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processing", "0018_words_of_working_copies")]

    operations = [
        migrations.CreateModel(
            name="SearchMeaning",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_meaning",
                        serialize=False,
                        to="processing.publication",
                    ),
                ),
                ("encoder", models.CharField(max_length=50)),
                ("vector", models.BinaryField(max_length=512)),
            ],
        ),
    ]
