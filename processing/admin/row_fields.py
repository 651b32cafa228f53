"""Fields in the rows of an activity's form that name other rows of it, or countries."""

import re
from collections.abc import Iterable
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Field, Model
from django.utils.html import format_html, format_html_join, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from processing import countries
from processing.models.parties import CountriesColumn, CountryColumn

# So many characters may somebody type for one country, and for several: more than all have.
LONGEST_COUNTRY, LONGEST_COUNTRIES = 200, 5_000
# The list of countries that a browser proposes from: on the page of the form, once.
PROPOSED = "countries"


class RowsWidget(forms.CheckboxSelectMultiple):
    """The rows of a kind to choose from; a script adds those that are new (naming_rows.js)."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def render(self, name: str, value: object, attrs: dict | None = None, renderer=None) -> str:
        """Without a template: a form has many of these."""
        widget = self.get_context(name, value, attrs)["widget"]
        boxes = format_html_join(
            "",
            '<div><label for="{}"><input type="checkbox" name="{}" value="{}" id="{}"{}> {}</label>'
            "</div>",
            (
                (
                    *(option["attrs"].get("id", ""), name, option["value"]),
                    *(option["attrs"].get("id", ""), self._checked(option), option["label"]),
                )
                for _group, options, _index in widget["optgroups"]
                for option in options
            ),
        )
        drawn = '<div id="{}" data-rows="{}">{}</div>'
        return format_html(drawn, widget["attrs"].get("id", ""), self.kind, boxes)

    def _checked(self, option: dict) -> str:
        return mark_safe(" checked") if option["selected"] else ""


class RowsField(forms.TypedMultipleChoiceField):
    """Any number of the rows of a kind, by their keys; whether these are there, the form looks."""

    def __init__(self, kind: str, **kwargs) -> None:
        super().__init__(
            coerce=int, required=False, empty_value=[], widget=RowsWidget(kind), **kwargs
        )

    def valid_value(self, value: object) -> bool:
        return is_key(value)

    def clean(self, value: object) -> list[int]:
        """Each row once."""
        return list(dict.fromkeys(super().clean(value)))


class RowField(forms.TypedChoiceField):
    """One of the rows of a kind, by its key."""

    def __init__(self, kind: str, **kwargs) -> None:
        widget = forms.Select(attrs={"data-rows": kind})
        super().__init__(coerce=int, required=False, empty_value=None, widget=widget, **kwargs)

    def valid_value(self, value: object) -> bool:
        return is_key(value)


def is_key(value: object) -> bool:
    return bool(re.fullmatch("[0-9]{1,9}", str(value)))


class CountryField(forms.CharField):
    """A country by its name in any language of the site, or by its letters; shown by its name."""

    longest = LONGEST_COUNTRY

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={"list": PROPOSED}), **kwargs)

    def prepare_value(self, value: object) -> object:
        return countries.name_of(value, get_language()) if value in countries.codes() else value

    def to_python(self, value: object) -> str:
        typed = self.typed(value)
        return _code_of(typed) if typed else ""

    def typed(self, value: object) -> str:
        """What was typed. Raises ValidationError for too much, before anything is done with it."""
        typed = forms.CharField.to_python(self, value)
        MaxLengthValidator(self.longest)(typed)
        return typed

    def as_sent_by_us(self, typed: str) -> str:
        """What a form of ours would send for it."""
        try:
            return str(self.prepare_value(self.to_python(typed)))
        except ValidationError:
            return typed

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return (initial or "") != self.to_python(data)
        except ValidationError:
            return True


class CountriesField(CountryField):
    """Several countries, with semicolons in between."""

    longest = LONGEST_COUNTRIES

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        # A browser proposes one.
        del self.widget.attrs["list"]

    def prepare_value(self, value: object) -> object:
        if isinstance(value, list):
            return "; ".join(countries.name_of(code, get_language()) for code in value)
        return value

    def to_python(self, value: object) -> list[str]:
        typed = self.typed(value)
        words = dict.fromkeys(map(str.strip, re.split(r"[;\n]", typed)))
        return list(dict.fromkeys(_code_of(word) for word in words if word))

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True


def _code_of(typed: str) -> str:
    code = countries.code_of(typed)
    if code is None:
        told = _("“%(typed)s” is no country. Choose one of the list, or give its two letters.")
        raise ValidationError(told, params={"typed": typed.strip()[:100]})
    return code


def form_field(db_field: Field) -> forms.Field | None:
    """The field of ours for a column of a row; None for the one of the admin."""
    kwargs = {
        # In the reader's language once, not for each row.
        "label": str(capfirst(db_field.verbose_name)),
        "help_text": str(db_field.help_text),
    }
    if kind := db_field.model.REFERS_TO.get(db_field.name):
        return (RowsField if hasattr(db_field, "base_field") else RowField)(kind, **kwargs)
    if isinstance(db_field, CountryColumn):
        return CountryField(**kwargs)
    if isinstance(db_field, CountriesColumn):
        return CountriesField(**kwargs)
    return None


def offer_rows(rows: Iterable[forms.ModelForm], siblings: dict[str, forms.BaseFormSet]) -> None:
    """Let the fields of these rows that name others offer those that stand in the form."""
    # Named once for all rows: there may be as many pairs as rows times rows.
    named = cache(lambda kind: list(_named_rows(siblings[kind])))
    for form in rows:
        for name, kind in form._meta.model.REFERS_TO.items():
            if name not in form.fields or kind not in siblings:
                continue
            offered = [(key, label) for key, label, row in named(kind) if row is not form]
            if isinstance(form.fields[name], RowField):
                offered.insert(0, ("", "---------"))
            form.fields[name].choices = offered


def missing_rows(form: forms.ModelForm, siblings: dict[str, forms.BaseFormSet]) -> Iterable[str]:
    """The names of the fields that name a row which the form lacks or leaves out, or their own."""
    for name, kind in form._meta.model.REFERS_TO.items():
        value = form.cleaned_data.get(name)
        missing = set(value if isinstance(value, list) else [value]) - {None}
        if missing:
            others = (entry for entry in _rows(siblings[kind]) if entry[2] is not form)
            missing -= {key for _number, key, row in others if not _is_left_out(row)}
        if missing:
            yield name


def _named_rows(formset: forms.BaseFormSet) -> Iterable[tuple[int, str, forms.ModelForm]]:
    """Key and name of each row of a kind that has a key, and its form."""
    for number, key, form in _rows(formset):
        yield key, _name_of(form.instance, number), form


def _rows(formset: forms.BaseFormSet) -> Iterable[tuple[int, int, forms.ModelForm]]:
    """Place and key of each row of a kind that has a key, and its form."""
    for number, form in enumerate(formset.forms, start=1):
        key = form["key"].value()
        if is_key(key):
            yield number, int(key), form


def _name_of(row: Model, number: int) -> str:
    kind = capfirst(row._meta.verbose_name)
    name = str(row) if row.pk else ""
    place = f"{kind} {number}"
    return " ".join([_("%(label)s:") % {"label": place}, name]) if name else place


def _is_left_out(row: forms.ModelForm) -> bool:
    """Whether it is removed, or new and blank: neither is saved."""
    values = getattr(row, "cleaned_data", None)
    return values is not None and (not values or bool(values.get("DELETE")))
