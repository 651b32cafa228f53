"""The running site changes rows and nothing else: migrations have a role of their own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from contact.models import Mail
from processing.models import ProcessingActivity, Publication, RegisterImport
from registry_site.accounts.models import Notice
from tests import factories
from tests.processing.admin.imports.sending import address_of as import_address
from tests.processing.admin.imports.sending import send
from tests.running_site import ROOT
from tests.test_permissions import address_of, answer, body_of, cast, routes, values

__all__ = ["cast", "values"]

pytestmark = pytest.mark.django_db

ROLE = "register_site"
OPERATING = ROOT / "docs" / "operating.md"


@pytest.fixture
def role(cast, values):
    """What follows is done with the rights that docs/operating.md gives the site."""
    rights = re.findall(rf"^GRANT [^;]* TO {ROLE};$", OPERATING.read_text(), re.M)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        for right in rights:
            cursor.execute(right)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    yield rights
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_role_of_the_site_may_change_no_table(role):
    for statement in (
        "CREATE TABLE new (id integer)",
        "ALTER TABLE processing_publication ADD COLUMN new integer",
        "DROP TABLE processing_publication",
        "TRUNCATE processing_publication",
        "CREATE INDEX new ON processing_publication (id)",
    ):
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_every_address_is_served_with_it(role, cast, values):
    """An address that needed more would raise ProgrammingError."""
    for route in routes():
        address = address_of(route, values)
        body = body_of(route, values)
        for method, sent in (("get", None), ("post", body)):
            status = answer(cast["central"], method, address, sent)
            assert not status.startswith("5"), address


def test_everything_in_the_life_of_an_entry_and_of_a_question_is_done_with_it(
    role, body_a, publisher_a, editor_a, visitor
):
    activity = factories.create_activity(body_a)
    activity.remember(by=editor_a)
    activity.request_approval(by=editor_a)
    activity.publish(by=publisher_a)
    found = visitor.get("/en/processing/?q=visitors").text
    activity.withdraw(by=publisher_a, reason="x")
    body_a.is_public = False
    body_a.save()
    factories.create_question(body_a)

    for command in (
        "send_mail",
        "bring_in_registers",
        "remind_reviews",
        "remind_questions",
        "purge",
    ):
        call_command(command)

    assert "Visitors" in found
    assert not Publication.objects.current().at("body-a", activity.number).exists()
    assert Mail.objects.filter(state=Mail.State.WAITING).count() == 0
    assert len(mail.outbox) >= 2


def test_index_of_the_search_is_rebuilt_with_it(role):
    call_command("rebuild_search")


WORKER = "register_worker"
State = RegisterImport.State


@pytest.fixture
def worker() -> None:
    """The role that `grant_roles` makes of one that has no rights yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {WORKER}")
    call_command("grant_roles", worker=WORKER)


@contextmanager
def as_the_worker() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WORKER}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def test_worker_brings_in_a_register_and_sends_mails(worker, cast, body_a, editor_a):
    client = cast["publisher_a"]
    factories.create_question(body_a)
    editor_a.set_password("a long and good one")
    editor_a.save()
    Notice.objects.create(about=Notice.About.LINK, user=editor_a)

    def let_work() -> RegisterImport:
        with as_the_worker():
            call_command("bring_in_registers")
            call_command("send_mail")
        return RegisterImport.objects.order_by("-pk")[0]

    assert send(client, body_a).status_code == 302
    found = let_work()
    assert found.state == State.UPLOADED
    client.post(import_address(found, "columns/"), {"language": "nl"})
    found = let_work()
    assert found.state == State.PREVIEWED
    client.post(import_address(found, "confirm/"), {"preview": found.preview})
    assert let_work().state == State.DONE
    assert ProcessingActivity.objects.filter(organisation=body_a).count() == 2
    client.post(import_address(found, "undo/"))
    assert let_work().state == State.UNDONE
    assert ProcessingActivity.objects.filter(organisation=body_a).count() == 0
    assert Mail.objects.unsettled().count() == 0
    assert "/admin/account/" in "".join(sent.body for sent in mail.outbox)


def test_worker_changes_what_is_published(worker, cast, body_a, publisher_a):
    published = factories.create_publication(body_a, by=publisher_a, reference="7", name="Pay")
    activity = ProcessingActivity.objects.get(organisation=body_a)
    client = cast["publisher_a"]

    def let_work() -> RegisterImport:
        with as_the_worker():
            call_command("bring_in_registers")
        return RegisterImport.objects.get()

    send(
        client, body_a, "Reference;Name;Purpose;Recipients\n7;Pay;To pay people their wages;Banks\n"
    )
    client.post(import_address(let_work(), "columns/"), {"language": "en"})
    found = let_work()
    client.post(import_address(found, "confirm/"), {"preview": found.preview})

    assert let_work().state == State.DONE
    activity.refresh_from_db()
    assert activity.has_unpublished_changes
    assert activity.public_version() == str(published.version)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM django_session",
        "SELECT 1 FROM mfa_authenticator",
        "UPDATE organisations_user SET is_superuser = true",
        "INSERT INTO organisations_membership DEFAULT VALUES",
        "UPDATE processing_publication SET is_current = false",
        "DELETE FROM organisations_organisation",
    ],
)
def test_worker_publishes_nothing_and_changes_no_account(statement, worker):
    with (
        as_the_worker(),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
