"""Whether a release can work beside the one before it, on the tables of the newer: `make check`.

docs/operating.md tells the rule for migrations: expand first, contract in a later release.
"""

import os
from collections.abc import Iterator

import django
from django.apps import apps
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Field, ManyToManyField

# The last migrations of the time before the rule.
BEFORE = {
    "accounts": "0001_second_step_and_notices",
    "contact": "0003_who_reads_the_notes",
    "organisations": "0010_former_names",
    "processing": "0025_activities_that_files_name",
}
PACKAGES = ("contact", "organisations", "processing", "registry_site")
# A migration that says, in this attribute, why the release before works with it, is believed.
REASON = "beside_the_release_before"
IN_TWO_RELEASES = "the release before still asks for it: take it out of the state alone, first"
LEFT_OUT_BY_THIS = "this release leaves it out, the column stays: null=True or db_default, first"
RENAMED = "the release before knows the old name alone: add a new one, first"
UNKNOWN = f"only people can tell: say why in `{REASON}`"


def problems() -> list[str]:
    """What the migrations since then do that the release before could not work with."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry_site.settings")
    django.setup()
    loader = MigrationLoader(None)
    ours = {app.label for app in apps.get_app_configs() if app.name.partition(".")[0] in PACKAGES}
    return [
        f"{app}.{name}: {problem}"
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if app in ours and name > BEFORE.get(app, "")
        for problem in problems_of(migration, loader.project_state((app, name), at_end=False))
    ]


def problems_of(migration: Migration, state: ProjectState) -> list[str]:
    """Those of one migration; `state` is what its models are before it, and changes."""
    if getattr(migration, REASON, ""):
        return []
    found = []
    for operation in migration.operations:
        found += _problems_of(operation, migration.app_label, state)
        operation.state_forwards(migration.app_label, state)
    return found


def _problems_of(operation: object, app: str, state: ProjectState) -> Iterator[str]:
    told = f"{type(operation).__name__} {getattr(operation, 'name', '')}".strip()
    match operation:
        case operations.SeparateDatabaseAndState():
            for inner in operation.database_operations:
                yield from _problems_of(inner, app, state)
            for inner in operation.state_operations:
                if isinstance(inner, operations.RemoveField):
                    field = state.models[app, inner.model_name_lower].fields[inner.name]
                    if not _may_be_left_out(field):
                        yield f"{told} {inner.name}: {LEFT_OUT_BY_THIS}"
        case operations.AddField(field=field):
            if not _may_be_left_out(field):
                yield f"{told}: the release before leaves it out: null=True or db_default"
        case operations.AlterField(field=field):
            known = state.models[app, operation.model_name_lower].fields[operation.name]
            yield from (f"{told}: {problem}" for problem in _narrower(known, field))
        case operations.RemoveField() | operations.DeleteModel():
            yield f"{told}: {IN_TWO_RELEASES}"
        case operations.RenameField() | operations.RenameModel() | operations.AlterModelTable():
            yield f"{told}: {RENAMED}"
        case (
            operations.CreateModel()
            | operations.AddIndex()
            | operations.RemoveIndex()
            | operations.RenameIndex()
            | operations.RemoveConstraint()
            | operations.AlterModelOptions()
            | operations.AlterModelManagers()
        ):
            pass
        case _:
            yield f"{told}: {UNKNOWN}"


def _may_be_left_out(field: Field) -> bool:
    return field.null or field.has_db_default() or isinstance(field, ManyToManyField)


def _narrower(known: Field, field: Field) -> Iterator[str]:
    if known.null and not field.null and not field.has_db_default():
        yield "the release before may write NULL"
    if known.get_internal_type() != field.get_internal_type():
        yield "the release before knows another type"
    if field.max_length and (known.max_length or field.max_length + 1) > field.max_length:
        yield "the release before may write more"
    if field.unique and not known.unique:
        yield "the release before may write it twice"
