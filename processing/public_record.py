"""The contract: what citizens may see of one processing activity.

A field is public because it stands here. Field names are those of the working copy's models, so a
new public field costs a model field, a line here, one in processing/entry/layout.py, one in
processing/exports/fields.py and one in processing/linked_data/. Which model fields are public and
which are translated follows from this.
Pages, exports and feeds are made from these types and know nothing else.

Code lists, bodies and replacing activities are referred to by code, key and number; their labels
and names are looked up when shown, so a corrected label or a renamed body shows everywhere.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import cache
from typing import get_args, get_origin

import msgspec

from organisations.languages import LANGUAGES, Text
from processing import upcasts

# Publications are never rewritten. Whoever renames or removes a field, or changes what one means,
# raises this number, adds an upcast, and adds a record of the new format to
# tests/processing/records/. A further field with a default needs only its place in the newest of
# these records.
FORMAT = 2
# Format -> what makes the stored form of the next format from it.
UPCASTS: dict[int, Callable[[dict], dict]] = {1: upcasts.from_1}


class Part(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Default values are left out of the stored JSON.

    None holds itself, however far down: Python need not look for that (`gc`) in very many.
    """


class Purpose(Part):
    key: int
    category: str | None = None
    description: Text = {}


class LegalGround(Part):
    """Of the purposes with these keys; of all of them without keys."""

    ground: str = ""
    purposes: tuple[int, ...] = ()
    law_title: Text = {}
    law_article: str = ""
    law_url: str = ""
    legitimate_interest: Text = {}

    @property
    def is_basis(self) -> bool:
        """Whether it is one of the six legal bases of Art. 6, and no condition beside them."""
        return self.ground.startswith("6-")

    def is_for(self, purpose: Purpose) -> bool:
        return not self.purposes or purpose.key in self.purposes


class DataItem(Part):
    key: int
    category: str
    detail: Text = {}
    about: tuple[str, ...] = ()
    is_mandatory: bool | None = None


class Retention(Part):
    """Of the data with these keys; of all of them without keys."""

    data: tuple[int, ...] = ()
    period: int | None = None
    unit: str = ""
    criterion: Text = {}
    what_for: Text = {}
    after: str = ""
    unknown_reason: Text = {}

    @property
    def says_how_long(self) -> bool:
        return bool(self.period or self.criterion)

    def is_for(self, item: DataItem) -> bool:
        return not self.data or item.key in self.data


class Recipient(Part):
    key: int
    organisation: int | None = None
    name: Text = {}
    category: str | None = None
    what: Text = {}
    authorisation: Text = {}
    authorisation_url: str = ""

    @property
    def told(self) -> Text:
        """What is told of its part."""
        return self.what


class Processor(Part):
    key: int
    organisation: int | None = None
    name: Text = {}
    category: str | None = None
    task: Text = {}
    country: str = ""
    data_countries: tuple[str, ...] = ()
    agreed_on: date | None = None
    # Key of the processor that called it in.
    works_for: int | None = None

    @property
    def told(self) -> Text:
        """What is told of its part."""
        return self.task


class JointController(Part):
    organisation: int | None = None
    name: Text = {}
    category: str | None = None
    contact: Text = {}
    arrangement: Text = {}

    @property
    def told(self) -> Text:
        """What is told of its part."""
        return self.arrangement


class ServedController(Part):
    organisation: int | None = None
    name: Text = {}
    category: str | None = None
    contact: Text = {}
    processing: Text = {}


class Transfer(Part):
    mechanism: str
    country: str = ""
    international_organisation: Text = {}
    # Key of the one or the other.
    recipient: int | None = None
    processor: int | None = None
    safeguards: Text = {}
    url: str = ""


class PublicRecord(Part):
    """One entry of a body's register as GDPR Art. 30(1) describes it, for the public.

    Or as Art. 30(2) does, where the body acts as a processor.
    """

    organisation: int
    number: int
    acts_as: str = "controller"
    reference: str = ""
    name: Text = {}
    summary: Text = {}
    # What people call it, with semicolons between.
    keywords: Text = {}
    # Key of the department, where the body shows its departments.
    department: int | None = None
    themes: tuple[str, ...] = ()
    data_subjects: tuple[str, ...] = ()
    people_count: int | None = None
    vulnerable_people: bool = False
    processing_types: tuple[str, ...] = ()
    # What the body declares that there is none of, which is more than saying nothing.
    has_no_special_data: bool = False
    has_no_recipients: bool = False
    has_no_transfers: bool = False
    automated_decisions: bool | None = None
    automated_logic: Text = {}
    automated_consequences: Text = {}
    sources: tuple[str, ...] = ()
    source_detail: Text = {}
    security_measures: tuple[str, ...] = ()
    security: Text = {}
    dpia: str = ""
    dpia_done_on: date | None = None
    dpia_summary: Text = {}
    starts_on: date | None = None
    ends_on: date | None = None
    # Number of the same body's activity, only when that one is public itself.
    replaced_by: int | None = None
    rights_procedure: Text = {}
    served_controllers: tuple[ServedController, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    legal_grounds: tuple[LegalGround, ...] = ()
    data: tuple[DataItem, ...] = ()
    retention: tuple[Retention, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    processors: tuple[Processor, ...] = ()
    joint_controllers: tuple[JointController, ...] = ()
    transfers: tuple[Transfer, ...] = ()

    @property
    def receivers(self) -> tuple[Recipient | Processor | JointController, ...]:
        """Everybody who receives data: a processor and a joint controller do as well."""
        return (*self.recipients, *self.processors, *self.joint_controllers)

    @property
    def countries(self) -> list[str]:
        """The countries to which data go or where they are kept, each once.

        Of a processor that does not tell where it keeps them, that of its seat.
        """
        found = [transfer.country for transfer in self.transfers]
        for processor in self.processors:
            found += processor.data_countries or [processor.country]
        return list(dict.fromkeys(filter(None, found)))

    @property
    def number_of_rows(self) -> int:
        """Its purposes, data, recipients and so on, together."""
        values = (getattr(self, field.name) for field in msgspec.structs.fields(type(self)))
        rows = (value for value in values if isinstance(value, tuple))
        return sum(isinstance(row, Part) for value in rows for row in value)

    @property
    def languages(self) -> list[str]:
        """The languages in which the entry has a name, in the order of the site."""
        return [language for language in LANGUAGES if language in self.name]

    @property
    def written_languages(self) -> list[str]:
        """The languages in which something is written, be it in one row only."""
        written = {language for text in texts_in(self) for language in text}
        return [language for language in LANGUAGES if language in written]

    def to_json(self) -> dict:
        """The stored form: plain values for a JSON column, with the version of their format."""
        return {"format": FORMAT, **msgspec.to_builtins(self)}

    @classmethod
    def from_text(cls, stored: str) -> "PublicRecord":
        """As from_json(), from the JSON itself: in a tenth of the time, for reading very many."""
        return reader()(stored.encode())

    @classmethod
    def from_json(cls, stored: dict) -> "PublicRecord":
        """Read a record of any format that was ever stored."""
        for number in range(stored.get("format", 1), FORMAT):
            stored = UPCASTS[number](stored)
        return msgspec.convert(stored, cls)


@cache
def reader(*fields: str) -> Callable[[bytes], PublicRecord]:
    """What reads records from their JSON in UTF-8; with `fields`, other fields may be lacking."""
    decode = msgspec.json.Decoder(_with_only(fields) if fields else PublicRecord).decode
    # As the database writes it. In a text, the quotation marks would have backslashes.
    of_today = (f'"format": {FORMAT},'.encode(), f'"format": {FORMAT}}}'.encode())

    def read(stored: bytes) -> PublicRecord:
        if of_today[0] in stored or of_today[1] in stored:
            return decode(stored)
        return PublicRecord.from_json(msgspec.json.decode(stored))

    return read


def _with_only(fields: Collection[str]) -> type[Part]:
    """A record that has these fields only: what else is stored is passed over."""
    return msgspec.defstruct(
        "PartOfRecord",
        [
            (each.name, each.type, msgspec.field(default=each.default))
            if each.default_factory is msgspec.NODEFAULT
            else (each.name, each.type, msgspec.field(default_factory=each.default_factory))
            for each in msgspec.structs.fields(PublicRecord)
            if each.name in fields
        ],
        bases=(Part,),
        frozen=True,
    )


def changed_fields(before: PublicRecord | None, after: PublicRecord) -> list[str]:
    """The names of the fields in which a version differs from the one before; none of the first."""
    if before is None:
        return []
    names = PublicRecord.__struct_fields__
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def fields_of(struct: type[Part]) -> tuple[str, ...]:
    """The names of its fields, without those that hold rows."""
    rows = rows_of(struct)
    return tuple(name for name in struct.__struct_fields__ if name not in rows)


@cache
def text_fields_of(struct: type[Part]) -> tuple[str, ...]:
    """The names of its fields that hold a text in several languages."""
    return tuple(field.name for field in msgspec.structs.fields(struct) if field.type == Text)


@cache
def rows_of(struct: type[Part]) -> dict[str, type[Part]]:
    """The names of its fields that hold rows, and what a row is."""
    several = {
        field.name: get_args(field.type)[0]
        for field in msgspec.structs.fields(struct)
        if get_origin(field.type) is tuple
    }
    return {name: held for name, held in several.items() if issubclass(held, Part)}


def texts_in(part: Part) -> Iterator[Text]:
    """The texts that hold something, rows included."""
    yield from filter(None, (getattr(part, name) for name in text_fields_of(type(part))))
    for name in rows_of(type(part)):
        for row in getattr(part, name):
            yield from texts_in(row)
