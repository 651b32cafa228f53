"""How each kind of value is put into the cells of a table, and into JSON.

A file asks a kind once for the functions that do it: there are hundreds of values in an entry. Most
are codes, which are put into words, and these into the words of the format, once for all entries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db.models import TextChoices
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from organisations.languages import Text, reading_order
from processing.entry.wording import YES_NO, choice_label
from processing.exports.words import Words, body_name, country_name, department_name
from processing.law import GROUNDS

Cell = str | int | date | datetime | None
# How a format writes a cell: one without content as an empty text.
Write = Callable[[Cell], str]
Cells = Callable[[object], Sequence[str]]
Told = Callable[[object], object]
# What stands between several values in one cell.
BETWEEN = "; "
# What stands between the rows of an entry, such as its purposes, in one cell.
BETWEEN_ROWS = " | "
# So many combinations of the values of several rows are kept, of each field; longer ones, such as
# web addresses, hardly come again.
MOST_JOINED, LONGEST_JOINED = 1_000, 500
# The cell of what is not said.
NOTHING = ("",)
encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Column:
    # For machines: the field's, with the language where there are several.
    name: str
    # For people.
    heading: str


class Kind:
    """A value that is told as it is: a number, a day, a reference, a web address."""

    def columns(self, name: str, heading: str, words: Words) -> list[Column]:
        return [Column(name, heading)]

    def cells(self, words: Words, write: Write) -> Cells:
        """What gives the cells of a value: one for each column."""
        return lambda value: (write(value),)

    def joined(self, words: Words, write: Write) -> Cells:
        """What gives the cells of the values of several rows: in one, each in its place."""
        cells = self.cells(words, plain)

        def joined(values: Sequence[object]) -> Sequence[str]:
            columns = zip(*map(cells, values), strict=True)
            return [write(_joined(column)) for column in columns]

        # Rows are numbered alike, and the same codes stand together often.
        return _Kept(joined, MOST_JOINED, longest=LONGEST_JOINED).__getitem__

    def told(self, words: Words) -> Told:
        """What gives a value, if there is one, in JSON."""
        return lambda value: value


class Moment(Kind):
    """In Brussels: with its distance from UTC in JSON, without it in tables."""

    def cells(self, words: Words, write: Write) -> Cells:
        zone = get_current_timezone()

        def cells(value: datetime | None) -> Sequence[str]:
            if value is None:
                return NOTHING
            return (write(value.astimezone(zone).replace(tzinfo=None, microsecond=0)),)

        return cells

    def told(self, words: Words) -> Told:
        return lambda value: localtime(value).replace(microsecond=0).isoformat()


class YesNo(Kind):
    """Words for people where a table is in their language; nothing where nothing is said."""

    def cells(self, words: Words, write: Write) -> Cells:
        told = {None: "", True: "true", False: "false"}
        if words.language:
            with override(words.language):
                told |= {value: str(word) for value, word in YES_NO.items()}
        return {value: (write(word),) for value, word in told.items()}.__getitem__


class Several(Kind):
    """Several values that are told as they are."""

    def cells(self, words: Words, write: Write) -> Cells:
        return lambda value: (write(BETWEEN.join(map(str, value))),)


class Written(Kind):
    """What people wrote: in the language of the file or the one that stands in, or in all."""

    def columns(self, name: str, heading: str, words: Words) -> list[Column]:
        if words.language:
            return [Column(name, heading)]
        return [Column(f"{name}_{language}", heading) for language in words.languages]

    def cells(self, words: Words, write: Write) -> Cells:
        if words.language is None:
            return lambda texts: [write(texts.get(language, "")) for language in words.languages]
        own, stand_in = words.language, self._stand_in(words)

        def cells(texts: Text) -> Sequence[str]:
            if not texts:
                return NOTHING
            return (write(texts[own] if own in texts else stand_in(texts)),)

        return cells

    def joined(self, words: Words, write: Write) -> Cells:
        nothing = ("",) * len(words.languages)
        if words.language is None:

            def joined_in_all(values: Sequence[Text]) -> Sequence[str]:
                if not any(values):
                    return nothing
                return [
                    write(_joined([texts.get(language, "") for texts in values]))
                    for language in words.languages
                ]

            return joined_in_all
        own, stand_in = words.language, self._stand_in(words)

        def joined(values: Sequence[Text]) -> Sequence[str]:
            if not any(values):
                return nothing
            # Without a function that is called for each: there are dozens in an entry.
            told = [
                texts[own] if own in texts else stand_in(texts) if texts else "" for texts in values
            ]
            return (write(BETWEEN_ROWS.join(told)),)

        return joined

    def _stand_in(self, words: Words) -> Callable[[Text], str]:
        """What gives a text that is not in the language of the file."""
        _own, *others = reading_order(words.language)

        def stand_in(texts: Text) -> str:
            for language in others:
                if language in texts:
                    return words.marked(texts[language], language)
            return ""

        return stand_in

    def told(self, words: Words) -> Told:
        return words.text


NameOf = Callable[[object, str, Words], object]
CodeOf = Callable[[object, Words], str]


class Named(Kind):
    """A code with what it is called; `is_several` for any number of them.

    `vocabulary` names what the codes are from: a code list, or choices of the law.
    """

    def __init__(
        self,
        name_of: NameOf,
        *,
        is_several: bool = False,
        code_of: CodeOf = lambda value, words: value,
        iri_of: CodeOf = lambda value, words: "",
        without_code: bool = False,
        vocabulary: str = "",
    ) -> None:
        self.vocabulary = vocabulary
        self.name_of = name_of
        self.code_of = code_of
        self.iri_of = iri_of
        self.is_several = is_several
        self.without_code = without_code

    def columns(self, name: str, heading: str, words: Words) -> list[Column]:
        named = Written().columns(name, heading, words)
        if self.without_code:
            return named
        with override(words.of_headings):
            heading = gettext("%(heading)s (code)") % {"heading": heading}
        return [*named, Column(f"{name}_codes" if self.is_several else f"{name}_code", heading)]

    def cells(self, words: Words, write: Write) -> Cells:
        return _Kept(lambda value: tuple(map(write, self._cells(value, words)))).__getitem__

    def told(self, words: Words) -> Told:
        return _Kept(lambda value: msgspec.Raw(encode(self._told(value, words)))).__getitem__

    def _values(self, value: object) -> Sequence[object]:
        if self.is_several:
            return value
        return () if value in (None, "") else (value,)

    def _cells(self, value: object, words: Words) -> Sequence[Cell]:
        values = self._values(value)
        texts = [words.named(self.name_of, each) for each in values]
        if words.language:
            marked = (words.marked(text, found) for told in texts for found, text in told.items())
            named = [BETWEEN.join(marked)]
        else:
            # Where one lacks a name in a language, its place stays empty.
            named = [
                BETWEEN.join(told.get(language, "") for told in texts)
                for language in words.languages
            ]
        if not self.without_code:
            named.append(BETWEEN.join(self.code_of(each, words) for each in values))
        return tuple(named)

    def _told(self, value: object, words: Words) -> object:
        found = [self._told_one(each, words) for each in self._values(value)]
        return found if self.is_several else found[0]

    def _told_one(self, value: object, words: Words) -> dict:
        label = words.named(self.name_of, value)
        if self.without_code:
            return label
        told = {"code": self.code_of(value, words), "label": label}
        iri = self.iri_of(value, words)
        return told | {"iri": iri} if iri else told


def plain(cell: Cell) -> str:
    """As a text: days and moments as ISO 8601 has them."""
    if cell.__class__ is str:
        return cell
    if cell is None:
        return ""
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)


def _joined(cells: Sequence[str]) -> str:
    """Empty where none says anything."""
    return BETWEEN_ROWS.join(cells) if any(cells) else ""


class _Kept(dict):
    """What a function gives, once for each value. There are not many combinations of codes."""

    def __init__(
        self,
        function: Callable[[object], object],
        most: int = 50_000,
        *,
        longest: int | None = None,
    ) -> None:
        """`longest`: the most characters of the texts of a result that is kept."""
        self._function, self._most, self._longest = function, most, longest

    def __missing__(self, value: object) -> object:
        found = self._function(value)
        is_short = self._longest is None or sum(map(len, found)) <= self._longest
        if is_short and len(self) < self._most:
            self[value] = found
        return found


def term(code_list: str, *, is_several: bool = False) -> Named:
    """Of a code list; a code that it does not know is its own name."""

    def name_of(code: str, language: str, words: Words) -> object:
        found = words.term(code_list, code, language)
        return found.label if found else code

    def iri_of(code: str, words: Words) -> str:
        found = words.term(code_list, code)
        return found.iri if found else ""

    return Named(name_of, is_several=is_several, iri_of=iri_of, vocabulary=code_list)


def choice(choices: type[TextChoices], *, is_several: bool = False) -> Named:
    def name_of(code: str, language: str, words: Words) -> str:
        return choice_label(choices, code)

    return Named(name_of, is_several=is_several, vocabulary=choices.__name__)


UNITS = {"day": _("days"), "week": _("weeks"), "month": _("months"), "year": _("years")}


def _unit_name(unit: str, language: str, words: Words) -> object:
    return UNITS.get(unit, unit)


def _ground_name(code: str, language: str, words: Words) -> str:
    point = GROUNDS.get(code)
    return f"{point.label} ({point.citation})" if point else code


def _ground_iri(code: str, words: Words) -> str:
    point = GROUNDS.get(code)
    return point.iri if point else ""


PLAIN = Kind()
SEVERAL = Several()
MOMENT = Moment()
YES_OR_NO = YesNo()
WRITTEN = Written()
BODY = Named(body_name, code_of=lambda body, words: words.slug(body))
DEPARTMENT = Named(department_name, without_code=True)
COUNTRY = Named(country_name, vocabulary="countries")
COUNTRIES = Named(country_name, is_several=True, vocabulary="countries")
UNIT = Named(_unit_name, vocabulary="units")
GROUND = Named(_ground_name, iri_of=_ground_iri, vocabulary="grounds")
