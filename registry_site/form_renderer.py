"""Draws the parts that forms consist of most without a template: pages of the admin have thousands.

What it draws is what the templates of Django draw; a test compares them.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape

WIDGETS = "django/forms/widgets"


class FormRenderer(DjangoTemplates):
    def render(self, template_name: str, context: Mapping, request: object = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)


def _attributes(attributes: Mapping | None) -> str:
    found = []
    for name, value in (attributes or {}).items():
        if value is True:
            found.append(f" {name}")
        elif value is not False:
            found.append(f' {name}="{_text(value)}"')
    return "".join(found)


def _text(value: object) -> str:
    # What Django does to find out whether it is escaped takes longer than to escape it.
    text = str(value)
    return text if hasattr(text, "__html__") else escape(text)


def _input(context: Mapping) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    named = f'<input type="{widget["type"]}" name="{_text(widget["name"])}"'
    return f"{named}{value}{_attributes(widget['attrs'])}>"


def _date(context: Mapping) -> str:
    return f'<p class="date">\n  {_input(context)}\n</p>'


def _url(context: Mapping) -> str:
    drawn = _input(context)
    if not context.get("url_valid"):
        return drawn
    widget = context["widget"]
    link = f'<a href="{_text(widget["href"])}">{_text(widget["value"])}</a>'
    current, change = _text(context["current_label"]), _text(context["change_label"])
    return f'<p class="url">{current} {link}<br>{change} {drawn}\n</p>'


def _textarea(context: Mapping) -> str:
    widget = context["widget"]
    opened = f'<textarea name="{_text(widget["name"])}"'
    return f"{opened}{_attributes(widget['attrs'])}>\n{_text(widget['value'] or '')}</textarea>"


def _select(context: Mapping) -> str:
    widget = context["widget"]
    opened = f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>'
    groups = [_group(name, options) for name, options, _index in widget["optgroups"]]
    return f"{opened}{''.join(groups)}{widget.get('offered', '')}\n</select>"


def _group(name: object, options: Iterable[Mapping]) -> str:
    drawn = "".join(
        f'\n  <option value="{_text(option["value"])}"{_attributes(option["attrs"])}>'
        f"{_text(option['label'])}</option>\n"
        for option in options
    )
    return f'\n  <optgroup label="{_text(name)}">{drawn}\n  </optgroup>' if name else drawn


def _label(context: Mapping) -> str:
    label = conditional_escape(context["label"])
    if not context["use_tag"]:
        return label
    tag = context["tag"]
    return f"<{tag}{_attributes(context['attrs'])}>{label}</{tag}>"


def _errors(context: Mapping) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    named = f' id="{_text(errors.field_id)}_error"' if errors.field_id else ""
    told = "".join(f"<li>{_text(error)}</li>" for error in errors)
    return f'<ul class="{_text(context["error_class"])}"{named}>{told}</ul>'


DRAWN: dict[str, Callable[[Mapping], str]] = {
    **{f"{WIDGETS}/{kind}.html": _input for kind in ("text", "number", "email", "hidden", "url")},
    f"{WIDGETS}/checkbox.html": _input,
    f"{WIDGETS}/textarea.html": _textarea,
    f"{WIDGETS}/select.html": _select,
    "admin/widgets/date.html": _date,
    "admin/widgets/url.html": _url,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
}
