import pytest
from django.test import Client

from processing.models import ProcessingActivity
from tests import factories


@pytest.fixture
def editor(editor_a) -> Client:
    client = Client()
    client.force_login(editor_a)
    return client


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a)
    activity.remember(by=editor_a)
    return activity
