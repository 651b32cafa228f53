"""The clock of a machine is set back: nothing orders by it alone, and nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client

from contact.models import Mail
from tests import factories
from tests.admin_forms import ACTIVITIES

pytestmark = pytest.mark.django_db

ENTRY = "/en/processing/body-a/1/"
BACK = timedelta(hours=2)
# In the middle of a day and of a month.
NOW = datetime(2026, 5, 13, 12, tzinfo=UTC)


def test_change_is_seen_at_once_where_the_clock_of_the_database_was_ahead(
    body_a, publisher_a, visitor
):
    activity = factories.create_activity(body_a, name="First")
    activity.publish(by=publisher_a)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_revision SET number = number + 7200000000")
    before = visitor.get(ENTRY)

    activity.name_en = "Second"
    activity.save()
    activity.publish(by=publisher_a)
    known = {"If-None-Match": before.headers["ETag"]}
    after = visitor.get(ENTRY, headers=known)
    found = visitor.get("/en/processing/?q=second").text
    activity.withdraw(by=publisher_a, reason="x")

    assert "First" in before.text
    assert (after.status_code, "Second" in after.text) == (200, True)
    assert ENTRY in found
    assert visitor.get(ENTRY).status_code == 410


def test_versions_and_history_keep_their_order(body_a, publisher_a, visitor):
    activity = factories.create_activity(body_a, name="First")
    person = Client()
    with time_machine.travel(NOW, tick=False) as clock:
        person.force_login(publisher_a)
        activity.remember(by=publisher_a)
        activity.publish(by=publisher_a)
        clock.shift(-BACK)
        activity.name_en = "Second"
        activity.save()
        activity.remember(by=publisher_a)
        activity.publish(by=publisher_a)
        entry, history = visitor.get(ENTRY), visitor.get(f"{ENTRY}history/")
        compared = visitor.get(f"{ENTRY}compare/1/2/")
        inside = person.get(f"{ACTIVITIES}{activity.pk}/history/")
        changes = visitor.get("/en/changes/")
        activity.withdraw(by=publisher_a, reason="x")
        gone = visitor.get(ENTRY)
        activity.publish(by=publisher_a)
        back = visitor.get(ENTRY)

    assert "<h1" in entry.text
    assert "Second" in entry.text
    assert history.text.index("Version 2") < history.text.index("Version 1")
    assert (compared.status_code, changes.status_code) == (200, 200)
    # The session goes on, too.
    assert inside.status_code == 200
    assert inside.text.index("Second") < inside.text.index("First")
    assert (gone.status_code, back.status_code) == (410, 200)


def test_mail_waits_for_the_clock_and_is_sent_once(body_a):
    with time_machine.travel(NOW, tick=False) as clock:
        factories.create_question(body_a)
        clock.shift(-BACK)
        call_command("send_mail")
        early = len(mail.outbox)
        clock.shift(BACK)
        call_command("send_mail")
        call_command("send_mail")

    assert early == 0
    assert len(mail.outbox) == Mail.objects.filter(state=Mail.State.DELIVERED).count() > 0
    assert Mail.objects.unsettled().count() == 0
