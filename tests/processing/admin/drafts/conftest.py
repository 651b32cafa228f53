import pytest
from django.test import Client

from processing.models import ProcessingActivity
from tests import factories
from tests.processing.admin.conftest import logged_in


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a)
    activity.remember(by=editor_a)
    return activity


@pytest.fixture
def colleague(publisher_a) -> Client:
    return logged_in(publisher_a)
