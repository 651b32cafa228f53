"""The forms of an import: the file, and what its columns are meant for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.models import Organisation, User
from processing.imports.fields import FIELDS, IS_INTERNAL, OWN_COLUMN, PARTS, Target, label_of
from processing.imports.files.hostile import EXTENSIONS
from processing.imports.tables.columns import ColumnChoice, columns_of
from processing.models import ProcessingActivity, RegisterImport, TransferMechanism
from processing.snapshots import row_models

LEAVE_OUT = ("ignore", "breach")
# Between a field and the code of the term that the heading itself tells.
WITH_CODE = "|"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


class UploadForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Federal body"), empty_label=None
    )
    # A file has its name for people; the database keeps so much of it.
    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=255,
        widget=forms.FileInput({"accept": ",".join(f".{end}" for end in EXTENSIONS)}),
        help_text=gettext_lazy("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, at most 8 MB."),
    )

    use_required_attribute = False

    def __init__(self, *args, person: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organisation.objects.for_user(person).order_by("slug")
        self.fields["organisation"].queryset = bodies
        self.bodies = list(bodies)
        if len(self.bodies) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = self.bodies[0].pk


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column on the page, with what can be chosen for it."""

    column: ColumnChoice
    name: str
    options: SafeString
    languages: SafeString

    @property
    def is_public(self) -> bool:
        """Whether citizens read it once it is published, as it is meant now."""
        return self.column.target.field not in IS_INTERNAL


class ColumnsForm(forms.Form):
    """What each column is meant for: fields named by the places of the columns."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the file"), required=True)
    mechanism = forms.ModelChoiceField(
        TransferMechanism.objects.filter(is_active=True),
        label=gettext_lazy("Transfer mechanism where a row tells none"),
        required=False,
        empty_label=gettext_lazy("none: such transfers go to the internal remarks"),
    )
    joins_by_name = forms.BooleanField(
        label=gettext_lazy(
            "An activity without a reference is the one in the register with the same name"
        ),
        required=False,
    )

    use_required_attribute = False

    def __init__(self, data: object = None, *, register_import: RegisterImport) -> None:
        told = register_import
        super().__init__(
            data,
            initial={
                "language": told.language if told.is_language_sure else "",
                "mechanism": told.mechanism,
                "joins_by_name": told.joins_by_name,
            },
        )
        self.columns = columns_of(register_import)
        offered = [] if told.is_language_sure else [("", _("Choose a language"))]
        self.fields["language"].choices = [*offered, *settings.LANGUAGES]

    def clean(self) -> dict:
        """With what was decided: another meaning, or that a guess is right. Nothing but what the
        page offers is taken.
        """
        values = super().clean()
        targets = {}
        for number, column in enumerate(self.columns):
            target = self._target(number, column)
            if (
                column.is_question
                or value_of(target) != value_of(column.target)
                or (target.language != column.target.language)
            ):
                targets[column.key] = target
        return values | {"targets": targets}

    def _target(self, number: int, column: ColumnChoice) -> Target:
        before = column.target
        if before.field == OWN_COLUMN:
            return before
        chosen = self.data.get(f"column-{number}", value_of(before))
        language = self.data.get(f"language-{number}", before.language)
        if chosen not in {*FIELDS, value_of(before)} or language not in ("", *LANGUAGES):
            raise ValidationError(_("Choose for each column one of the fields that are offered."))
        field, _separator, code = chosen.partition(WITH_CODE)
        return Target(field, code, language)

    @property
    def has_transfers(self) -> bool:
        return any(c.target.field.startswith("transfers.") for c in self.columns)

    @property
    def questions(self) -> list[ColumnRow]:
        """The columns that somebody has to look at."""
        return [row for row in self._rows() if row.column.is_question]

    @property
    def understood(self) -> list[ColumnRow]:
        """Those that can be changed all the same."""
        return [row for row in self._rows() if not row.column.is_question]

    def _rows(self) -> Iterator[ColumnRow]:
        asked = [(n, c) for n, c in enumerate(self.columns) if c.target.field != OWN_COLUMN]
        fields = _field_options()
        languages = _options([("", _("as the file")), *settings.LANGUAGES])
        for number, column in asked:
            target = column.target
            chosen = self.data.get(f"column-{number}", value_of(target))
            language = self.data.get(f"language-{number}", target.language)
            with_code = _options([(value_of(target), _label(target))]) if target.code else ""
            yield ColumnRow(
                column,
                str(number),
                _selected(with_code + fields, chosen),
                _selected(languages, language),
            )


def value_of(target: Target) -> str:
    return f"{target.field}{WITH_CODE}{target.code}" if target.code else target.field


def _label(target: Target) -> str:
    return _("%(field)s: %(term)s, as its heading says") % {
        "field": capfirst(str(label_of(target.field))),
        "term": target.code,
    }


def _field_options() -> SafeString:
    """All fields, by what they belong to: drawn once for all columns."""
    parts = row_models(ProcessingActivity)
    internal = [field for field in FIELDS if field in IS_INTERNAL and field not in LEAVE_OUT]
    public = [field for field in FIELDS if field not in IS_INTERNAL]
    groups = [
        (_("The activity itself"), [field for field in public if "." not in field]),
        *(
            (
                capfirst(str(parts[part]._meta.verbose_name_plural)),
                [field for field in public if field.startswith(f"{part}.")],
            )
            for part in PARTS
        ),
        (_("Only for your body, never public"), internal),
        (_("Leave out"), list(LEAVE_OUT)),
    ]
    drawn = [
        format_html(
            '<optgroup label="{}">{}</optgroup>',
            title,
            _options([(field, capfirst(str(label_of(field)))) for field in fields]),
        )
        for title, fields in groups
    ]
    return mark_safe("".join(drawn))  # noqa: S308


def _options(choices: list[tuple[str, str]]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', choices)


def _selected(options: SafeString, value: str) -> SafeString:
    """The options with one of them chosen: it is one of those that are there, or none is."""
    drawn = format_html('value="{}"', value)
    return mark_safe(options.replace(drawn, f"{drawn} selected", 1))  # noqa: S308
