"""What the tests of this folder share."""

from django.test import Client

from processing.models import ProcessingActivity
from tests.admin_forms import ACTIVITIES
from tests.processing.admin.test_meanwhile import _sent

ADD = f"{ACTIVITIES}add/"


WORDS = "secret words"


def address_of(activity: ProcessingActivity | None) -> str:
    return f"{ACTIVITIES}{activity.pk}/change/" if activity else ADD


def opened(client: Client, activity: ProcessingActivity | None) -> dict[str, object]:
    """The form as a browser has it, with its own key."""
    page = client.get(address_of(activity))
    return _sent(page.text) | {"draft": page.context["draft"]["key"]}


def keep(client: Client, activity: ProcessingActivity | None, form: dict, turn: int = 1):
    """As the page does every few seconds."""
    address = f"{ACTIVITIES}{activity.pk}/draft/" if activity else f"{ACTIVITIES}draft/"
    return client.post(address, form | {"draft_turn": turn})


def take_up(client: Client, activity: ProcessingActivity | None):
    """Follow the link that the form offers."""
    offered = client.get(address_of(activity)).context["offered"]
    return client.get(offered[0]["address"])
