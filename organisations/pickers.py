"""Fields of the admin in which people choose by typing a part of a name."""

from collections.abc import Callable

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ChoiceField, ModelChoiceField

# From the keys that were chosen before to key -> name of these and of all that can be chosen.
Labels = Callable[[frozenset[str]], dict[str, str]]

NOTHING = '<option value=""></option>'


class KnowsLabels:
    """Shows what is chosen without a query for each field of each row."""

    def __init__(self, *args, labels: Labels, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.labels = labels
        # Keys that were chosen before and may stay, whether they are still offered or not.
        self.kept: frozenset[str] = frozenset()
        # Draws all that can be chosen, on a page that must do without script.
        self.offered: Callable[[], str] | None = None

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list:
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        # Not more: a form that comes back with errors must not tell the name of any key it is sent.
        labels = self.labels(self.kept) if any(value) else {}
        options += [
            self.create_option(name, key, labels[key], True, number)
            for number, key in enumerate(value, start=len(options))
            if key in labels
        ]
        return [(None, options, 0)]

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        if self.offered:
            # Without it, a browser would choose the first.
            nothing = self.is_required and not self.allow_multiple_selected
            context["widget"]["offered"] = f"{NOTHING if nothing else ''}{self.offered()}"
        return context


class Picker(KnowsLabels, AutocompleteSelect):
    """One of a list."""


class MultiplePicker(KnowsLabels, AutocompleteSelectMultiple):
    """Any number of a list."""


class PickedField(ModelChoiceField):
    """One of a list. Looks each row up once for all fields of a page that offer the list.

    `found` has what was looked up. What may only be kept is looked up for the field that has it.
    """

    def __init__(self, *args, found: dict[str, Model], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.found = found

    def __deepcopy__(self, memo: dict) -> "PickedField":
        """As any field, without the copies of the query that each row of a form would make."""
        return super(ChoiceField, self).__deepcopy__(memo)

    def to_python(self, value: object) -> Model | None:
        key = str(value)
        if key not in self.found:
            try:
                row = super().to_python(value)
            except ValidationError:
                if key not in getattr(self.widget, "kept", ()):
                    raise
                return self.queryset.model._base_manager.get(pk=key)
            if row is None:
                return None
            self.found[key] = row
        return self.found[key]


class SearchPicker(AutocompleteSelect):
    """One of too many to know their names. Shows nothing for what is no key: Django would fail."""

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list:
        return super().optgroups(name, list(filter(self._is_key, value)), attrs)

    def _is_key(self, value: str) -> bool:
        try:
            self.field.target_field.to_python(value)
        except ValidationError:
            return False
        return True
