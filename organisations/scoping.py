"""The scoping of the admin: people meet the rows of their own bodies and no others.

Every list, form and row of the admin is made from the classes of this module. What lies outside
a person's bodies does not exist for them: it answers 404 and stands in no list of choices.
"""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Field, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from organisations.models import User

# What a filter of a list may add to the name of its field.
LOOKUPS_OF_FILTERS = {"", "exact", "isnull", "gte", "lt"}


class OwnChoices:
    """A form, or the rows in it, whose relations offer what the person may choose."""

    def get_field_queryset(self, db: str, db_field: Field, request: HttpRequest) -> QuerySet:
        """Raises NotRegistered for a relation to what has no scoped admin."""
        related_admin = self.admin_site.get_model_admin(db_field.remote_field.model)
        return related_admin.choices(request.user)


class RegisterAdmin(OwnChoices, admin.ModelAdmin):
    """What all lists and forms of the admin share. Without a scope() it is central only."""

    view_on_site = False

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        """Of the rows, those that exist for the person."""
        return rows if user.is_superuser else rows.none()

    def choices(self, user: User) -> QuerySet:
        """The rows that the person may choose where a form refers to this model."""
        rows = self.model._default_manager.order_by(*self.ordering or self.opts.ordering)
        return self.scope(rows, user)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.scope(super().get_queryset(request), request.user)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the filters beside the list ask; others would answer questions about rows."""
        offered = {
            entry[0] if isinstance(entry, tuple) else entry
            for entry in self.get_list_filter(request)
        }
        name, _separator, rest = lookup.partition("__")
        if name not in offered:
            return False
        field = self.opts.get_field(name)
        if field.is_relation:
            rest = rest.removeprefix(f"{field.target_field.name}__")
        return rest in LOOKUPS_OF_FILTERS

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        for selected in request.POST.getlist("_selected_action"):
            try:
                self.opts.pk.to_python(selected)
            except ValidationError as error:
                raise BadRequest("The selection names no row.") from error
        return super().response_action(request, queryset)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """Nothing: an address that fills in a form could prepare what somebody else then saves."""
        return {}

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts, object_id: str):
        raise Http404


class ChoicesView(AutocompleteJsonView):
    """What a searchable list of choices finds while somebody types."""

    def get_queryset(self) -> QuerySet[Model]:
        rows = self.model_admin.choices(self.request.user)
        found, _may_repeat = self.model_admin.get_search_results(self.request, rows, self.term)
        return found
