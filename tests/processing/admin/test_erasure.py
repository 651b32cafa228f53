"""Words that should never have been written, and how the publishers of a body erase them."""

import io
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test import Client

from contact.models import Mail
from organisations.models import Membership, User
from organisations.revision import current_revision
from processing.models import ProcessingActivity, Publication
from tests import factories
from tests.contact.test_retention import dump
from tests.mails import delivered
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.test_workflow import change, step
from tests.test_isolation import ACTIVITIES, PART_NAMES

pytestmark = pytest.mark.django_db

CANARY = "canaryname"


@pytest.fixture
def second_publisher(body_a) -> User:
    return factories.create_member(body_a, Membership.Role.PUBLISHER, "second@people.example")


@pytest.fixture
def two_persons(body_a) -> None:
    body_a.requires_two_persons = True
    body_a.save()


@pytest.fixture
def activity(body_a, body_b, editor, editor_a, publisher_a, publisher) -> ProcessingActivity:
    """Published with the canary in every text, withdrawn, and since then without a word of it.

    Its history: saved, sent back with a remark, published, withdrawn, saved.
    """
    activity = factories.create_full_activity(body_a, body_b, CANARY)
    activity.remember(by=editor_a)
    activity.request_approval(by=editor_a)
    step(publisher, activity, "send-back", f"Take {CANARY} out.")
    step(publisher, activity, "publish")
    step(publisher, activity, "withdraw", f"It names {CANARY}.")
    empty(activity)
    change(editor, activity, name_en="Visitors", summary_en="Who comes in.")
    return activity


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


def answer(client: Client, activity: ProcessingActivity, words: str) -> object:
    return erase(client, activity, reason=None, **{words: "1"})


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


class TestErasing:
    def test_versions_contents_and_remarks_are_emptied_and_the_lines_stay(
        self, activity, publisher, publisher_a
    ):
        before = list(activity.history.values_list("number", "action", "by", "at"))
        working_copy = activity.public_record()

        page = erase(publisher, activity)

        assert "Erased for good." in told(page)
        version = activity.publications.get()
        assert (version.record, version.title, version.sort_nl) == ({}, {}, "")
        assert version.erased_at is not None
        lines = list(activity.history.order_by("number"))
        assert [(e.number, e.action, e.by_id, e.at) for e in lines[:-1]] == before
        assert [entry.remark for entry in lines[:-1]] == [""] * len(before)
        saved = [entry for entry in lines if entry.action == "saved"]
        assert [entry.content is None for entry in saved] == [True, False]
        assert activity.withdrawal_reason == ""
        assert activity.public_record() == working_copy
        last = lines[-1]
        assert (last.action, last.by, last.remark) == ("erased", publisher_a, "A name")
        assert last.erasure == {"versions": [1], "contents": True, "remarks": True}

    def test_nothing_in_the_database_holds_the_words_any_more(self, activity, publisher):
        question = factories.create_question(activity.organisation)
        waiting = Mail.objects.filter(question=None, state="waiting")
        assert waiting.filter(text__contains=CANARY).exists()
        assert CANARY in everything()

        erase(publisher, activity)

        assert CANARY not in everything()
        assert not waiting.exists()
        assert Mail.objects.filter(question=question).count() == 2

    def test_mail_about_another_activity_stays(self, activity, body_a, editor, publisher):
        other = factories.create_activity(body_a)
        step(editor, other, "request")

        erase(publisher, activity)

        assert Mail.objects.get().text.count(f"{ACTIVITIES}{other.pk}/change/") == 1

    def test_reminder_that_lists_several_loses_the_line_of_one(
        self, body_a, publisher, publisher_a
    ):
        named = factories.create_activity(body_a, name=f"<{CANARY}>")
        other = factories.create_activity(body_a, name="Parking")
        for due in (named, other):
            due.publish(by=publisher_a)
        ProcessingActivity.objects.update(review_due_on="2020-01-01")
        call_command("remind_reviews", stdout=io.StringIO())
        [reminder] = Mail.objects.all()
        assert CANARY in reminder.text
        assert CANARY in reminder.html
        step(publisher, named, "withdraw", "A name")
        change(publisher, named, name_en="Visitors", summary_en="")

        erase(publisher, named)

        reminder.refresh_from_db()
        assert CANARY not in reminder.text + reminder.html
        for told in (reminder.text, reminder.html):
            assert f"- {other.number}: Parking (" in told
            assert f"- {named.number}" in told

    def test_draft_that_is_deleted_leaves_no_words_in_mails(self, body_a, editor, publisher):
        """Nor anywhere else."""
        draft = factories.create_activity(body_a, name=CANARY)
        step(editor, draft, "request")
        assert Mail.objects.filter(text__contains=CANARY).exists()

        publisher.post(f"{ACTIVITIES}{draft.pk}/delete/", {"post": "yes"})

        assert not ProcessingActivity.objects.filter(pk=draft.pk).exists()
        assert CANARY not in everything()

    def test_log_of_the_admin_tells_who_and_when_only(self, activity, publisher, editor_a):
        entry = LogEntry.objects.get(user=editor_a)
        LogEntry.objects.update(object_repr=CANARY, change_message=CANARY)

        erase(publisher, activity)

        after = LogEntry.objects.get(user=editor_a)
        assert (after.object_repr, after.change_message) == ("body-a 1", "")
        assert (after.action_time, after.action_flag) == (entry.action_time, entry.action_flag)

    def test_chosen_version_only(self, activity, publisher, publisher_a):
        factories.Purpose.objects.create(activity=activity, description_en="x")
        factories.DataItem.objects.create(activity=activity, category_id="A1")
        factories.LegalGround.objects.create(activity=activity, ground="6-c")
        factories.Retention.objects.create(activity=activity, period=1, unit="year")
        activity.publish(by=publisher_a)
        activity.withdraw(by=publisher_a, reason="Old")

        erase(publisher, activity, versions=["1"], contents=None, remarks=None)

        assert list(activity.publications.filter(erased_at=None)) == [
            activity.publications.get(version=2)
        ]
        assert activity.history.saved().count() == 2
        assert activity.withdrawal_reason == "Old"
        assert activity.history.latest("number").erasure == {
            "versions": [1],
            "contents": False,
            "remarks": False,
        }

    def test_draft_that_was_never_public_loses_what_it_said_before(
        self, body_a, editor, editor_a, publisher
    ):
        draft = factories.create_activity(body_a, name=CANARY)
        draft.remember(by=editor_a)
        change(
            editor, draft, name_en="Visitors", summary_en="", **{"purposes-0-description_en": ""}
        )

        erase(publisher, draft)

        assert CANARY not in everything()
        assert draft.name_en == "Visitors"
        assert draft.history.saved().get().content["name_en"] == "Visitors"

    def test_present_content_stays_even_where_it_was_said_before(
        self, body_a, editor, editor_a, publisher
    ):
        draft = factories.create_activity(body_a, name="Visitors")
        draft.remember(by=editor_a)
        change(editor, draft, name_en=CANARY)
        change(editor, draft, name_en="Visitors")

        erase(publisher, draft)

        contents = draft.history.filter(action="saved").order_by("number")
        assert [entry.content is None for entry in contents] == [False, True, False]

    def test_deleted_draft_leaves_no_name_in_the_log(self, body_a, editor, editor_a):
        draft = factories.create_activity(body_a, name=CANARY)
        draft.remember(by=editor_a)
        change(editor, draft, reference="1.10")

        editor.post(f"{ACTIVITIES}{draft.pk}/delete/", {"post": "yes"})
        selected = factories.create_activity(body_a, name=CANARY)
        selection = {"action": "delete_selected", "_selected_action": selected.pk, "post": "yes"}
        editor.post(ACTIVITIES, selection)

        assert not ProcessingActivity.objects.exists()
        assert LogEntry.objects.count() == 3
        assert CANARY not in everything()

    def test_nothing_is_offered_where_nothing_can_be_erased(self, body_a, publisher, publisher_a):
        public = factories.create_activity(body_a)
        public.remember(by=publisher_a)
        public.publish(by=publisher_a)

        page = publisher.get(f"{ACTIVITIES}{public.pk}/erase/").text
        refused = publisher.post(f"{ACTIVITIES}{public.pk}/erase/", {"reason": "x", "seen": "2"})

        assert "There is nothing to erase." in page
        assert "What is public: withdraw it first." in page
        assert refused.status_code == 200
        assert Publication.objects.current().count() == 1

    @pytest.mark.parametrize(
        "values",
        [
            {"reason": ""},
            {"versions": None, "contents": None, "remarks": None},
            {"versions": ["2"]},
            {"versions": ["x"]},
            {"seen": ""},
            {"seen": "x"},
        ],
        ids=str,
    )
    def test_page_refuses_what_makes_no_sense(self, values, activity, publisher):
        page = erase(publisher, activity, **values)

        assert page.status_code == 200
        assert 'class="errornote"' in page.text
        assert CANARY in everything()
        assert not activity.history.filter(action="erased").exists()

    def test_who_did_not_see_what_was_done_meanwhile_looks_again(self, activity, publisher, editor):
        seen = activity.history.count()
        change(editor, activity, name_en="Guests")

        page = erase(publisher, activity, seen=str(seen), reason="Typed with care")

        assert "Somebody did something with this activity meanwhile." in page.text
        assert "Typed with care" in page.text
        assert not activity.history.filter(action="erased").exists()
        assert f'name="seen" value="{seen + 1}"' in page.text

    def test_erased_twice_leaves_what_was_said_since(self, activity, editor, publisher):
        erase(publisher, activity)
        change(editor, activity, name_en=f"{CANARY} again")
        change(editor, activity, name_en="Visitors", remarks="")

        page = publisher.get(f"{ACTIVITIES}{activity.pk}/erase/").text
        assert 'name="versions"' not in page
        erase(publisher, activity)

        assert activity.history.filter(action="erased").count() == 2
        assert "canaryname again" not in everything()


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
