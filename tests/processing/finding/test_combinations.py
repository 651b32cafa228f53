"""Chance combinations of filters: lists and numbers are what the records say."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate
from pyroaring import BitMap

from organisations.models import Organisation
from organisations.revision import current_revision
from processing.finding.filters import FacetIndex, facet_index_at
from processing.models import (
    JointController,
    ProcessingActivity,
    Processor,
    Publication,
    ServedController,
    Transfer,
)
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = ("theme", "body", "department", "country", "transfer", "role", "behalf")
FIRST_DAY = datetime(2025, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def chance() -> random.Random:
    return random.Random(7)


@pytest.fixture
def facets(body_a, body_b, publisher_a, publisher_b, chance) -> FacetIndex:
    """Entries of two bodies, one of which shows its departments; some of them changed since."""
    Organisation.objects.filter(pk=body_a.pk).update(shows_departments=True)
    departments = {
        body: [body.departments.create(name_en=f"{body.slug} {n}") for n in range(3)]
        for body in (body_a, body_b)
    }
    for number in range(30):
        body, publisher = chance.choice([(body_a, publisher_a), (body_b, publisher_b)])
        other = body_b if body == body_a else body_a
        activity = factories.create_activity(body, name=f"Entry {number}")
        activity.department = chance.choice([None, *departments[body]])
        fill(activity, other, chance)
        moment = FIRST_DAY + timedelta(days=chance.randrange(300))
        activity.publish(by=publisher, at=moment)
        if chance.random() < 0.3:
            Processor.objects.create(activity=activity, category_id="H", country="CH")
            activity.publish(by=publisher, at=moment + timedelta(days=chance.randrange(100)))
    return facet_index_at(current_revision())


@pytest.fixture
def entries(facets) -> dict[int, dict[str, set[str]]]:
    """Key of each entry -> what it says."""
    return {publication.pk: said(publication) for publication in Publication.objects.current()}


def fill(activity: ProcessingActivity, other: Organisation, chance: random.Random) -> None:
    activity.themes.set(chance.sample(["TAXE", "HEAL", "MOBI"], chance.randint(1, 2)))
    if chance.random() < 0.4:
        activity.acts_as = "processor"
        activity.processing_types.set(["05"])
        served = chance.choice([{"organisation": other}, {"name": "A town"}])
        ServedController.objects.create(activity=activity, **served)
    if chance.random() < 0.3:
        JointController.objects.create(activity=activity, organisation=other)
    if chance.random() < 0.5:
        country = chance.choice(["IN", "US"])
        Transfer.objects.create(activity=activity, mechanism_id="02", country=country)
    if chance.random() < 0.5:
        kept = chance.choice([[], ["BE"], ["FR", "US"]])
        Processor.objects.create(
            activity=activity, category_id="H", country="IN", data_countries=kept
        )
    activity.save()


def said(publication: Publication) -> dict[str, set[str]]:
    """Filter -> the options under which an entry stands, read from its record; and its day."""
    record = publication.public_record
    countries = {transfer.country for transfer in record.transfers}
    for processor in record.processors:
        countries |= set(processor.data_countries) or {processor.country}
    slugs = dict(Organisation.objects.values_list("pk", "slug"))
    served = (row.organisation for row in record.served_controllers)
    return {
        "since": {localdate(publication.published_at).isoformat()},
        "theme": set(record.themes),
        "body": {slugs[record.organisation]},
        "department": {str(record.department)} - {"None"},
        "country": countries - {"BE"},
        "transfer": {"yes" if record.transfers else "no"},
        "role": {record.acts_as} | ({"joint"} if record.joint_controllers else set()),
        "behalf": {slugs[body] for body in served if body},
    }


def test_lists_and_numbers_are_what_the_records_say(facets, entries, chance):
    every = sorted({(name, o) for told in entries.values() for name in told for o in told[name]})

    for _round in range(200):
        selection: dict[str, list[str]] = {}
        for name, option in chance.sample(every, chance.randint(1, 5)):
            if name != "since":
                selection.setdefault(name, []).append(option)
        day = chance.choice(["", "2025-03-01", "2025-09-30"])
        among = facets.since(day) if day else None
        recent = {key: told for key, told in entries.items() if min(told["since"]) >= day}

        found = meeting(recent, selection)

        assert facets.found(selection, among=among) == BitMap(found)
        for name, numbers in facets.counts(selection, among=among).items():
            if name not in NAMES:
                continue
            # The number leaves the other choices of its own filter aside.
            beside = meeting(recent, {n: o for n, o in selection.items() if n != name})
            expected = Counter(option for key in beside for option in entries[key][name])
            if name == "department" and selection.get("body") != ["body-a"]:
                expected = {o: expected[o] for o in selection.get(name, [])}
            assert {o: n for o, n in numbers.items() if n} == {
                o: n for o, n in expected.items() if n
            }


def meeting(entries: dict[int, dict], selection: dict[str, list[str]]) -> list[int]:
    """The entries that have one of the options chosen in each filter."""
    return [
        key
        for key, told in entries.items()
        if all(told[name] & set(options) for name, options in selection.items())
    ]


def test_each_of_the_options_stands_for_something(facets, entries):
    """Without that, the combinations would tell little."""
    told = {name: set().union(*(e[name] for e in entries.values())) for name in NAMES}

    assert told["country"] == {"IN", "US", "FR", "CH"}
    assert told["role"] == {"controller", "processor", "joint"}
    assert told["behalf"] == {"body-a", "body-b"}
    assert len(told["department"]) == len(facets.options["department"]) == 3
