"""People of one body neither see nor change anything of another, whatever they send.

Everything of body B holds a canary. No answer to the people of body A may hold it, and no row of
body B may differ after what they post."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from organisations.models import Membership, Organisation
from processing.models import (
    PARTS,
    ActivityTemplate,
    DataItem,
    ProcessingActivity,
    Recipient,
)
from tests.admin_forms import ACTIVITIES, PART_NAMES, form_of
from tests.isolation.helpers import CANARY, DEPARTMENTS, seen_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(publisher_a, theirs, hidden_body, ours) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(publisher_a)
    return client


def rows_of(body: Organisation) -> dict[str, list[str]]:
    """Everything that the database holds of a body, as text."""
    activities = "SELECT id FROM processing_processingactivity WHERE organisation_id = %s"
    items = f"SELECT id FROM processing_dataitem WHERE activity_id IN ({activities})"  # noqa: S608
    conditions = {
        "organisations_organisation": "id = %s",
        "organisations_membership": "organisation_id = %s",
        "organisations_department": "organisation_id = %s",
        "processing_processingactivity": "organisation_id = %s",
        "processing_publication": "organisation_id = %s",
        "processing_historyentry": f"activity_id IN ({activities})",
        "processing_formdraft": "%s = ANY(bodies)",
        "processing_dataitem_about": f"dataitem_id IN ({items})",
        **{part._meta.db_table: f"activity_id IN ({activities})" for part in PARTS},
        **{
            field.m2m_db_table(): f"processingactivity_id IN ({activities})"
            for field in ProcessingActivity._meta.many_to_many
        },
    }
    found = {}
    with connection.cursor() as cursor:
        for table, condition in conditions.items():
            cursor.execute(
                f"SELECT row::text FROM {table} AS row WHERE {condition} ORDER BY 1",  # noqa: S608
                [body.pk],
            )
            found[table] = [text for (text,) in cursor]
    return found


def tampered(ours, theirs, body_a, body_b, hidden_body) -> dict[str, tuple[str, dict]]:
    """Name -> address and what is sent in addition to an honest form, or in its place."""
    item = theirs.data.get()
    recipient = theirs.recipients.first()
    change = f"{ACTIVITIES}{ours.pk}/change/"
    department = f"{DEPARTMENTS}{theirs.department_id}/"
    draft = theirs.form_drafts.get()
    kept = {"draft": draft.key, "draft_turn": "9", "name_nl": "taken over"}
    empty = {
        f"{part}-{count}": "0" for part in PART_NAMES for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    cases = {
        "add to another body": (
            f"{ACTIVITIES}add/",
            empty | {"organisation": body_b.pk, "name_nl": "x"},
        ),
        "add to a hidden body": (
            f"{ACTIVITIES}add/",
            empty | {"organisation": hidden_body.pk, "name_nl": "x"},
        ),
        "move to another body": (change, {"organisation": body_b.pk}),
        "change the number": (change, {"number": "999"}),
        "replaced by theirs": (change, {"replaced_by": theirs.pk}),
        "belong to their department": (change, {"department": theirs.department_id}),
        "rename their department": (f"{department}change/", {"name_en": "x"}),
        "delete their department": (f"{department}delete/", {"post": "yes"}),
        "delete their departments": (
            DEPARTMENTS,
            {
                "action": "delete_selected",
                "_selected_action": theirs.department_id,
                "post": "yes",
            },
        ),
        "give them a department": (
            f"{DEPARTMENTS}add/",
            {"organisation": body_b.pk, "name_en": "x"},
        ),
        "take over a row": (
            change,
            {
                "data-TOTAL_FORMS": "2",
                "data-INITIAL_FORMS": "2",
                "data-1-id": item.pk,
                "data-1-activity": ours.pk,
                "data-1-category": "A1",
                "data-1-detail_nl": "taken over",
            },
        ),
        "delete a row": (
            change,
            {
                "data-TOTAL_FORMS": "2",
                "data-INITIAL_FORMS": "2",
                "data-1-id": item.pk,
                "data-1-activity": theirs.pk,
                "data-1-category": "A1",
                "data-1-DELETE": "on",
            },
        ),
        "plant a row": (
            change,
            {
                "data-TOTAL_FORMS": "2",
                "data-INITIAL_FORMS": "1",
                "data-1-activity": theirs.pk,
                "data-1-category": "A1",
                "data-1-detail_nl": "planted",
            },
        ),
        "take over a recipient": (
            change,
            {
                "recipients-TOTAL_FORMS": "1",
                "recipients-INITIAL_FORMS": "1",
                "recipients-0-id": recipient.pk,
                "recipients-0-activity": ours.pk,
                "recipients-0-category": "H",
                "recipients-0-role": "recipient",
            },
        ),
        "pass data to a hidden body": (
            change,
            {
                "recipients-TOTAL_FORMS": "1",
                "recipients-INITIAL_FORMS": "0",
                "recipients-0-organisation": hidden_body.pk,
                "recipients-0-role": "recipient",
            },
        ),
        "copy into another body": (f"{ACTIVITIES}{ours.pk}/copy/", {"organisation": body_b.pk}),
        "copy theirs": (f"{ACTIVITIES}{theirs.pk}/copy/", {"organisation": body_a.pk}),
        "template into another body": (
            f"{ACTIVITIES}templates/",
            {"organisation": body_b.pk, "template": "made"},
        ),
        "keep for theirs": (f"{ACTIVITIES}{theirs.pk}/draft/", kept),
        "keep under their key": (f"{ACTIVITIES}{ours.pk}/draft/", kept),
        "keep a new one of theirs": (
            f"{ACTIVITIES}draft/",
            kept | {"organisation": body_b.pk, "draft": uuid4()},
        ),
        "keep what is saved under their key": (change, {"draft": draft.key}),
        "throw theirs away": (f"{ACTIVITIES}draft/{draft.key}/discard/", {}),
        "make a template": (f"{ACTIVITIES}{ours.pk}/copy/", {"template": "1"}),
        "restore theirs": (f"{ACTIVITIES}{theirs.pk}/history/1/restore/", {}),
        "erase theirs": (
            f"{ACTIVITIES}{theirs.pk}/erase/",
            {"contents": "on", "reason": "x", "seen": "3"},
        ),
        "delete theirs": (f"{ACTIVITIES}{theirs.pk}/delete/", {"post": "yes"}),
        "write a remark on theirs": (
            f"{ACTIVITIES}{theirs.pk}/remarks/",
            {"remark": "x", "seen": "0"},
        ),
        "change their body": (
            f"/admin/organisations/organisation/{body_b.pk}/change/",
            {"slug": "taken", "kind": "fps", "name_nl": "Taken"},
        ),
        "join their body": (
            f"/admin/organisations/organisation/{body_a.pk}/change/",
            {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"},
        ),
        **{
            f"{step} theirs": (
                f"{ACTIVITIES}{theirs.pk}/steps/{step}/",
                {"seen": seen_of(theirs, step), "remark": "x"},
            )
            for step in ("request", "publish", "withdraw", "send-back", "review")
        },
        **{
            f"{action} a selection": (
                ACTIVITIES,
                {
                    "action": action,
                    "_selected_action": [ours.pk, theirs.pk],
                    **{f"seen-{row.pk}": seen_of(row, action) for row in (ours, theirs)},
                }
                | extra,
            )
            for action, extra in {
                "request_approval": {"confirmed": "1"},
                "publish": {"confirmed": "1"},
                "withdraw": {"confirmed": "1", "remark": "x"},
                "reviewed": {"confirmed": "1", "remark": "x"},
                "delete_selected": {"post": "yes"},
            }.items()
        },
        "select everything": (
            ACTIVITIES,
            {
                "action": "publish",
                "_selected_action": theirs.pk,
                "select_across": "1",
                "confirmed": "1",
                f"seen-{theirs.pk}": theirs.fingerprint(),
            },
        ),
    }
    return cases


def test_tampered_posts_change_nothing_of_others(
    publisher, ours, theirs, body_a, body_b, hidden_body
):
    """One test for all: each post is undone, so that the same rows serve for the next."""
    ActivityTemplate.objects.create(slug="made", content={"name_nl": "From a template"})
    cases = tampered(ours, theirs, body_a, body_b, hidden_body)
    before = rows_of(body_b), rows_of(hidden_body)
    honest = form_of(publisher, ours)
    assert honest["data-0-id"]
    for name, (address, values) in cases.items():
        with transaction.atomic():
            form = honest if address == f"{ACTIVITIES}{ours.pk}/change/" else {}

            response = publisher.post(address, form | values)

            assert response.status_code in (200, 302, 400, 403, 404), name
            assert CANARY not in response.text, name
            assert (rows_of(body_b), rows_of(hidden_body)) == before, name
            ours_now = ProcessingActivity.objects.filter(pk=ours.pk).first()
            if ours_now:
                assert (ours_now.organisation, ours_now.number) == (body_a, ours.number), name
                assert ours_now.replaced_by is None, name
                assert ours_now.department is None, name
            passed_on = Recipient.objects.filter(activity__organisation=body_a)
            assert not passed_on.filter(organisation=hidden_body), name
            assert ActivityTemplate.objects.count() == 1, name
            transaction.set_rollback(True)
    assert len(cases) == 41


def test_honest_form_is_saved(publisher, ours):
    """Without this, the tampered forms could be refused for another reason."""
    values = form_of(publisher, ours) | {"name_nl": "Een nieuwe naam", "data-0-detail_nl": "erbij"}

    response = publisher.post(f"{ACTIVITIES}{ours.pk}/change/", values)

    assert response.status_code == 302
    ours.refresh_from_db()
    assert ours.name_nl == "Een nieuwe naam"
    assert DataItem.objects.get(activity=ours).detail_nl == "erbij"


@pytest.mark.parametrize("key", ["x", "", "1 OR 1=1", "9" * 30, "-1"])
def test_selection_of_what_is_no_row_gets_an_answer(key, publisher):
    selection = {"action": "publish", "_selected_action": key}

    assert publisher.post(ACTIVITIES, selection).status_code in (200, 302, 400)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("steps/nonsense/", {}),
        ("steps/publish/x/", {}),
        ("preview/xx/", None),
        ("history/99999999999999999999/restore/", {}),
        ("history/0/restore/", {}),
        ("erase/", {}),
        ("erase/", {"seen": "9" * 40, "versions": ["0", "x"], "reason": "\0"}),
        ("remarks/", {}),
        ("remarks/", {"remark": "\0", "seen": "\0"}),
        ("steps/review/", {"remark": "\0"}),
        ("copy/", {}),
        ("copy/", {"organisation": "abc"}),
        ("copy/", {"organisation": "\0"}),
        ("copy/", {"organisation": "9" * 40}),
        ("../templates/", {"organisation": "1", "template": "\0"}),
        ("../templates/", {"organisation": "abc", "template": "made"}),
        ("change/", {"known": "9" * 40, "sources": "\0", "starts_on": "0000-00-00"}),
        ("steps/withdraw/", {"remark": "\0"}),
        ("../999999999999999999999/change/", None),
        ("../abc/history/", None),
        ("../_00/change/", None),
    ],
)
def test_nonsense_gets_an_answer(path, values, publisher, ours):
    ActivityTemplate.objects.create(slug="made", content={})
    start = ACTIVITIES if path.startswith("../") else f"{ACTIVITIES}{ours.pk}/"
    address = start + path.removeprefix("../")

    ask = publisher.get if values is None else publisher.post
    response = ask(address, values or {}, follow=True)

    assert response.status_code in (200, 400, 404)


def test_activity_never_changes_body(publisher_a, body_a, body_b, ours):
    """Not even between two bodies of the same person."""
    Membership.objects.create(user=publisher_a, organisation=body_b, role=Membership.Role.PUBLISHER)
    client = Client(raise_request_exception=False)
    client.force_login(publisher_a)
    form = form_of(client, ours) | {"organisation": body_b.pk, "name_en": "Moved"}

    response = client.post(f"{ACTIVITIES}{ours.pk}/change/", form)

    ours.refresh_from_db()
    assert response.status_code == 302
    assert (ours.organisation, ours.name_en) == (body_a, "Moved")
