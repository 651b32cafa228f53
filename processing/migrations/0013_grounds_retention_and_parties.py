"""Room for all that a register holds: legal grounds and retention become rows of their own."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import organisations.limits
import processing.models.parties


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0009_departments_and_telephones"),
        ("processing", "0003_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalGround",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "Legal basis (Art. 6)",
                                [
                                    ("6-a", "consent"),
                                    ("6-b", "performance of a contract"),
                                    ("6-c", "legal obligation"),
                                    ("6-d", "vital interests"),
                                    (
                                        "6-e",
                                        "task carried out in the public interest or in the exercise of official authority",
                                    ),
                                    ("6-f", "legitimate interests"),
                                ],
                            ),
                            (
                                "Condition for special categories (Art. 9)",
                                [
                                    ("9-a", "explicit consent"),
                                    (
                                        "9-b",
                                        "employment, social security and social protection law",
                                    ),
                                    ("9-c", "vital interests of a person who cannot consent"),
                                    (
                                        "9-d",
                                        "members of a political, philosophical, religious or trade union body",
                                    ),
                                    ("9-e", "data that the data subject has clearly made public"),
                                    ("9-f", "legal claims and courts"),
                                    ("9-g", "substantial public interest, laid down by law"),
                                    (
                                        "9-h",
                                        "preventive or occupational medicine, health care and social care",
                                    ),
                                    ("9-i", "public interest in the area of public health"),
                                    (
                                        "9-j",
                                        "archives in the public interest, research and statistics",
                                    ),
                                ],
                            ),
                            (
                                "Condition for criminal data (Art. 10)",
                                [
                                    ("10-authority", "under the control of official authority"),
                                    ("10-law", "authorised by Union or Belgian law"),
                                ],
                            ),
                        ],
                        max_length=12,
                        verbose_name="ground",
                    ),
                ),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Leave empty for all purposes of the activity.",
                        size=None,
                        verbose_name="for which purposes",
                    ),
                ),
                (
                    "law_title",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from. Add a row for each further law.",
                        max_length=1500,
                        verbose_name="law or contract",
                    ),
                ),
                (
                    "law_title_nl",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from. Add a row for each further law.",
                        max_length=1500,
                        null=True,
                        verbose_name="law or contract",
                    ),
                ),
                (
                    "law_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from. Add a row for each further law.",
                        max_length=1500,
                        null=True,
                        verbose_name="law or contract",
                    ),
                ),
                (
                    "law_title_de",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from. Add a row for each further law.",
                        max_length=1500,
                        null=True,
                        verbose_name="law or contract",
                    ),
                ),
                (
                    "law_title_en",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from. Add a row for each further law.",
                        max_length=1500,
                        null=True,
                        verbose_name="law or contract",
                    ),
                ),
                (
                    "law_article",
                    models.CharField(
                        blank=True,
                        help_text="Only the numbers, for instance 23, § 1.",
                        max_length=200,
                        verbose_name="articles of the law",
                    ),
                ),
                (
                    "law_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="web address of the law"
                    ),
                ),
                (
                    "legitimate_interest",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only with that legal basis. Not for the tasks of a public authority.",
                        max_length=2000,
                        verbose_name="legitimate interest",
                    ),
                ),
                (
                    "legitimate_interest_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only with that legal basis. Not for the tasks of a public authority.",
                        max_length=2000,
                        null=True,
                        verbose_name="legitimate interest",
                    ),
                ),
                (
                    "legitimate_interest_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only with that legal basis. Not for the tasks of a public authority.",
                        max_length=2000,
                        null=True,
                        verbose_name="legitimate interest",
                    ),
                ),
                (
                    "legitimate_interest_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only with that legal basis. Not for the tasks of a public authority.",
                        max_length=2000,
                        null=True,
                        verbose_name="legitimate interest",
                    ),
                ),
                (
                    "legitimate_interest_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only with that legal basis. Not for the tasks of a public authority.",
                        max_length=2000,
                        null=True,
                        verbose_name="legitimate interest",
                    ),
                ),
            ],
            options={
                "verbose_name": "legal basis",
                "verbose_name_plural": "legal bases",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Retention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "data",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Leave empty for all data of the activity.",
                        size=None,
                        verbose_name="for which data",
                    ),
                ),
                (
                    "period",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="retention period"
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "days"),
                            ("week", "weeks"),
                            ("month", "months"),
                            ("year", "years"),
                        ],
                        max_length=5,
                        verbose_name="unit",
                    ),
                ),
                (
                    "criterion",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "criterion_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        null=True,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "criterion_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        null=True,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "criterion_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        null=True,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "criterion_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        null=True,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "what_for",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Where data are kept for several reasons, each for a period of its own.",
                        max_length=2000,
                        verbose_name="what for",
                    ),
                ),
                (
                    "what_for_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Where data are kept for several reasons, each for a period of its own.",
                        max_length=2000,
                        null=True,
                        verbose_name="what for",
                    ),
                ),
                (
                    "what_for_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Where data are kept for several reasons, each for a period of its own.",
                        max_length=2000,
                        null=True,
                        verbose_name="what for",
                    ),
                ),
                (
                    "what_for_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Where data are kept for several reasons, each for a period of its own.",
                        max_length=2000,
                        null=True,
                        verbose_name="what for",
                    ),
                ),
                (
                    "what_for_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Where data are kept for several reasons, each for a period of its own.",
                        max_length=2000,
                        null=True,
                        verbose_name="what for",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        blank=True,
                        choices=[("destroy", "destroyed"), ("archive", "archived")],
                        max_length=10,
                        verbose_name="afterwards",
                    ),
                ),
                (
                    "unknown_reason",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it is not possible to say how long (GDPR Art. 30(1)(f)).",
                        max_length=2000,
                        verbose_name="why no period can be given",
                    ),
                ),
                (
                    "unknown_reason_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it is not possible to say how long (GDPR Art. 30(1)(f)).",
                        max_length=2000,
                        null=True,
                        verbose_name="why no period can be given",
                    ),
                ),
                (
                    "unknown_reason_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it is not possible to say how long (GDPR Art. 30(1)(f)).",
                        max_length=2000,
                        null=True,
                        verbose_name="why no period can be given",
                    ),
                ),
                (
                    "unknown_reason_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it is not possible to say how long (GDPR Art. 30(1)(f)).",
                        max_length=2000,
                        null=True,
                        verbose_name="why no period can be given",
                    ),
                ),
                (
                    "unknown_reason_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it is not possible to say how long (GDPR Art. 30(1)(f)).",
                        max_length=2000,
                        null=True,
                        verbose_name="why no period can be given",
                    ),
                ),
            ],
            options={
                "verbose_name": "retention period",
                "verbose_name_plural": "retention periods",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ServedController",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=600, verbose_name="name")),
                (
                    "name_nl",
                    models.CharField(blank=True, max_length=600, null=True, verbose_name="name"),
                ),
                (
                    "name_fr",
                    models.CharField(blank=True, max_length=600, null=True, verbose_name="name"),
                ),
                (
                    "name_de",
                    models.CharField(blank=True, max_length=600, null=True, verbose_name="name"),
                ),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=600, null=True, verbose_name="name"),
                ),
                (
                    "contact",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Of the controller and of its data protection officer.",
                        max_length=2000,
                        verbose_name="contact details",
                    ),
                ),
                (
                    "contact_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Of the controller and of its data protection officer.",
                        max_length=2000,
                        null=True,
                        verbose_name="contact details",
                    ),
                ),
                (
                    "contact_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Of the controller and of its data protection officer.",
                        max_length=2000,
                        null=True,
                        verbose_name="contact details",
                    ),
                ),
                (
                    "contact_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Of the controller and of its data protection officer.",
                        max_length=2000,
                        null=True,
                        verbose_name="contact details",
                    ),
                ),
                (
                    "contact_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Of the controller and of its data protection officer.",
                        max_length=2000,
                        null=True,
                        verbose_name="contact details",
                    ),
                ),
                (
                    "processing",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The categories of processing (GDPR Art. 30(2)(b)).",
                        max_length=2000,
                        verbose_name="what is done for it",
                    ),
                ),
                (
                    "processing_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The categories of processing (GDPR Art. 30(2)(b)).",
                        max_length=2000,
                        null=True,
                        verbose_name="what is done for it",
                    ),
                ),
                (
                    "processing_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The categories of processing (GDPR Art. 30(2)(b)).",
                        max_length=2000,
                        null=True,
                        verbose_name="what is done for it",
                    ),
                ),
                (
                    "processing_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The categories of processing (GDPR Art. 30(2)(b)).",
                        max_length=2000,
                        null=True,
                        verbose_name="what is done for it",
                    ),
                ),
                (
                    "processing_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The categories of processing (GDPR Art. 30(2)(b)).",
                        max_length=2000,
                        null=True,
                        verbose_name="what is done for it",
                    ),
                ),
            ],
            options={
                "verbose_name": "controller on whose behalf the body works",
                "verbose_name_plural": "controllers on whose behalf the body works",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="jointcontroller",
            name="joint_controller_is_a_body_or_another_party",
        ),
        migrations.AddField(
            model_name="dataitem",
            name="key",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="How other rows refer to this one.",
                null=True,
                verbose_name="number",
            ),
        ),
        migrations.AddField(
            model_name="jointcontroller",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="processing.recipientcategory",
                verbose_name="category",
            ),
        ),
        migrations.AddField(
            model_name="jointcontroller",
            name="contact",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="How to reach it: a postal address, a general mailbox, a telephone number.",
                max_length=2000,
                verbose_name="contact details",
            ),
        ),
        migrations.AddField(
            model_name="jointcontroller",
            name="contact_de",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="How to reach it: a postal address, a general mailbox, a telephone number.",
                max_length=2000,
                null=True,
                verbose_name="contact details",
            ),
        ),
        migrations.AddField(
            model_name="jointcontroller",
            name="contact_en",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="How to reach it: a postal address, a general mailbox, a telephone number.",
                max_length=2000,
                null=True,
                verbose_name="contact details",
            ),
        ),
        migrations.AddField(
            model_name="jointcontroller",
            name="contact_fr",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="How to reach it: a postal address, a general mailbox, a telephone number.",
                max_length=2000,
                null=True,
                verbose_name="contact details",
            ),
        ),
        migrations.AddField(
            model_name="jointcontroller",
            name="contact_nl",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="How to reach it: a postal address, a general mailbox, a telephone number.",
                max_length=2000,
                null=True,
                verbose_name="contact details",
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="acts_as",
            field=models.CharField(
                choices=[
                    ("controller", "controller"),
                    ("processor", "processor, on behalf of others"),
                ],
                default="controller",
                help_text="As a processor, it works with the data for others (GDPR Art. 30(2)).",
                max_length=10,
                verbose_name="the body acts as",
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="authority_consultation",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="When, and with what result (GDPR Art. 36).",
                max_length=5000,
                verbose_name="consultation of the supervisory authority",
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.department",
                verbose_name="department",
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="dpia",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_needed", "not needed"),
                    ("under_way", "under way"),
                    ("done", "done"),
                    ("not_done", "not done"),
                ],
                max_length=12,
                verbose_name="data protection impact assessment",
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="dpia_done_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="date of the impact assessment"
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="has_no_recipients",
            field=models.BooleanField(
                default=False,
                help_text="The body declares that nobody else receives the data.",
                verbose_name="no recipients",
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="has_no_special_data",
            field=models.BooleanField(
                default=False,
                help_text="The body declares that it processes none, nor criminal data.",
                verbose_name="no special categories of personal data",
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="has_no_transfers",
            field=models.BooleanField(
                default=False,
                help_text="The body declares that no data leave the European Economic Area.",
                verbose_name="no transfers",
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="people_count",
            field=models.PositiveBigIntegerField(
                blank=True,
                help_text="An estimate is enough.",
                null=True,
                verbose_name="number of people concerned, about",
            ),
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="policy_documents",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="Titles, references or addresses of instructions and policies.",
                max_length=5000,
                verbose_name="policy documents",
            ),
        ),
        migrations.AddField(
            model_name="processor",
            name="agreed_on",
            field=models.DateField(blank=True, null=True, verbose_name="date of the agreement"),
        ),
        migrations.AddField(
            model_name="processor",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="processing.recipientcategory",
                verbose_name="category",
            ),
        ),
        migrations.AddField(
            model_name="processor",
            name="country",
            field=processing.models.parties.CountryColumn(
                blank=True,
                help_text="Its name, or its two letters of ISO 3166-1.",
                max_length=2,
                verbose_name="country of the seat",
            ),
        ),
        migrations.AddField(
            model_name="processor",
            name="data_countries",
            field=processing.models.parties.CountriesColumn(
                base_field=models.CharField(max_length=2),
                blank=True,
                default=list,
                help_text="Names or letters of countries, with semicolons in between.",
                size=None,
                verbose_name="countries where the data are kept",
            ),
        ),
        migrations.AddField(
            model_name="processor",
            name="key",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="How other rows refer to this one.",
                null=True,
                verbose_name="number",
            ),
        ),
        migrations.AddField(
            model_name="processor",
            name="name_de",
            field=models.CharField(blank=True, max_length=600, null=True, verbose_name="name"),
        ),
        migrations.AddField(
            model_name="processor",
            name="name_en",
            field=models.CharField(blank=True, max_length=600, null=True, verbose_name="name"),
        ),
        migrations.AddField(
            model_name="processor",
            name="name_fr",
            field=models.CharField(blank=True, max_length=600, null=True, verbose_name="name"),
        ),
        migrations.AddField(
            model_name="processor",
            name="name_nl",
            field=models.CharField(blank=True, max_length=600, null=True, verbose_name="name"),
        ),
        migrations.AddField(
            model_name="processor",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="A body of this site. Otherwise give a name, a category or both.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="federal body",
            ),
        ),
        migrations.AddField(
            model_name="processor",
            name="works_for",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Only for a sub-processor: the processor that called it in.",
                null=True,
                verbose_name="sub-processor of",
            ),
        ),
        migrations.AddField(
            model_name="purpose",
            name="key",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="How other rows refer to this one.",
                null=True,
                verbose_name="number",
            ),
        ),
        migrations.AddField(
            model_name="recipient",
            name="key",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="How other rows refer to this one.",
                null=True,
                verbose_name="number",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="processor",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Whose work leads to it.",
                null=True,
                verbose_name="to the processor",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="recipient",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Who receives the data there.",
                null=True,
                verbose_name="to the recipient",
            ),
        ),
        migrations.AlterField(
            model_name="jointcontroller",
            name="arrangement",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="What each of them does, and whom a citizen can ask.",
                max_length=2000,
                verbose_name="who does what",
            ),
        ),
        migrations.AlterField(
            model_name="jointcontroller",
            name="arrangement_de",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="What each of them does, and whom a citizen can ask.",
                max_length=2000,
                null=True,
                verbose_name="who does what",
            ),
        ),
        migrations.AlterField(
            model_name="jointcontroller",
            name="arrangement_en",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="What each of them does, and whom a citizen can ask.",
                max_length=2000,
                null=True,
                verbose_name="who does what",
            ),
        ),
        migrations.AlterField(
            model_name="jointcontroller",
            name="arrangement_fr",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="What each of them does, and whom a citizen can ask.",
                max_length=2000,
                null=True,
                verbose_name="who does what",
            ),
        ),
        migrations.AlterField(
            model_name="jointcontroller",
            name="arrangement_nl",
            field=organisations.limits.LimitedTextField(
                blank=True,
                help_text="What each of them does, and whom a citizen can ask.",
                max_length=2000,
                null=True,
                verbose_name="who does what",
            ),
        ),
        migrations.AlterField(
            model_name="jointcontroller",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="A body of this site. Otherwise give a name, a category or both.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="federal body",
            ),
        ),
        migrations.AlterField(
            model_name="processingactivity",
            name="automated_decisions",
            field=models.BooleanField(
                blank=True,
                help_text="Decisions about people without a person in between (GDPR Art. 22).",
                null=True,
                verbose_name="automated decisions",
            ),
        ),
        migrations.AlterField(
            model_name="processingactivity",
            name="dpia_summary",
            field=organisations.limits.LimitedTextField(
                blank=True,
                max_length=5000,
                verbose_name="summary of the impact assessment, or why none is needed",
            ),
        ),
        migrations.AlterField(
            model_name="processingactivity",
            name="dpia_summary_de",
            field=organisations.limits.LimitedTextField(
                blank=True,
                max_length=5000,
                null=True,
                verbose_name="summary of the impact assessment, or why none is needed",
            ),
        ),
        migrations.AlterField(
            model_name="processingactivity",
            name="dpia_summary_en",
            field=organisations.limits.LimitedTextField(
                blank=True,
                max_length=5000,
                null=True,
                verbose_name="summary of the impact assessment, or why none is needed",
            ),
        ),
        migrations.AlterField(
            model_name="processingactivity",
            name="dpia_summary_fr",
            field=organisations.limits.LimitedTextField(
                blank=True,
                max_length=5000,
                null=True,
                verbose_name="summary of the impact assessment, or why none is needed",
            ),
        ),
        migrations.AlterField(
            model_name="processingactivity",
            name="dpia_summary_nl",
            field=organisations.limits.LimitedTextField(
                blank=True,
                max_length=5000,
                null=True,
                verbose_name="summary of the impact assessment, or why none is needed",
            ),
        ),
        migrations.AlterField(
            model_name="processingactivity",
            name="system",
            field=organisations.limits.LimitedTextField(
                blank=True, max_length=2000, verbose_name="information systems"
            ),
        ),
        migrations.AlterField(
            model_name="processor",
            name="name",
            field=models.CharField(blank=True, max_length=600, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="transfer",
            name="country",
            field=processing.models.parties.CountryColumn(
                blank=True,
                help_text="Its name, or its two letters. Only outside the European Economic Area.",
                max_length=2,
                verbose_name="country",
            ),
        ),
        migrations.AddConstraint(
            model_name="processingactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(("acts_as__in", ["controller", "processor"])),
                name="activity_acts_as_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="processingactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dpia__in", ["", "not_needed", "under_way", "done", "not_done"])
                ),
                name="activity_dpia_known",
            ),
        ),
        migrations.AddField(
            model_name="legalground",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="legal_grounds",
                to="processing.processingactivity",
            ),
        ),
        migrations.AddField(
            model_name="retention",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="retention",
                to="processing.processingactivity",
            ),
        ),
        migrations.AddField(
            model_name="servedcontroller",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="served_controllers",
                to="processing.processingactivity",
            ),
        ),
        migrations.AddField(
            model_name="servedcontroller",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="processing.recipientcategory",
                verbose_name="category",
            ),
        ),
        migrations.AddField(
            model_name="servedcontroller",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="A body of this site. Otherwise give a name, a category or both.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="federal body",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ground__in",
                        [
                            "",
                            "6-a",
                            "6-b",
                            "6-c",
                            "6-d",
                            "6-e",
                            "6-f",
                            "9-a",
                            "9-b",
                            "9-c",
                            "9-d",
                            "9-e",
                            "9-f",
                            "9-g",
                            "9-h",
                            "9-i",
                            "9-j",
                            "10-authority",
                            "10-law",
                        ],
                    )
                ),
                name="legal_ground_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ground", "6-f"),
                    models.Q(
                        models.Q(
                            ("legitimate_interest_nl__isnull", False),
                            models.Q(("legitimate_interest_nl", ""), _negated=True),
                        ),
                        models.Q(
                            ("legitimate_interest_fr__isnull", False),
                            models.Q(("legitimate_interest_fr", ""), _negated=True),
                        ),
                        models.Q(
                            ("legitimate_interest_de__isnull", False),
                            models.Q(("legitimate_interest_de", ""), _negated=True),
                        ),
                        models.Q(
                            ("legitimate_interest_en__isnull", False),
                            models.Q(("legitimate_interest_en", ""), _negated=True),
                        ),
                        _connector="OR",
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="legal_ground_legitimate_interest_only_with_its_basis",
                violation_error_message="Describe a legitimate interest only with that legal basis.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("period__isnull", True), ("unit", "")),
                    models.Q(
                        ("period__gte", 1),
                        ("period__isnull", False),
                        ("unit__in", ["day", "week", "month", "year"]),
                    ),
                    _connector="OR",
                ),
                name="retention_period_has_unit",
                violation_error_message="Give a retention period together with its unit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retention",
            constraint=models.CheckConstraint(
                condition=models.Q(("after__in", ["", "destroy", "archive"])),
                name="retention_after_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="retention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__isnull", True),
                    models.Q(
                        models.Q(
                            ("unknown_reason_nl__isnull", False),
                            models.Q(("unknown_reason_nl", ""), _negated=True),
                        ),
                        models.Q(
                            ("unknown_reason_fr__isnull", False),
                            models.Q(("unknown_reason_fr", ""), _negated=True),
                        ),
                        models.Q(
                            ("unknown_reason_de__isnull", False),
                            models.Q(("unknown_reason_de", ""), _negated=True),
                        ),
                        models.Q(
                            ("unknown_reason_en__isnull", False),
                            models.Q(("unknown_reason_en", ""), _negated=True),
                        ),
                        _connector="OR",
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="retention_unknown_or_period",
                violation_error_message="Give either a retention period or the reason why there is none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="servedcontroller",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("category__isnull", True),
                        ("organisation__isnull", False),
                        models.Q(
                            models.Q(
                                ("name_nl__isnull", False), models.Q(("name_nl", ""), _negated=True)
                            ),
                            models.Q(
                                ("name_fr__isnull", False), models.Q(("name_fr", ""), _negated=True)
                            ),
                            models.Q(
                                ("name_de__isnull", False), models.Q(("name_de", ""), _negated=True)
                            ),
                            models.Q(
                                ("name_en__isnull", False), models.Q(("name_en", ""), _negated=True)
                            ),
                            _connector="OR",
                            _negated=True,
                        ),
                    ),
                    models.Q(
                        ("organisation__isnull", True),
                        models.Q(
                            ("category__isnull", False),
                            models.Q(
                                ("name_nl__isnull", False), models.Q(("name_nl", ""), _negated=True)
                            ),
                            models.Q(
                                ("name_fr__isnull", False), models.Q(("name_fr", ""), _negated=True)
                            ),
                            models.Q(
                                ("name_de__isnull", False), models.Q(("name_de", ""), _negated=True)
                            ),
                            models.Q(
                                ("name_en__isnull", False), models.Q(("name_en", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="served_controller_is_a_body_or_another_party",
                violation_error_message="Choose a federal body, or else give a name, a category or both.",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="publication",
            name="publication_erased_is_withdrawn_and_empty",
        ),
        migrations.AddField(
            model_name="publication",
            name="acts_as",
            field=models.CharField(
                choices=[
                    ("controller", "controller"),
                    ("processor", "processor, on behalf of others"),
                ],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
    ]
