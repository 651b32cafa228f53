"""The scoping of the admin: people meet the rows of their own bodies and no others.

Every list, form and row of the admin is made from the classes of this module. What lies outside
a person's bodies does not exist for them: it answers 404 and stands in no list of choices.
"""

from collections.abc import Iterable
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import InvalidPage
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    EmailField,
    Field,
    Model,
    QuerySet,
    SlugField,
    TextField,
    URLField,
)
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from organisations.choice_search import MOST_WORDS, Choice, Fit, best_first, fit, typed_words
from organisations.form_fields import LineField, LinesField, how_to_write_a_day
from organisations.limits import LimitedTextField
from organisations.models import User
from organisations.pickers import MultiplePicker, PickedField, Picker, SearchPicker
from organisations.rows import RowFormSet, with_rows_sent

# What a filter of a list may add to the name of its field.
LOOKUPS_OF_FILTERS = {"", "exact", "isnull", "gte", "lt"}
# Their form fields check them.
NO_PLAIN_LINES = (EmailField, SlugField, URLField)


class OwnChoices:
    """A form, or the rows in it, whose relations offer what the person may choose."""

    # Of the rows in a form.
    formset = RowFormSet

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs) -> type:
        """Made once for a request: Django asks for it several times."""
        made = request.__dict__.setdefault("formsets", {})
        key = (type(self), obj and obj.pk, *sorted(kwargs.items()))
        if key not in made:
            made[key] = super().get_formset(request, obj, **kwargs)
        return made[key]

    def get_field_queryset(self, db: str | None, db_field: Field, request: HttpRequest) -> QuerySet:
        """Raises NotRegistered for a relation to what has no scoped admin."""
        related_admin = self.admin_site.get_model_admin(db_field.remote_field.model)
        return related_admin.choices(request.user)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs):
        """Without the links to add and change what is chosen: other people keep that.

        And without the limit that a browser would keep by cutting what is pasted, in silence: the
        form says how much there is and how much fits.
        """
        is_line = isinstance(db_field, CharField) and not isinstance(db_field, NO_PLAIN_LINES)
        if is_line and not db_field.choices:
            kwargs.setdefault("form_class", LineField)
        elif isinstance(db_field, TextField) and not isinstance(db_field, LimitedTextField):
            kwargs.setdefault("form_class", LinesField)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            # In the reader's language once, not for each row.
            field.label, field.help_text = str(field.label), str(field.help_text)
            field.widget.attrs.pop("maxlength", None)
            if isinstance(db_field, DateField) and not isinstance(db_field, DateTimeField):
                told = (field.help_text, how_to_write_a_day())
                field.help_text = " ".join(filter(None, told))
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs):
        picker = self._picker(db_field, request, Picker)
        if isinstance(picker.get("widget"), Picker):
            found = request.__dict__.setdefault("picked", {})
            picker |= {"form_class": PickedField, "found": found.setdefault(db_field, {})}
        return super().formfield_for_foreignkey(db_field, request, **picker, **kwargs)

    def formfield_for_manytomany(self, db_field: Field, request: HttpRequest, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, **self._picker(db_field, request, MultiplePicker), **kwargs
        )

    def _picker(self, db_field: Field, request: HttpRequest, widget: type) -> dict:
        related_admin = self.admin_site.get_model_admin(db_field.remote_field.model)
        offered = self.get_autocomplete_fields(request)
        if db_field.name not in offered:
            return {}
        if not related_admin.has_few_rows:
            return {"widget": SearchPicker(db_field, self.admin_site)}
        picker = widget(db_field, self.admin_site, labels=partial(self._labels, db_field, request))
        if request.GET.get("choices") == "all":
            picker.offered = partial(self._offered, db_field, request)
        return {"widget": picker}

    def _offered(self, db_field: Field, request: HttpRequest) -> str:
        """All that can be chosen, drawn once for all rows of the form."""
        drawn = request.__dict__.setdefault("offered", {})
        if db_field not in drawn:
            labels = self._labels(db_field, request, frozenset())
            option = '<option value="{}">{}</option>'
            drawn[db_field] = format_html_join("", option, labels.items())
        return drawn[db_field]

    def _labels(
        self, db_field: Field, request: HttpRequest, kept: frozenset[str]
    ) -> dict[str, str]:
        """The names of what can be chosen, and of what may be kept: one query a list."""
        related_admin = self.admin_site.get_model_admin(db_field.remote_field.model)
        known = request.__dict__.setdefault("labels", {})
        if db_field not in known:
            rows = self.get_field_queryset(None, db_field, request)
            # Two fields may offer the same.
            read, query = request.__dict__.setdefault("names_read", {}), str(rows.query)
            if query not in read:
                read[query] = related_admin.names(rows)
            known[db_field] = read[query]
        missing = kept - known[db_field].keys()
        if not missing:
            return known[db_field]
        rows = db_field.related_model._base_manager.in_bulk(missing)
        return known[db_field] | related_admin.names(rows.values())


class RegisterAdmin(OwnChoices, admin.ModelAdmin):
    """What all lists and forms of the admin share. Without a scope() it is central only."""

    view_on_site = False
    # Whether the names of all rows fit in memory: a field can then show its choice at once, and
    # who looks for one finds it by all that as_choice() tells. `search_fields` then only says that
    # there is a search.
    has_few_rows = False
    # With so many rows of a list at once may something be done.
    most_at_once = 100

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        """Of the rows, those that exist for the person."""
        return rows if user.is_superuser else rows.none()

    def choices(self, user: User) -> QuerySet:
        """The rows that the person may choose where a form refers to this model."""
        rows = self.model._default_manager.order_by(*self.ordering or self.opts.ordering)
        return self.scope(rows, user)

    def names(self, rows: Iterable[Model]) -> dict[str, str]:
        """What rows are called where one chooses among them: key -> name."""
        return {str(row.pk): str(row) for row in rows}

    def as_choice(self, row: Model) -> Choice:
        """What a row is found by, where there are few."""
        return Choice(codes=[], labels={"": str(row)})

    def fits(self, rows: Iterable[Model], typed: str) -> list[tuple[Model, Fit | None]]:
        return [(row, fit(typed, self.as_choice(row))) for row in rows]

    def found(self, rows: Iterable[Model], term: str) -> list[Model]:
        """Of the rows, those that somebody may mean who types this: the best first."""
        typed = typed_words(term)
        if not typed:
            return [] if term.strip() else list(rows)
        return best_first(self.fits(rows, typed))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.scope(super().get_queryset(request), request.user)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the filters beside the list ask; others would answer questions about rows."""
        offered = set()
        for entry in self.get_list_filter(request):
            if isinstance(entry, type):
                offered.add(entry.parameter_name)
            else:
                offered.add(entry[0] if isinstance(entry, tuple) else entry)
        if lookup in offered:
            return True
        name, _separator, rest = lookup.partition("__")
        if name not in offered:
            return False
        field = self.opts.get_field(name)
        if field.is_relation:
            rest = rest.removeprefix(f"{field.target_field.name}__")
        return rest in LOOKUPS_OF_FILTERS

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Look for the first words only, as the public search does: each one costs a condition."""
        if self.has_few_rows and search_term.strip():
            keys = [row.pk for row in self.found(queryset, search_term)]
            return queryset.filter(pk__in=keys), False
        words = search_term.split()[:MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Refuse a filter that means nothing. A page that is gone leads to the first (Django)."""
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            if isinstance(error.__context__, InvalidPage) and ERROR_FLAG not in request.GET:
                raise
            raise BadRequest("The list has no such filter or page.") from error

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        chosen = request.POST.getlist("_selected_action")
        for selected in chosen:
            try:
                self.opts.pk.to_python(selected)
            except ValidationError as error:
                raise BadRequest("The selection names no row.") from error
        number = queryset.count() if request.POST.get("select_across") == "1" else len(chosen)
        if number > self.most_at_once:
            text = _("You have chosen %(number)d. Choose at most %(most)d at a time.")
            numbers = {"number": number, "most": self.most_at_once}
            self.message_user(request, text % numbers, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)

    def changeform_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Refuse more rows than anybody enters, and copies that nobody offers."""
        if "_saveasnew" in request.POST:
            raise BadRequest("Nothing is saved as new.")
        if request.method == "POST":
            request.POST = with_rows_sent(request.POST)
        return super().changeform_view(request, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """Nothing: an address that fills in a form could prepare what somebody else then saves."""
        return {}

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts, object_id: str):
        raise Http404


class ChoicesView(AutocompleteJsonView):
    """What a searchable list of choices finds while somebody types."""

    # Key -> name, where it fits in memory.
    names: dict[str, str] = {}

    def get_queryset(self) -> QuerySet[Model] | list[Model]:
        source = self.source_field.model
        if self.admin_site.is_registered(source):
            form = self.admin_site.get_model_admin(source)
            rows = form.get_field_queryset(None, self.source_field, self.request)
        else:
            # The rows of a form, which choose as their form does.
            rows = self.model_admin.choices(self.request.user)
        if self.model_admin.has_few_rows:
            offered = list(rows)
            self.names = self.model_admin.names(offered)
            return self.model_admin.found(offered, self.term)
        found, _may_repeat = self.model_admin.get_search_results(self.request, rows, self.term)
        return found

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        return result | {"text": self.names.get(str(obj.pk), result["text"])}
