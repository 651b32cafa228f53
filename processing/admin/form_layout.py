"""What stands where in the form of an activity."""

from django.utils.translation import gettext_lazy as _

from processing import models
from processing.admin.forms import KINDS
from processing.admin.sections import SectionLayout, with_everything

# The form in the order of the work, under the questions that the public page answers. What is not
# named here stands behind the field, or the kind of rows, before it.
SECTIONS = with_everything(
    (
        SectionLayout(
            "what",
            _("What is it?"),
            (
                *("known", "acts_as", "organisation", "department", "reference"),
                *("name", "summary", "keywords", "themes", "owner"),
            ),
            demands=("name", "summary", "keywords", "theme"),
        ),
        SectionLayout(
            "served",
            _("On whose behalf?"),
            ("served_controllers",),
            demands=("controller", "categories-of-processing"),
        ),
        SectionLayout(
            "purposes",
            _("What is it for?"),
            ("purposes", "legal_grounds", "processing_types"),
            demands=("purpose", "legal-basis", "purpose-text", "law"),
        ),
        SectionLayout(
            "people",
            _("About whom?"),
            ("data_subjects", "people_count", "vulnerable_people"),
            demands=("people",),
        ),
        SectionLayout(
            "data",
            _("Which data, and for how long?"),
            (
                *("data", "retention", "has_no_special_data"),
                *("sources", "source_detail", "system"),
            ),
            demands=("data", "retention", "retention-each", "source", "no-special-data"),
        ),
        SectionLayout(
            "recipients",
            _("Who receives the data?"),
            (
                *("has_no_recipients", "recipients", "processors", "joint_controllers"),
                "contract_references",
            ),
            demands=("recipients", "no-recipients"),
        ),
        SectionLayout(
            "transfers",
            _("Do the data leave the European Economic Area?"),
            ("has_no_transfers", "transfers"),
            demands=("transfers", "safeguards", "no-transfers"),
        ),
        SectionLayout(
            "decisions",
            _("Automated decisions (Art. 22)"),
            ("automated_decisions", "automated_logic", "automated_consequences"),
            demands=("automated-decisions", "automated-logic", "no-decisions"),
        ),
        SectionLayout(
            "security",
            _("Security and risks (Art. 30(1)(g), 32 and 35)"),
            (
                *("security_measures", "security", "detailed_measures", "policy_documents"),
                *("dpia", "dpia_done_on", "dpia_summary", "authority_consultation"),
            ),
            demands=("security", "impact-assessment"),
        ),
        SectionLayout(
            "rest",
            _("Rights, period and review"),
            (
                *("rights_procedure", "starts_on", "ends_on", "replaced_by"),
                *("review_due_on", "remarks"),
            ),
        ),
    ),
    models.ProcessingActivity,
    KINDS,
)
