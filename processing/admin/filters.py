"""What the list of activities can be narrowed by: the figures of the dashboard lead here."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from processing.completeness import DEMANDS
from processing.models import DataCategory, DataItem, ProcessingActivity

Status = ProcessingActivity.Status

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
