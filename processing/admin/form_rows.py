"""The rows in the form of an activity, a kind by a kind."""

from functools import cache

from django.db import models as fields
from django.db.models import Field, QuerySet
from django.forms import HiddenInput, Textarea
from django.http import HttpRequest
from modeltranslation.admin import TranslationStackedInline

from organisations.checks import declared_fields
from organisations.scoping import OwnChoices
from processing.admin import views
from processing.admin.forms import PartForm
from processing.admin.meanwhile import PartFormSet
from processing.admin.row_fields import form_field
from processing.models import DataItem, LegalGround, Purpose, Recipient, Retention
from processing.models.parts import Part

# What a controller tells in every entry, or nearly.
EXPECTED = (Purpose, LegalGround, DataItem, Retention, Recipient)
# Long texts are written in fields that show a few lines and grow.
SMALL_TEXTS = {fields.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 80})}}


class PartInline(OwnChoices, TranslationStackedInline):
    form = PartForm
    formset = PartFormSet
    template = f"{views.TEMPLATES}/rows.html"
    formfield_overrides = SMALL_TEXTS

    def get_extra(self, request: HttpRequest, obj=None, **kwargs) -> int:
        """A new activity begins with a row of each kind that every one has."""
        return 1 if obj is None and self.model in EXPECTED else 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs):
        """Of a translated text made once: the column of each language is to look like its field."""
        made = request.__dict__.setdefault("texts_made", {})
        if db_field in made:
            return made[db_field]
        if db_field.name == "key":
            kwargs["widget"] = HiddenInput
        field = form_field(db_field)
        field = field or super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in self.trans_opts.all_fields:
            made[db_field] = field
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related(*relations_of(self.model))


def inline_for(part: type[Part]) -> type[PartInline]:
    attributes = {
        "model": part,
        # Django would make the form of a row twice to find them out.
        "fields": [
            field.name
            for field in sorted([*part._meta.concrete_fields, *part._meta.many_to_many])
            if field.editable and field.name in declared_fields(part) and field.name != "activity"
        ],
        "autocomplete_fields": relations_of(part),
    }
    return type(f"{part.__name__}Inline", (PartInline,), attributes)


@cache
def relations_of(part: type[Part]) -> tuple[str, ...]:
    """What a row of the kind refers to, beside its activity."""
    relations = [field for field in part._meta.get_fields() if field.concrete and field.is_relation]
    return tuple(field.name for field in relations if field.name != "activity")
