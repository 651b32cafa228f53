"""Words that should never have been written, and how the publishers of a body erase them."""

import pytest

from organisations.models import Membership
from organisations.revision import current_revision
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.contact.test_retention import dump
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.erasure.helpers import CANARY, empty, erase
from tests.processing.admin.workflow.helpers import change, step

pytestmark = pytest.mark.django_db


class TestAfterwards:
    def test_history_page_tells_what_was_erased(self, activity, editor, publisher):
        erase(publisher, activity)

        page = editor.get(f"{ACTIVITIES}{activity.pk}/history/").text

        assert CANARY not in page
        assert "What the working copy said then was erased on" in page
        assert "A name" in page
        for part in ("version 1", "earlier contents of the working copy", "remarks and reasons"):
            assert part in page
        assert page.count("Restore what it said then") == 1

    def test_change_after_an_erased_one_is_not_told_as_somebody_elses(
        self, activity, editor, publisher
    ):
        change(editor, activity, name_en="Guests")
        change(editor, activity, name_en="Visitors")
        erase(publisher, activity)

        page = editor.get(f"{ACTIVITIES}{activity.pk}/history/").text

        assert "Guests" not in page
        assert "register-differences" not in page

    def test_erased_content_is_not_restored(self, activity, editor, publisher):
        first = activity.history.saved().earliest("number").number
        erase(publisher, activity)

        address = f"{ACTIVITIES}{activity.pk}/history/{first}/restore/"

        assert editor.get(address).status_code == 404
        assert editor.post(address).status_code == 404

    def test_form_that_was_opened_before_is_saved_as_ever(self, activity, editor, publisher):
        form = {"name_en": "Guests"}
        erase(publisher, activity)

        assert change(editor, activity, **form).status_code == 302
        assert activity.name_en == "Guests"

    def test_form_that_was_opened_with_an_erased_content_is_compared_with_nothing(
        self, activity, editor, publisher
    ):
        first = activity.history.saved().earliest("number").number
        erase(publisher, activity)

        page = change(editor, activity, known=str(first), name_en="Guests")

        assert page.status_code == 200
        assert "Somebody else saved this activity" in page.text
        assert CANARY not in page.text

    def test_other_pages_of_the_admin_work(self, activity, editor, publisher):
        erase(publisher, activity)

        for path in ("change/", "compare/", "copy/", "preview/en/", "erase/", "steps/publish/"):
            page = publisher.get(f"{ACTIVITIES}{activity.pk}/{path}")
            assert page.status_code == 200
            assert CANARY not in page.text

    def test_citizens_get_the_same_answer_as_before(self, activity, publisher, visitor):
        addresses = [
            f"/{language}/processing/body-a/1/{path}"
            for language in ("nl", "fr", "de", "en")
            for path in ("", "history/", "versions/1/", "compare/1/1/")
        ]
        before = [visitor.get(address) for address in addresses]
        revision = current_revision()

        erase(publisher, activity)
        after = [visitor.get(address) for address in addresses]

        assert {response.status_code for response in before[::4]} == {410}
        assert [(r.status_code, r.content) for r in after] == [
            (r.status_code, r.content) for r in before
        ]
        assert current_revision().publications > revision.publications

    def test_next_version_goes_on_counting(self, activity, publisher, publisher_a):
        erase(publisher, activity)
        factories.Purpose.objects.create(activity=activity, description_en="x")
        factories.DataItem.objects.create(activity=activity, category_id="A1")
        factories.LegalGround.objects.create(activity=activity, ground="6-c")
        factories.Retention.objects.create(activity=activity, period=1, unit="year")

        assert activity.publish(by=publisher_a).version == 2

    def test_what_was_sent_back_is_still_told(self, body_a, editor_a, publisher_a, editor):
        draft = factories.create_activity(body_a)
        draft.remember(by=editor_a)
        change(editor, draft, name_en="Guests")
        draft.request_approval(by=editor_a)
        draft.send_back(by=publisher_a, remark="Name the law.")

        erase(logged_in(publisher_a), draft, remarks=None)

        assert "Name the law." in editor.get(f"{ACTIVITIES}{draft.pk}/change/").text


@pytest.mark.django_db(transaction=True)
def test_dump_after_the_erasure_holds_none_of_the_words(code_lists):
    body, other = factories.create_organisation("body-a"), factories.create_organisation("body-b")
    person = factories.create_member(body, Membership.Role.PUBLISHER)
    client = logged_in(person)
    activity = factories.create_full_activity(body, other, CANARY)
    activity.remember(by=person)
    change(client, activity, reference=f"{CANARY}-reference-2")
    activity.request_approval(by=person)
    step(client, activity, "send-back", f"Take {CANARY} out.")
    step(client, activity, "publish")
    step(client, activity, "withdraw", f"It names {CANARY}.")
    empty(activity)
    change(client, activity, name_en="Visitors")
    with_words = dump()

    erase(client, activity)

    assert with_words.count(CANARY) > 100
    assert CANARY not in dump()
