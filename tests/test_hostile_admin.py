"""Nonsense in an address or a form of the admin: a quiet answer, at every address, to every role.

Quiet: below 500, and nothing in the log but what an operator can act on.
"""

import logging
import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from processing.models import ProcessingActivity
from tests.admin_forms import ACTIVITIES, form_of
from tests.test_permissions import address_of, body_of, cast, routes, values

__all__ = ["cast", "values"]

pytestmark = pytest.mark.django_db

ROLES = ("editor_a", "publisher_a", "central")
LONG = "9" * 300
# What lists are asked, one after another; most other pages all of it at once.
QUERIES = [
    "date_joined__year=999999999999",
    "nonsense=1",
    "organisation__id__exact=x&is_active__exact=x&kind__exact=x",
    f"organisation__id__exact={LONG}",
    "organisation__isnull=x&is_public__isnull=x",
    "e=1&organisation__id__exact=x&is_active__exact=x",
    "_to_field=password&_popup=x",
    f"_popup=1&_to_field=id&_changelist_filters=q%3D%25FF%26o%3Dx&_changelist_filters={LONG}",
    f"o=x.{LONG}.-99.--1&p=x&all=x&_facets=x&state=x&gap=x&review=x&time=x&year=x",
    f"p={LONG * 8}&q=%27%22%25%5C&o=-0",
    "app_label=processing&model_name=processingactivity&field_name=nonsense&p=-1&e=x",
    "app_label=x&model_name=x&field_name=x&next=//elsewhere.example&language=xx",
]
ROWS = ("data", "purposes", "memberships")
# What lists are sent, and what forms are; other pages all of it at once.
SELECTIONS = [
    {"action": "publish", "_selected_action": "x", "select_across": "x", "index": "x"},
    {"action": "delete_selected", "_selected_action": "-1", "select_across": "1", "index": "99999"},
    {"action": "withdraw", "_selected_action": LONG, "select_across": "", "index": "-1"},
    {"action": "__class__", "_selected_action": "1", "select_across": "9", "index": LONG},
    {"action": "nonsense", "_selected_action": "1", "select_across": "1"},
    {"action": "delete_selected", "_selected_action": "1", "select_across": "1"},
    {"_popup": "1", "_to_field": "password", "_save": "1"},
]
FORMS = [
    {"_saveasnew": "1"},
    {"_popup": "1", "_to_field": "password"},
    {"_popup": "x", "_to_field": "id", "_continue": "1", "known": LONG},
    {
        f"{kind}-{name}": value
        for kind in ROWS
        for name, value in {"TOTAL_FORMS": "1", "INITIAL_FORMS": "x"}.items()
    },
    {f"{kind}-{count}_FORMS": "-1" for kind in ROWS for count in ("TOTAL", "INITIAL")},
    {
        f"{kind}-{name}": value
        for kind in ROWS
        for name, value in {
            **{"TOTAL_FORMS": "2", "INITIAL_FORMS": "9" * 30, "0-id": LONG, "1-id": "x"},
            **{"0-DELETE": "x", "1-category": LONG, "0-organisation": LONG, "1-user": "x"},
        }.items()
    },
    {
        **dict.fromkeys(("remark", "organisation", "template", "language", "slug", "email"), "\0"),
        **dict.fromkeys(("broader", "replaced_by", "parent", "due_on", "sources"), "x"),
        **dict.fromkeys(("position", "themes", "status"), LONG),
        **{"confirmed": "x", "starts_on": "0000-00-00"},
    },
]
EVERYTHING = [dict(item for body in [*SELECTIONS, *FORMS] for item in body.items())]


@pytest.fixture
def log() -> Iterator[list[logging.LogRecord]]:
    """What an operator would read."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request")]
    for logger in loggers:
        logger.addHandler(handler)
    yield records
    for logger in loggers:
        logger.removeHandler(handler)


def noises(records: list[logging.LogRecord]) -> list[str]:
    return [
        f"{record.name}: {record.getMessage()[:100]}"
        for record in records
        if record.exc_info or record.levelno >= logging.ERROR
    ]


def sent(person: Client, method: str, address: str, body: dict | None = None) -> int:
    """The status. Nothing that it does remains."""
    with transaction.atomic():
        response = getattr(person, method)(address, body or {})
        # Who leaves a page half way keeps its place until then.
        list(response)
        transaction.set_rollback(True)
    return response.status_code


def is_list(route: str) -> bool:
    return bool(re.fullmatch(r"admin/\w+/[\w{}]+/", route)) and "account" not in route


def addresses(role: str, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Route and address; those of one's own account once, they are the same for everybody."""
    for route in routes():
        is_account = route.startswith("admin/account/") and role != "central"
        if route.startswith("admin/") and "logout" not in route and not is_account:
            yield route, address_of(route, values)


@pytest.mark.parametrize("role", ROLES)
def test_hostile_address_gets_a_quiet_answer(role, cast, values, log):
    person = cast[role]
    person.raise_request_exception = False
    loud = []

    for route, address in addresses(role, values):
        asks_by_one = is_list(route) or route == "admin/autocomplete/"
        for query in QUERIES if asks_by_one else ["&".join(QUERIES), "_to_field=password"]:
            log.clear()
            status = sent(person, "get", f"{address}?{query}")
            if status >= 500 or noises(log):
                loud.append((address, query[:60], status, noises(log)))

    assert loud == []


@pytest.mark.parametrize("role", ROLES)
def test_hostile_form_gets_a_quiet_answer(role, cast, values, log):
    person = cast[role]
    person.raise_request_exception = False
    loud = []

    for route, address in addresses(role, values):
        # Beside what an honest form holds, where that alone does something.
        honest = body_of(route, values)
        is_form = route.endswith(("/add/", "/change/"))
        for body in SELECTIONS if is_list(route) else FORMS if is_form else EVERYTHING:
            log.clear()
            status = sent(person, "post", address, honest | body)
            if status >= 500 or noises(log):
                loud.append((address, str(body)[:60], status, noises(log)))

    assert loud == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/organisations/user/?date_joined__year=2020", 400),
        ("/admin/organisations/user/?is_active__exact=x", 400),
        ("/admin/organisations/user/?is_active__exact=x&e=1", 400),
        ("/admin/organisations/user/?_to_field=password", 400),
        (f"/admin/organisations/user/?p={LONG}", 200),
        ("/admin/processing/datacategory/?p=99", 302),
        ("/admin/processing/datacategory/?p=99&e=1", 400),
    ],
)
def test_list_says_clearly_what_it_does_not_have(address, status, cast, log):
    answer = cast["central"].get(address)

    assert answer.status_code == status
    assert noises(log) == []
    if status == 400:
        assert "This request cannot be read" in answer.text


def test_nothing_is_saved_as_new(cast, values):
    """The form does not offer it, with whatever it holds."""
    activity = values["processing/processingactivity/"]
    form = form_of(cast["editor_a"], ProcessingActivity.objects.get(pk=activity))

    answer = cast["editor_a"].post(
        f"{ACTIVITIES}{activity}/change/", form | {"_saveasnew": "1", "organisation": "x"}
    )

    assert answer.status_code == 400
    assert ProcessingActivity.objects.count() == 2


@pytest.mark.parametrize("size", [{"MAX_MEMORY_SIZE": 10}, {"MAX_NUMBER_FIELDS": 1}])
def test_too_large_a_form_is_refused_quietly(size, cast, log, settings):
    for name, value in size.items():
        setattr(settings, f"DATA_UPLOAD_{name}", value)

    answer = cast["editor_a"].post(
        f"{ACTIVITIES}add/", "a=1&b=2&c=3&d=4", "application/x-www-form-urlencoded"
    )

    assert answer.status_code == 413
    assert noises(log) == []
