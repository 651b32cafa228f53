"""The fields that a column can be meant for, in terms of the working copy."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from processing.models import ProcessingActivity
from processing.snapshots import row_models

# What a column of the register's own workbook is meant for: its code names the column.
OWN_COLUMN = "own"
# Fields that stand for more than one of the working copy's, or for none.
OWN = {
    "ignore": _("leave out"),
    "breach": _("leave out: about breaches"),
    "organisation": _("name of the body itself"),
    "special_data": _("special categories of personal data: yes or no"),
    "dpia_needed": _("data protection impact assessment needed: yes or no"),
    "legal_grounds.condition": _("condition for special categories or criminal data"),
    # What other registers call security measures is mostly a text.
    "security_measures": _("kinds of security measures"),
    "transfers.exists": _("transfers outside the EEA: yes or no"),
    "transfers.name": _("receiver outside the EEA"),
    "recipients.party": _("recipient: body, name or category"),
    "processors.party": _("processor: body, name or category"),
    "joint_controllers.party": _("joint controller: body, name or category"),
}
TEXTS = (
    *("name", "summary", "automated_logic", "automated_consequences", "source_detail", "security"),
    *("dpia_summary", "rights_procedure"),
)
INTERNAL = (
    *("owner", "system", "policy_documents", "authority_consultation", "contract_references"),
    *("detailed_measures", "remarks"),
)
TERM_LISTS = ("themes", "data_subjects", "processing_types", "security_measures")
DATES = ("dpia_done_on", "starts_on", "ends_on", "review_due_on")
YES_OR_NO = ("vulnerable_people", "automated_decisions")
OTHERS = ("reference", "acts_as", "people_count", "dpia", "replaced_by")
PARTS = {
    "purposes": ("description", "category"),
    "legal_grounds": ("ground", "law_title", "law_article", "law_url", "legitimate_interest"),
    "data": ("category", "detail", "about", "is_mandatory"),
    "retention": ("period", "criterion", "what_for", "after"),
    "recipients": ("category", "what", "authorisation", "authorisation_url"),
    "processors": ("category", "task", "country", "contract_reference"),
    "joint_controllers": ("category", "arrangement"),
    "transfers": ("country", "mechanism", "safeguards", "url"),
}
FIELDS = (
    *(*TEXTS, *INTERNAL, *TERM_LISTS, *DATES, *YES_OR_NO, *OTHERS),
    *(f"{part}.{field}" for part, fields in PARTS.items() for field in fields),
    *OWN,
)
# What citizens never see, though its row is public.
IS_INTERNAL = {*INTERNAL, "processors.contract_reference", "review_due_on", "ignore", "breach"}
# Of the values of these, each is one of a list; a comma may stand between those that are known.
LISTS_OF_TERMS = {
    *TERM_LISTS,
    *("data.category", "data.about", "purposes.category", "recipients.party"),
    *("recipients.category", "transfers.country", "transfers.mechanism", "legal_grounds.ground"),
    "legal_grounds.condition",
}
# One value, however many lines it has.
SINGLE = {
    *(*TEXTS, *INTERNAL, *DATES, *YES_OR_NO, *OTHERS),
    *("transfers.safeguards", "transfers.exists", "recipients.what", "processors.task"),
    *("joint_controllers.arrangement", "legal_grounds.legitimate_interest", "organisation"),
    *("special_data", "dpia_needed", "ignore", "breach"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a column is meant for, and how certain that is."""

    field: str
    # The code of a list that the heading itself tells: the column says whether or what.
    code: str = ""
    # In which language its texts are; "" where the file decides.
    language: str = ""
    # From 0 to 1; from SURE on nobody needs to look.
    certainty: float = 1.0

    @property
    def is_sure(self) -> bool:
        return self.certainty >= SURE

    @property
    def part(self) -> str:
        """The kind of rows of the activity that it belongs to; "" for the activity itself."""
        part, separator, _field = self.field.partition(".")
        return part if separator else ""


SURE = 0.9
# Less than this is no guess.
LEAST = 0.7


def label_of(field: str) -> str | Promise:
    """What a field is called, as on the form of an activity."""
    if field == OWN_COLUMN:
        return _("as this workbook names it")
    if field in OWN:
        return OWN[field]
    part, _separator, name = field.rpartition(".")
    model = row_models(ProcessingActivity)[part] if part else ProcessingActivity
    name = {"legal_grounds.ground": "ground"}.get(field, name)
    label = capfirst(str(model._meta.get_field(name).verbose_name))
    if not part:
        return label
    of_rows = _("%(label)s:") % {"label": capfirst(str(model._meta.verbose_name))}
    return f"{of_rows} {label}"
