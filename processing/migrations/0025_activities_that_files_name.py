from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("processing", "0024_files_read_by_a_worker"),
    ]

    operations = [
        migrations.AddField(
            model_name="importentry",
            name="successor",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
