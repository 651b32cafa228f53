from django.db import migrations

from organisations.limits import LimitedTextField


class Migration(migrations.Migration):
    dependencies = [("organisations", "0009_departments_and_telephones")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="former_names",
            field=LimitedTextField(
                blank=True,
                default="",
                help_text="In any language, each on a line of its own: people still look for them.",
                max_length=2000,
                verbose_name="former names",
            ),
            preserve_default=False,
        ),
    ]
