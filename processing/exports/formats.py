"""The formats of files: what they are called in addresses, and how each is made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from processing.exports.documents import json_parts, jsonl_parts
from processing.exports.entries import Entries
from processing.exports.fields import ABOUT, ABOUT_HISTORY, ENTRY, VERSION, Field
from processing.exports.tables import csv_parts
from processing.exports.words import Words
from processing.exports.workbooks import xlsx_parts
from processing.spreadsheets import XLSX


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds."""

    entries: Entries
    words: Words
    # Where its entries are read on the site, such as the page of a body: an absolute address.
    source: str
    # On which it is made, in Brussels.
    day: date
    # Whether its entries are all versions that there were.
    has_history: bool = False

    @property
    def fields(self) -> Sequence[Field]:
        """What is told of an entry beside its record."""
        return ABOUT_HISTORY if self.has_history else ABOUT

    @property
    def key(self) -> Sequence[Field]:
        """What names an entry where it has rows in several tables."""
        return (ENTRY, VERSION) if self.has_history else (ENTRY,)

    def about(self) -> list[tuple[str, str, str]]:
        """What the file is: name for machines, label, text."""
        language = self.words.of_headings
        with override(language):
            licence = settings.DATA_LICENCE_URL.format(language=language)
            told = [
                ("title", _("Register"), _("Federal register of your data")),
                ("source", _("Web address"), self.source),
                ("date", _("Date"), self.day.isoformat()),
                ("licence", _("Licence"), f"{settings.DATA_LICENCE} ({licence})"),
            ]
            if self.has_history:
                versions = _(
                    "All that were published. Of what was withdrawn, only that it was withdrawn, "
                    "and when."
                )
                told.append(("versions", _("Versions"), versions))
            if settings.DEMONSTRATION:
                made_up = _(
                    "This is a demonstration. The entries on this site are made up and say nothing "
                    "about what the bodies really do."
                )
                told.append(("notice", _("Demonstration"), made_up))
        return told

    def explanation(self) -> list[tuple[str, str]]:
        """The same for people, with how the sheets of a workbook belong together."""
        with override(self.words.of_headings):
            reading = [
                _("The first columns of each sheet name the processing activity and its version.")
                if self.has_history
                else _("The first column of each sheet names the processing activity."),
                _(
                    "Where a text is not in your language, you see it in another one. Its language "
                    "stands before it, such as [fr] for French."
                ),
            ]
            label = _("How to read it")
        told = [(label, text) for _name, label, text in self.about()]
        return [*told, *((label, sentence) for sentence in reading)]


@dataclass(frozen=True, slots=True)
class Format:
    # In addresses.
    name: str
    # What people call it; the same in all languages.
    label: str
    extension: str
    content_type: str
    parts: Callable[[Contents], Iterator[bytes]]
    # So many entries at most, in one language and in all of them; None for any number.
    most: int | None = None
    most_in_all_languages: int | None = None

    def most_in(self, words: Words) -> int | None:
        return self.most if words.language else self.most_in_all_languages


def _csv(separator: str) -> Callable[[Contents], Iterator[bytes]]:
    return lambda contents: csv_parts(
        contents.entries, contents.words, separator=separator, about=contents.fields
    )


def _json(contents: Contents) -> Iterator[bytes]:
    about = {name: text for name, _label, text in contents.about()}
    return json_parts(contents.entries, contents.words, about=about, fields=contents.fields)


def _jsonl(contents: Contents) -> Iterator[bytes]:
    return jsonl_parts(contents.entries, contents.words, fields=contents.fields)


def _xlsx(contents: Contents) -> Iterator[bytes]:
    return xlsx_parts(
        contents.entries,
        contents.words,
        explained=contents.explanation(),
        day=contents.day,
        about=contents.fields,
        key=contents.key,
    )


# A worker gives a visitor two minutes to fetch an answer: so many are made in half of that.
MOST_IN_A_WORKBOOK = 100_000
MOST_IN_ALL_LANGUAGES = 50_000
FORMATS = {
    known.name: known
    for known in (
        Format(
            *("xlsx", "Excel (XLSX)", "xlsx", XLSX, _xlsx),
            *(MOST_IN_A_WORKBOOK, MOST_IN_ALL_LANGUAGES),
        ),
        Format("csv", "CSV (;)", "csv", "text/csv; charset=utf-8", _csv(";")),
        Format("csv-comma", "CSV (,)", "csv", "text/csv; charset=utf-8", _csv(",")),
        Format("json", "JSON", "json", "application/json", _json),
        Format("jsonl", "JSON Lines", "jsonl", "application/jsonl", _jsonl),
    )
}


def file_name(of: str, words: Words, day: date, chosen: Format) -> str:
    """Such as register-fps-finance-nl-2026-11-26.csv: it sorts by what it holds and by day."""
    demonstration = ["demonstration"] if settings.DEMONSTRATION else []
    language = words.language or "all"
    return "-".join([*demonstration, "register", of, language, f"{day}.{chosen.extension}"])
