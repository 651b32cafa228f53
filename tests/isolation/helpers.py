"""What the tests of this folder share."""

from processing.models import (
    ProcessingActivity,
)

CANARY = "secretcanary"


DEPARTMENTS = "/admin/organisations/department/"


def seen_of(activity: ProcessingActivity, step: str) -> str:
    """What the page of the step would name as seen."""
    return activity.public_version() if step == "withdraw" else activity.fingerprint()
