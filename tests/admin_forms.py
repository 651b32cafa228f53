"""The forms of the admin as a browser would send them."""

import re

from django.test import Client

from processing.models import ProcessingActivity
from processing.snapshots import row_models

ACTIVITIES = "/admin/processing/processingactivity/"
PART_NAMES = tuple(row_models(ProcessingActivity))


def form_of(client: Client, activity: ProcessingActivity) -> dict[str, str]:
    """What the browser would send if somebody opened the form and saved it."""
    return values_in(client.get(f"{ACTIVITIES}{activity.pk}/change/").text)


def form_on(page: str) -> dict[str, str]:
    """What stands on a page that nobody sees and forms send."""
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page))


def values_in(page: str, model: str = "processingactivity") -> dict[str, str]:
    """What the browser would send if somebody saved the form of a row on a page."""
    values: dict[str, object] = {}
    form = page[page.index(f'id="{model}_form"') :]
    for tag in re.findall(r"<input [^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        if kind in ("submit", "button") or "__prefix__" in attributes.get("name", "__prefix__"):
            continue
        if kind in ("checkbox", "radio") and " checked" not in tag:
            continue
        empty = "on" if kind in ("checkbox", "radio") else ""
        values.setdefault(attributes["name"], attributes.get("value", empty))
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        if "__prefix__" not in name:
            values[name] = text
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        if "__prefix__" not in name and chosen:
            values[name] = chosen if len(chosen) > 1 else chosen[0]
    return {name: value for name, value in values.items() if not name.startswith("_")}
