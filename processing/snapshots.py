"""The content of a working copy as plain values: what its history, copies and templates keep."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.translator import NotRegistered, translator

from organisations.calendar import day_in_words
from organisations.limits import too_long
from processing.publishing import DoesNotFit, too_many_rows, too_much_text

# Plain values that JSON can hold: field name -> value; rows as lists of such.
Content = dict[str, object]

# Names that were looked up: model and key -> name.
Names = dict[tuple[type[models.Model], object], str]

# So many characters of a text stand in a list of differences that would be too long with all.
BEGINNING = 100
# Fields of an activity that say where it is and how it stands, not what it says.
NOT_CONTENT = {
    *("id", "organisation", "number", "created_at", "changed_at"),
    *("status", "is_published", "withdrawal_reason", "changed_by"),
    *("has_unpublished_changes", "gaps", "review_due_on", "review_reminded_for"),
}


def content_of(activity: models.Model) -> Content:
    """All that people write in the working copy, public and internal, with its rows."""
    content = _values(activity, without=NOT_CONTENT)
    for name in row_models(type(activity)):
        content[name] = [
            {"id": row.pk, **_values(row, without={"id", "activity"})}
            for row in sorted(getattr(activity, name).all(), key=lambda row: row.pk)
        ]
    return content


def write_content(activity: models.Model, content: Content) -> None:
    """Replace what the working copy says. Run it in a transaction; who calls it remembers it.

    A field that the content does not name becomes empty. A body or an activity that no longer
    exists is left out, and so is a department or an activity of another body. Raises
    IntegrityError for a row that makes no sense without it, and DoesNotFit.
    """
    if reasons := what_does_not_fit(content, type(activity)):
        raise DoesNotFit(reasons)
    _write(activity, content, without=NOT_CONTENT)
    for name in row_models(type(activity)):
        rows = getattr(activity, name)
        rows.all().delete()
        for values in content.get(name, []):
            _write(rows.model(activity=activity), values, without={"id", "activity"})


def what_does_not_fit(content: Content, activity: type[models.Model]) -> list[str]:
    """What the content holds more of than an activity may, in words for people."""
    reasons = too_much(content, activity)
    rows = [(model, content.get(name) or []) for name, model in row_models(activity).items()]
    for model, listed in [(activity, [content]), *rows]:
        fields = content_fields(model, without=set())
        reasons += [reason for values in listed for reason in too_long(fields, values)]
    return reasons


def public_part(content: Content, activity: type[models.Model]) -> Content:
    """Of a content, what citizens may see once it is published: what the models declare PUBLIC.

    Who it came from keeps the rest, and the keys of the rows.
    """
    public = _public_values(content, activity)
    for name, model in row_models(activity).items():
        public[name] = [_public_values(row, model) for row in content.get(name) or []]
    return public


def _public_values(content: Content, model: type[models.Model]) -> Content:
    return {
        field.name: content.get(field.name)
        for field in content_fields(model, without=set())
        # Of a column of a translated field, the field is what is declared.
        if getattr(field, "translated_field", field).name in model.PUBLIC
    }


def too_much(content: Content, activity: type[models.Model]) -> list[str]:
    """Whether it has more rows, or more text in all, than an activity may have: why, in words."""
    rows = [row for name in row_models(activity) for row in content.get(name) or []]
    values = [value for part in (content, *rows) for value in part.values()]
    characters = sum(len(value) for value in values if isinstance(value, str))
    return [*too_many_rows(len(rows)), *too_much_text(characters)]


def row_models(activity: type[models.Model]) -> dict[str, type[models.Model]]:
    """The rows that an activity has, by their names: purposes, data, recipients…"""
    return {
        relation.related_name: relation.related_model
        for relation in activity._meta.related_objects
        # Its rows go public with it; its history does not.
        if relation.field.name == "activity" and relation.related_model.PUBLIC
    }


def content_fields(
    model: type[models.Model], *, without: Collection[str]
) -> tuple[models.Field, ...]:
    """The fields that hold content: of a translated one, the columns per language."""
    return _content_fields(model, frozenset(without))


@cache
def _content_fields(model: type[models.Model], without: frozenset[str]) -> tuple[models.Field, ...]:
    try:
        translated = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        translated = {}
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return tuple(f for f in fields if f.name not in without and f.name not in translated)


def _values(instance: models.Model, *, without: set[str]) -> Content:
    values: Content = {}
    for field in content_fields(type(instance), without=without):
        if field.many_to_many:
            values[field.name] = sorted(row.pk for row in getattr(instance, field.name).all())
        else:
            value = field.value_from_object(instance)
            if isinstance(value, date):
                value = value.isoformat()
            # An empty text and none at all are the same to people.
            values[field.name] = None if value == "" else value
    return values


def _write(instance: models.Model, content: Content, *, without: set[str]) -> None:
    several = {}
    for field in content_fields(type(instance), without=without):
        value = content.get(field.name)
        if field.many_to_many:
            several[field.name] = value or []
        elif value is None:
            setattr(instance, field.attname, field.get_default())
        elif field.is_relation:
            is_there = _may_be_named(field, value, instance)
            setattr(instance, field.attname, value if is_there else None)
        else:
            setattr(instance, field.attname, field.to_python(value))
    instance.save()
    for name, keys in several.items():
        getattr(instance, name).set(keys)


def _may_be_named(field: models.Field, key: object, instance: models.Model) -> bool:
    """Whether the row that a content names is there and, where rows belong to bodies, of the body.

    A copy or a template may come from another body.
    """
    model = field.related_model
    rows = model._base_manager.filter(pk=key)
    if any(other.name == "organisation" for other in model._meta.concrete_fields):
        rows = rows.filter(organisation=instance.organisation_id)
    return rows.exists()


@dataclass(frozen=True, slots=True)
class Said:
    """A field that says something, in words for people."""

    # As the model declares it.
    field: str
    label: str
    is_internal: bool
    # Language -> text; "" for what is no text in some language.
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Whole:
    """All that an activity says."""

    fields: dict[str, Said]
    # Kind of rows -> the rows.
    rows: dict[str, list[list[Said]]]


def in_words(content: Content, activity: type[models.Model], names: Names) -> Whole:
    """All that a content says, internal fields too. `names` keeps what was looked up."""
    names.update(_places(content, activity))
    said = _said(content, activity, names, without=NOT_CONTENT)
    rows = {
        name: [
            _said(row, model, names, without={"id", "activity", "key"})
            for row in content.get(name) or []
        ]
        for name, model in row_models(activity).items()
    }
    return Whole({one.field: one for one in said}, rows)


def _said(
    content: Content, model: type[models.Model], names: Names, *, without: set[str]
) -> list[Said]:
    found: dict[str, Said] = {}
    for field in content_fields(model, without=without):
        value = content.get(field.name)
        if _says_nothing(field, value):
            continue
        known = getattr(field, "translated_field", field)
        if known.name not in found:
            label = capfirst(str(known.verbose_name))
            found[known.name] = Said(known.name, label, known.name in model.INTERNAL, {})
        text = _in_words(field, value, names)
        found[known.name].texts[getattr(field, "language", "")] = text
    return list(found.values())


@dataclass(frozen=True, slots=True, eq=False)
class DifferentPart:
    """The activity itself, without a title, or one of its rows, in which fields differ."""

    title: str = ""


@dataclass(frozen=True, slots=True)
class FieldWording:
    """What a field said and says; a text that people wrote, in one language."""

    before: str
    after: str
    language: str = ""

    @property
    def language_name(self) -> str:
        """As the language calls itself; '' for what is no text in some language."""
        return dict(settings.LANGUAGES).get(self.language, "")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two contents tell differently, in words for people: each language apart."""

    part: DifferentPart
    field: str
    wordings: list[FieldWording]


def shown(found: list[Difference], most: int) -> list[Difference]:
    """The differences with the beginnings of their texts only, once so many characters are told."""
    told, cut = 0, []
    for difference in found:
        wordings = []
        for wording in difference.wordings:
            texts = [wording.before, wording.after]
            if told > most:
                texts = [
                    text[:BEGINNING] + ("…" if len(text) > BEGINNING else "") for text in texts
                ]
            told += sum(map(len, texts))
            wordings.append(FieldWording(*texts, wording.language))
        cut.append(Difference(difference.part, difference.field, wordings))
    return cut


def differences(
    before: Content, after: Content, activity: type[models.Model], names: Names | None = None
) -> list[Difference]:
    """What changed from one content to another, field by field and row by row.

    `names` keeps what was looked up, for who compares several contents.
    """
    names = {} if names is None else names
    for content in (before, after):
        names.update(_places(content, activity))
    found = _differences(before, after, activity, names, DifferentPart(), without=NOT_CONTENT)
    for name, model in row_models(activity).items():
        listed = after.get(name, [])
        for old, new in _pairs(before.get(name, []), listed):
            is_same = "id" in old
            for one, other in [(old, new)] if is_same else [(old, {}), ({}, new)]:
                part = DifferentPart(_title(model, one, other, listed))
                without = {"id", "activity", "key"}
                found += _differences(one, other, model, names, part, without=without)
    return found


def _places(content: Content, activity: type[models.Model]) -> Names:
    """What the rows that others name by their keys are called: by their kinds and places."""
    return {
        (model, row["key"]): f"{capfirst(str(model._meta.verbose_name))} {place}"
        for name, model in row_models(activity).items()
        for place, row in enumerate(content.get(name) or [], start=1)
        if "key" in row
    }


def _title(model: type[models.Model], old: Content, new: Content, listed: list[Content]) -> str:
    """What a row that differs is called: by its kind, and which one of those that are there."""
    kind = capfirst(str(model._meta.verbose_name))
    if not old:
        return _("%(kind)s: new") % {"kind": kind}
    if not new:
        return _("%(kind)s: removed") % {"kind": kind}
    return f"{kind} {listed.index(new) + 1}" if len(listed) > 1 else kind


def _pairs(before: list[Content], after: list[Content]) -> list[tuple[Content, Content]]:
    """The rows that differ: the same row before and after, then what was removed or added."""
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in after}
    pairs = [(old[key], new[key]) for key in old if key in new and old[key] != new[key]]
    removed = [_without_key(row) for key, row in old.items() if key not in new]
    added = [_without_key(row) for key, row in new.items() if key not in old]
    # A restored copy writes its rows anew: the same content is no change.
    for row in list(removed):
        if row in added:
            removed.remove(row)
            added.remove(row)
    return [*pairs, *zip_longest(removed, added, fillvalue={})]


def _without_key(row: Content) -> Content:
    return {name: value for name, value in row.items() if name != "id"}


def _differences(
    before: Content,
    after: Content,
    model: type[models.Model],
    names: Names,
    part: DifferentPart,
    *,
    without: set[str],
) -> list[Difference]:
    """Of a translated field, all languages that differ stand together."""
    found: dict[str, Difference] = {}
    for field in content_fields(model, without=without):
        old, new = before.get(field.name), after.get(field.name)
        if old == new or (_says_nothing(field, old) and _says_nothing(field, new)):
            continue
        # Of a column of a translated field, the field is what people know.
        known = getattr(field, "translated_field", field)
        if known.name not in found:
            found[known.name] = Difference(part, capfirst(str(known.verbose_name)), [])
        words = [_in_words(field, value, names) for value in (old, new)]
        wording = FieldWording(*words, getattr(field, "language", ""))
        found[known.name].wordings.append(wording)
    return list(found.values())


def _says_nothing(field: models.Field, value: object) -> bool:
    """Of what may be unknown, "no" and 0 are answers."""
    return value in (None, "", []) or (value is False and not field.null)


def _in_words(field: models.Field, value: object, names: Names) -> str:
    """A value as people read it; '' for none."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if in_words := getattr(field, "in_words", None):
        return in_words(value)
    if field.is_relation:
        keys = value if isinstance(value, list) else [value]
        model = field.related_model
        if unknown := [key for key in keys if (model, key) not in names]:
            found = model._base_manager.in_bulk(unknown)
            names.update({(model, key): str(found.get(key, key)) for key in unknown})
        return ", ".join(names[model, key] for key in keys)
    if kind := getattr(field.model, "REFERS_TO", {}).get(field.name):
        rows = row_models(field.model._meta.get_field("activity").related_model)
        keys = value if isinstance(value, list) else [value]
        return ", ".join(names.get((rows[kind], key), str(key)) for key in keys)
    if isinstance(field, models.DateField):
        return day_in_words(parse_date(value))
    choices = dict((field.base_field if isinstance(field, ArrayField) else field).flatchoices)
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(item, item)) for item in values)
