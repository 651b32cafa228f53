"""What an address asks of the list of entries: read, checked, and written again in one form."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

import django_filters
from django import forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from processing.finding.filters import FILTERS, FacetIndex, Selection
from processing.finding.spelling import plain
from processing.models.publication import Publication
from processing.paging import PAGE_NUMBER

LONGEST_TEXT = 200
SORTS = ("relevance", "name", "body", "newest")
# What a list can be narrowed by: all that files and feeds take.
NARROWED_BY = ("q", *FILTERS, "since")
# The parameters of the list, in the order of its addresses.
PARAMETERS = (*NARROWED_BY, "sort", "page", "more")


class OptionsField(forms.Field):
    """Any number of the options that a filter has."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, options: dict, **kwargs) -> None:
        super().__init__(**kwargs)
        self.options = options

    def clean(self, value: list[str] | None) -> list[str]:
        chosen = set(filter(None, value or []))
        if unknown := chosen - self.options.keys():
            raise forms.ValidationError(f"unknown: {sorted(unknown)[0]}")
        return [option for option in self.options if option in chosen]


class OptionsFilter(django_filters.Filter):
    field_class = OptionsField


class FacetFilterSet(django_filters.FilterSet):
    """Checks the parameters of a list that sets of the facet index narrow.

    The entries come from those sets and not from a queryset: docs/decisions/0006.
    """

    # Parameter -> the filter that it is.
    narrowed_by: dict[str, str] = {}

    def __init__(self, data: QueryDict, *, facets: FacetIndex) -> None:
        super().__init__(data, Publication.objects.none())
        # Those that are asked for: a form copies every field that it has, for each request.
        self.filters = {name: self.filters[name] for name in self.filters if name in data}
        for parameter, name in self.narrowed_by.items():
            if parameter in data:
                self.filters[parameter] = OptionsFilter(options=facets.options[name])

    def values(self) -> dict:
        """What the parameters say, of the options of filters () where none is asked for.

        Raises Http404 for what the list does not have.
        """
        if not self.is_valid():
            raise Http404(_("The list has no such filter, order or page."))
        return dict.fromkeys(self.narrowed_by, ()) | self.form.cleaned_data


class EntryFilterSet(FacetFilterSet):
    q = django_filters.CharFilter()
    since = django_filters.DateFilter()
    sort = django_filters.ChoiceFilter(choices=[(sort, sort) for sort in SORTS])
    more = django_filters.ChoiceFilter(choices=[(name, name) for name in FILTERS])
    narrowed_by = {name: name for name in FILTERS}


@dataclass(frozen=True)
class ListQuery:
    """What a visitor wants to see of the list."""

    selection: Selection
    text: str = ""
    since: date | None = None
    sort: str = ""
    page: int = 1
    # The filter of which all options are shown.
    more: str = ""

    @classmethod
    def of(cls, data: QueryDict, facets: FacetIndex) -> "ListQuery":
        """Read the parameters; raises Http404 for what the list does not have."""
        values = EntryFilterSet(data, facets=facets).values()
        page = data.get("page") or "1"
        if not PAGE_NUMBER.fullmatch(page):
            raise Http404(_("The list has no such filter, order or page."))
        text, sort = asked_text(values.get("q", "")), values.get("sort", "")
        return cls(
            selection={name: values[name] for name in FILTERS if values[name]},
            text=text,
            since=values.get("since"),
            sort=sort if sort != _usual_sort(text) else "",
            page=int(page),
            more=values.get("more", ""),
        )

    @property
    def order(self) -> str:
        """One of SORTS. Without a text, nothing is more relevant than the rest."""
        order = self.sort or _usual_sort(self.text)
        return order if self.text or order != "relevance" else "name"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.selection or self.since)

    @property
    def is_of_bodies(self) -> bool:
        """Whether it asks for all entries, or all of some bodies."""
        return not (self.text or self.since or self.selection.keys() - {"body"})

    @property
    def number_of_choices(self) -> int:
        """How many options of filters are chosen, the day among them."""
        return sum(map(len, self.selection.values())) + bool(self.since)

    @cached_property
    def encoded(self) -> str:
        """The one form of the address: nothing empty, nothing that goes without saying."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, option) for name in FILTERS for option in self.selection.get(name, [])]
        pairs += [("since", self.since.isoformat())] if self.since else []
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        pairs += [("more", self.more)] if self.more else []
        return urlencode(pairs)

    @property
    def narrowing(self) -> str:
        """What narrows the list, whatever its order and its pages: as in an address."""
        return self.anew(sort="").encoded

    def anew(self, **changes) -> "ListQuery":
        """Another query from this one, from its first page on."""
        return replace(self, **{"page": 1, "more": ""} | changes)

    def without(self, name: str, option: str) -> "ListQuery":
        kept = [other for other in self.selection[name] if other != option]
        return self.anew(selection={**self.selection, name: kept})


def asked_text(typed: str) -> str:
    """A text that somebody typed, as it is looked for."""
    return " ".join(plain(typed).split())[:LONGEST_TEXT].strip()


def _usual_sort(text: str) -> str:
    return "relevance" if text else "name"
