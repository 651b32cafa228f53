"""A system check: every field of our models is declared public or internal."""

import dataclasses
from collections.abc import Iterator

from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modeltranslation.translator import NotRegistered, translator

from organisations.directory import Body
from organisations.limits import is_limited
from organisations.models import Organisation

OUR_APPS = ("organisations", "processing", "contact", "accounts")
# Whose texts people of the bodies write; contact/forms.py limits those of citizens.
APPS_WITH_LIMITS = ("organisations", "processing")


def declared_fields(model: type[models.Model]) -> set[str]:
    """Names of the fields that need a declaration: not the key, nor the columns per language."""
    try:
        translated = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        translated = {}
    columns = {column.name for field in translated.values() for column in field}
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    return fields - columns - {"id"}


def declared_name(model: type[models.Model], column: str) -> str:
    """The name that stands in the declaration: of the column of a language, that of its field."""
    try:
        field = model._meta.get_field(column)
    except FieldDoesNotExist:
        return column
    return getattr(field, "translated_field", field).name


@checks.register(checks.Tags.models)
def check_every_field_is_public_or_internal(app_configs, **kwargs) -> list[checks.Error]:
    return [
        checks.Error(
            f"{model._meta.label}.{name} must stand in exactly one of PUBLIC and INTERNAL.",
            hint="PUBLIC is what citizens may see; of the working copy, it follows from the public "
            "record. When in doubt: INTERNAL.",
            obj=model,
            id="organisations.E001",
        )
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        for name in undeclared(model)
    ]


@checks.register(checks.Tags.models)
def check_every_text_has_a_limit(app_configs, **kwargs) -> list[checks.Error]:
    return [
        checks.Error(
            f"{model._meta.label}.{field.name} is a text without a limit.",
            hint="A CharField with max_length, or a LimitedTextField.",
            obj=model,
            id="organisations.E002",
        )
        for model in apps.get_models()
        if model._meta.app_label in APPS_WITH_LIMITS
        for field in model._meta.concrete_fields
        if not is_limited(field)
    ]


@checks.register(checks.Tags.models)
def check_bodies_show_what_is_public(app_configs, **kwargs) -> list[checks.Error]:
    shown = {field.name.removesuffix("_id") for field in dataclasses.fields(Body)}
    # The name of the officer is shown where the body chose so: the directory looks at that.
    # Departments are rows of their own.
    shown -= {"id", "dpo_name", "departments"}
    return [
        checks.Error(
            f"{name} must be both in Organisation.PUBLIC and in directory.Body, or in neither.",
            obj=Organisation,
            id="organisations.E001",
        )
        for name in sorted(shown ^ set(Organisation.PUBLIC))
    ]


def undeclared(model: type[models.Model]) -> Iterator[str]:
    public, internal = set(model.PUBLIC), set(model.INTERNAL)
    yield from sorted((declared_fields(model) ^ (public | internal)) | (public & internal))
