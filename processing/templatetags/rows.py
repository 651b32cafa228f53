from django import template
from django.contrib.admin.helpers import AdminField, Fieldset
from django.utils.html import conditional_escape, mark_safe

register = template.Library()

# What stands for the identifier of a field in what all rows of a kind share.
IDENTIFIER = "\0"


@register.filter
def field_lines(fieldset: Fieldset) -> str:
    """The lines of one field each that can be changed, as admin/includes/fieldset.html has them.

    That template takes many times as long, and a form has hundreds of rows of many fields.
    """
    # The class of the rows of one form on one page.
    shared = type(fieldset.form).__dict__.get("shared_by_rows")
    if shared is None:
        shared = type(fieldset.form).shared_by_rows = {}
    lines = (_line(next(iter(line)), shared) for line in fieldset)
    return mark_safe("".join(lines))  # noqa: S308 (escaped)


def _line(line: AdminField, shared: dict[str, tuple[str, str]]) -> str:
    field = line.field
    if field.name not in shared:
        shared[field.name] = _label_and_help(line)
    identifier = conditional_escape(field.id_for_label)
    label, told = (part.replace(IDENTIFIER, identifier) for part in shared[field.name])
    errors = line.errors() if field.errors else ""
    drawn = f"{field}{label}" if line.is_checkbox else f"{label}{field}"
    return (
        f'<div class="form-row{" errors" if errors else ""}{" hidden" if field.is_hidden else ""}'
        f' field-{field.name}">{errors}<div>'
        f'<div class="flex-container{" checkbox-row" if line.is_checkbox else ""}">{drawn}</div>'
        f"{told}</div></div>\n"
    )


def _label_and_help(line: AdminField) -> tuple[str, str]:
    field = line.field
    identifier = conditional_escape(field.id_for_label)
    label = line.label_tag()
    if identifier:
        label = label.replace(f'for="{identifier}"', f'for="{IDENTIFIER}"')
    if not field.help_text:
        return label, ""
    named = f' id="{IDENTIFIER}_helptext"' if identifier else ""
    hidden = " hidden" if field.is_hidden else ""
    # Ours, as in Django's template: no text that people write.
    return label, f'<div class="help{hidden}"{named}><div>{field.help_text}</div></div>'
