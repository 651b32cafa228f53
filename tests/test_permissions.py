"""Who may do what at which address: every address of the site, every role, every method.

The table is the declaration. An address that it does not name fails, and so does one that it names
and the site does not have.
"""

import re
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate

from contact.models import Mail
from organisations.models import Membership, User
from processing.models import (
    CODE_LISTS,
    ActivityTemplate,
    FormDraft,
    ImportProgress,
    RegisterImport,
    Synonym,
)
from tests import factories
from tests.addresses import all_patterns

ROLES = (
    "visitor",
    # Has an account, and works for no body.
    "stranger",
    # Worked for body A until a moment ago, with a session that is still open.
    "removed",
    "editor_a",
    "publisher_a",
    "editor_b",
    # Publisher of both bodies.
    "both",
    "central",
)
DRAFT = "0f9d6a52-5f7e-4f0e-9f43-6a1f0c5f8a11"
TABLE = Path(__file__).with_name("permissions.txt")
OTHER_METHODS = ("put", "patch", "delete", "options")


def routes() -> list[str]:
    """Every route; those of the eight code lists as one."""
    names = "|".join(model._meta.model_name for model in CODE_LISTS.values())
    found = [
        re.sub(rf"processing/(?:{names})/", "processing/{codelist}/", route)
        for route, _pattern in all_patterns()
    ]
    return sorted(dict.fromkeys(found))


def declared() -> dict[str, dict[str, list[str]]]:
    """Route -> method -> the expected answer to each role."""
    table: dict[str, dict[str, list[str]]] = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            route, method, *answers = line.split()
            # One answer alone is the answer to everybody.
            answers = answers * len(ROLES) if len(answers) == 1 else answers
            table.setdefault("" if route == "/" else route, {})[method] = answers
    return table


@pytest.fixture
def cast(body_a, body_b, editor_a, publisher_a, editor_b, administrator) -> dict[str, Client]:
    """A client for each role."""
    stranger = factories.create_user("stranger@people.example", is_staff=True)
    removed = factories.create_member(body_a, Membership.Role.PUBLISHER, "removed@people.example")
    both = factories.create_member(body_a, Membership.Role.PUBLISHER, "both@people.example")
    Membership.objects.create(user=both, organisation=body_b, role=Membership.Role.PUBLISHER)
    people = {
        "stranger": stranger,
        "removed": removed,
        "editor_a": editor_a,
        "publisher_a": publisher_a,
        "editor_b": editor_b,
        "both": both,
        "central": administrator,
    }
    clients = {"visitor": Client()}
    for role, person in people.items():
        clients[role] = Client()
        clients[role].force_login(person)
    removed.memberships.all().delete()
    return clients


@pytest.fixture
def values(body_a, publisher_a) -> dict[str, str]:
    """What stands in the addresses: rows of body A, an activity that awaits approval among them."""
    public = factories.create_publication(body_a, by=publisher_a, name="Public")
    activity = factories.create_activity(body_a, name="Draft")
    activity.remember(by=publisher_a)
    activity.name_en = "Draft with another name"
    activity.save()
    activity.remember(by=publisher_a)
    activity.request_approval(by=publisher_a)
    template = ActivityTemplate.objects.create(slug="made", title_en="Made")
    question = factories.create_question(body_a)
    synonym = Synonym.objects.create(language="en", everyday="chips", means="fries")
    editor = User.objects.get(email="editor-a@people.example")
    kept = {"key": DRAFT, "activity": activity, "bodies": [body_a.pk], "fields": {}}
    FormDraft.keep(person=editor, **kept)
    uploaded = RegisterImport.objects.create(organisation=body_a, by=editor, file_name="a.xlsx")
    ImportProgress.objects.create(register_import=uploaded)
    return {
        "import": str(uploaded.pk),
        "organisations/user/": str(editor.pk),
        "organisations/organisation/": str(body_a.pk),
        "organisations/department/": str(body_a.departments.create(name_en="Disputes").pk),
        "processing/processingactivity/": str(activity.pk),
        "contact/question/": str(question.pk),
        "contact/mail/": str(Mail.objects.filter(question=question)[0].pk),
        "processing/activitytemplate/": str(template.pk),
        "processing/synonym/": str(synonym.pk),
        "processing/{codelist}/": "TAXE",
        "number": str(public.number),
        "seen": activity.fingerprint(),
    }


def address_of(route: str, values: dict[str, str]) -> str:
    key = next((values[name] for name in values if f"admin/{name}" in route), "")
    parts = {
        "{codelist}": "theme",
        "{lang}": "en",
        "<path:object_id>": key,
        "<slug:slug>": "body-a",
        "<number:number>": values["number"],
        "<month:month>": f"{localdate():%Y-%m}",
        "<number:version>": "1",
        "<number:before>": "1",
        "<number:after>": "2",
        "<int:number>": "1",
        "<uuid:key>": DRAFT,
        "<slug:name>": "publish",
        "<slug:language>": "nl",
        "<slug:code>": "A",
        "<slug:people>": "01",
        "<slug:theme>": "TAXE",
        "<slug:code_list>": "purposes",
        "<slug:topic>": "access",
        "<slug:file_format>": "csv",
        "<linked:syntax>": "ttl",
        "<slug:section>": "entries-en",
        "<uidb64>": "MQ",
        "<token>": "no-token",
        "<reference:reference>": "2222-2222",
        "^(?P<app_label>organisations|processing|contact)/$": "processing/",
        "(?P<url>.*)$": "nothing-here/",
        "<int:content_type_id>": "1",
        "<int:key>": values["import"],
        "<int:body>": values["organisations/organisation/"],
        "<slug:step>": "drop",
    }
    if "data/" in route:
        parts["<slug:code>"] = "M"
    if "people/<slug:code>" in route:
        parts["<slug:code>"] = "01"
    for name, value in parts.items():
        route = route.replace(name, value)
    assert not re.search(r"[<(?{]", route), route
    return f"/{route}"


def body_of(route: str, values: dict[str, str]) -> dict[str, str]:
    """What is posted: enough for the address to do what it is there for, in body A."""
    body = values["organisations/organisation/"]
    bodies = {
        "/steps/<slug:name>/": {"seen": values["seen"]},
        "/erase/": {"contents": "on", "reason": "x", "seen": "3"},
        "/remarks/": {"remark": "x", "seen": "0"},
        "/answer/": {"text": "x", "seen": "0"},
        "/copy/": {"organisation": body},
        "/templates/": {"organisation": body, "template": "made"},
        "/delete/": {"post": "yes"},
        "/account/language/": {"language": "nl"},
        "/draft/": {"draft": str(uuid4()), "draft_turn": "1", "organisation": body},
    }
    return next((posted for end, posted in bodies.items() if route.endswith(end)), {})


def answer(person: Client, method: str, address: str, body: dict[str, str] | None = None) -> str:
    """The status; `login` for the way to the log-in. Nothing that it does remains."""
    kept = {name: morsel.value for name, morsel in person.cookies.items()}
    with transaction.atomic():
        response = getattr(person, method)(address, body or {})
        if response.streaming:
            response.getvalue()
        transaction.set_rollback(True)
    person.cookies = SimpleCookie(kept)
    location = response.headers.get("Location", "")
    if response.status_code == 302 and re.match(r"/admin/(login|account/login)/", location):
        return "login"
    return str(response.status_code)


def test_every_address_is_declared():
    assert sorted(declared()) == routes()


@pytest.mark.django_db
def test_only_those_who_may_get_in(cast, values):
    """One test for all: each request is undone, so that the same rows serve for the next."""
    expected = declared()
    wrong = []
    for route in routes():
        address = address_of(route, values)
        body = body_of(route, values)
        rows = {
            "get": expected[route]["GET"],
            "head": expected[route]["GET"],
            "post": expected[route]["POST"],
            **{method: ["405"] * len(ROLES) for method in OTHER_METHODS},
        }
        if route.startswith("api/"):
            # It tells browsers that pages of other sites may ask it.
            rows["options"] = ["200"] * len(ROLES)
        for method, row in rows.items():
            posted = body if method == "post" else None
            answers = [answer(client, method, address, posted) for client in cast.values()]
            if answers != row:
                wrong.append((method, address, answers, row))

    assert wrong == []
