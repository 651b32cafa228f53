from django import template
from django.contrib.admin.helpers import AdminField, Fieldset
from django.utils.html import conditional_escape, mark_safe

register = template.Library()


@register.filter
def field_lines(fieldset: Fieldset) -> str:
    """The lines of one field each that can be changed, as admin/includes/fieldset.html has them.

    That template takes three times as long, and a form has hundreds of rows of many fields.
    """
    return mark_safe("".join(_line(next(iter(line))) for line in fieldset))  # noqa: S308 (escaped)


def _line(line: AdminField) -> str:
    field, name = line.field, conditional_escape(line.field.name)
    hidden = " hidden" if field.is_hidden else ""
    errors = line.errors() if field.errors else ""
    drawn = f"{field}{line.label_tag()}" if line.is_checkbox else f"{line.label_tag()}{field}"
    return (
        f'<div class="form-row{" errors" if errors else ""}{hidden} field-{name}">{errors}<div>'
        f'<div class="flex-container{" checkbox-row" if line.is_checkbox else ""}">{drawn}</div>'
        f"{_help(line, hidden)}</div></div>\n"
    )


def _help(line: AdminField, hidden: str) -> str:
    if not line.field.help_text:
        return ""
    # Ours, as in Django's template: no text that people write.
    named = line.field.id_for_label
    identifier = f' id="{conditional_escape(named)}_helptext"' if named else ""
    return f'<div class="help{hidden}"{identifier}><div>{line.field.help_text}</div></div>'
