"""A release works beside the one before it, on the same tables."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from registry_site.local import upgrades


def field(**options) -> models.CharField:
    return models.CharField(max_length=10, **options)


def found(*operations: object, **attributes: str) -> list[str]:
    """Of a migration of an application with a model that has two fields."""
    state = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("name", field())]
    state.add_model(ModelState("app", "Body", [*fields, ("note", field(null=True))]))
    made = type("Migration", (migrations.Migration,), {"operations": operations, **attributes})
    return upgrades.problems_of(made("0002_next", "app"), state)


BREAKING = {
    "column that must be written": migrations.AddField("Body", "new", field()),
    "column that is gone": migrations.RemoveField("Body", "name"),
    "column with another name": migrations.RenameField("Body", "name", "title"),
    "column that takes no NULL any more": migrations.AlterField("Body", "note", field()),
    "column that is shorter": migrations.AlterField("Body", "name", models.CharField(max_length=9)),
    "column that is a number": migrations.AlterField("Body", "name", models.IntegerField()),
    "column without a value twice": migrations.AlterField("Body", "name", field(unique=True)),
    "table that is gone": migrations.DeleteModel("Body"),
    "table with another name": migrations.RenameModel("Body", "Office"),
    "statement": migrations.RunSQL("SELECT 1"),
    "rule": migrations.AddConstraint(
        "Body", models.CheckConstraint(condition=models.Q(name="x"), name="x")
    ),
    "column that must be written left the state": migrations.SeparateDatabaseAndState(
        state_operations=[migrations.RemoveField("Body", "name")]
    ),
    "column that is gone behind the back of the state": migrations.SeparateDatabaseAndState(
        [migrations.RemoveField("Body", "note")], [migrations.RemoveField("Body", "note")]
    ),
    "something new": migrations.AlterModelTableComment("Body", "x"),
    "hidden": migrations.SeparateDatabaseAndState([migrations.AddField("Body", "new", field())]),
}
HARMLESS = {
    "table": migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
    "column that may be empty": migrations.AddField("Body", "new", field(null=True)),
    "column with a value": migrations.AddField("Body", "new", field(db_default="")),
    "longer column": migrations.AlterField("Body", "name", models.CharField(max_length=11)),
    "column that left the state": migrations.SeparateDatabaseAndState(
        state_operations=[migrations.RemoveField("Body", "note")]
    ),
    "index": migrations.AddIndex("Body", models.Index(fields=["name"], name="x")),
}


@pytest.mark.parametrize("what", BREAKING)
def test_what_the_release_before_cannot_work_with_is_found(what):
    assert len(found(BREAKING[what])) == 1


@pytest.mark.parametrize("what", HARMLESS)
def test_what_it_does_not_notice_is_not(what):
    assert found(HARMLESS[what]) == []


def test_who_says_why_is_believed():
    assert found(BREAKING["statement"], **{upgrades.REASON: "It reads."}) == []


def test_no_migration_of_ours_breaks_it():
    assert upgrades.problems() == []
