"""The values in the register's own workbook: what a cell says for a field, and how it is said."""

import re
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from organisations.models import Department, Organisation
from processing import countries
from processing.imports.drafts.draft import Item, Writer
from processing.imports.fields import SURE
from processing.imports.values import as_date, country_of, words_of, yes_or_no
from processing.models import CODE_LISTS, ProcessingActivity
from processing.models.parties import CountriesColumn, CountryColumn

# Between a code and its words, and between the values of a cell.
DASH, BETWEEN = " – ", "; "
SEVERAL = re.compile(r"\s*[;\n]\s*")
NUMBER = re.compile(r"\d{1,18}")


class NoValue(Exception):
    """A text that says nothing for its field; `reason` is one of cell_accounts.REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def value_of(writer: Writer, field: models.Field, item: Item) -> object:
    """What a cell says, as processing/snapshots.py keeps it. Raises NoValue."""
    for kind, read in READERS:
        if isinstance(field, kind):
            return read(writer, field, item)
    raise TypeError(f"No reader for {field}")


def is_text(field: models.Field) -> bool:
    """Whether people write it in their own words."""
    is_words = isinstance(field, models.CharField | models.TextField)
    return is_words and not field.choices and not isinstance(field, CountryColumn)


@cache
def list_of(model: type[models.Model]) -> str:
    """The name of a code list."""
    return next(name for name, of in CODE_LISTS.items() if of is model)


def _several(read: Callable) -> Callable:
    """Reads each of the values of a cell; what one of them does not say is kept in the remarks."""

    def reading(writer: Writer, field: models.Field, item: Item) -> list:
        found = []
        for text in filter(None, SEVERAL.split(item.text)):
            try:
                found.append(read(writer, field, item.part(text)))
            except NoValue as refused:
                writer.remark(item.part(text), refused.reason)
        return list(dict.fromkeys(found))

    return reading


def _related(writer: Writer, field: models.Field, item: Item) -> object:
    model = field.related_model
    if model is Organisation:
        return _found(writer.vocabulary.bodies.find(item.text))
    if model is Department:
        return _found(writer.vocabulary.departments.find(item.text))
    terms = writer.vocabulary.lists[list_of(model)]
    before = item.text.partition(DASH)[0].strip().casefold()
    if code := terms.codes.get(before):
        return code
    match = terms.find(item.text)
    is_sure = match and match.is_whole and match.certainty >= SURE
    return _found(match.code if is_sure else None)


def _found(key: object) -> object:
    if key is None:
        raise NoValue("unknown_term")
    return key


@cache
def choices_of(field: models.Field) -> dict[str, str]:
    """Words -> the value that they mean, in any language."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {words_of(str(label)): value for value, label in field.flatchoices if value}
    return found | {words_of(value): value for value, _label in field.flatchoices if value}


def _choice(writer: Writer, field: models.Field, item: Item) -> str:
    known = choices_of(field)
    before = words_of(item.text.partition(DASH)[0])
    value = known.get(words_of(item.text)) or known.get(before)
    if value is None:
        raise NoValue("no_choice")
    return value


def _key(writer: Writer, field: models.Field, item: Item) -> int:
    """The number of another row of the same activity."""
    key = _number(writer, field, item)
    if key not in writer.own_keys.get(field.model.REFERS_TO[field.name], ()):
        raise NoValue("no_such_row")
    return key


def _number(writer: Writer, field: models.Field, item: Item) -> int:
    if not NUMBER.fullmatch(item.text):
        raise NoValue("no_number")
    return int(item.text)


def _integer(writer: Writer, field: models.Field, item: Item) -> int:
    refers = field.name in getattr(field.model, "REFERS_TO", {})
    return (_key if refers else _number)(writer, field, item)


def _array(writer: Writer, field: ArrayField, item: Item) -> list:
    refers = field.name in getattr(field.model, "REFERS_TO", {})
    read = _key if refers else lambda w, f, i: _choice(w, f.base_field, i)
    return _several(read)(writer, field, item)


def _country(writer: Writer, field: models.Field, item: Item) -> str:
    if not (code := country_of(item.text)):
        raise NoValue("no_country")
    return code


def _boolean(writer: Writer, field: models.Field, item: Item) -> bool:
    if (said := yes_or_no(item.text)) is None:
        raise NoValue("no_yes_or_no")
    return said


def _day(writer: Writer, field: models.Field, item: Item) -> str:
    if (day := as_date(item.cell)) is None:
        raise NoValue("no_date")
    return day.isoformat()


READERS: tuple[tuple[type | tuple, Callable], ...] = (
    (models.ManyToManyField, _several(_related)),
    (models.ForeignKey, _related),
    (CountriesColumn, _several(_country)),
    (ArrayField, _array),
    (CountryColumn, _country),
    (models.BooleanField, _boolean),
    (models.DateField, _day),
    (models.IntegerField, _integer),
    (models.CharField, _choice),
)


class Words:
    """Says values so that they are read as they were: the codes and names of one language."""

    def __init__(
        self, language: str, labels: dict, bodies: dict, departments: dict, numbers: dict
    ) -> None:
        self.language = language
        # Model -> code -> label.
        self.labels = labels
        # Key -> name.
        self.bodies = bodies
        self.departments = departments
        # Key of an activity of the body -> its number.
        self.numbers = numbers

    def of(self, field: models.Field, value: object) -> str:
        """For a cell; "" for nothing. Run it in the language of the workbook."""
        if value in (None, "", []):
            return ""
        if isinstance(value, list):
            base = getattr(field, "base_field", field)
            is_country = isinstance(field, CountriesColumn)
            words = [
                countries.name_of(one, self.language) if is_country else self._one(base, one)
                for one in value
            ]
            return BETWEEN.join(words)
        return self._one(field, value)

    def _one(self, field: models.Field, value: object) -> str:
        if field.is_relation:
            model = field.related_model
            if model is Organisation:
                return self.bodies[value]
            if model is ProcessingActivity:
                return str(self.numbers[value])
            return self.departments[value] if model is Department else self.term(model, value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(field, CountryColumn):
            return countries.name_of(value, self.language)
        return self.choice(field, value) if field.choices else str(value)

    def term(self, model: type[models.Model], code: str) -> str:
        return f"{code}{DASH}{self.labels[model][code]}"

    def choice(self, field: models.Field, value: str) -> str:
        """Grounds in law are known by their articles too."""
        label = str(dict(field.flatchoices)[value])
        return f"{value}{DASH}{label}" if field.name == "ground" else label
