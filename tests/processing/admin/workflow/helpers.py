"""What the tests of this folder share."""

from django.test import Client

from processing.models import ProcessingActivity
from tests.admin_forms import ACTIVITIES, form_of, form_on

# Content of a history or a template that was there before, and why it cannot be taken any more.
UNUSABLE = [
    (
        {"recipients": [{"id": 1, "category": "gone"}]},
        "it refers to something that no longer exists",
    ),
    ({"name_en": "x" * 10_000}, "has 10000 characters; 600 fit"),
]


def step(client: Client, activity: ProcessingActivity, name: str, remark: str = "") -> str:
    """Take a step on its page; the messages of the page that follows."""
    address = f"{ACTIVITIES}{activity.pk}/steps/{name}/"
    seen = form_on(client.get(address).text)["seen"]
    page = client.post(address, {"seen": seen, "remark": remark}, follow=True)
    activity.refresh_from_db()
    return " ".join(str(message) for message in page.context.get("messages") or [])


def step_with(client: Client, activities: list[ProcessingActivity], action: str) -> str:
    """Take a step with those selected in the list, after a look; the page that follows."""
    selection = {"action": action, "_selected_action": [row.pk for row in activities]}
    look = client.post(ACTIVITIES, selection)
    seen = {name: value for name, value in form_on(look.text).items() if name.startswith("seen-")}
    return client.post(ACTIVITIES, selection | seen | {"confirmed": "1"}, follow=True).text


def change(client: Client, activity: ProcessingActivity, **values: str) -> object:
    """Open the form, change some fields and save."""
    form = form_of(client, activity) | values
    response = client.post(f"{ACTIVITIES}{activity.pk}/change/", form)
    activity.refresh_from_db()
    return response
