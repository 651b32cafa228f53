"""What would become public stands on the page on which a publisher confirms it."""

import re
from html import unescape

import pytest
from django.test import Client

from organisations.models import Membership
from processing.models import ProcessingActivity
from processing.publishing import NeedsAnotherPerson
from tests import factories
from tests.admin_forms import ACTIVITIES

pytestmark = pytest.mark.django_db
CANARY = "canary"


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors")
    activity.remember(by=editor_a)
    return activity


def confirmed_on(client: Client, activity: ProcessingActivity) -> str:
    page = client.get(f"{ACTIVITIES}{activity.pk}/steps/publish/").text
    return unescape(re.sub("</?(ins|del)>", "", page))


def words_of(stored: object) -> set[str]:
    """The texts with the canary in a record as it is stored and exported."""
    if isinstance(stored, dict):
        return {word for value in stored.values() for word in words_of(value)}
    if isinstance(stored, list | tuple):
        return {word for value in stored for word in words_of(value)}
    return {stored} if CANARY in str(stored) else set()


def test_every_text_is_shown_whatever_is_ticked(publisher, body_a, body_b, editor_a):
    activity = factories.create_full_activity(body_a, body_b, CANARY)
    activity.automated_decisions, activity.dpia, activity.sources = None, "", []
    activity.save()
    activity.remember(by=editor_a)

    page = confirmed_on(publisher, activity)

    words = words_of(activity.public_record().to_json())
    assert len(words) > 50
    assert {word for word in words if word not in page} == set()


def test_another_address_behind_a_link_is_shown(publisher, publisher_a, editor_a, activity):
    activity.legal_grounds.update(law_title_en="The Act", law_url="https://law.example/")
    activity.remember(by=editor_a)
    activity.publish(by=publisher_a)
    activity.legal_grounds.update(law_url="https://elsewhere.example/")
    activity.remember(by=editor_a)

    page = confirmed_on(publisher, activity)

    assert "The Act (https://elsewhere.example/)" in page


def test_texts_in_a_language_without_a_name_are_shown_at_first(publisher, editor_a, activity):
    activity.summary_fr = "Des mots inattendus."
    activity.save()
    activity.remember(by=editor_a)

    assert "Des mots inattendus." in confirmed_on(publisher, activity)


def test_who_chose_a_successor_does_not_tell_citizens_of_it_alone(
    body_a, editor_a, publisher_a, activity
):
    body_a.requires_two_persons = True
    body_a.save()
    other = factories.create_member(body_a, Membership.Role.PUBLISHER, "other@people.example")
    successor = factories.create_activity(body_a, name="Guests")
    successor.remember(by=editor_a)
    activity.replaced_by = successor
    activity.save()
    activity.remember(by=publisher_a)
    # Not public yet: the other publisher is shown no successor.
    activity.publish(by=other)
    successor.publish(by=publisher_a)

    with pytest.raises(NeedsAnotherPerson):
        activity.publish(by=publisher_a)

    activity.publish(by=other)
    assert activity.publications.get(is_current=True).public_record.replaced_by == successor.number
