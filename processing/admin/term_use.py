"""Where a term of a code list is used, and another in its place: for central administrators."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import quote
from django.db import models, transaction
from django.db.models import Func, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisations.models import User
from processing.models import CodeListEntry, ProcessingActivity, Publication
from processing.publishing import Refused

TEMPLATE = "admin/processing/code_list/use.html"
# So many are listed, and changed at once: each is read, checked and written whole.
MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Use:
    """A field in which activities, or rows of theirs, name terms of a list."""

    model: type[models.Model]
    field: models.Field
    # The lookup that leads to the key of the activity.
    activity: str
    # Where a public record has it, as a path of SQL/JSON.
    path: str

    def rows(self, term: CodeListEntry) -> QuerySet:
        return self.model._default_manager.filter(**{self.field.name: term})


def uses_of(code_list: type[CodeListEntry]) -> Iterator[Use]:
    """Where terms of the list may stand, whichever rows an activity has."""
    waiting = [(ProcessingActivity, "pk", "$")]
    while waiting:
        model, activity, path = waiting.pop()
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            if field.related_model is code_list:
                several = "[*]" if field.many_to_many else ""
                yield Use(model, field, activity, f"{path}.{field.name}{several}")
        for relation in model._meta.related_objects:
            # Its rows go with it, and go public with it.
            if relation.on_delete is models.CASCADE and relation.related_model.PUBLIC:
                name = relation.field.name
                inner = name if activity == "pk" else f"{name}__{activity}"
                rows = f"{path}.{relation.get_accessor_name()}[*]"
                waiting.append((relation.related_model, inner, rows))


def working_copies_with(term: CodeListEntry) -> QuerySet:
    condition = Q(pk__in=[])
    for use in uses_of(type(term)):
        condition |= Q(pk__in=use.rows(term).values(use.activity))
    return ProcessingActivity.objects.filter(condition).order_by("organisation__slug", "number")


def public_entries_with(term: CodeListEntry) -> QuerySet:
    condition = Q(pk__in=[])
    for use in uses_of(type(term)):
        path = Func(Value(f"{use.path} ? (@ == $code)"), template="%(expressions)s::jsonpath")
        code = Value({"code": term.pk}, output_field=models.JSONField())
        condition |= Q(
            Func(
                *("record", path, code),
                function="jsonb_path_exists",
                output_field=models.BooleanField(),
            )
        )
    current = Publication.objects.current().filter(condition)
    return current.select_related("organisation").order_by("organisation__slug", "number")


def replace(
    activity: ProcessingActivity, term: CodeListEntry, other: CodeListEntry, *, by: User
) -> None:
    """Let the working copy name another term instead. What is public stays. Raises Refused."""
    with transaction.atomic():
        locked = ProcessingActivity.objects.select_for_update().get(pk=activity.pk)
        for use in uses_of(type(term)):
            rows = use.rows(term).filter(**{use.activity: activity.pk})
            if not use.field.many_to_many:
                rows.update(**{use.field.name: other})
                continue
            for row in list(rows):
                terms = getattr(row, use.field.name)
                terms.remove(term)
                terms.add(other)
        remark = _("“%(term)s” was replaced by “%(other)s”.") % {"term": term, "other": other}
        locked.save(update_fields=["changed_at"])
        locked.remember(by=by, remark=remark)


class NamedTerms(forms.ModelChoiceField):
    """Terms by the names that tell them apart."""

    names: dict[str, str] = {}

    def label_from_instance(self, term: CodeListEntry) -> str:
        return self.names.get(term.pk, str(term))


class ReplacementForm(forms.Form):
    replacement = NamedTerms(queryset=None, label=gettext_lazy("Use instead"))

    def __init__(self, *args, model_admin: ModelAdmin, term: CodeListEntry, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        offered = model_admin.choices(user)
        field = self.fields["replacement"]
        field.queryset = offered.exclude(pk=term.pk)
        field.names = model_admin.names(offered)


def address(term: CodeListEntry) -> str:
    return reverse(f"admin:processing_{term._meta.model_name}_use", args=[quote(term.pk)])


def page(model_admin: ModelAdmin, request: HttpRequest, term: CodeListEntry) -> HttpResponse:
    """What uses the term; another may take its place in working copies, some at a time."""
    data = request.POST if request.method == "POST" else None
    form = ReplacementForm(data, model_admin=model_admin, term=term, user=request.user)
    copies = working_copies_with(term)
    if form.is_valid():
        _replace_in_some(model_admin, request, copies, term, form.cleaned_data["replacement"])
        return HttpResponseRedirect(address(term))
    entries = public_entries_with(term)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Where it is used"),
        "term": term,
        "form": form,
        "number": copies.count(),
        "copies": copies.select_related("organisation")[:MOST_AT_ONCE],
        "public_number": entries.count(),
        "entries": entries[:MOST_AT_ONCE],
        "most": MOST_AT_ONCE,
    }
    return TemplateResponse(request, TEMPLATE, context)


def _replace_in_some(
    model_admin: ModelAdmin,
    request: HttpRequest,
    copies: QuerySet,
    term: CodeListEntry,
    other: CodeListEntry,
) -> None:
    done = 0
    for activity in copies[:MOST_AT_ONCE]:
        try:
            replace(activity, term, other, by=request.user)
        except Refused as refusal:
            told = _("Not done for %(activity)s: %(reason)s")
            values = {"activity": activity, "reason": refusal}
            model_admin.message_user(request, told % values, "WARNING")
        else:
            done += 1
    told = ngettext(
        "Replaced in %(number)d working copy. Nothing was published.",
        "Replaced in %(number)d working copies. Nothing was published.",
        done,
    ) % {"number": done}
    model_admin.log_change(request, term, told)
    model_admin.message_user(request, told, "SUCCESS" if done else "WARNING")
