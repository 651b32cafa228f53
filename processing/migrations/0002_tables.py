"""The tables, as they were when there was one place for the legal basis and for retention.

One step instead of the eleven that made them, which took half of the time of `migrate`; with
0003_rules it stands for them. A database that has some of the eleven and not all cannot go on from
here: an earlier state of the code, which still has them, takes it to 0013.
"""

import re

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import organisations.limits


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("processing", "0002_models"),
        ("processing", "0004_codes_stand_in_addresses"),
        ("processing", "0006_history_of_erasures"),
        ("processing", "0008_sorted_by_code_points"),
        ("processing", "0009_text_limits"),
        ("processing", "0012_authors_of_templates"),
    ]

    dependencies = [
        ("organisations", "0002_revision"),
        ("processing", "0001_text_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="short name")),
                ("title", models.CharField(blank=True, max_length=600, verbose_name="title")),
                (
                    "title_nl",
                    models.CharField(blank=True, max_length=600, null=True, verbose_name="title"),
                ),
                (
                    "title_fr",
                    models.CharField(blank=True, max_length=600, null=True, verbose_name="title"),
                ),
                (
                    "title_de",
                    models.CharField(blank=True, max_length=600, null=True, verbose_name="title"),
                ),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=600, null=True, verbose_name="title"),
                ),
                (
                    "description",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="description"
                    ),
                ),
                (
                    "description_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="description"
                    ),
                ),
                (
                    "description_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="description"
                    ),
                ),
                (
                    "description_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="description"
                    ),
                ),
                (
                    "description_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="description"
                    ),
                ),
                ("content", models.JSONField(default=dict, editable=False)),
                (
                    "authors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
            ],
            options={
                "verbose_name": "template",
                "verbose_name_plural": "templates",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="organisations.organisation",
                    ),
                ),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="DataCategory",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "iri",
                    models.URLField(
                        blank=True,
                        help_text="Identifier in the federal vocabulary. Empty for the site's own additions.",
                        verbose_name="IRI",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=250, verbose_name="label")),
                (
                    "label_nl",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_fr",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_de",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "definition",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="definition"
                    ),
                ),
                (
                    "definition_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("special", "special category (GDPR Art. 9)"),
                            ("criminal", "criminal convictions and offences (GDPR Art. 10)"),
                            ("location", "location"),
                            ("national_number", "use limited by law"),
                        ],
                        max_length=20,
                        verbose_name="mark",
                    ),
                ),
                (
                    "broader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrower",
                        to="processing.datacategory",
                        verbose_name="broader term",
                    ),
                ),
            ],
            options={
                "verbose_name": "category of personal data",
                "verbose_name_plural": "categories of personal data",
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DataSubjectCategory",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "iri",
                    models.URLField(
                        blank=True,
                        help_text="Identifier in the federal vocabulary. Empty for the site's own additions.",
                        verbose_name="IRI",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=250, verbose_name="label")),
                (
                    "label_nl",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_fr",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_de",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "definition",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="definition"
                    ),
                ),
                (
                    "definition_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "broader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrower",
                        to="processing.datasubjectcategory",
                        verbose_name="broader term",
                    ),
                ),
            ],
            options={
                "verbose_name": "category of data subjects",
                "verbose_name_plural": "categories of data subjects",
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProcessingActivity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        editable=False,
                        help_text="Given once within the body, never used again.",
                        verbose_name="number",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="How your body itself calls this activity, for instance 1.10.",
                        max_length=100,
                        verbose_name="own reference",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Short and recognisable for a citizen.",
                        max_length=600,
                        verbose_name="name",
                    ),
                ),
                (
                    "name_nl",
                    models.CharField(
                        blank=True,
                        help_text="Short and recognisable for a citizen.",
                        max_length=600,
                        null=True,
                        verbose_name="name",
                    ),
                ),
                (
                    "name_fr",
                    models.CharField(
                        blank=True,
                        help_text="Short and recognisable for a citizen.",
                        max_length=600,
                        null=True,
                        verbose_name="name",
                    ),
                ),
                (
                    "name_de",
                    models.CharField(
                        blank=True,
                        help_text="Short and recognisable for a citizen.",
                        max_length=600,
                        null=True,
                        verbose_name="name",
                    ),
                ),
                (
                    "name_en",
                    models.CharField(
                        blank=True,
                        help_text="Short and recognisable for a citizen.",
                        max_length=600,
                        null=True,
                        verbose_name="name",
                    ),
                ),
                (
                    "summary",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="In two or three plain sentences: what your body does, and for whom.",
                        max_length=5000,
                        verbose_name="summary",
                    ),
                ),
                (
                    "summary_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="In two or three plain sentences: what your body does, and for whom.",
                        max_length=5000,
                        null=True,
                        verbose_name="summary",
                    ),
                ),
                (
                    "summary_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="In two or three plain sentences: what your body does, and for whom.",
                        max_length=5000,
                        null=True,
                        verbose_name="summary",
                    ),
                ),
                (
                    "summary_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="In two or three plain sentences: what your body does, and for whom.",
                        max_length=5000,
                        null=True,
                        verbose_name="summary",
                    ),
                ),
                (
                    "summary_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="In two or three plain sentences: what your body does, and for whom.",
                        max_length=5000,
                        null=True,
                        verbose_name="summary",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("awaiting_approval", "awaiting approval"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "is_published",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Whether citizens can see a version of this activity now.",
                        verbose_name="published",
                    ),
                ),
                (
                    "vulnerable_people",
                    models.BooleanField(
                        default=False,
                        help_text="Children, patients, asylum seekers and others who need more protection.",
                        verbose_name="vulnerable people",
                    ),
                ),
                (
                    "automated_decisions",
                    models.BooleanField(
                        default=False,
                        help_text="Decisions about people without a person in between (GDPR Art. 22).",
                        verbose_name="automated decisions",
                    ),
                ),
                (
                    "automated_logic",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The logic, in plain words.",
                        max_length=5000,
                        verbose_name="how the decision is made",
                    ),
                ),
                (
                    "automated_logic_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The logic, in plain words.",
                        max_length=5000,
                        null=True,
                        verbose_name="how the decision is made",
                    ),
                ),
                (
                    "automated_logic_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The logic, in plain words.",
                        max_length=5000,
                        null=True,
                        verbose_name="how the decision is made",
                    ),
                ),
                (
                    "automated_logic_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The logic, in plain words.",
                        max_length=5000,
                        null=True,
                        verbose_name="how the decision is made",
                    ),
                ),
                (
                    "automated_logic_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The logic, in plain words.",
                        max_length=5000,
                        null=True,
                        verbose_name="how the decision is made",
                    ),
                ),
                (
                    "automated_consequences",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The consequences for the person.",
                        max_length=5000,
                        verbose_name="what the decision means",
                    ),
                ),
                (
                    "automated_consequences_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The consequences for the person.",
                        max_length=5000,
                        null=True,
                        verbose_name="what the decision means",
                    ),
                ),
                (
                    "automated_consequences_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The consequences for the person.",
                        max_length=5000,
                        null=True,
                        verbose_name="what the decision means",
                    ),
                ),
                (
                    "automated_consequences_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The consequences for the person.",
                        max_length=5000,
                        null=True,
                        verbose_name="what the decision means",
                    ),
                ),
                (
                    "automated_consequences_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="The consequences for the person.",
                        max_length=5000,
                        null=True,
                        verbose_name="what the decision means",
                    ),
                ),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("person", "the data subject"),
                                ("authentic_source", "an authentic source of the government"),
                                ("other", "another source"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="Where the data come from (GDPR Art. 14(2)(f)).",
                        size=None,
                        verbose_name="sources",
                    ),
                ),
                (
                    "source_detail",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=5000, verbose_name="which sources"
                    ),
                ),
                (
                    "source_detail_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=5000, null=True, verbose_name="which sources"
                    ),
                ),
                (
                    "source_detail_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=5000, null=True, verbose_name="which sources"
                    ),
                ),
                (
                    "source_detail_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=5000, null=True, verbose_name="which sources"
                    ),
                ),
                (
                    "source_detail_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=5000, null=True, verbose_name="which sources"
                    ),
                ),
                (
                    "security",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="General words only. Citizens read this, and so do attackers.",
                        max_length=5000,
                        verbose_name="security in general",
                    ),
                ),
                (
                    "security_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="General words only. Citizens read this, and so do attackers.",
                        max_length=5000,
                        null=True,
                        verbose_name="security in general",
                    ),
                ),
                (
                    "security_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="General words only. Citizens read this, and so do attackers.",
                        max_length=5000,
                        null=True,
                        verbose_name="security in general",
                    ),
                ),
                (
                    "security_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="General words only. Citizens read this, and so do attackers.",
                        max_length=5000,
                        null=True,
                        verbose_name="security in general",
                    ),
                ),
                (
                    "security_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="General words only. Citizens read this, and so do attackers.",
                        max_length=5000,
                        null=True,
                        verbose_name="security in general",
                    ),
                ),
                (
                    "dpia_done",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="data protection impact assessment done"
                    ),
                ),
                (
                    "dpia_summary",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=5000, verbose_name="summary of the impact assessment"
                    ),
                ),
                (
                    "dpia_summary_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        max_length=5000,
                        null=True,
                        verbose_name="summary of the impact assessment",
                    ),
                ),
                (
                    "dpia_summary_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        max_length=5000,
                        null=True,
                        verbose_name="summary of the impact assessment",
                    ),
                ),
                (
                    "dpia_summary_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        max_length=5000,
                        null=True,
                        verbose_name="summary of the impact assessment",
                    ),
                ),
                (
                    "dpia_summary_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        max_length=5000,
                        null=True,
                        verbose_name="summary of the impact assessment",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start date")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end date")),
                (
                    "rights_procedure",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it differs from asking the body or its data protection officer.",
                        max_length=5000,
                        verbose_name="how to use one's rights",
                    ),
                ),
                (
                    "rights_procedure_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it differs from asking the body or its data protection officer.",
                        max_length=5000,
                        null=True,
                        verbose_name="how to use one's rights",
                    ),
                ),
                (
                    "rights_procedure_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it differs from asking the body or its data protection officer.",
                        max_length=5000,
                        null=True,
                        verbose_name="how to use one's rights",
                    ),
                ),
                (
                    "rights_procedure_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it differs from asking the body or its data protection officer.",
                        max_length=5000,
                        null=True,
                        verbose_name="how to use one's rights",
                    ),
                ),
                (
                    "rights_procedure_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Only where it differs from asking the body or its data protection officer.",
                        max_length=5000,
                        null=True,
                        verbose_name="how to use one's rights",
                    ),
                ),
                (
                    "review_due_on",
                    models.DateField(blank=True, null=True, verbose_name="review due on"),
                ),
                (
                    "owner",
                    models.CharField(blank=True, max_length=600, verbose_name="owner in the body"),
                ),
                (
                    "system",
                    models.CharField(blank=True, max_length=300, verbose_name="information system"),
                ),
                (
                    "contract_references",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=5000, verbose_name="references of contracts"
                    ),
                ),
                (
                    "detailed_measures",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=20000, verbose_name="security measures in detail"
                    ),
                ),
                (
                    "remarks",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=20000, verbose_name="internal remarks"
                    ),
                ),
                (
                    "withdrawal_reason",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        editable=False,
                        max_length=2000,
                        verbose_name="reason of withdrawal",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="unpublished changes"
                    ),
                ),
                (
                    "gaps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("review_reminded_for", models.DateField(blank=True, editable=False, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "data_subjects",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="processing.datasubjectcategory",
                        verbose_name="categories of data subjects",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="organisations.organisation",
                        verbose_name="federal body",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="processing.processingactivity",
                        verbose_name="replaced by",
                    ),
                ),
            ],
            options={
                "verbose_name": "processing activity",
                "verbose_name_plural": "processing activities",
                "ordering": ["organisation", "number"],
            },
        ),
        migrations.CreateModel(
            name="JointController",
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
                    "arrangement",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Who does what, and whom a citizen can ask.",
                        max_length=2000,
                        verbose_name="arrangement",
                    ),
                ),
                (
                    "arrangement_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Who does what, and whom a citizen can ask.",
                        max_length=2000,
                        null=True,
                        verbose_name="arrangement",
                    ),
                ),
                (
                    "arrangement_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Who does what, and whom a citizen can ask.",
                        max_length=2000,
                        null=True,
                        verbose_name="arrangement",
                    ),
                ),
                (
                    "arrangement_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Who does what, and whom a citizen can ask.",
                        max_length=2000,
                        null=True,
                        verbose_name="arrangement",
                    ),
                ),
                (
                    "arrangement_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="Who does what, and whom a citizen can ask.",
                        max_length=2000,
                        null=True,
                        verbose_name="arrangement",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="federal body",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joint_controllers",
                        to="processing.processingactivity",
                    ),
                ),
            ],
            options={
                "verbose_name": "joint controller",
                "verbose_name_plural": "joint controllers",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("saved", "changed"),
                            ("requested", "approval requested"),
                            ("sent_back", "sent back"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                            ("erasure_requested", "asked to erase"),
                            ("erasure_dropped", "request to erase dropped"),
                            ("erased", "erased"),
                        ],
                        max_length=20,
                        verbose_name="action",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="moment")),
                (
                    "remark",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="remark"
                    ),
                ),
                ("content", models.JSONField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("erasure", models.JSONField(blank=True, null=True)),
                (
                    "authors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="history",
                        to="processing.processingactivity",
                    ),
                ),
            ],
            options={
                "verbose_name": "history entry",
                "verbose_name_plural": "history",
                "ordering": ["activity", "number"],
            },
        ),
        migrations.CreateModel(
            name="DataItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "detail",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="which data"
                    ),
                ),
                (
                    "detail_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="which data"
                    ),
                ),
                (
                    "detail_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="which data"
                    ),
                ),
                (
                    "detail_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="which data"
                    ),
                ),
                (
                    "detail_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="which data"
                    ),
                ),
                (
                    "retention_period",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="retention period"
                    ),
                ),
                (
                    "retention_unit",
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
                    "retention_criterion",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "retention_criterion_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        null=True,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "retention_criterion_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        null=True,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "retention_criterion_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        null=True,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "retention_criterion_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="When the period starts, or how it is determined without a fixed period.",
                        max_length=2000,
                        null=True,
                        verbose_name="from when, or the criterion",
                    ),
                ),
                (
                    "retention_after",
                    models.CharField(
                        blank=True,
                        choices=[("destroy", "destroyed"), ("archive", "archived")],
                        max_length=10,
                        verbose_name="afterwards",
                    ),
                ),
                (
                    "is_mandatory",
                    models.BooleanField(
                        blank=True,
                        help_text="Whether the person must give these data (GDPR Art. 13(2)(e)).",
                        null=True,
                        verbose_name="mandatory to supply",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processing.datacategory",
                        verbose_name="category",
                    ),
                ),
                (
                    "about",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Leave empty for all data subjects of the activity.",
                        related_name="+",
                        to="processing.datasubjectcategory",
                        verbose_name="about which data subjects",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="data",
                        to="processing.processingactivity",
                    ),
                ),
            ],
            options={
                "verbose_name": "data",
                "verbose_name_plural": "data",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProcessingType",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "iri",
                    models.URLField(
                        blank=True,
                        help_text="Identifier in the federal vocabulary. Empty for the site's own additions.",
                        verbose_name="IRI",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=250, verbose_name="label")),
                (
                    "label_nl",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_fr",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_de",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "definition",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="definition"
                    ),
                ),
                (
                    "definition_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "broader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrower",
                        to="processing.processingtype",
                        verbose_name="broader term",
                    ),
                ),
            ],
            options={
                "verbose_name": "type of processing",
                "verbose_name_plural": "types of processing",
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="processing_types",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to="processing.processingtype",
                verbose_name="types of processing",
            ),
        ),
        migrations.CreateModel(
            name="Processor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "task",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="task"
                    ),
                ),
                (
                    "task_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="task"
                    ),
                ),
                (
                    "task_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="task"
                    ),
                ),
                (
                    "task_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="task"
                    ),
                ),
                (
                    "task_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="task"
                    ),
                ),
                (
                    "contract_reference",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="reference of the contract"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="processors",
                        to="processing.processingactivity",
                    ),
                ),
            ],
            options={
                "verbose_name": "processor",
                "verbose_name_plural": "processors",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("is_current", models.BooleanField()),
                ("published_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("revision", models.BigIntegerField(default=0, editable=False)),
                ("record", models.JSONField()),
                ("title", models.JSONField()),
                ("summary", models.JSONField()),
                ("sort_nl", models.CharField(db_collation="C", max_length=600)),
                ("sort_fr", models.CharField(db_collation="C", max_length=600)),
                ("sort_de", models.CharField(db_collation="C", max_length=600)),
                ("sort_en", models.CharField(db_collation="C", max_length=600)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), size=None
                    ),
                ),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "data_subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "data_categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "purpose_categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "legal_bases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1), size=None
                    ),
                ),
                (
                    "recipient_categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "recipient_organisations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("has_transfers", models.BooleanField()),
                ("has_automated_decisions", models.BooleanField()),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "working_copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="processing.processingactivity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PurposeCategory",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "iri",
                    models.URLField(
                        blank=True,
                        help_text="Identifier in the federal vocabulary. Empty for the site's own additions.",
                        verbose_name="IRI",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=250, verbose_name="label")),
                (
                    "label_nl",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_fr",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_de",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "definition",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="definition"
                    ),
                ),
                (
                    "definition_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "broader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrower",
                        to="processing.purposecategory",
                        verbose_name="broader term",
                    ),
                ),
            ],
            options={
                "verbose_name": "category of purposes",
                "verbose_name_plural": "categories of purposes",
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Purpose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "description",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="What your body wants to reach. Be specific.",
                        max_length=2000,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="What your body wants to reach. Be specific.",
                        max_length=2000,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="What your body wants to reach. Be specific.",
                        max_length=2000,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="What your body wants to reach. Be specific.",
                        max_length=2000,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        help_text="What your body wants to reach. Be specific.",
                        max_length=2000,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "legal_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("a", "consent"),
                            ("b", "performance of a contract"),
                            ("c", "legal obligation"),
                            ("d", "vital interests"),
                            (
                                "e",
                                "task carried out in the public interest or in the exercise of official authority",
                            ),
                            ("f", "legitimate interests"),
                        ],
                        max_length=1,
                        verbose_name="legal basis",
                    ),
                ),
                (
                    "law_title",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from.",
                        max_length=1500,
                        verbose_name="law",
                    ),
                ),
                (
                    "law_title_nl",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from.",
                        max_length=1500,
                        null=True,
                        verbose_name="law",
                    ),
                ),
                (
                    "law_title_fr",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from.",
                        max_length=1500,
                        null=True,
                        verbose_name="law",
                    ),
                ),
                (
                    "law_title_de",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from.",
                        max_length=1500,
                        null=True,
                        verbose_name="law",
                    ),
                ),
                (
                    "law_title_en",
                    models.CharField(
                        blank=True,
                        help_text="The law that this task comes from.",
                        max_length=1500,
                        null=True,
                        verbose_name="law",
                    ),
                ),
                (
                    "law_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="web address of the law"
                    ),
                ),
                (
                    "special_condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("a", "explicit consent"),
                            ("b", "employment, social security and social protection law"),
                            ("c", "vital interests of a person who cannot consent"),
                            (
                                "d",
                                "members of a political, philosophical, religious or trade union body",
                            ),
                            ("e", "data that the data subject has clearly made public"),
                            ("f", "legal claims and courts"),
                            ("g", "substantial public interest, laid down by law"),
                            (
                                "h",
                                "preventive or occupational medicine, health care and social care",
                            ),
                            ("i", "public interest in the area of public health"),
                            ("j", "archives in the public interest, research and statistics"),
                        ],
                        max_length=1,
                        verbose_name="condition for special categories (Art. 9)",
                    ),
                ),
                (
                    "criminal_condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("authority", "under the control of official authority"),
                            ("law", "authorised by Union or Belgian law"),
                        ],
                        max_length=10,
                        verbose_name="condition for criminal data (Art. 10)",
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
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="purposes",
                        to="processing.processingactivity",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processing.purposecategory",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "purpose",
                "verbose_name_plural": "purposes",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecipientCategory",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "iri",
                    models.URLField(
                        blank=True,
                        help_text="Identifier in the federal vocabulary. Empty for the site's own additions.",
                        verbose_name="IRI",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=250, verbose_name="label")),
                (
                    "label_nl",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_fr",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_de",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "definition",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="definition"
                    ),
                ),
                (
                    "definition_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "broader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrower",
                        to="processing.recipientcategory",
                        verbose_name="broader term",
                    ),
                ),
            ],
            options={
                "verbose_name": "category of recipients",
                "verbose_name_plural": "categories of recipients",
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recipient",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("recipient", "recipient"),
                            ("processor", "processor"),
                            ("joint_controller", "joint controller"),
                        ],
                        default="recipient",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "what",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="what is passed on, and why"
                    ),
                ),
                (
                    "what_nl",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        verbose_name="what is passed on, and why",
                    ),
                ),
                (
                    "what_fr",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        verbose_name="what is passed on, and why",
                    ),
                ),
                (
                    "what_de",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        verbose_name="what is passed on, and why",
                    ),
                ),
                (
                    "what_en",
                    organisations.limits.LimitedTextField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        verbose_name="what is passed on, and why",
                    ),
                ),
                (
                    "authorisation",
                    models.CharField(
                        blank=True,
                        help_text="Its reference, for instance of a protocol (Act of 30 July 2018, Art. 20).",
                        max_length=300,
                        verbose_name="protocol or authorisation",
                    ),
                ),
                (
                    "authorisation_nl",
                    models.CharField(
                        blank=True,
                        help_text="Its reference, for instance of a protocol (Act of 30 July 2018, Art. 20).",
                        max_length=300,
                        null=True,
                        verbose_name="protocol or authorisation",
                    ),
                ),
                (
                    "authorisation_fr",
                    models.CharField(
                        blank=True,
                        help_text="Its reference, for instance of a protocol (Act of 30 July 2018, Art. 20).",
                        max_length=300,
                        null=True,
                        verbose_name="protocol or authorisation",
                    ),
                ),
                (
                    "authorisation_de",
                    models.CharField(
                        blank=True,
                        help_text="Its reference, for instance of a protocol (Act of 30 July 2018, Art. 20).",
                        max_length=300,
                        null=True,
                        verbose_name="protocol or authorisation",
                    ),
                ),
                (
                    "authorisation_en",
                    models.CharField(
                        blank=True,
                        help_text="Its reference, for instance of a protocol (Act of 30 July 2018, Art. 20).",
                        max_length=300,
                        null=True,
                        verbose_name="protocol or authorisation",
                    ),
                ),
                (
                    "authorisation_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="web address of the protocol"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="processing.processingactivity",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="A body of this site. Otherwise give a name, a category or both.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="federal body",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processing.recipientcategory",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient",
                "verbose_name_plural": "recipients",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Nederlands"),
                            ("fr", "Français"),
                            ("de", "Deutsch"),
                            ("en", "English"),
                        ],
                        max_length=2,
                    ),
                ),
                ("title", django.contrib.postgres.search.SearchVectorField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("spellings", organisations.limits.LimitedTextField(max_length=1010000)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_texts",
                        to="processing.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Nederlands"),
                            ("fr", "Français"),
                            ("de", "Deutsch"),
                            ("en", "English"),
                        ],
                        max_length=2,
                    ),
                ),
                ("word", models.CharField(max_length=100)),
                ("lexeme", models.CharField(max_length=100)),
                ("entries", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["language", "lexeme"], name="search_word_lexeme"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="search_word_alike", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "word"), name="search_word_once_a_language"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecurityMeasure",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "iri",
                    models.URLField(
                        blank=True,
                        help_text="Identifier in the federal vocabulary. Empty for the site's own additions.",
                        verbose_name="IRI",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=250, verbose_name="label")),
                (
                    "label_nl",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_fr",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_de",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "definition",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="definition"
                    ),
                ),
                (
                    "definition_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "broader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrower",
                        to="processing.securitymeasure",
                        verbose_name="broader term",
                    ),
                ),
            ],
            options={
                "verbose_name": "security measure",
                "verbose_name_plural": "security measures",
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="security_measures",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to="processing.securitymeasure",
                verbose_name="security measures",
            ),
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Nederlands"),
                            ("fr", "Français"),
                            ("de", "Deutsch"),
                            ("en", "English"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "everyday",
                    models.CharField(
                        help_text="What people type, for instance: dole.",
                        max_length=100,
                        verbose_name="everyday word",
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        help_text="With commas between them, for instance: unemployment benefit, job seeker.",
                        max_length=300,
                        verbose_name="words of the register",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonym",
                "verbose_name_plural": "synonyms",
                "ordering": ["language", "everyday"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "everyday"),
                        name="synonym_once_a_language",
                        violation_error_message="This word is in the list already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "iri",
                    models.URLField(
                        blank=True,
                        help_text="Identifier in the federal vocabulary. Empty for the site's own additions.",
                        verbose_name="IRI",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=250, verbose_name="label")),
                (
                    "label_nl",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_fr",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_de",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "definition",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="definition"
                    ),
                ),
                (
                    "definition_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "broader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrower",
                        to="processing.theme",
                        verbose_name="broader term",
                    ),
                ),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="processingactivity",
            name="themes",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="processing.theme", verbose_name="themes"
            ),
        ),
        migrations.CreateModel(
            name="TransferMechanism",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "iri",
                    models.URLField(
                        blank=True,
                        help_text="Identifier in the federal vocabulary. Empty for the site's own additions.",
                        verbose_name="IRI",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=250, verbose_name="label")),
                (
                    "label_nl",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_fr",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_de",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=250, null=True, verbose_name="label"),
                ),
                (
                    "definition",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="definition"
                    ),
                ),
                (
                    "definition_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                (
                    "definition_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="definition"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "broader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrower",
                        to="processing.transfermechanism",
                        verbose_name="broader term",
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer mechanism",
                "verbose_name_plural": "transfer mechanisms",
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        help_text="Two letters, for instance CH. Only outside the European Economic Area.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}$", "Enter the two letters of ISO 3166-1."
                            )
                        ],
                        verbose_name="country",
                    ),
                ),
                (
                    "international_organisation",
                    models.CharField(
                        blank=True, max_length=600, verbose_name="international organisation"
                    ),
                ),
                (
                    "international_organisation_nl",
                    models.CharField(
                        blank=True,
                        max_length=600,
                        null=True,
                        verbose_name="international organisation",
                    ),
                ),
                (
                    "international_organisation_fr",
                    models.CharField(
                        blank=True,
                        max_length=600,
                        null=True,
                        verbose_name="international organisation",
                    ),
                ),
                (
                    "international_organisation_de",
                    models.CharField(
                        blank=True,
                        max_length=600,
                        null=True,
                        verbose_name="international organisation",
                    ),
                ),
                (
                    "international_organisation_en",
                    models.CharField(
                        blank=True,
                        max_length=600,
                        null=True,
                        verbose_name="international organisation",
                    ),
                ),
                (
                    "safeguards",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, verbose_name="safeguards"
                    ),
                ),
                (
                    "safeguards_nl",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="safeguards"
                    ),
                ),
                (
                    "safeguards_fr",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="safeguards"
                    ),
                ),
                (
                    "safeguards_de",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="safeguards"
                    ),
                ),
                (
                    "safeguards_en",
                    organisations.limits.LimitedTextField(
                        blank=True, max_length=2000, null=True, verbose_name="safeguards"
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="web address of the safeguards"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transfers",
                        to="processing.processingactivity",
                    ),
                ),
                (
                    "mechanism",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="processing.transfermechanism",
                        verbose_name="transfer mechanism",
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer outside the EEA",
                "verbose_name_plural": "transfers outside the EEA",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="datacategory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mark__in", ["", "special", "criminal", "location", "national_number"])
                ),
                name="data_category_mark_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointcontroller",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
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
                name="joint_controller_is_a_body_or_another_party",
                violation_error_message="Choose a federal body, or else give a name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyentry",
            constraint=models.UniqueConstraint(
                fields=("activity", "number"), name="history_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="historyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("action", "saved"), ("content__isnull", False), ("erased_at__isnull", True)
                    ),
                    models.Q(
                        ("action", "saved"), ("content__isnull", True), ("erased_at__isnull", False)
                    ),
                    models.Q(
                        models.Q(("action", "saved"), _negated=True),
                        ("content__isnull", True),
                        ("erased_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="history_content_of_what_was_saved",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("action__in", ["erasure_requested", "erased"]), ("erasure__isnull", False)
                    ),
                    models.Q(
                        models.Q(("action__in", ["erasure_requested", "erased"]), _negated=True),
                        ("erasure__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="history_tells_what_was_erased",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retention_period__isnull", True), ("retention_unit", "")),
                    models.Q(
                        ("retention_period__gte", 1),
                        ("retention_period__isnull", False),
                        ("retention_unit__in", ["day", "week", "month", "year"]),
                    ),
                    _connector="OR",
                ),
                name="data_retention_period_has_unit",
                violation_error_message="Give a retention period together with its unit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("retention_after__in", ["", "destroy", "archive"])),
                name="data_retention_after_known",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["-published_at", "-id"],
                name="publication_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["sort_nl", "id"],
                name="publication_sorted_nl",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["sort_fr", "id"],
                name="publication_sorted_fr",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["sort_de", "id"],
                name="publication_sorted_de",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["sort_en", "id"],
                name="publication_sorted_en",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["revision"], name="publication_revision"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("working_copy", "version"), name="publication_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("working_copy",),
                name="publication_one_current_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("organisation", "number", "version"), name="publication_address_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("organisation", "number"),
                name="publication_address_one_current_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_current", False), ("withdrawn_at__isnull", True), _connector="OR"
                ),
                name="publication_current_is_not_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True),
                    models.Q(
                        ("data_categories", []),
                        ("data_subjects", []),
                        ("has_automated_decisions", False),
                        ("has_transfers", False),
                        ("languages", []),
                        ("legal_bases", []),
                        ("purpose_categories", []),
                        ("recipient_categories", []),
                        ("recipient_organisations", []),
                        ("record", {}),
                        ("sort_de", ""),
                        ("sort_en", ""),
                        ("sort_fr", ""),
                        ("sort_nl", ""),
                        ("summary", {}),
                        ("themes", []),
                        ("title", {}),
                        ("withdrawn_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="publication_erased_is_withdrawn_and_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="purpose",
            constraint=models.CheckConstraint(
                condition=models.Q(("legal_basis__in", ["", "a", "b", "c", "d", "e", "f"])),
                name="purpose_legal_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="purpose",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "special_condition__in",
                        ["", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"],
                    )
                ),
                name="purpose_special_condition_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="purpose",
            constraint=models.CheckConstraint(
                condition=models.Q(("criminal_condition__in", ["", "authority", "law"])),
                name="purpose_criminal_condition_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="purpose",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("legal_basis", "f"),
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
                name="purpose_legitimate_interest_only_with_its_basis",
                violation_error_message="Describe a legitimate interest only with that legal basis.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
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
                name="recipient_is_a_body_or_another_party",
                violation_error_message="Choose a federal body, or else give a name, a category or both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["recipient", "processor", "joint_controller"])),
                name="recipient_role_known",
            ),
        ),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("language", "nl")),
                fastupdate=False,
                fields=["title"],
                name="search_title_nl",
            ),
        ),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("language", "fr")),
                fastupdate=False,
                fields=["title"],
                name="search_title_fr",
            ),
        ),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("language", "de")),
                fastupdate=False,
                fields=["title"],
                name="search_title_de",
            ),
        ),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("language", "en")),
                fastupdate=False,
                fields=["title"],
                name="search_title_en",
            ),
        ),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("language", "nl")),
                fastupdate=False,
                fields=["words"],
                name="search_words_nl",
            ),
        ),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("language", "fr")),
                fastupdate=False,
                fields=["words"],
                name="search_words_fr",
            ),
        ),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("language", "de")),
                fastupdate=False,
                fields=["words"],
                name="search_words_de",
            ),
        ),
        migrations.AddIndex(
            model_name="searchtext",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("language", "en")),
                fastupdate=False,
                fields=["words"],
                name="search_words_en",
            ),
        ),
        migrations.AddConstraint(
            model_name="searchtext",
            constraint=models.UniqueConstraint(
                fields=("publication", "language"), name="search_text_once_a_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="processingactivity",
            constraint=models.UniqueConstraint(
                fields=("organisation", "number"), name="activity_number_once_per_body"
            ),
        ),
        migrations.AddConstraint(
            model_name="processingactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_published", True), ("status", "published")),
                    models.Q(("is_published", False), ("status__in", ["draft", "withdrawn"])),
                    ("status", "awaiting_approval"),
                    _connector="OR",
                ),
                name="activity_publish_flag_matches_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="processingactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="activity_ends_after_start",
                violation_error_message="The end date lies before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="processingactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by__isnull", True),
                    models.Q(("replaced_by", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="activity_not_replaced_by_itself",
                violation_error_message="An activity cannot be replaced by itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="processingactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sources__contained_by", ["person", "authentic_source", "other"])
                ),
                name="activity_sources_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("country", ""), _negated=True),
                        models.Q(
                            models.Q(
                                ("international_organisation_nl__isnull", False),
                                models.Q(("international_organisation_nl", ""), _negated=True),
                            ),
                            models.Q(
                                ("international_organisation_fr__isnull", False),
                                models.Q(("international_organisation_fr", ""), _negated=True),
                            ),
                            models.Q(
                                ("international_organisation_de__isnull", False),
                                models.Q(("international_organisation_de", ""), _negated=True),
                            ),
                            models.Q(
                                ("international_organisation_en__isnull", False),
                                models.Q(("international_organisation_en", ""), _negated=True),
                            ),
                            _connector="OR",
                            _negated=True,
                        ),
                    ),
                    models.Q(
                        ("country", ""),
                        models.Q(
                            models.Q(
                                ("international_organisation_nl__isnull", False),
                                models.Q(("international_organisation_nl", ""), _negated=True),
                            ),
                            models.Q(
                                ("international_organisation_fr__isnull", False),
                                models.Q(("international_organisation_fr", ""), _negated=True),
                            ),
                            models.Q(
                                ("international_organisation_de__isnull", False),
                                models.Q(("international_organisation_de", ""), _negated=True),
                            ),
                            models.Q(
                                ("international_organisation_en__isnull", False),
                                models.Q(("international_organisation_en", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="transfer_to_a_country_or_an_organisation",
                violation_error_message="Give either a country or an international organisation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "country__in",
                        [
                            "AT",
                            "BE",
                            "BG",
                            "CY",
                            "CZ",
                            "DE",
                            "DK",
                            "EE",
                            "ES",
                            "FI",
                            "FR",
                            "GR",
                            "HR",
                            "HU",
                            "IE",
                            "IS",
                            "IT",
                            "LI",
                            "LT",
                            "LU",
                            "LV",
                            "MT",
                            "NL",
                            "NO",
                            "PL",
                            "PT",
                            "RO",
                            "SE",
                            "SI",
                            "SK",
                        ],
                    ),
                    _negated=True,
                ),
                name="transfer_leaves_the_eea",
                violation_error_message="This country is in the European Economic Area: it is a recipient, no transfer.",
            ),
        ),
    ]
