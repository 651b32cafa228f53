"""People of one body neither see nor change anything of another, whatever they send.

Everything of body B holds a canary. No answer to the people of body A may hold it, and no row of
body B may differ after what they post.
"""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from organisations.models import Membership, Organisation, User
from processing.models import (
    PARTS,
    ActivityTemplate,
    DataItem,
    FormDraft,
    ProcessingActivity,
    Recipient,
)
from processing.snapshots import row_models
from tests import factories

pytestmark = pytest.mark.django_db

CANARY = "secretcanary"
ACTIVITIES = "/admin/processing/processingactivity/"
DEPARTMENTS = "/admin/organisations/department/"
PART_NAMES = tuple(row_models(ProcessingActivity))


@pytest.fixture
def theirs(body_a, body_b, publisher_b) -> ProcessingActivity:
    """A draft of body B, with the canary in every text, a history and a request for approval."""
    activity = factories.create_full_activity(body_b, body_a, CANARY)
    activity.department = body_b.departments.create(name_en=f"{CANARY} department")
    activity.save()
    activity.remember(by=publisher_b)
    activity.write_remark(f"{CANARY} remark", by=publisher_b, seen=0)
    activity.name_nl = f"{CANARY} changed"
    activity.save()
    activity.remember(by=publisher_b)
    factories.create_draft(publisher_b, activity, name_nl=f"{CANARY} typed")
    factories.create_draft(publisher_b, None, body_b, name_nl=f"{CANARY} typed")
    return activity


@pytest.fixture
def hidden_body(publisher_b) -> Organisation:
    """A body that is not public, and not of the people of body A."""
    body = factories.create_organisation(f"{CANARY}-hidden", is_public=False)
    Membership.objects.create(user=publisher_b, organisation=body, role="publisher")
    return body


@pytest.fixture
def ours(body_a, publisher_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Ours")
    activity.remember(by=publisher_a)
    return activity


@pytest.fixture(params=["editor_a", "publisher_a"])
def person(request, theirs, hidden_body, ours) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(request.getfixturevalue(request.param))
    return client


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


def form_of(client: Client, activity: ProcessingActivity) -> dict[str, str]:
    """What the browser would send if somebody opened the form and saved it."""
    return values_in(client.get(f"{ACTIVITIES}{activity.pk}/change/").text)


def seen_of(activity: ProcessingActivity, step: str) -> str:
    """What the page of the step would name as seen."""
    return activity.public_version() if step == "withdraw" else activity.fingerprint()


def form_on(page: str) -> dict[str, str]:
    """What stands on a page that nobody sees and forms send."""
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page))


def values_in(page: str, model: str = "processingactivity") -> dict[str, str]:
    """What the browser would send if somebody saved the form of a row on a page."""
    values: dict[str, object] = {}
    form = page[page.index(f'id="{model}_form"') :]
    for tag in re.findall(r"<input [^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        if kind in ("submit", "button") or "__prefix__" in attributes.get("name", "__prefix__"):
            continue
        if kind in ("checkbox", "radio") and " checked" not in tag:
            continue
        empty = "on" if kind in ("checkbox", "radio") else ""
        values.setdefault(attributes["name"], attributes.get("value", empty))
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        if "__prefix__" not in name:
            values[name] = text
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        if "__prefix__" not in name and chosen:
            values[name] = chosen if len(chosen) > 1 else chosen[0]
    return {name: value for name, value in values.items() if not name.startswith("_")}


def test_mark_is_seen_by_its_own_people(theirs, publisher_b, hidden_body):
    client = Client()
    client.force_login(publisher_b)

    for address in (
        ACTIVITIES,
        f"{ACTIVITIES}{theirs.pk}/change/",
        f"{ACTIVITIES}{theirs.pk}/history/",
    ):
        assert CANARY in client.get(address).text
    assert CANARY in client.get("/admin/organisations/organisation/").text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=secretcanary",
        "?organisation__id__exact={body}",
        "?organisation={body}",
        "?organisation__slug=body-b",
        "?organisation__name_nl__startswith=Dienst",
        "?organisation__parent__activities__name_nl__startswith=secretcanary",
        "?name_nl__startswith=secretcanary",
        "?replaced_by__name_nl__startswith=secretcanary",
        "?purposes__description_nl__contains=secretcanary",
        "?history__content__name_nl=secretcanary",
        "?state=draft",
        "?state=awaiting",
        "?gap=sentences",
        "?gap=nothing",
        "?review=overdue",
        "?o=2.-1.3",
        "?o=99",
        "?all=",
        "?p=0",
        "?e=1",
        "?_facets=True",
        "?_facets=True&organisation__id__exact={body}",
    ],
)
def test_list_holds_nothing_of_others(query, person, body_b):
    response = person.get(ACTIVITIES + query.format(body=body_b.pk), follow=True)

    # What no filter offers is refused: the number of rows would answer questions about others.
    is_offered = not re.search(r"(slug|name_nl)__?|content__|description_nl__|__slug=", query)
    assert response.status_code == (200 if is_offered else 400)
    assert f"{CANARY} changed" not in response.text
    assert f"{CANARY}-" not in response.text
    assert "body-b" not in response.text or "organisation__slug=body-b" in query


@pytest.mark.parametrize(
    "path", ["", "processing/", "organisations/", "organisations/organisation/"]
)
def test_overviews_hold_nothing_of_others(path, person):
    response = person.get(f"/admin/{path}")

    assert response.status_code == 200
    assert CANARY not in response.text
    assert "body-b" not in response.text


def test_forms_offer_nothing_of_others(person, ours, theirs, body_b):
    of_theirs, of_new = FormDraft.objects.order_by("pk").values_list("key", flat=True)
    for address in (
        f"{ACTIVITIES}add/",
        f"{ACTIVITIES}add/?draft={of_new}",
        f"{ACTIVITIES}{ours.pk}/change/?draft={of_theirs}",
        f"{ACTIVITIES}{ours.pk}/change/?draft={of_new}",
        f"{ACTIVITIES}add/?organisation={body_b.pk}&replaced_by={theirs.pk}&name_nl=prepared",
        f"{ACTIVITIES}{ours.pk}/change/",
        f"{ACTIVITIES}{ours.pk}/copy/",
        f"{ACTIVITIES}{ours.pk}/delete/",
        f"{ACTIVITIES}{ours.pk}/history/",
        f"{ACTIVITIES}templates/",
    ):
        response = person.get(address)
        assert response.status_code == 200
        assert CANARY not in response.text
        assert f'value="{body_b.pk}" selected' not in response.text
        # Nor does the address of a form fill it in for whoever follows it.
        assert 'value="prepared"' not in response.text


def relations() -> list[tuple[str, str, str]]:
    """(app, model, field) of every relation of every model of ours."""
    return [
        (model._meta.app_label, model._meta.model_name, field.name)
        for model in (*PARTS, ProcessingActivity, Organisation, Membership, User)
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation
    ]


@pytest.mark.parametrize(("app", "model", "field"), relations())
@pytest.mark.parametrize("term", ["", CANARY, "body-b"])
def test_searchable_choices_find_nothing_of_others(app, model, field, term, person, body_b):
    response = person.get(
        reverse("admin:autocomplete"),
        {"app_label": app, "model_name": model, "field_name": field, "term": term},
    )

    assert response.status_code in (200, 403, 404)
    assert CANARY not in response.text
    if (model, field) == ("processingactivity", "organisation"):
        # Their own body only can be the controller.
        assert str(body_b) not in response.text


def test_addresses_of_others_are_not_there(person, theirs, body_b, hidden_body):
    entry = theirs.history.saved().first().number
    for address in (
        *(
            f"{ACTIVITIES}{theirs.pk}/{page}"
            for page in ("change/", "delete/", "history/", "copy/", "remarks/", "draft/")
        ),
        *(f"{ACTIVITIES}{theirs.pk}/preview/{language}/" for language in ("nl", "en")),
        f"{ACTIVITIES}{theirs.pk}/change/?draft={theirs.form_drafts.get().key}",
        f"{ACTIVITIES}{theirs.pk}/compare/",
        f"{ACTIVITIES}{theirs.pk}/erase/",
        f"{ACTIVITIES}{theirs.pk}/steps/publish/",
        f"{ACTIVITIES}{theirs.pk}/steps/request/",
        f"{ACTIVITIES}{theirs.pk}/steps/review/",
        f"{ACTIVITIES}{theirs.pk}/history/{entry}/restore/",
        f"/admin/organisations/organisation/{body_b.pk}/change/",
        f"/admin/organisations/organisation/{hidden_body.pk}/history/",
        *(f"{DEPARTMENTS}{theirs.department_id}/{page}/" for page in ("change", "history")),
        f"/admin/r/1/{theirs.pk}/",
    ):
        response = person.get(address)
        assert response.status_code == 404, address
        assert CANARY not in response.text


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


CASES = 41


@pytest.mark.parametrize("case", range(CASES))
def test_tampered_posts_change_nothing_of_others(
    case, publisher, ours, theirs, body_a, body_b, hidden_body
):
    ActivityTemplate.objects.create(slug="made", content={"name_nl": "From a template"})
    cases = tampered(ours, theirs, body_a, body_b, hidden_body)
    assert len(cases) == CASES
    name, (address, values) = list(cases.items())[case]
    before = rows_of(body_b), rows_of(hidden_body)
    if address == f"{ACTIVITIES}{ours.pk}/change/":
        honest = form_of(publisher, ours)
        assert honest["data-0-id"]
        values = honest | {key: value for key, value in values.items() if value is not None}

    response = publisher.post(address, values)

    assert response.status_code in (200, 302, 400, 403, 404), name
    assert CANARY not in response.text, name
    assert (rows_of(body_b), rows_of(hidden_body)) == before, name
    ours_now = ProcessingActivity.objects.filter(pk=ours.pk).first()
    if ours_now:
        assert (ours_now.organisation, ours_now.number) == (body_a, ours.number)
        assert ours_now.replaced_by is None
        assert ours_now.department is None
    assert not Recipient.objects.filter(activity__organisation=body_a, organisation=hidden_body)
    assert ActivityTemplate.objects.count() == 1


def test_honest_form_is_saved(publisher, ours):
    """Without this, the tampered forms could be refused for another reason."""
    values = form_of(publisher, ours) | {"name_nl": "Een nieuwe naam", "data-0-detail_nl": "erbij"}

    response = publisher.post(f"{ACTIVITIES}{ours.pk}/change/", values)

    assert response.status_code == 302
    ours.refresh_from_db()
    assert ours.name_nl == "Een nieuwe naam"
    assert DataItem.objects.get(activity=ours).detail_nl == "erbij"


def test_end_of_a_membership_takes_effect_at_the_next_request(editor_a, ours):
    client = Client()
    client.force_login(editor_a)
    assert client.get(ACTIVITIES).status_code == 200

    editor_a.memberships.all().delete()

    assert client.get(ACTIVITIES).status_code == 302
    assert client.get("/admin/login/").status_code == 403


def test_editor_cannot_do_what_publishers_do(editor_a, ours):
    client = Client()
    client.force_login(editor_a)

    for step in ("publish", "withdraw", "send-back", "review"):
        address = f"{ACTIVITIES}{ours.pk}/steps/{step}/"
        seen = {"seen": seen_of(ours, step), "remark": "x"}
        assert client.post(address, seen).status_code == 403
    erase = f"{ACTIVITIES}{ours.pk}/erase/"
    assert client.post(erase, {"contents": "on", "reason": "x", "seen": "1"}).status_code == 403
    for action in ("publish", "withdraw", "reviewed"):
        selection = {"action": action, "_selected_action": ours.pk, "confirmed": "1"}
        client.post(ACTIVITIES, selection | {f"seen-{ours.pk}": seen_of(ours, action)})

    ours.refresh_from_db()
    assert ours.status == "draft"
    assert not ours.publications.exists()


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


def test_publisher_of_one_body_is_no_publisher_of_another(publisher_a, body_b, ours):
    Membership.objects.create(user=publisher_a, organisation=body_b, role=Membership.Role.EDITOR)
    only_edited = factories.create_activity(body_b, name="Only edited")
    client = Client()
    client.force_login(publisher_a)

    both = (ours, only_edited)
    selection = {
        "action": "publish",
        "_selected_action": [row.pk for row in both],
        "confirmed": "1",
        **{f"seen-{row.pk}": row.fingerprint() for row in both},
    }
    page = client.post(ACTIVITIES, selection, follow=True).text

    assert "1 activity was published." in page
    assert "You are not a publisher of its body." in page
    only_edited.refresh_from_db()
    assert not only_edited.is_published
