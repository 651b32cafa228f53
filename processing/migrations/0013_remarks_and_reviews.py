from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("processing", "0012_authors_of_templates"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historyentry",
            name="action",
            field=models.CharField(
                choices=[
                    ("saved", "changed"),
                    ("requested", "approval requested"),
                    ("sent_back", "sent back"),
                    ("published", "published"),
                    ("withdrawn", "withdrawn"),
                    ("reviewed", "reviewed, nothing changed"),
                    ("remarked", "remark"),
                    ("erasure_requested", "asked to erase"),
                    ("erasure_dropped", "request to erase dropped"),
                    ("erased", "erased"),
                ],
                max_length=20,
                verbose_name="action",
            ),
        ),
    ]
