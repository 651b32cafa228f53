import pytest

from organisations.models import Membership, Organisation
from processing.models import (
    ProcessingActivity,
)
from tests import factories
from tests.isolation.helpers import CANARY


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
