from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

# Of what was saved before, everybody who changed something since the version before.
AUTHORS = """
UPDATE processing_historyentry AS entry
SET authors = ARRAY(
    SELECT DISTINCT earlier.by_id
    FROM processing_historyentry AS earlier
    WHERE earlier.activity_id = entry.activity_id
        AND earlier.action = 'saved'
        AND earlier.by_id IS NOT NULL
        AND earlier.number <= entry.number
        AND earlier.number > COALESCE(
            (
                SELECT max(published.number)
                FROM processing_historyentry AS published
                WHERE published.activity_id = entry.activity_id
                    AND published.action = 'published'
                    AND published.number < entry.number
            ),
            0
        )
    ORDER BY 1
)
WHERE entry.action = 'saved'
"""


class Migration(migrations.Migration):
    dependencies = [("processing", "0010_functions_name_their_schema")]

    operations = [
        migrations.AddField(
            model_name="historyentry",
            name="authors",
            field=ArrayField(models.BigIntegerField(), blank=True, default=list),
        ),
        migrations.RunSQL(AUTHORS, migrations.RunSQL.noop),
    ]
