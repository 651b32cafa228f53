from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_functions_name_their_schema"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_generation",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
