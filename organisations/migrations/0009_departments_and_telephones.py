"""Telephone numbers, supervisory authority and departments of a body."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

FOLLOW = """
CREATE TRIGGER advance_revision
BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON organisations_department
FOR EACH STATEMENT EXECUTE FUNCTION organisations_advance_revision('organisations');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_two_persons_explained"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="dpo_phone",
            field=models.CharField(
                blank=True,
                max_length=40,
                validators=[
                    django.core.validators.RegexValidator(
                        "^\\+[0-9][0-9 ]{5,30}[0-9]\\Z", "Write it like +32 2 123 45 67."
                    )
                ],
                verbose_name="telephone number of the data protection officer",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="phone",
            field=models.CharField(
                blank=True,
                help_text="With the code of the country, for instance +32 2 123 45 67.",
                max_length=40,
                validators=[
                    django.core.validators.RegexValidator(
                        "^\\+[0-9][0-9 ]{5,30}[0-9]\\Z", "Write it like +32 2 123 45 67."
                    )
                ],
                verbose_name="telephone number",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="shows_departments",
            field=models.BooleanField(
                default=False,
                help_text="Whether citizens see which department an activity belongs to.",
                verbose_name="show departments",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="supervisory_authority",
            field=models.ForeignKey(
                blank=True,
                help_text="Which authority handles complaints about this body (GDPR Art. 77).",
                limit_choices_to={"kind": "authority"},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="supervisory authority",
            ),
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                (
                    "name_nl",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="name"),
                ),
                (
                    "name_fr",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="name"),
                ),
                (
                    "name_de",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="name"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="departments",
                        to="organisations.organisation",
                        verbose_name="federal body",
                    ),
                ),
            ],
            options={
                "verbose_name": "department",
                "verbose_name_plural": "departments",
                "ordering": ["organisation", "id"],
            },
        ),
        migrations.RunSQL(FOLLOW, "DROP TRIGGER advance_revision ON organisations_department;"),
    ]
