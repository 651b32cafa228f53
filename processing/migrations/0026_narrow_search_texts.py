"""Finding many entries reads little: what words are matched by stands apart from the rows.

The index tells the rows, and each must be looked at, but not its texts. By its own rule PostgreSQL
leaves up to two kilobytes of them in the row: of entries with more text, six rows a page, now
seventy. Older rows stay as they are until `manage.py rebuild_search` writes them anew.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("processing", "0025_activities_that_files_name"),
    ]
    beside_the_release_before = "It changes where PostgreSQL keeps long values, and no value."

    operations = [
        migrations.RunSQL(
            "ALTER TABLE processing_searchtext SET (toast_tuple_target = 128)",
            "ALTER TABLE processing_searchtext RESET (toast_tuple_target)",
        ),
    ]
