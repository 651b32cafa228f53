"""Words that should never have been written, and how the publishers of a body erase them."""

import pytest
from django.test import Client

from organisations.models import Membership, User
from processing.models import ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.mails import delivered
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.erasure.helpers import CANARY, erase, everything, told
from tests.processing.admin.workflow.helpers import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_publisher(body_a) -> User:
    return factories.create_member(body_a, Membership.Role.PUBLISHER, "second@people.example")


@pytest.fixture
def two_persons(body_a) -> None:
    body_a.requires_two_persons = True
    body_a.save()


def answer(client: Client, activity: ProcessingActivity, words: str) -> object:
    return erase(client, activity, reason=None, **{words: "1"})


@pytest.mark.usefixtures("two_persons")
class TestTwoPersons:
    def test_one_asks_and_another_confirms(
        self, activity, publisher, publisher_a, second_publisher
    ):
        second = logged_in(second_publisher)

        page = erase(publisher, activity)
        waiting = activity.history.latest("number")
        still_there = CANARY in everything()
        shown = second.get(f"{ACTIVITIES}{activity.pk}/erase/").text
        confirmed = answer(second, activity, "confirm")

        assert "Another publisher must confirm it." in told(page)
        assert (waiting.action, waiting.by, waiting.remark) == (
            *("erasure_requested", publisher_a, "A name"),
        )
        assert still_there
        for part in ("version 1", "earlier contents", "remarks and reasons", "A name"):
            assert part in shown
        assert "Erased for good." in told(confirmed)
        last = activity.history.latest("number")
        assert (last.action, last.by, last.remark) == ("erased", second_publisher, "A name")
        assert last.erasure == waiting.erasure
        assert activity.publications.get().erased_at is not None
        assert activity.requested_erasure() is None

    def test_other_publishers_are_mailed_without_the_words(
        self, activity, publisher, publisher_a, second_publisher
    ):
        delivered()

        erase(publisher, activity)

        asked = delivered()[-1]
        assert asked.to == [second_publisher.email]
        assert asked.subject == "A request to erase awaits your confirmation"
        assert f"{ACTIVITIES}{activity.pk}/erase/" in asked.body
        assert CANARY not in asked.body
        assert "A name" not in asked.body

    @pytest.mark.parametrize("person", ["publisher_a", "administrator"])
    def test_who_asked_does_not_confirm(self, person, activity, request):
        client = logged_in(request.getfixturevalue(person))
        erase(client, activity)

        assert 'name="confirm"' not in client.get(f"{ACTIVITIES}{activity.pk}/erase/").text
        page = answer(client, activity, "confirm")

        assert "Another publisher must confirm it." in page.text
        assert CANARY in everything()
        assert activity.requested_erasure() is not None

    def test_request_can_be_dropped(self, activity, publisher, second_publisher):
        erase(publisher, activity)

        page = answer(publisher, activity, "drop")

        assert "Nothing was erased." in told(page)
        assert activity.requested_erasure() is None
        assert activity.history.latest("number").action == "erasure_dropped"
        refused = answer(logged_in(second_publisher), activity, "confirm")
        assert 'class="errornote"' in refused.text
        assert CANARY in everything()

    def test_who_confirms_has_seen_the_latest(self, activity, publisher, second_publisher, editor):
        erase(publisher, activity)
        seen = activity.history.count()
        change(editor, activity, name_en="Guests")

        page = erase(
            logged_in(second_publisher), activity, reason=None, confirm="1", seen=str(seen)
        )

        assert "Somebody did something with this activity meanwhile." in page.text
        assert CANARY in everything()

    def test_request_shows_on_the_form_of_publishers(
        self, activity, publisher, second_publisher, editor
    ):
        erase(publisher, activity)
        change_form = f"{ACTIVITIES}{activity.pk}/change/"
        asks = "publisher-a@people.example asks to erase parts of this activity."

        assert asks in logged_in(second_publisher).get(change_form).text
        assert asks not in editor.get(change_form).text
        answer(logged_in(second_publisher), activity, "confirm")
        assert asks not in publisher.get(change_form).text

    def test_editor_and_other_bodies_neither_ask_nor_answer(
        self, activity, editor, publisher, publisher_b
    ):
        theirs = logged_in(publisher_b)
        values = {"seen": str(activity.history.count()), "contents": "on", "reason": "x"}
        address = f"{ACTIVITIES}{activity.pk}/erase/"
        assert editor.post(address, values).status_code == 403
        assert theirs.post(address, values).status_code == 404
        erase(publisher, activity)

        values = {"seen": str(activity.history.count()), "confirm": "1"}

        assert editor.get(address).status_code == editor.post(address, values).status_code == 403
        assert theirs.get(address).status_code == theirs.post(address, values).status_code == 404
        assert activity.requested_erasure() is not None
