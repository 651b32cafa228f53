"""Takes away the columns whose content has moved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processing", "0014_move_to_the_new_places")]

    operations = [
        migrations.RemoveConstraint(
            model_name="dataitem",
            name="data_retention_period_has_unit",
        ),
        migrations.RemoveConstraint(
            model_name="dataitem",
            name="data_retention_after_known",
        ),
        migrations.RemoveConstraint(
            model_name="purpose",
            name="purpose_legal_basis_known",
        ),
        migrations.RemoveConstraint(
            model_name="purpose",
            name="purpose_special_condition_known",
        ),
        migrations.RemoveConstraint(
            model_name="purpose",
            name="purpose_criminal_condition_known",
        ),
        migrations.RemoveConstraint(
            model_name="purpose",
            name="purpose_legitimate_interest_only_with_its_basis",
        ),
        migrations.RemoveConstraint(
            model_name="recipient",
            name="recipient_role_known",
        ),
        migrations.RemoveField(
            model_name="dataitem",
            name="retention_after",
        ),
        migrations.RemoveField(
            model_name="dataitem",
            name="retention_criterion",
        ),
        migrations.RemoveField(
            model_name="dataitem",
            name="retention_criterion_de",
        ),
        migrations.RemoveField(
            model_name="dataitem",
            name="retention_criterion_en",
        ),
        migrations.RemoveField(
            model_name="dataitem",
            name="retention_criterion_fr",
        ),
        migrations.RemoveField(
            model_name="dataitem",
            name="retention_criterion_nl",
        ),
        migrations.RemoveField(
            model_name="dataitem",
            name="retention_period",
        ),
        migrations.RemoveField(
            model_name="dataitem",
            name="retention_unit",
        ),
        migrations.RemoveField(
            model_name="processingactivity",
            name="dpia_done",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="criminal_condition",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="law_title",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="law_title_de",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="law_title_en",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="law_title_fr",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="law_title_nl",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="law_url",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="legal_basis",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="legitimate_interest",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="legitimate_interest_de",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="legitimate_interest_en",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="legitimate_interest_fr",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="legitimate_interest_nl",
        ),
        migrations.RemoveField(
            model_name="purpose",
            name="special_condition",
        ),
        migrations.RemoveField(
            model_name="recipient",
            name="role",
        ),
        migrations.AlterField(
            model_name="dataitem",
            name="key",
            field=models.PositiveIntegerField(
                blank=True, help_text="How other rows refer to this one.", verbose_name="number"
            ),
        ),
        migrations.AlterField(
            model_name="processor",
            name="key",
            field=models.PositiveIntegerField(
                blank=True, help_text="How other rows refer to this one.", verbose_name="number"
            ),
        ),
        migrations.AlterField(
            model_name="purpose",
            name="key",
            field=models.PositiveIntegerField(
                blank=True, help_text="How other rows refer to this one.", verbose_name="number"
            ),
        ),
        migrations.AlterField(
            model_name="recipient",
            name="key",
            field=models.PositiveIntegerField(
                blank=True, help_text="How other rows refer to this one.", verbose_name="number"
            ),
        ),
        migrations.AddConstraint(
            model_name="dataitem",
            constraint=models.UniqueConstraint(
                fields=("activity", "key"), name="dataitem_key_once_per_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointcontroller",
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
                name="joint_controller_is_a_body_or_another_party",
                violation_error_message="Choose a federal body, or else give a name, a category or both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="processor",
            constraint=models.UniqueConstraint(
                fields=("activity", "key"), name="processor_key_once_per_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="processor",
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
                name="processor_is_a_body_or_another_party",
                violation_error_message="Choose a federal body, or else give a name, a category or both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="purpose",
            constraint=models.UniqueConstraint(
                fields=("activity", "key"), name="purpose_key_once_per_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                fields=("activity", "key"), name="recipient_key_once_per_activity"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recipient__isnull", True), ("processor__isnull", True), _connector="OR"
                ),
                name="transfer_to_one_party",
                violation_error_message="Choose either a recipient or a processor.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True),
                    models.Q(
                        ("acts_as", ""),
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
    ]
