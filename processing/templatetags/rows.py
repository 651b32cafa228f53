"""Draws the fields of the form of an activity: its templates would take many times as long."""

from collections.abc import Iterable
from functools import cache

from django import template
from django.contrib.admin.helpers import AdminField, AdminReadonlyField, Fieldline, InlineAdminForm
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.utils.html import conditional_escape, mark_safe
from django.utils.translation import gettext as _

from organisations.checks import declared_name

register = template.Library()

# What stands for the identifier of a field in what all rows of a kind share.
IDENTIFIER = "\0"
# So many values of a row, and so many characters of each, stand in its line.
MOST_VALUES, MOST_OF_EACH = 4, 120


@register.filter
def field_lines(lines: Iterable[Fieldline]) -> str:
    """The lines of one field each, those of the languages of a text together.

    The template of Django takes many times as long, and a form has hundreds of rows of many fields.
    """
    drawn, together = [], ""
    for line in lines:
        field = next(iter(line))
        text, language = _text_and_language(line.form._meta.model, line.fields[0])
        if together and text != together:
            drawn.append("</div>")
        if text and text != together:
            drawn.append('<div class="register-texts">')
        together = text
        drawn.append(_readonly(field) if field.is_readonly else _line(field, language))
    if together:
        drawn.append("</div>")
    return mark_safe("".join(drawn))  # noqa: S308 (escaped)


@cache
def _text_and_language(model: type[models.Model], column: str) -> tuple[str, str]:
    """The name of a translated field and the language of its column; nothing for other fields."""
    try:
        language = getattr(model._meta.get_field(column), "language", "")
    except FieldDoesNotExist:
        return "", ""
    return (declared_name(model, column), language) if language else ("", "")


def _line(line: AdminField, language: str) -> str:
    field = line.field
    # The class of the rows of one form on one page.
    shared = type(field.form).__dict__.get("shared_by_rows")
    if shared is None:
        shared = type(field.form).shared_by_rows = {}
    if field.name not in shared:
        shared[field.name] = _label_and_help(line)
    identifier = conditional_escape(field.id_for_label)
    label, told = (part.replace(IDENTIFIER, identifier) for part in shared[field.name])
    errors = line.errors() if field.errors else ""
    widget = field.as_widget(attrs={"lang": language}) if language else str(field)
    drawn = f"{widget}{label}" if line.is_checkbox else f"{label}{widget}"
    written = f' data-language="{language}"' if language else ""
    return (
        f'<div class="form-row{" errors" if errors else ""}{" hidden" if field.is_hidden else ""}'
        f' field-{field.name}"{written}>{errors}<div>'
        f'<div class="flex-container{" checkbox-row" if line.is_checkbox else ""}">{drawn}</div>'
        f"{told}</div></div>\n"
    )


def _label_and_help(line: AdminField) -> tuple[str, str]:
    field = line.field
    identifier = conditional_escape(field.id_for_label)
    label = _with_mark(line.label_tag(), type(field.form), field.name)
    if identifier:
        label = label.replace(f'for="{identifier}"', f'for="{IDENTIFIER}"')
    if not field.help_text:
        return label, ""
    named = f' id="{IDENTIFIER}_helptext"' if identifier else ""
    hidden = " hidden" if field.is_hidden else ""
    # Ours, as in Django's template: no text that people write.
    return label, f'<div class="help{hidden}"{named}><div>{field.help_text}</div></div>'


def _readonly(line: AdminReadonlyField) -> str:
    name, told = line.field["name"], line.field["help_text"]
    label = _with_mark(line.label_tag(), type(line.form), name)
    help_text = f'<div class="help"><div>{told}</div></div>' if told else ""
    return (
        f'<div class="form-row field-{name}"><div><div class="flex-container">{label}'
        f'<div class="readonly">{line.contents()}</div></div>{help_text}</div></div>\n'
    )


def _with_mark(label: str, form: type, column: str) -> str:
    """The label; of a field that its model declares internal, it says so."""
    model = form._meta.model
    if declared_name(model, column) not in model.INTERNAL:
        return label
    mark = conditional_escape(_("Internal: never public"))
    return label.replace("</label>", f' <span class="register-internal">{mark}</span></label>')


@register.filter
def in_a_line(row: InlineAdminForm) -> str:
    """What a row says in one line: its name, then what was chosen and counted in it."""
    instance = row.form.instance
    try:
        said = [str(instance)]
    except ObjectDoesNotExist:
        # New, and what it would be called by is what is wrong.
        said = [""]
    number = None
    for field in _telling(type(instance)):
        if isinstance(field, models.IntegerField):
            number = field.value_from_object(instance)
            continue
        value = _in_words(instance, field)
        if value and number is not None and field.choices:
            value = f"{number} {value}"
        number = None
        if value and value not in said:
            said.append(value)
    return " · ".join(_cut(value) for value in said[: MOST_VALUES + 1] if value)


@cache
def _telling(model: type[models.Model]) -> list[models.Field]:
    """The fields that say in few words what a row is: what is chosen, counted or named in it."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in model.PUBLIC
        and (
            (isinstance(field, models.ForeignKey | models.IntegerField) or field.choices)
            or (isinstance(field, models.CharField) and not isinstance(field, models.URLField))
        )
    ]


def _in_words(instance: models.Model, field: models.Field) -> str:
    value = field.value_from_object(instance)
    if value in (None, ""):
        return ""
    if in_words := getattr(field, "in_words", None):
        return in_words(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(getattr(instance, field.name) or "")


def _cut(text: str) -> str:
    return text if len(text) <= MOST_OF_EACH else f"{text[:MOST_OF_EACH].rstrip()}…"
