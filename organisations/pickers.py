"""Fields of the admin in which people choose by typing a part of a name."""

from collections.abc import Callable

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

# Key -> name, of all rows that can be chosen.
Labels = Callable[[], dict[str, str]]


class KnowsLabels:
    """Shows what is chosen without a query for each field of each row."""

    def __init__(self, *args, labels: Labels, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.labels = labels

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list:
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        labels = self.labels() if any(value) else {}
        options += [
            self.create_option(name, key, labels[key], True, number)
            for number, key in enumerate(value, start=len(options))
            if key in labels
        ]
        return [(None, options, 0)]


class Picker(KnowsLabels, AutocompleteSelect):
    """One of a list."""


class MultiplePicker(KnowsLabels, AutocompleteSelectMultiple):
    """Any number of a list."""
