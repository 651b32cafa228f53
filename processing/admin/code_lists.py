"""Code lists, synonyms and templates: for the whole site, kept by central administrators."""

from collections import Counter
from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from modeltranslation.admin import TranslationAdmin

from organisations.choice_search import Choice, Fit, fit, is_meant
from organisations.languages import texts_of
from organisations.models import User
from organisations.scoping import RegisterAdmin
from processing import models
from processing.admin import term_use
from processing.finding.lexicon import written_synonyms
from processing.models import CodeListEntry


@admin.register(models.Synonym)
class SynonymAdmin(RegisterAdmin):
    list_display = ("everyday", "means", "language")
    list_filter = ("language",)
    search_fields = ("everyday", "means")


@admin.register(*models.CODE_LISTS.values())
class CodeListAdmin(RegisterAdmin, TranslationAdmin):
    """Everybody reads the code lists; central administrators keep them."""

    has_few_rows = True
    list_display = ("code", "label", "broader", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("broader",)
    search_fields = ("code",)
    change_form_template = "admin/processing/code_list/change_form.html"

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        return rows

    def choices(self, user: User) -> QuerySet:
        """What is retired stays where it was used and cannot be chosen anew."""
        return super().choices(user).filter(is_active=True)

    def names(self, rows: Iterable[CodeListEntry]) -> dict[str, str]:
        """Where two terms have one label, with the broader term."""
        terms = {term.pk: term for term in rows}
        labels = Counter(term.label for term in terms.values())
        return {
            term.pk: _in_its_place(term, terms) if labels[term.label] > 1 else str(term)
            for term in terms.values()
        }

    def as_choice(self, term: CodeListEntry) -> Choice:
        return Choice(
            codes=[term.code],
            labels=texts_of(term, "label"),
            definitions=texts_of(term, "definition"),
        )

    def fits(
        self, rows: Iterable[CodeListEntry], typed: str
    ) -> list[tuple[CodeListEntry, Fit | None]]:
        meanings = [
            (language, text)
            for language, everyday, means in written_synonyms()
            if is_meant(typed, everyday)
            for text in means
        ]
        return [(term, fit(typed, self.as_choice(term), meanings)) for term in rows]

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """Publications name a term by its code."""
        return ("code",) if obj else ()

    def has_delete_permission(self, request, obj=None) -> bool:
        """Retired, never deleted."""
        return False

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_use"
        view = require_http_methods(("GET", "HEAD", "POST"))(self.use_view)
        use = path("<path:object_id>/use/", self.admin_site.admin_view(view), name=name)
        return [use, *super().get_urls()]

    def use_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        term = self.get_object(request, unquote(object_id))
        if term is None:
            raise Http404
        return term_use.page(self, request, term)

    def save_model(self, request: HttpRequest, obj: CodeListEntry, form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        request.is_retired_now = "is_active" in form.changed_data and not obj.is_active

    def response_change(self, request: HttpRequest, obj: CodeListEntry) -> HttpResponse:
        """Who retires a term sees where it is used."""
        response = super().response_change(request, obj)
        if request.is_retired_now:
            return HttpResponseRedirect(term_use.address(obj))
        return response


def _in_its_place(term: CodeListEntry, known: dict[str, CodeListEntry]) -> str:
    broader = known.get(term.broader_id) or term.broader
    if broader is None:
        return str(term)
    return gettext("%(term)s (part of %(broader)s)") % {"term": term, "broader": broader}


@admin.register(models.ActivityTemplate)
class ActivityTemplateAdmin(RegisterAdmin, TranslationAdmin):
    """Made from an activity (its page "Copy"), named and described here."""

    list_display = ("slug", "title")

    def has_add_permission(self, request) -> bool:
        return False
