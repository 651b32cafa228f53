"""The questions that an entry's page answers, in the order in which a person asks them."""

from collections.abc import Callable, Collection
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from organisations.directory import Directory
from organisations.languages import passage
from processing.code_lists import CodeLists
from processing.entry.answers import Entry, Section
from processing.entry.facts import facts_of
from processing.entry.journey import journey_of
from processing.entry.layout import Layout
from processing.law import ActsAs
from processing.public_record import PublicRecord

# What stands above the questions, and the fields that it tells.
NAME_AND_SUMMARY = gettext_lazy("Name and summary")
HEAD = frozenset({"name", "summary", "rights_procedure"})
# Key, question, explanation, answers, what to say without an answer: in the order of the page.
SECTIONS: list[tuple[str, Promise, Promise, Callable, Promise | str]] = [
    (
        "served",
        gettext_lazy("On whose behalf?"),
        gettext_lazy(
            "Here the body works with personal data for others, who decide why and how. "
            "It is their processor."
        ),
        Layout.served,
        "",
    ),
    (
        "purposes",
        gettext_lazy("What is it for?"),
        gettext_lazy(
            "A federal public body may only process personal data for a purpose that it has set "
            "out clearly beforehand."
        ),
        Layout.purposes,
        "",
    ),
    (
        "data",
        gettext_lazy("Which data, and for how long?"),
        gettext_lazy(
            "Personal data are all information about a person who can be recognised. "
            "The retention period tells how long the body keeps them."
        ),
        Layout.data,
        "",
    ),
    (
        "recipients",
        gettext_lazy("Who receives the data?"),
        gettext_lazy(
            "A recipient is a person or an organisation to whom data are passed on. "
            "A processor works with the data on behalf of the body."
        ),
        Layout.recipients,
        gettext_lazy("The register mentions no recipients."),
    ),
    (
        "people",
        gettext_lazy("About whom?"),
        gettext_lazy(
            "The people whose data are processed are called the data subjects. "
            "These are the groups of people concerned."
        ),
        Layout.people,
        "",
    ),
    (
        "transfers",
        gettext_lazy("Do the data leave the European Economic Area?"),
        gettext_lazy(
            "Outside the European Economic Area (EEA), data may only be transferred when they stay "
            "well protected."
        ),
        Layout.transfers,
        gettext_lazy("The register mentions no transfer outside the European Economic Area."),
    ),
    (
        "legal-basis",
        gettext_lazy("On which legal basis?"),
        gettext_lazy(
            "Processing is only lawful when it rests on one of the six legal bases of the General "
            "Data Protection Regulation (GDPR)."
        ),
        Layout.legal_bases,
        "",
    ),
    (
        "sources",
        gettext_lazy("Where do the data come from?"),
        gettext_lazy(
            "A body can receive data from you, or from a source where the government already "
            "has them."
        ),
        Layout.sources,
        gettext_lazy("The register does not mention where the data come from."),
    ),
    (
        "automated-decisions",
        gettext_lazy("Are decisions made automatically?"),
        gettext_lazy(
            "An automated decision is made by a computer, without a person in between. "
            "The law must protect you then."
        ),
        Layout.automated_decisions,
        gettext_lazy("The register mentions no automated decisions."),
    ),
    (
        "security",
        gettext_lazy("How are the data protected?"),
        gettext_lazy(
            "A body must protect personal data with technical and organisational security measures."
        ),
        Layout.security,
        gettext_lazy("The register says nothing about this in public."),
    ),
    (
        "controller",
        gettext_lazy("Who is responsible?"),
        gettext_lazy(
            "The controller decides why and how the data are processed. "
            "Joint controllers decide that together."
        ),
        Layout.controllers,
        "",
    ),
    (
        "about",
        gettext_lazy("About this entry"),
        gettext_lazy("How the body itself files this processing activity."),
        Layout.about_entry,
        "",
    ),
]

# Answers that come after what people mostly want to know.
FOLDED = frozenset(
    {"people", "transfers", "legal-basis", "sources", "automated-decisions"}
    | {"security", "controller", "about"}
)

# Section -> the fields of the record that it tells. What every page tells first is in none.
FIELDS = {
    "served": ("served_controllers",),
    "purposes": ("purposes",),
    "data": ("data", "retention", "has_no_special_data"),
    "recipients": ("recipients", "processors", "has_no_recipients"),
    "people": ("data_subjects", "people_count", "vulnerable_people"),
    "transfers": ("transfers", "has_no_transfers"),
    "legal-basis": ("legal_grounds",),
    "sources": ("sources", "source_detail"),
    "automated-decisions": ("automated_decisions", "automated_logic", "automated_consequences"),
    "security": (
        *("security_measures", "security", "processing_types"),
        *("dpia", "dpia_done_on", "dpia_summary"),
    ),
    "controller": ("acts_as", "department", "joint_controllers"),
    "about": ("themes", "reference", "starts_on", "ends_on", "replaced_by", "keywords"),
}


def titles_of_sections(fields: Collection[str]) -> list[str]:
    """What the parts of an entry's page are called that tell some of these fields."""
    titles = [str(NAME_AND_SUMMARY)] if not HEAD.isdisjoint(fields) else []
    told = {key for key, names in FIELDS.items() if not set(names).isdisjoint(fields)}
    return titles + [str(title) for key, title, *_rest in SECTIONS if key in told]


def entry_in_language(
    record: PublicRecord, language: str, *, directory: Directory, code_lists: CodeLists
) -> Entry:
    """Lay out a record for a page in this language; its body must be in the directory."""
    layout = Layout(record, language, directory, code_lists)
    return Entry(
        name=passage(record.name, language),
        summary=passage(record.summary, language),
        rights_procedure=passage(record.rights_procedure, language),
        body=directory.by_id[record.organisation],
        is_on_behalf_of_others=record.acts_as == ActsAs.PROCESSOR,
        sections=[_section(layout, *question) for question in _questions(get_language())],
        facts=facts_of(layout),
        journey=journey_of(layout),
    )


@lru_cache
def _questions(_language: str | None) -> list[tuple[str, str, Callable, str]]:
    """Key, question, answers, and what to say without one."""
    return [(key, str(title), items, str(nothing)) for key, title, _, items, nothing in SECTIONS]


def _section(layout: Layout, key: str, title: str, items: Callable, nothing: str) -> Section:
    told, comes_after = list(items(layout)), key in FOLDED
    if told:
        return Section(key, title, told, comes_after=comes_after)
    unsaid = layout.nothing_in(key, nothing)
    return Section(key, title, told, layout.declared_nothing(key), unsaid, comes_after)
