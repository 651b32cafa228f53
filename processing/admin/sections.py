"""The sections of the form of an activity: what stands where, and how each one stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.contrib.admin.helpers import AdminForm, Fieldline, Fieldset, InlineAdminFormSet
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisations.checks import declared_fields, declared_name
from processing.completeness import Demand


@dataclass(frozen=True)
class SectionLayout:
    """A part of the form."""

    # Its place in addresses: #section-people.
    code: str
    heading: Promise
    # Names of fields and of kinds of rows, in the order in which they stand.
    contents: tuple[str, ...]
    # What completeness demands of it: processing/completeness.py.
    demands: tuple[str, ...] = ()


def with_everything(
    sections: Iterable[SectionLayout], model: type[Model], kinds: dict[str, type[Model]]
) -> tuple[SectionLayout, ...]:
    """The sections with every field of the model and every kind of rows.

    What no section names stands behind the field before it in the model, or the kind before it.
    """
    sections = tuple(sections)
    placed = [list(section.contents) for section in sections]
    declared = declared_fields(model)
    every = sorted((*model._meta.concrete_fields, *model._meta.many_to_many))
    fields = [field.name for field in every if field.editable and field.name in declared]
    for names in (fields, kinds):
        before = None
        for name in names:
            if not any(name in contents for contents in placed):
                contents = next((found for found in placed if before in found), placed[-1])
                place = contents.index(before) + 1 if before in contents else len(contents)
                contents.insert(place, name)
            before = name
    return tuple(
        replace(section, contents=tuple(contents))
        for section, contents in zip(sections, placed, strict=True)
    )


def fieldsets_of(
    sections: Iterable[SectionLayout], kinds: Iterable[str]
) -> list[tuple[Promise, dict]]:
    """As Django wants them, one for each section, be it one of rows only."""
    return [
        (section.heading, {"fields": [name for name in section.contents if name not in kinds]})
        for section in sections
    ]


def kinds_in(sections: Iterable[SectionLayout], kinds: dict[str, type[Model]]) -> list[type[Model]]:
    """The kinds of rows, as they stand in the form."""
    return [kinds[name] for section in sections for name in section.contents if name in kinds]


@dataclass(frozen=True)
class FormError:
    """Something that is wrong in the form, and where."""

    message: str
    # The identifier of the field, row or group; none for what is about the form as a whole.
    anchor: str = ""
    # In words: "Purpose 2: legal basis".
    place: str = ""


class FormSection:
    """A section of the form of one activity, with what it holds."""

    def __init__(
        self,
        section: SectionLayout,
        fieldset: Fieldset,
        rows: dict[str, InlineAdminFormSet],
        gaps: Iterable[Demand],
    ) -> None:
        self.heading = section.heading
        self.anchor = f"section-{section.code}"
        self.gaps = [gap for gap in gaps if gap.code in section.demands]
        # Each is either lines of fields or one kind of rows.
        self.contents: list[dict[str, object]] = []
        self.errors: list[FormError] = []
        lines = _lines_by_field(fieldset)
        for name in section.contents:
            if name in rows:
                self.contents.append({"rows": rows[name]})
                self.errors += _errors_of_rows(rows[name])
            elif name in lines:
                if not self.contents or "lines" not in self.contents[-1]:
                    self.contents.append({"lines": []})
                self.contents[-1]["lines"] += lines[name]
                columns = [column for line in lines[name] for column in line.fields]
                self.errors += _errors_of_fields(fieldset.form, columns)


def form_sections(
    sections: Iterable[SectionLayout],
    form: AdminForm,
    rows: Iterable[InlineAdminFormSet],
    gaps: Iterable[Demand],
) -> list[FormSection]:
    by_kind = {kind.formset.prefix: kind for kind in rows}
    pairs = zip(sections, form, strict=True)
    return [FormSection(section, fieldset, by_kind, gaps) for section, fieldset in pairs]


def errors_of(form: BaseForm, sections: Iterable[FormSection]) -> list[FormError]:
    """All that is wrong: first what is about the form as a whole, then as the form goes."""
    whole = [FormError(message) for message in form.errors.get(NON_FIELD_ERRORS, ())]
    return whole + [error for section in sections for error in section.errors]


def _lines_by_field(fieldset: Fieldset) -> dict[str, list[Fieldline]]:
    """The lines of the fieldset, those of all languages under the name of their field."""
    model = fieldset.form._meta.model
    found: dict[str, list[Fieldline]] = {}
    for line in fieldset:
        found.setdefault(declared_name(model, line.fields[0]), []).append(line)
    return found


def _errors_of_fields(form: BaseForm, columns: Iterable[str], row: str = "") -> Iterator[FormError]:
    for column in columns:
        for message in form.errors.get(column, ()):
            label = str(form[column].label)
            place = capfirst(label)
            if row:
                place = " ".join([_("%(label)s:") % {"label": row}, label])
            yield FormError(message, form[column].auto_id, place)


def _errors_of_rows(rows: InlineAdminFormSet) -> Iterator[FormError]:
    formset, options = rows.formset, rows.opts
    for message in formset.non_form_errors():
        place = capfirst(options.verbose_name_plural)
        yield FormError(message, f"{formset.prefix}-group", place)
    for number, form in enumerate(formset.forms):
        if not form.errors or (formset.can_delete and formset._should_delete_form(form)):
            continue
        row = f"{capfirst(options.verbose_name)} {number + 1}"
        for message in form.errors.get(NON_FIELD_ERRORS, ()):
            yield FormError(message, f"{formset.prefix}-{number}", row)
        yield from _errors_of_fields(form, form.fields, row)
