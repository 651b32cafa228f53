"""What the list of activities can be narrowed by: the figures of the dashboard lead here."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Func, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations.languages import LANGUAGES, sort_key
from organisations.models import Organisation
from processing import countries
from processing.completeness import DEMANDS
from processing.models import DataCategory, DataItem, ProcessingActivity, Processor, Transfer

Status = ProcessingActivity.Status
# A processor that is a body of this site, in an address: this and its key.
OF_BODY = "body:"
# Of a processor that is none.
NAMES = [f"name_{language}" for language in LANGUAGES]

# Value in the address -> label and condition.
STATES = {
    "draft": (_("draft"), Q(status=Status.DRAFT)),
    "awaiting": (_("awaiting approval"), Q(status=Status.AWAITING_APPROVAL)),
    "published": (_("published"), Q(is_published=True, has_unpublished_changes=False)),
    "changed": (
        _("published, with unpublished changes"),
        Q(is_published=True, has_unpublished_changes=True),
    ),
    "withdrawn": (_("withdrawn"), Q(status=Status.WITHDRAWN)),
}


def is_overdue() -> Q:
    """Public activities of which the day of review has passed."""
    return Q(is_published=True, review_due_on__lt=timezone.localdate())


class StateFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        return [(value, label) for value, (label, _condition) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(STATES[self.value()][1]) if self.value() in STATES else queryset


class ReviewFilter(admin.SimpleListFilter):
    title = _("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        return [("overdue", _("overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(is_overdue()) if self.value() == "overdue" else queryset


class DataFilter(admin.SimpleListFilter):
    """By a category of data, a term above it included."""

    title = _("data")
    parameter_name = "data"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        return [(term.code, str(term)) for term in DataCategory.objects.filter(broader=None)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        terms = Q(category=self.value()) | Q(category__broader=self.value())
        return queryset.filter(pk__in=DataItem.objects.filter(terms).values("activity"))


class ProcessorFilter(admin.SimpleListFilter):
    """By who works for the body: a federal body, or somebody by the name in any language."""

    title = _("processor")
    parameter_name = "processor"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        own = Processor.objects.filter(activity__in=model_admin.get_queryset(request))
        bodies = Organisation.objects.filter(pk__in=own.values("organisation"))
        found = {(f"{OF_BODY}{body.pk}", str(body)) for body in bodies}
        for names in own.values_list(*NAMES).distinct().order_by():
            if name := next(filter(None, names), ""):
                found.add((name, name))
        return sorted(found, key=lambda option: sort_key(option[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not (value := self.value()):
            return queryset
        body = value.removeprefix(OF_BODY)
        if value.startswith(OF_BODY) and body.isascii() and body.isdecimal() and len(body) < 19:
            is_one = Q(organisation=body)
        else:
            is_one = reduce(or_, (Q(**{name: value}) for name in NAMES))
        return queryset.filter(pk__in=Processor.objects.filter(is_one).values("activity"))


class CountryFilter(admin.SimpleListFilter):
    """By a country to which data go, or in which a processor has its seat or keeps them."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        own = {"activity__in": model_admin.get_queryset(request)}
        transfers, processors = (
            model.objects.filter(**own).order_by().distinct() for model in (Transfer, Processor)
        )
        codes = {
            *transfers.values_list("country", flat=True),
            *processors.values_list("country", flat=True),
            *processors.values_list(Func("data_countries", function="unnest"), flat=True),
        }
        return [option for option in countries.names(get_language()) if option[0] in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not (value := self.value()):
            return queryset
        processors = Processor.objects.filter(
            Q(country=value) | Q(data_countries__contains=[value])
        )
        there = Q(pk__in=Transfer.objects.filter(country=value).values("activity"))
        return queryset.filter(there | Q(pk__in=processors.values("activity")))


class GapFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "gap"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        required = [("required", _("something that publication needs"))]
        return required + [(code, demand.label) for code, demand in DEMANDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "required":
            return queryset.filter(gaps__overlap=REQUIRED)
        if self.value() in DEMANDS:
            return queryset.filter(gaps__contains=[self.value()])
        return queryset


REQUIRED = [code for code, demand in DEMANDS.items() if demand.is_required]
