"""What the admin costs a body with many activities."""

import random
from dataclasses import asdict

from django.db import transaction
from django.test import Client

from organisations.models import Membership, Organisation, User
from processing.models import DataItem, LegalGround, ProcessingActivity, Purpose, Recipient
from registry_site.local.bench.measure import costs

ACTIVITIES = 2000
SLUG = "bench-register"
LIST = "/admin/processing/processingactivity/"


def measure_register() -> list[dict]:
    """Print a table of the pages of the admin, and return it."""
    person = _person_with_a_register()
    client = Client()
    client.force_login(person)
    keys = list(ProcessingActivity.objects.for_user(person).values_list("pk", flat=True))
    pages = {
        "admin: front page": lambda chance: "/admin/",
        "admin: list": lambda chance: f"{LIST}?p={chance.randint(1, 20)}",
        "admin: list, filtered": lambda chance: f"{LIST}?state=draft&gap=required",
        "admin: list, searched": lambda chance: (
            f"{LIST}?q=activity+{chance.randint(1, ACTIVITIES)}"
        ),
        "admin: form": lambda chance: f"{LIST}{chance.choice(keys)}/change/",
        "admin: empty form": lambda chance: f"{LIST}add/",
        "admin: history": lambda chance: f"{LIST}{chance.choice(keys)}/history/",
        "admin: preview": lambda chance: f"{LIST}{chance.choice(keys)}/preview/nl/",
    }
    measured = costs(pages, client)
    for cost in measured:
        print(cost, flush=True)
    return [asdict(cost) for cost in measured]


@transaction.atomic
def _person_with_a_register() -> User:
    email = f"{SLUG}@register.example"
    person = User.objects.filter(email=email).first()
    if person:
        return person
    person = User.objects.create_user(email)
    body = Organisation.objects.create(slug=SLUG, kind="agency", name_nl="Bench", is_public=False)
    Membership.objects.create(user=person, organisation=body, role=Membership.Role.PUBLISHER)
    chance = random.Random(SLUG)
    for number in range(1, ACTIVITIES + 1):
        names = {f"name_{code}": f"Activity {number} {code}" for code in ("nl", "fr", "de")}
        activity = ProcessingActivity.objects.create(organisation=body, **names)
        activity.data_subjects.set(["01"])
        texts = {f"detail_{code}": f"data {code}" for code in ("nl", "fr", "de")}
        rows = [
            DataItem(activity=activity, key=key, category_id="A1", **texts) for key in range(1, 7)
        ]
        DataItem.objects.bulk_create(rows[: chance.randint(2, 6)])
        Purpose.objects.create(activity=activity)
        LegalGround.objects.create(activity=activity, ground="6-e")
        Recipient.objects.create(activity=activity, category_id="H")
        activity.remember(by=person)
    return person
