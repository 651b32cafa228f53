"""How long somebody stays logged in."""

import pytest
from django.test import Client

from tests.registry_site.accounts.logging_in import ACTIVITIES

pytestmark = pytest.mark.django_db


def test_session_ends_without_activity(person, settings):
    client = Client()
    client.force_login(person)
    page = client.get(ACTIVITIES)

    assert page.status_code == 200
    session = client.session
    assert session.get_expiry_age() <= settings.SESSION_MINUTES * 60
    assert session.get_expire_at_browser_close()
    session.set_expiry(-1)
    session.save()
    assert client.get(ACTIVITIES).status_code == 302
