import pytest

from processing.models import ProcessingActivity
from tests import factories
from tests.processing.admin.erasure.helpers import CANARY, empty
from tests.processing.admin.workflow.helpers import change, step


@pytest.fixture
def activity(body_a, body_b, editor, editor_a, publisher_a, publisher) -> ProcessingActivity:
    """Published with the canary in every text, withdrawn, and since then without a word of it.

    Its history: saved, sent back with a remark, published, withdrawn, saved.
    """
    activity = factories.create_full_activity(body_a, body_b, CANARY)
    activity.remember(by=editor_a)
    activity.request_approval(by=editor_a)
    step(publisher, activity, "send-back", f"Take {CANARY} out.")
    step(publisher, activity, "publish")
    step(publisher, activity, "withdraw", f"It names {CANARY}.")
    empty(activity)
    change(editor, activity, name_en="Visitors", summary_en="Who comes in.")
    return activity
