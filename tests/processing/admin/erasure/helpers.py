"""What the tests of this folder share."""

import re

from django.db import connection
from django.test import Client

from processing.models import ProcessingActivity
from tests.admin_forms import ACTIVITIES, PART_NAMES

CANARY = "canaryname"


def empty(activity: ProcessingActivity) -> None:
    """Take every text out of the working copy, as somebody does by hand in the form."""
    for field in activity._meta.concrete_fields:
        if field.empty_strings_allowed and CANARY in str(getattr(activity, field.name)):
            setattr(activity, field.name, "")
    activity.save()
    for part in PART_NAMES:
        getattr(activity, part).all().delete()


def erase(client: Client, activity: ProcessingActivity, **values) -> object:
    """Erase all that the page offers, but for other values; what the page answers."""
    address = f"{ACTIVITIES}{activity.pk}/erase/"
    page = client.get(address).text
    honest: dict[str, object] = {"reason": "A name"}
    for tag in re.findall(r"<input [^>]*>", page[page.index('id="content-main"') :]):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes["type"] == "hidden":
            honest[attributes["name"]] = attributes["value"]
        if attributes["type"] == "checkbox" and " checked" in tag:
            value = attributes.get("value", "on")
            honest.setdefault(attributes["name"], []).append(value)
    values = {name: value for name, value in (honest | values).items() if value is not None}
    response = client.post(address, values, follow=True)
    activity.refresh_from_db()
    return response


def told(response) -> str:
    return " ".join(str(message) for message in response.context.get("messages") or [])


def everything() -> str:
    """All that the tables hold, as this transaction sees them."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        texts = []
        for table in tables:
            cursor.execute(f'SELECT row::text FROM "{table}" AS row')  # noqa: S608
            texts += [text for (text,) in cursor]
    return "\n".join(texts)
