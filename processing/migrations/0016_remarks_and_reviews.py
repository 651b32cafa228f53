from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("processing", "0015_only_in_the_new_places"),
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
