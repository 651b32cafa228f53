"""A register as it was before legal grounds and retention were rows of their own.

Written with the models of that time, and told with those of today: tests/test_moving.py.
"""

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

# The last migrations of that time.
THEN = [
    ("processing", "0003_rules"),
    ("organisations", "0008_two_persons_explained"),
]
TEXT = {code: f"text {code}" for code in ("nl", "fr", "de", "en")}
LAW = {"law_title": TEXT, "law_url": "https://law.example/"}
RECORD = {
    "format": 1,
    "number": 1,
    "name": TEXT,
    "dpia_done": True,
    "purposes": [
        {"description": TEXT, "legal_basis": "e", **LAW},
        {"category": "A1_01", "legal_basis": "e", **LAW},
        {"legal_basis": "f", "legitimate_interest": {"nl": "belang"}, "special_condition": "h"},
    ],
    "data": [
        {"category": "A1", "retention_period": 3, "retention_unit": "year", "about": ["01"]},
        {"category": "M1", "retention_criterion": TEXT, "retention_after": "destroy"},
        {"category": "A2", "retention_period": 3, "retention_unit": "year", "is_mandatory": True},
        {"category": "P"},
    ],
    "recipients": [
        {"category": "H", "what": TEXT},
        {"name": TEXT, "role": "processor", "what": {"nl": "taak"}, "authorisation": {"nl": "P1"}},
        {"category": "J", "role": "joint_controller"},
        {"name": {"fr": "Ville"}, "authorisation_url": "https://p.example/"},
    ],
    "processors": [{"name": "Firm", "task": TEXT}],
    "joint_controllers": [{"name": TEXT, "arrangement": TEXT}],
    "transfers": [{"mechanism": "02", "country": "CH"}],
}
MODELS = {
    "purposes": "Purpose",
    "data": "DataItem",
    "recipients": "Recipient",
    "processors": "Processor",
    "joint_controllers": "JointController",
    "transfers": "Transfer",
}


def migrate_and_write() -> None:
    """Migrate to that time, and write an activity with a history, a publication and a template."""
    executor = MigrationExecutor(connection)
    executor.migrate(
        [*THEN, *(node for node in executor.loader.graph.leaf_nodes() if node[0] not in dict(THEN))]
    )
    apps = MigrationExecutor(connection).loader.project_state(THEN).apps
    with transaction.atomic():
        _write(apps)


def _write(apps) -> None:
    def model(name: str, app: str = "processing"):
        return apps.get_model(app, name).objects

    _write_code_lists(model)
    body = model("Organisation", "organisations").create(
        slug="body", kind="fps", is_public=True, name_nl="Dienst"
    )
    person = model("User", "organisations").create(
        email="central@people.example", is_superuser=True
    )
    activity = model("ProcessingActivity").create(
        organisation=body,
        number=1,
        dpia_done=True,
        **columns({"name": TEXT}),
        **{"status": "published", "is_published": True, "owner": "Owner"},
    )
    model("NumberCounter").create(organisation=body, last=1)
    content = {**values_of(activity), "themes": [], "data_subjects": [], "processing_types": []}
    content |= {"security_measures": []}
    for kind, name in MODELS.items():
        content[kind] = []
        for row in RECORD.get(kind, []):
            content[kind].append(_written(model(name), activity, row, kind))
    first = {**content, "name_nl": "eerst"}
    for number, said in enumerate((first, content), start=1):
        model("HistoryEntry").create(
            activity=activity,
            number=number,
            action="saved",
            by=person,
            at="2025-01-01T00:00Z",
            content=said,
        )
    model("ActivityTemplate").create(slug="template", content={"purposes": content["purposes"]})
    empty = {name: [] for name in ("themes", "data_subjects", "recipient_organisations")}
    model("Publication").create(
        working_copy=activity,
        organisation=body,
        number=1,
        version=1,
        is_current=True,
        published_at="2025-01-02T00:00Z",
        record=RECORD | {"organisation": body.pk},
        title=TEXT,
        summary={},
        **{f"sort_{code}": text for code, text in TEXT.items()},
        languages=list(TEXT),
        data_categories=["A1", "M1", "A2", "P"],
        purpose_categories=["A1_01"],
        legal_bases=["e", "f"],
        recipient_categories=["H", "J"],
        has_transfers=True,
        has_automated_decisions=False,
        **empty,
    )


def _write_code_lists(model) -> None:
    for name, codes in {
        "PurposeCategory": ("A1_01",),
        "DataCategory": ("A1", "A2", "M1", "P"),
        "DataSubjectCategory": ("01",),
        "RecipientCategory": ("H", "J"),
        "TransferMechanism": ("02",),
    }.items():
        for position, code in enumerate(codes):
            model(name).create(code=code, label_nl=code, position=position)


def _written(rows, activity, row: dict, kind: str) -> dict:
    several = row.get("about", [])
    fields = {name: value for name, value in row.items() if name != "about"}
    for name in ("category", "mechanism"):
        if name in fields:
            fields[f"{name}_id"] = fields.pop(name)
    made = rows.create(activity=activity, **columns(fields))
    content = {"id": made.pk, **values_of(made)}
    if kind == "data":
        made.about.set(several)
        content["about"] = several
    return content


def columns(values: dict) -> dict:
    found = {}
    for name, value in values.items():
        if isinstance(value, dict):
            found |= {f"{name}_{language}": text for language, text in value.items()}
        else:
            found[name] = value
    return found


def values_of(instance) -> dict:
    """What a history kept of a row: the columns that hold content."""
    names = {field.name for field in instance._meta.concrete_fields}
    left_out = {"id", "activity", "organisation", "number", "created_at", "changed_at", "status"}
    left_out |= {"is_published", "withdrawal_reason", "changed_by", "has_unpublished_changes"}
    left_out |= {"gaps", "review_due_on", "review_reminded_for"}
    left_out |= {f"withdrawal_reason_{language}" for language in TEXT}
    if instance._meta.model_name in ("recipient", "jointcontroller"):
        left_out.remove("organisation")
    return {
        field.name: field.value_from_object(instance) or None
        if not isinstance(field.value_from_object(instance), bool | list)
        else field.value_from_object(instance)
        for field in instance._meta.concrete_fields
        if field.name not in left_out and f"{field.name}_nl" not in names
    }


def told() -> dict:
    """What is there of it today."""
    from processing.models import ActivityTemplate, HistoryEntry, ProcessingActivity, Publication
    from processing.snapshots import content_of

    activity = ProcessingActivity.objects.get()
    last = activity.history.saved().order_by("-number").first()
    before, first = content_of(activity), HistoryEntry.objects.get(number=1)
    with_gaps = {name for name, value in before.items() if last.content.get(name) != value}
    record = activity.public_record()
    activity.restore(first, by=last.by, remark="")
    return {
        "differs_from_public": Publication.objects.get().public_record != record,
        "differs_from_history": sorted(with_gaps | (last.content.keys() - before.keys())),
        "grounds": [[g.ground, list(g.purposes)] for g in record.legal_grounds],
        "retention": [[r.period, list(r.data)] for r in record.retention],
        "parties": [len(record.recipients), len(record.processors), len(record.joint_controllers)],
        "restored": [activity.name_nl, activity.legal_grounds.count()],
        "role": Publication.objects.get().acts_as,
        "template": [len(ActivityTemplate.objects.get().content["legal_grounds"])],
    }
