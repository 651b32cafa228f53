"""Writes the register's own workbook: empty, to start from, or with the entries of a body."""

import io
from collections import Counter
from collections.abc import Iterable
from datetime import date

import xlsxwriter
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import override
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from organisations.languages import passage, reading_order, texts_of
from organisations.models import Department, Organisation
from processing import countries
from processing.imports.own_workbook.columns import (
    GUIDE,
    LISTS,
    OwnColumn,
    columns_of,
    known,
    title_of,
)
from processing.imports.own_workbook.columns import models as kinds
from processing.imports.own_workbook.values import Words, is_text
from processing.imports.values import words_of
from processing.models import CODE_LISTS, ProcessingActivity
from processing.models.parties import CountriesColumn, CountryColumn
from processing.snapshots import Content, content_of
from processing.spreadsheets import OPTIONS, write_text

# Lists and help reach down to this row; what stands below it is read as well.
LAST_ROW = 5_000
OWN_OPTIONS = OPTIONS | {"default_date_format": "yyyy-mm-dd"}
WIDE, NARROW = 48, 22
LONGEST_HELP, LONGEST_TITLE = 255, 32


def own_workbook(
    language: str, body: Organisation, activities: Iterable[ProcessingActivity] = ()
) -> bytes:
    """The workbook in one language, as XLSX; with the activities of the body that are given.

    The activities bring their parts along: ProcessingActivity.objects.with_parts().
    """
    stream = io.BytesIO()
    with override(language), xlsxwriter.Workbook(stream, OWN_OPTIONS) as book:
        _Book(book, language, body).write(activities)
    return stream.getvalue()


class _Sheet:
    """One sheet, and how far it is written."""

    def __init__(self, worksheet: Worksheet, part: str) -> None:
        self.worksheet = worksheet
        self.part = part
        self.columns = columns_of(part)
        self.row = 2
        # Languages in which something is written.
        self.used: set[str] = set()


class _Book:
    def __init__(self, book: xlsxwriter.Workbook, language: str, body: Organisation) -> None:
        self.book = book
        self.language = language
        self.body = body
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E5E9F0", "border": 1}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        # What may be chosen -> where it stands in the sheet of lists.
        self.places: dict[str, str] = {}

    def write(self, activities: Iterable[ProcessingActivity]) -> None:
        guide = self.book.add_worksheet(_("How to use this"))
        sheets = {part: self._sheet(part) for part in kinds()}
        self._guide(guide)
        for activity in activities:
            self._activity(sheets, activity)
        lists = self._lists()
        for sheet in sheets.values():
            self._lay_out(sheet, lists)
        self._write_lists(lists)
        sheets[""].worksheet.activate()

    # What stands in the sheets -----------------------------------------------------------------

    def _sheet(self, part: str) -> _Sheet:
        sheet = _Sheet(self.book.add_worksheet(title_of(part)), part)
        # Before it is written: it is not kept in memory.
        sheet.worksheet.set_row(0, None, None, {"hidden": True})
        for number, column in enumerate(sheet.columns):
            write_text(sheet.worksheet, 0, number, column.key)
        for number, column in enumerate(sheet.columns):
            write_text(sheet.worksheet, 1, number, column.heading, self.heading)
        return sheet

    def _guide(self, sheet: Worksheet) -> None:
        titles = {"activities": title_of("")}
        lines = [
            _("Write one row for each activity in the sheet “%(activities)s”. Give it a number."),
            _(
                "The other sheets hold what an activity has several of. Their first column tells "
                "the number of the activity."
            ),
            _("Where a cell offers a list, choose from it. Put semicolons between several values."),
            _(
                "Write in one language or in more. The columns for other languages are folded: "
                "open them with the plus sign above them."
            ),
            _("Keep the first row of each sheet, which is hidden. It tells what the columns hold."),
            _("Then import the file. Citizens see nothing of it until you publish."),
        ]
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 100, self.text)
        write_text(sheet, 0, 0, GUIDE)
        for number, line in enumerate(lines, start=1):
            write_text(sheet, number, 0, line % titles if "%(" in line else line, self.text)

    def _activity(self, sheets: dict[str, _Sheet], activity: ProcessingActivity) -> None:
        content = content_of(activity)
        day = activity.review_due_on
        content["review_due_on"] = day.isoformat() if day else None
        self._row(sheets[""], activity.number, content)
        for part in filter(None, sheets):
            for values in content[part]:
                self._row(sheets[part], activity.number, values)

    def _row(self, sheet: _Sheet, number: int, values: Content) -> None:
        for place, column in enumerate(sheet.columns):
            field = column.field
            value = number if field is None else values.get(column.name)
            if value is None or value in ("", []):
                continue
            if column.language:
                sheet.used.add(column.language)
            self._cell(sheet.worksheet, sheet.row, place, field, value)
        sheet.row += 1

    def _cell(
        self, sheet: Worksheet, row: int, place: int, field: models.Field | None, value: object
    ) -> None:
        if isinstance(value, int) and not isinstance(value, bool) and not _names(field):
            sheet.write_number(row, place, value, self.text)
        elif isinstance(field, models.DateField):
            sheet.write_datetime(row, place, _day(value), self.day)
        elif not isinstance(value, bool) or value or field.null:
            write_text(sheet, row, place, self.words.of(field, value), self.text)

    # What may be chosen ------------------------------------------------------------------------

    @cached_property
    def words(self) -> Words:
        """Of all that a body's entries may name."""
        order = reading_order(self.language)
        labels = {
            model: {
                term.pk: next((t for code in order if (t := getattr(term, f"label_{code}"))), "")
                for term in model.objects.all()
            }
            for model in CODE_LISTS.values()
        }
        bodies = _unmistakable(Organisation.objects.all(), self.language)
        departments = {
            department.pk: str(passage(texts_of(department, "name"), self.language) or "")
            for department in self.body.departments.all()
        }
        numbers = dict(self.body.activities.values_list("pk", "number"))
        return Words(self.language, labels, bodies, departments, numbers)

    def _lists(self) -> dict[str, list[str]]:
        """What each column offers, under a name for those that offer the same."""
        offered: dict[str, list[str]] = {}
        for column in known().values():
            name = self._list_of(column)
            if name and name not in offered:
                offered[name] = self._offered(column.field)
        return {name: values for name, values in offered.items() if values}

    def _list_of(self, column: OwnColumn) -> str:
        """What its list is called; "" for a column that offers none."""
        field = column.field
        if field is None or column.names_activity or is_text(field):
            return ""
        if column.name in getattr(field.model, "REFERS_TO", ()):
            return ""
        if field.is_relation:
            return field.related_model._meta.model_name
        if isinstance(field, CountryColumn | CountriesColumn):
            return "countries"
        if isinstance(field, models.BooleanField):
            return "yes_or_no"
        return column.key if getattr(field, "base_field", field).choices else ""

    def _offered(self, field: models.Field) -> list[str]:
        if field.is_relation:
            model = field.related_model
            if model is Organisation:
                # Others exist for their own people only.
                public = Organisation.objects.filter(is_public=True).exclude(pk=self.body.pk)
                return sorted(self.words.bodies[key] for key in public.values_list("pk", flat=True))
            if model is Department:
                return list(self.words.departments.values())
            active = model.objects.filter(is_active=True).values_list("pk", flat=True)
            return [self.words.term(model, code) for code in active]
        if isinstance(field, CountryColumn | CountriesColumn):
            return [name for _code, name in countries.names(self.language)]
        if isinstance(field, models.BooleanField):
            return [_("Yes"), _("No")]
        base = getattr(field, "base_field", field)
        return [self.words.choice(base, value) for value, _label in base.flatchoices if value]

    def _write_lists(self, lists: dict[str, list[str]]) -> None:
        sheet = self.book.add_worksheet(_("Lists"))
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, len(lists), NARROW)
        write_text(sheet, 0, 0, LISTS)
        for row in range(max(map(len, lists.values()))):
            for place, values in enumerate(lists.values()):
                if row < len(values):
                    write_text(sheet, row + 1, place, values[row])

    # How the sheets look -----------------------------------------------------------------------

    def _lay_out(self, sheet: _Sheet, lists: dict[str, list[str]]) -> None:
        worksheet = sheet.worksheet
        worksheet.freeze_panes(2, 1)
        places, is_folded = list(lists), False
        for place, column in enumerate(sheet.columns):
            is_other = bool(column.language) and column.language not in (
                self.language,
                *sheet.used,
            )
            # The plus sign stands over the column that follows.
            folded = {"level": 1, "hidden": True} if is_other else {"collapsed": is_folded}
            is_folded = is_other
            width = WIDE if column.language else NARROW
            worksheet.set_column(place, place, width, self._format(column), folded)
            name = self._list_of(column)
            source = (
                _range(_("Lists"), places.index(name), len(lists[name])) if name in lists else ""
            )
            worksheet.data_validation(2, place, LAST_ROW, place, self._validation(column, source))

    def _format(self, column: OwnColumn) -> Format:
        return self.day if isinstance(column.field, models.DateField) else self.text

    def _validation(self, column: OwnColumn, source: str) -> dict:
        """What a cell offers, and the help that shows while somebody is in it."""
        is_several = isinstance(column.field, models.ManyToManyField) or hasattr(
            column.field, "base_field"
        )
        if column.names_activity:
            source = f"='{_quoted(title_of(''))}'!$A$3:$A${LAST_ROW}"
        told = _help(column, is_several=is_several)
        return {
            "validate": "list" if source else "any",
            **({"source": source} if source else {}),
            # What is chosen can be followed by a further one.
            "show_error": not is_several and column.field is not None,
            "input_title": column.heading[:LONGEST_TITLE],
            "input_message": told[:LONGEST_HELP],
        }


def _help(column: OwnColumn, *, is_several: bool) -> str:
    if column.field is None:
        if column.part:
            return _("The number of the activity that this row is about.")
        return _("Any number that no other row has: the other sheets name the activity by it.")
    told = [str(column.field.help_text)]
    if column.names_activity:
        told.append(_("Write the number of the other activity."))
    if column.name in getattr(column.model, "REFERS_TO", ()):
        told.append(_("Write the number of the row, with semicolons between several."))
    elif is_several:
        told.append(_("Several values: put semicolons between them."))
    elif isinstance(column.field, models.DateField):
        told.append(_("A day, such as 2026-11-26."))
    return " ".join(filter(None, told)) or column.heading


def _names(field: models.Field | None) -> bool:
    """Whether a number is the key of something that has a name."""
    return field is not None and field.is_relation


def _day(value: object) -> date:
    return value if isinstance(value, date) else parse_date(str(value))


def _range(sheet: str, place: int, rows: int) -> str:
    letters = xlsxwriter.utility.xl_col_to_name(place, True)
    return f"='{_quoted(sheet)}'!{letters}$2:{letters}${rows + 1}"


def _quoted(title: str) -> str:
    return title.replace("'", "''")


def _unmistakable(bodies: Iterable[Organisation], language: str) -> dict[int, str]:
    """The name of each body; with its enterprise number where another has the same name."""
    bodies = list(bodies)
    used = Counter(
        words
        for body in bodies
        for words in {words_of(name) for name in _all_names(body) if words_of(name)}
    )
    named = {}
    for body in bodies:
        name = str(passage(texts_of(body, "name"), language) or body.slug)
        is_only = used[words_of(name)] <= 1
        number = body.enterprise_number
        named[body.pk] = name if is_only or not number else f"{name} ({number})"
    return named


def _all_names(body: Organisation) -> list[str]:
    return [*texts_of(body, "name").values(), *texts_of(body, "short_name").values()]
