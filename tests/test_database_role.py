"""The running site changes rows and nothing else: migrations have a role of their own."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from contact.models import Mail
from processing.models import Publication
from tests import factories
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

    for command in ("send_mail", "remind_reviews", "remind_questions", "purge"):
        call_command(command)

    assert "Visitors" in found
    assert not Publication.objects.current().at("body-a", activity.number).exists()
    assert Mail.objects.filter(state=Mail.State.WAITING).count() == 0
    assert len(mail.outbox) >= 2


def test_index_of_the_search_is_rebuilt_with_it(role):
    call_command("rebuild_search")
