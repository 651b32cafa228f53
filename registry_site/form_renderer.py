"""Draws the parts that forms consist of most without a template: pages of the admin have thousands.

What it draws is what the templates of Django draw; a test compares them.
"""

from collections.abc import Callable, Mapping
from html import escape

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape

WIDGETS = "django/forms/widgets"


class FormRenderer(DjangoTemplates):
    def render(self, template_name: str, context: Mapping, request: object = None) -> str:
        draw = DRAWN.get(template_name)
        drawn = draw(context) if draw else None
        return super().render(template_name, context, request) if drawn is None else drawn


def _attributes(attributes: Mapping | None) -> str:
    found = []
    for name, value in (attributes or {}).items():
        if value is True:
            found.append(f" {name}")
        elif value is not False:
            found.append(f' {name}="{_text(value)}"')
    return "".join(found)


def _text(value: object) -> str:
    # Most are plain: what Django does to find out takes longer than to escape them.
    return escape(value) if type(value) is str else conditional_escape(str(value))


def _input(context: Mapping) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    named = f'<input type="{widget["type"]}" name="{_text(widget["name"])}"'
    return f"{named}{value}{_attributes(widget['attrs'])}>"


def _date(context: Mapping) -> str:
    return f'<p class="date">\n  {_input(context)}\n</p>'


def _url(context: Mapping) -> str | None:
    # The link to an address that is there is for the template.
    return None if context.get("url_valid") else _input(context)


def _textarea(context: Mapping) -> str:
    widget = context["widget"]
    opened = f'<textarea name="{_text(widget["name"])}"'
    return f"{opened}{_attributes(widget['attrs'])}>\n{_text(widget['value'] or '')}</textarea>"


def _select(context: Mapping) -> str | None:
    widget = context["widget"]
    if any(group for group, _options, _index in widget["optgroups"]):
        return None
    opened = f'<select name="{_text(widget["name"])}"'
    options = [
        f'\n  <option value="{_text(option["value"])}"{_attributes(option["attrs"])}>'
        f"{_text(option['label'])}</option>\n"
        for _group, options, _index in widget["optgroups"]
        for option in options
    ]
    offered = widget.get("offered", "")
    return f"{opened}{_attributes(widget['attrs'])}>{''.join(options)}{offered}\n</select>"


def _label(context: Mapping) -> str:
    label = conditional_escape(context["label"])
    if not context["use_tag"]:
        return label
    tag = context["tag"]
    return f"<{tag}{_attributes(context['attrs'])}>{label}</{tag}>"


def _errors(context: Mapping) -> str | None:
    return None if context["errors"] else ""


DRAWN: dict[str, Callable[[Mapping], str | None]] = {
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
