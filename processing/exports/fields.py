"""The fields of an entry and of its rows, as every format has them: the one table of all files.

Names are those of the public record (processing/public_record.py), headings those of the form of
the admin. A new public field is one line here; tests/processing/exports fail until it stands here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec.structs import astuple

from processing.exports.entries import Published
from processing.exports.kinds import (
    BODY,
    COUNTRIES,
    COUNTRY,
    DEPARTMENT,
    GROUND,
    MOMENT,
    PLAIN,
    SEVERAL,
    UNIT,
    WRITTEN,
    YES_OR_NO,
    Column,
    Kind,
    Named,
    choice,
    term,
)
from processing.exports.words import Words
from processing.law import ActsAs, ImpactAssessment, RetentionOutcome, Source
from processing.public_record import (
    DataItem,
    JointController,
    LegalGround,
    Part,
    Processor,
    PublicRecord,
    Purpose,
    Recipient,
    Retention,
    ServedController,
    Transfer,
    rows_of,
)


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    heading: Promise
    kind: Kind = PLAIN

    def columns(self, words: Words) -> list[Column]:
        """Those of a table: one, or more where there are several languages, or a code."""
        return self.kind.columns(self.name, words.heading(self.heading), words)


@dataclass(frozen=True, slots=True)
class About(Field):
    """What is told of an entry beside its record."""

    read: Callable[[Published, Words], object] = lambda entry, words: None


@dataclass(frozen=True, slots=True)
class Rows:
    """Things of which an entry has any number."""

    # Of the field of the record.
    name: str
    heading: Promise
    fields: tuple[Field, ...]

    def told(self, record: PublicRecord) -> tuple[Part, ...]:
        return getattr(record, self.name)


# Names the entry in all tables: the body and its number.
ENTRY = About("entry", _("processing activity"), PLAIN, lambda entry, words: entry.reference(words))
VERSION = About("version", _("version"), PLAIN, lambda entry, words: entry.version)
ABOUT = (
    ENTRY,
    VERSION,
    About("published_at", _("published on"), MOMENT, lambda entry, words: entry.published_at),
)
KEY = Field("key", _("number of the row"))
PARTY = (
    Field("organisation", _("federal body"), BODY),
    Field("name", _("name"), WRITTEN),
    Field("category", _("category"), term("recipients")),
)

OF_THE_RECORD = (
    Field("organisation", _("federal body"), BODY),
    Field("number", _("number")),
    Field("acts_as", _("the body acts as"), choice(ActsAs)),
    Field("reference", _("own reference")),
    Field("name", _("name"), WRITTEN),
    Field("summary", _("summary"), WRITTEN),
    Field("keywords", _("words people use"), WRITTEN),
    Field("department", _("department"), DEPARTMENT),
    Field("themes", _("themes"), term("themes", is_several=True)),
    Field(
        "data_subjects", _("categories of data subjects"), term("data_subjects", is_several=True)
    ),
    Field("people_count", _("number of people concerned, about")),
    Field("vulnerable_people", _("vulnerable people"), YES_OR_NO),
    Field("processing_types", _("types of processing"), term("processing_types", is_several=True)),
    Field("has_no_special_data", _("no special categories of personal data"), YES_OR_NO),
    Field("has_no_recipients", _("no recipients"), YES_OR_NO),
    Field("has_no_transfers", _("no transfers"), YES_OR_NO),
    Field("automated_decisions", _("automated decisions"), YES_OR_NO),
    Field("automated_logic", _("how the decision is made"), WRITTEN),
    Field("automated_consequences", _("what the decision means"), WRITTEN),
    Field("sources", _("sources"), choice(Source, is_several=True)),
    Field("source_detail", _("which sources"), WRITTEN),
    Field("security_measures", _("security measures"), term("security_measures", is_several=True)),
    Field("security", _("security in general"), WRITTEN),
    Field("dpia", _("data protection impact assessment"), choice(ImpactAssessment)),
    Field("dpia_done_on", _("date of the impact assessment")),
    Field("dpia_summary", _("summary of the impact assessment, or why none is needed"), WRITTEN),
    Field("starts_on", _("start date")),
    Field("ends_on", _("end date")),
    Field("replaced_by", _("replaced by")),
    Field("rights_procedure", _("how to use one's rights"), WRITTEN),
)

# What a row is -> its fields, in the order of the record.
OF_ROWS: dict[type[Part], tuple[Field, ...]] = {
    ServedController: (
        *PARTY,
        Field("contact", _("contact details"), WRITTEN),
        Field("processing", _("what is done for it"), WRITTEN),
    ),
    Purpose: (
        KEY,
        Field("category", _("category"), term("purposes")),
        Field("description", _("description"), WRITTEN),
    ),
    LegalGround: (
        Field("ground", _("ground"), GROUND),
        Field("purposes", _("for which purposes"), SEVERAL),
        Field("law_title", _("law or contract"), WRITTEN),
        Field("law_article", _("articles of the law")),
        Field("law_url", _("web address of the law")),
        Field("legitimate_interest", _("legitimate interest"), WRITTEN),
    ),
    DataItem: (
        KEY,
        Field("category", _("category"), term("data")),
        Field("detail", _("which data"), WRITTEN),
        Field("about", _("about which data subjects"), term("data_subjects", is_several=True)),
        Field("is_mandatory", _("mandatory to supply"), YES_OR_NO),
    ),
    Retention: (
        Field("data", _("for which data"), SEVERAL),
        Field("period", _("retention period")),
        Field("unit", _("unit"), UNIT),
        Field("criterion", _("from when, or the criterion"), WRITTEN),
        Field("what_for", _("what for"), WRITTEN),
        Field("after", _("afterwards"), choice(RetentionOutcome)),
        Field("unknown_reason", _("why no period can be given"), WRITTEN),
    ),
    Recipient: (
        KEY,
        *PARTY,
        Field("what", _("what is passed on, and why"), WRITTEN),
        Field("authorisation", _("protocol or authorisation"), WRITTEN),
        Field("authorisation_url", _("web address of the protocol")),
    ),
    Processor: (
        KEY,
        *PARTY,
        Field("task", _("task"), WRITTEN),
        Field("country", _("country of the seat"), COUNTRY),
        Field("data_countries", _("countries where the data are kept"), COUNTRIES),
        Field("agreed_on", _("date of the agreement")),
        Field("works_for", _("sub-processor of")),
    ),
    JointController: (
        *PARTY,
        Field("contact", _("contact details"), WRITTEN),
        Field("arrangement", _("who does what"), WRITTEN),
    ),
    Transfer: (
        Field("mechanism", _("transfer mechanism"), term("transfer_mechanisms")),
        Field("country", _("country"), COUNTRY),
        Field("international_organisation", _("international organisation"), WRITTEN),
        Field("recipient", _("to the recipient")),
        Field("processor", _("to the processor")),
        Field("safeguards", _("safeguards"), WRITTEN),
        Field("url", _("web address of the safeguards")),
    ),
}
# Field of the record -> what its rows are called together.
HEADINGS_OF_ROWS = {
    "served_controllers": _("controllers on whose behalf the body works"),
    "purposes": _("purposes"),
    "legal_grounds": _("legal bases"),
    "data": _("data"),
    "retention": _("retention periods"),
    "recipients": _("recipients"),
    "processors": _("processors"),
    "joint_controllers": _("joint controllers"),
    "transfers": _("transfers outside the EEA"),
}
# Field of the record -> what it is called.
HEADINGS = {field.name: field.heading for field in OF_THE_RECORD} | HEADINGS_OF_ROWS
ROWS = tuple(
    Rows(name, HEADINGS_OF_ROWS[name], OF_ROWS[struct])
    for name, struct in rows_of(PublicRecord).items()
)


def _changed(entry: Published, words: Words) -> tuple[str, ...]:
    """The fields that differ. What a body does not show any more is not told to have changed."""
    names = tuple(entry.changed_fields)
    if "department" not in names:
        return names
    body = words.directory().by_id.get(entry.record.organisation)
    return tuple(name for name in names if name != "department" or (body and body.departments))


# Where a file tells of all versions.
ABOUT_HISTORY = (
    *ABOUT,
    About("current", _("current version"), YES_OR_NO, lambda entry, words: entry.is_current),
    About(
        "changed",
        _("what changed"),
        Named(lambda name, language, words: HEADINGS[name], is_several=True),
        _changed,
    ),
    About("withdrawn_at", _("withdrawn on"), MOMENT, lambda entry, words: entry.withdrawn_at),
)


def reader(fields: Sequence[Field], words: Words) -> Callable[[Part | Published], Sequence]:
    """What reads the values of these fields, in their order: of a part, or about an entry."""
    if isinstance(fields[0], About):
        return lambda entry: [field.read(entry, words) for field in fields]
    if fields in OF_ROWS.values():
        # All that a row has, in its order: in a third of the time.
        return astuple
    return attrgetter(*(field.name for field in fields))
