"""People of one body neither see nor change anything of another, whatever they send.

Everything of body B holds a canary. No answer to the people of body A may hold it, and no row of
body B may differ after what they post."""

import pytest
from django.test import Client

from organisations.models import Membership
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.isolation.helpers import seen_of

pytestmark = pytest.mark.django_db


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
