"""Moves legal grounds, retention and parties to the rows that hold them now, histories included.

What a working copy says afterwards is what the upcast makes of its public record, so that nothing
counts as changed since it was published.
"""

import re

from django.db import migrations

from processing.upcasts import from_1

LANGUAGES = ("nl", "fr", "de", "en")
# The columns of the rows that are new or have new ones: translated texts, other values, lists.
COLUMNS = {
    "purposes": (("description",), ("key", "category"), ()),
    "legal_grounds": (
        ("law_title", "legitimate_interest"),
        ("ground", "law_article", "law_url"),
        ("purposes",),
    ),
    "data": (("detail",), ("key", "category", "is_mandatory"), ("about",)),
    "retention": (
        ("criterion", "what_for", "unknown_reason"),
        ("period", "unit", "after"),
        ("data",),
    ),
    "recipients": (
        ("name", "what", "authorisation"),
        ("key", "organisation", "category", "authorisation_url"),
        (),
    ),
    "processors": (
        ("name", "task"),
        *(
            ("key", "organisation", "category", "country", "agreed_on", "works_for"),
            ("data_countries",),
        ),
    ),
    "joint_controllers": (("name", "contact", "arrangement"), ("organisation", "category"), ()),
    "transfers": (
        ("international_organisation", "safeguards"),
        ("country", "recipient", "processor", "mechanism", "url"),
        (),
    ),
    "served_controllers": (("name", "contact", "processing"), ("organisation", "category"), ()),
}
# Internal: it goes along with its row.
CONTRACT = "contract_reference"
NEW = {
    "acts_as": "controller",
    **dict.fromkeys(("department", "people_count", "dpia", "dpia_done_on", "policy_documents")),
    "authority_consultation": None,
    **dict.fromkeys(("has_no_special_data", "has_no_recipients", "has_no_transfers"), False),
}
MODELS = {
    "purposes": "Purpose",
    "legal_grounds": "LegalGround",
    "data": "DataItem",
    "retention": "Retention",
    "recipients": "Recipient",
    "processors": "Processor",
    "joint_controllers": "JointController",
}
IN_A_LANGUAGE = re.compile(rf"(\w+)_({'|'.join(LANGUAGES)})")


def moved(content: dict) -> dict:
    """A content of format 1 with everything in its new place; rows that are new have no id."""
    said = from_1(_by_language(content))
    made = {name: value for name, value in content.items() if name != "dpia_done"}
    made |= NEW | {"dpia": said.get("dpia")}
    made["automated_decisions"] = content.get("automated_decisions") or None
    for kind in COLUMNS:
        made[kind] = [_columns(row, kind) for row in said.get(kind, [])]
    return made


def _by_language(content: dict) -> dict:
    """Texts as public records hold them, without what is empty."""
    made: dict = {}
    for name, value in content.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            made[name] = [_by_language(row) for row in value]
        elif in_a_language := IN_A_LANGUAGE.fullmatch(name):
            if value:
                made.setdefault(in_a_language[1], {})[in_a_language[2]] = value
        elif value not in (None, "", []):
            made[name] = value
    return made


def _columns(row: dict, kind: str) -> dict:
    texts, values, lists = COLUMNS[kind]
    made = {"id": row["id"]} if "id" in row else {}
    made |= {
        f"{name}_{language}": row.get(name, {}).get(language)
        for name in texts
        for language in LANGUAGES
    }
    made |= {name: row.get(name) for name in values} | {name: row.get(name, []) for name in lists}
    if kind == "processors":
        made[CONTRACT] = row.get(CONTRACT)
    return made


def move(apps, schema_editor) -> None:
    activities = apps.get_model("processing", "ProcessingActivity").objects
    activities.filter(automated_decisions=False).update(automated_decisions=None)
    activities.filter(dpia_done=True).update(dpia="done")
    activities.filter(dpia_done=False).update(dpia="not_done")
    for key in activities.order_by("pk").values_list("pk", flat=True):
        _move_rows(apps, key)
        _move_history(apps, key)
    for template in apps.get_model("processing", "ActivityTemplate").objects.all():
        template.content = _without_ids(moved(template.content))
        template.save(update_fields=["content"])


def _move_rows(apps, activity: int) -> None:
    rows = {kind: _rows(apps, kind, activity) for kind in MODELS}
    names = apps.get_model("processing", "ProcessingActivity").objects.filter(pk=activity)
    columns = [f"name_{language}" for language in LANGUAGES]
    after = moved(rows | names.values(*columns).get())
    for kind, name in MODELS.items():
        model = apps.get_model("processing", name)
        kept = {row["id"] for row in after[kind] if "id" in row}
        for row in after[kind]:
            values = _for_database(row, model)
            if "id" in row:
                model.objects.filter(pk=row["id"]).update(**values)
            else:
                model.objects.create(activity_id=activity, **values)
        gone = [row["id"] for row in rows[kind] if row["id"] not in kept]
        model.objects.filter(pk__in=gone).delete()


def _rows(apps, kind: str, activity: int) -> list[dict]:
    model = apps.get_model("processing", MODELS[kind])
    fields = [field for field in model._meta.concrete_fields if field.name != "activity"]
    names = {field.attname: field.name for field in fields}
    rows = model.objects.filter(activity=activity).order_by("pk").values(*names)
    return [{names[column]: value for column, value in row.items()} for row in rows]


def _for_database(row: dict, model) -> dict:
    """The values under the names of the columns; a text that is none is empty."""
    values = {}
    for name, value in row.items():
        if name in ("id", "about"):
            continue
        field = model._meta.get_field(name)
        is_empty_text = value is None and not field.null
        values[field.attname] = "" if is_empty_text else value
    return values


def _move_history(apps, activity: int) -> None:
    entries = apps.get_model("processing", "HistoryEntry").objects
    saved = entries.filter(activity=activity, content__isnull=False).order_by("-number")
    for place, entry in enumerate(saved):
        content = moved(entry.content)
        for kind, rows in content.items():
            if kind not in COLUMNS:
                continue
            # The last content is that of the rows there are now, in their order.
            keys = list(_keys(apps, kind, activity)) if place == 0 else []
            for number, row in enumerate(rows):
                now = keys[number] if len(keys) == len(rows) else -number - 1
                row.setdefault("id", now)
        entry.content = content
        entry.save(update_fields=["content"])


def _keys(apps, kind: str, activity: int):
    if kind not in MODELS:
        return ()
    model = apps.get_model("processing", MODELS[kind])
    return model.objects.filter(activity=activity).order_by("pk").values_list("pk", flat=True)


def _without_ids(content: dict) -> dict:
    for kind in COLUMNS:
        for row in content[kind]:
            row.pop("id", None)
    return content


class Migration(migrations.Migration):
    dependencies = [("processing", "0013_grounds_retention_and_parties")]

    operations = [
        migrations.RunPython(move),
        # Nothing of an erased version is left, this neither.
        migrations.RunSQL(
            "UPDATE processing_publication SET acts_as = 'controller' WHERE erased_at IS NULL"
        ),
    ]
