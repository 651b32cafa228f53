"""From a draft to a public entry and back, as the people of a body do it in the admin."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from organisations.models import Membership, User
from processing.admin import workflow
from processing.models import ActivityTemplate, DataCategory, ProcessingActivity, Purpose
from tests import factories
from tests.mails import delivered
from tests.processing.admin.conftest import logged_in
from tests.test_isolation import ACTIVITIES, form_of, form_on

pytestmark = pytest.mark.django_db

# Content of a history or a template that was there before, and why it cannot be taken any more.
UNUSABLE = [
    (
        {"recipients": [{"id": 1, "category": "gone"}]},
        "it refers to something that no longer exists",
    ),
    ({"name_en": "x" * 10_000}, "has 10000 characters; 600 fit"),
]


@pytest.fixture
def second_publisher(body_a) -> User:
    return factories.create_member(body_a, Membership.Role.PUBLISHER, "second@people.example")


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors")
    activity.remember(by=editor_a)
    return activity


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


class TestApproval:
    def test_request_is_mailed_to_publishers_and_answered_to_the_editor(
        self, editor, publisher, publisher_a, editor_a, activity
    ):
        publisher_a.language = "fr"
        publisher_a.save()

        step(editor, activity, "request")
        step(publisher, activity, "publish")

        assert activity.status == "published"
        request, answer = delivered()
        assert request.to == [publisher_a.email]
        assert request.subject == "Une activité de traitement attend votre approbation"
        assert f"{ACTIVITIES}{activity.pk}/change/" in request.body
        assert answer.to == [editor_a.email]
        assert answer.subject == "Your processing activity was published"
        assert answer.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_sent_back_with_a_remark(self, editor, publisher, activity):
        step(editor, activity, "request")
        assert "awaiting approval" in editor.get(f"{ACTIVITIES}{activity.pk}/change/").text

        without_remark = publisher.post(f"{ACTIVITIES}{activity.pk}/steps/send-back/", {"x": "1"})
        step(publisher, activity, "send-back", "Name the law.")

        assert without_remark.status_code == 200
        assert activity.status == "draft"
        assert "Name the law." in delivered()[-1].body
        assert "Name the law." in editor.get(f"{ACTIVITIES}{activity.pk}/change/").text
        step(editor, activity, "request")
        # It stays among the remarks, and is no answer any more.
        assert "sent this back:" not in editor.get(f"{ACTIVITIES}{activity.pk}/change/").text

    def test_incomplete_activity_cannot_be_requested_and_says_why(self, editor, body_a):
        incomplete = ProcessingActivity.objects.create(organisation=body_a, name_en="Half")

        told = step(editor, incomplete, "request")

        assert incomplete.status == "draft"
        assert "at least one purpose" in told

    def test_sent_back_changes_leave_the_public_version(self, editor, publisher, activity):
        step(publisher, activity, "publish")
        change(editor, activity, name_en="Renamed")
        step(editor, activity, "request")
        step(publisher, activity, "send-back", "Not yet.")

        assert (activity.status, activity.is_published) == ("published", True)
        assert activity.state_label == "published, with unpublished changes"

    def test_requested_twice_is_told(self, editor, activity):
        step(editor, activity, "request")

        assert "It awaits approval already." in step(editor, activity, "request")


class TestTwoPersons:
    @pytest.fixture(autouse=True)
    def two_persons(self, body_a):
        body_a.requires_two_persons = True
        body_a.save()

    def test_who_changed_it_last_cannot_publish_it(
        self, publisher, second_publisher, activity, visitor
    ):
        change(publisher, activity, name_en="By the publisher")

        refused = step(publisher, activity, "publish")

        assert "another publisher must publish it" in refused
        assert not activity.is_published
        step(logged_in(second_publisher), activity, "publish")
        assert activity.is_published

    def test_central_administrator_is_no_exception(self, administrator, activity):
        central = logged_in(administrator)
        change(central, activity, name_en="By the centre")

        step(central, activity, "publish")

        assert not activity.is_published

    def test_in_a_selection_too(self, publisher, publisher_a, activity, body_a):
        own = factories.create_activity(body_a, name="Own")
        own.remember(by=publisher_a)

        selection = {"action": "publish", "_selected_action": [activity.pk, own.pk]}
        look = publisher.post(ACTIVITIES, selection).text
        page = step_with(publisher, [activity, own], "publish")

        assert "another publisher must publish it" in look
        assert f'name="_selected_action" value="{own.pk}"' not in look
        assert "1 activity was published." in page
        own.refresh_from_db()
        assert not own.is_published

    def test_saving_without_a_change_makes_nobody_the_last(self, publisher, activity):
        change(publisher, activity)

        step(publisher, activity, "publish")

        assert activity.is_published


class TestSelection:
    """What cannot be done with one activity is told, and done with the others all the same."""

    @pytest.fixture
    def three(self, body_a, editor_a) -> list[ProcessingActivity]:
        names = ("First", "Second", "Third")
        return [factories.create_activity(body_a, name=name) for name in names]

    def is_published(self, activities: list[ProcessingActivity]) -> list[bool]:
        return [ProcessingActivity.objects.get(pk=row.pk).is_published for row in activities]

    def test_what_the_database_refuses_is_told(self, publisher, three):
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE processing_publication ADD CHECK (number <> %s) NOT VALID",
                [three[1].number],
            )

        page = step_with(publisher, three, "publish")

        assert "2 activities were published." in page
        assert re.search("Not done for [^<]*Second: The database refused it.", page)
        assert self.is_published(three) == [True, False, True]

    @pytest.mark.parametrize("name", ["request", "publish", "send-back", "withdraw"])
    def test_what_somebody_deleted_meanwhile_is_told(self, name, publisher_a, three):
        seen = {three[1]: three[1].fingerprint()}
        ProcessingActivity.objects.get(pk=three[1].pk).delete()

        outcome = workflow.take(workflow.STEPS[name], seen, by=publisher_a, remark="Why")

        reason = "It is no longer there: somebody deleted it meanwhile."
        assert outcome == workflow.Outcome(done=[], refused=[(three[1], reason)])

    def test_others_are_published_beside_what_is_gone(self, publisher_a, three):
        seen = {activity: activity.fingerprint() for activity in three}
        ProcessingActivity.objects.get(pk=three[1].pk).delete()

        outcome = workflow.take(workflow.STEPS["publish"], seen, by=publisher_a)

        assert outcome.done == [three[0], three[2]]
        assert self.is_published(outcome.done) == [True, True]

    def test_step_with_one_that_the_database_refuses_is_told(self, publisher, activity):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE processing_publication ADD CHECK (number < 0) NOT VALID")

        told = step(publisher, activity, "publish")

        assert "The database refused it." in told
        assert not activity.is_published


class TestEditing:
    def test_second_to_save_is_told_and_can_compare(self, editor, publisher, activity):
        form = form_of(editor, activity)
        change(publisher, activity, name_en="Renamed by the publisher")

        told = editor.post(f"{ACTIVITIES}{activity.pk}/change/", form | {"reference": "1.10"})

        assert told.status_code == 200
        assert "Somebody else saved this activity" in told.text
        assert "publisher-a@people.example" in told.text
        assert "Renamed by the publisher" in told.text
        # What was typed is still there, and nothing of it saved.
        assert 'value="1.10"' in told.text
        activity.refresh_from_db()
        assert (activity.name_en, activity.reference) == ("Renamed by the publisher", "")

        known = re.search(r'name="known" value="(\d+)"', told.text)[1]
        again = form | {"reference": "1.10", "known": known}
        assert editor.post(f"{ACTIVITIES}{activity.pk}/change/", again).status_code == 302
        activity.refresh_from_db()
        assert (activity.name_en, activity.reference) == ("Visitors", "1.10")

    def test_error_loses_nothing(self, editor, activity):
        form = form_of(editor, activity) | {
            "starts_on": "2026-05-01",
            "ends_on": "2025-05-01",
            "name_de": "Besucher am Empfang",
            "data-0-detail_fr": "nom et prénom",
        }

        page = editor.post(f"{ACTIVITIES}{activity.pk}/change/", form).text

        assert "The end date lies before the start date." in page
        assert "Besucher am Empfang" in page
        assert "nom et prénom" in page

    def test_retired_term_stays_and_cannot_be_chosen_anew(self, editor, activity, body_a):
        other = factories.create_activity(body_a, name="Other")
        DataCategory.objects.filter(code="A1").update(is_active=False)

        kept = change(editor, activity, name_en="Still with A1")
        form = form_of(editor, other) | {"purposes-0-category": "B1_01"}
        other.data.all().delete()
        chosen = editor.post(
            f"{ACTIVITIES}{other.pk}/change/",
            form | {"data-INITIAL_FORMS": "0", "data-0-id": "", "data-0-category": "A1"},
        )

        assert kept.status_code == 302
        assert activity.data.get().category_id == "A1"
        assert chosen.status_code == 200
        assert other.data.count() == 0
        offered = editor.get(
            "/admin/autocomplete/",
            {
                "app_label": "processing",
                "model_name": "dataitem",
                "field_name": "category",
                "term": "A1",
            },
        ).json()["results"]
        assert "A1" not in {result["id"] for result in offered}

    def test_sources_are_kept_once_and_in_one_order(self, editor, activity):
        change(editor, activity, sources=["other", "person", "person"])

        assert activity.sources == ["person", "other"]

    def test_preview_is_the_page_that_would_be_public(self, editor, publisher, activity, visitor):
        change(editor, activity, name_de="Besucher")

        preview = editor.get(f"{ACTIVITIES}{activity.pk}/preview/de/")
        step(publisher, activity, "publish")
        public = visitor.get(f"/de/processing/body-a/{activity.number}/")

        def content(page: str) -> str:
            return page[page.index("<main") : page.index("</main>")]

        assert content(preview.text) == content(public.text)
        assert '<html lang="de"' in preview.text
        assert ">Nederlands</a>" in preview.text
        assert "no-store" in preview.headers["Cache-Control"]
        assert preview.headers["Content-Language"] == "de"

    def test_preview_of_what_citizens_see_already_shows_the_working_copy(
        self, editor, publisher, activity, visitor
    ):
        step(publisher, activity, "publish")
        change(editor, activity, name_en="A new name")

        assert "A new name" in editor.get(f"{ACTIVITIES}{activity.pk}/preview/en/").text
        assert "A new name" in editor.get(f"{ACTIVITIES}{activity.pk}/compare/").text
        assert "A new name" not in visitor.get("/en/processing/body-a/1/").text

    def test_preview_of_a_hidden_body(self, editor, body_a, activity):
        body_a.is_public = False
        body_a.save()

        assert editor.get(f"{ACTIVITIES}{activity.pk}/preview/nl/").status_code == 200

    def test_preview_without_a_name_asks_for_one(self, editor, body_a):
        nameless = ProcessingActivity.objects.create(organisation=body_a)

        page = editor.get(f"{ACTIVITIES}{nameless.pk}/preview/nl/", follow=True)

        assert "Give the activity a name first." in page.text


class TestMemory:
    def test_history_tells_who_changed_what_from_what_to_what(self, editor, publisher, activity):
        change(editor, activity, name_en="Guests", **{"retention-0-period": "12"})
        step(publisher, activity, "publish")
        step(publisher, activity, "withdraw", "Printed by mistake.")

        page = publisher.get(f"{ACTIVITIES}{activity.pk}/history/").text

        assert re.search(
            r">Name</th></tr>\s*<tr><th[^>]*>English</th>"
            r'<td lang="en">Visitors</td><td lang="en">Guests</td>',
            page,
        )
        assert re.search(r"<td>10</td><td>12</td>", page.replace("\n", ""))
        assert "editor-a@people.example" in page
        assert "Printed by mistake." in page

    def test_rows_that_come_and_go_are_in_the_history(self, activity, editor, editor_a):
        Purpose.objects.create(activity=activity, description_en="Second purpose")
        activity.remember(by=editor_a)
        activity.purposes.get(description_en="Purpose of Visitors.").delete()
        activity.remember(by=editor_a)

        page = editor.get(f"{ACTIVITIES}{activity.pk}/history/").text

        assert "Second purpose" in page
        assert page.count("Purpose of Visitors.") == 1

    def test_earlier_content_comes_back_as_a_draft(self, editor, publisher, activity, visitor):
        step(publisher, activity, "publish")
        change(editor, activity, name_en="Guests", **{"purposes-0-description_en": "Another."})
        first = activity.history.saved().earliest("number")

        asked = editor.get(f"{ACTIVITIES}{activity.pk}/history/{first.number}/restore/")
        editor.post(f"{ACTIVITIES}{activity.pk}/history/{first.number}/restore/")

        activity.refresh_from_db()
        assert "Guests" in asked.text
        assert activity.name_en == "Visitors"
        assert activity.purposes.get().description_en == "Purpose of Visitors."
        assert activity.retention.get().period == 10
        assert not activity.has_unpublished_changes
        assert activity.changed_by.email == "editor-a@people.example"

    def test_content_survives_the_way_through_history(self, body_a, body_b, editor_a):
        full = factories.create_full_activity(body_a, body_b, "kept")
        full.starts_on = date(2020, 2, 29)
        full.save()
        full.remember(by=editor_a)
        record = full.public_record()
        entry = full.history.get()
        full.purposes.all().delete()
        full.themes.clear()
        full.name_nl = ""
        full.save()

        full.restore(entry, by=editor_a, remark="")

        assert full.public_record() == record
        assert full.remarks == "kept-internal-remarks"

    @pytest.mark.parametrize(("content", "reason"), UNUSABLE)
    def test_content_that_can_no_longer_be_is_told(self, content, reason, editor, activity):
        entry = activity.history.create(
            number=2, action="saved", at=timezone.now(), content={"name_en": "Old"} | content
        )

        address = f"{ACTIVITIES}{activity.pk}/history/{entry.number}/restore/"
        page = editor.post(address, follow=True)

        assert reason in page.text
        activity.refresh_from_db()
        assert activity.name_en == "Visitors"


class TestStartingPoints:
    def test_copy_is_a_draft_of_its_own(self, editor, activity, body_a):
        change(editor, activity, reference="1.10")

        editor.post(f"{ACTIVITIES}{activity.pk}/copy/", {"organisation": body_a.pk})

        copied = ProcessingActivity.objects.latest("pk")
        assert (copied.number, copied.reference, copied.status) == (2, "", "draft")
        assert copied.public_record().purposes == activity.public_record().purposes
        assert copied.history.get().remark == "Copied from activity 1."

    def test_templates_that_come_along_are_complete_starting_points(self, editor, body_a):
        call_command("load_templates", stdout=io.StringIO())
        call_command("load_templates", stdout=io.StringIO())
        assert ActivityTemplate.objects.count() == 4

        for template in ActivityTemplate.objects.all():
            started = editor.post(
                f"{ACTIVITIES}templates/", {"template": template.slug, "organisation": body_a.pk}
            )
            assert started.status_code == 302
            activity = ProcessingActivity.objects.latest("pk")
            record = activity.public_record()
            assert record.languages == ["nl", "fr", "de", "en"]
            assert not {f"language-{code}" for code in record.languages} & set(activity.gaps)
            assert all([record.purposes, record.data, record.data_subjects])

    @pytest.mark.parametrize(("content", "reason"), UNUSABLE)
    def test_template_that_can_no_longer_be_is_told(self, content, reason, editor, body_a):
        ActivityTemplate.objects.create(slug="old", content={"name_en": "Old"} | content)

        chosen = {"template": "old", "organisation": body_a.pk}
        page = editor.post(f"{ACTIVITIES}templates/", chosen, follow=True)

        assert page.status_code == 200
        assert reason in page.text
        assert not ProcessingActivity.objects.exists()

    def test_central_administrator_makes_a_template(self, administrator, activity, body_a):
        central = logged_in(administrator)

        made = central.post(f"{ACTIVITIES}{activity.pk}/copy/", {"template": "1"}, follow=True)

        template = ActivityTemplate.objects.get()
        assert made.status_code == 200
        assert template.title_en == "Visitors"
        assert "purposes" in template.content


class TestCompleteness:
    def test_gaps_are_named_next_to_the_form(self, editor, body_a):
        poor = ProcessingActivity.objects.create(organisation=body_a, name_nl="Conform de wet")
        poor.remember(by=None)

        page = editor.get(f"{ACTIVITIES}{poor.pk}/change/").text

        assert "at least one purpose (Art. 30(1)(b))" in page
        assert "all texts in French" in page
        assert "plain words instead of jargon: conform" in page

    def test_score_rises_with_what_is_filled(self, editor, activity):
        before = activity.score

        change(editor, activity, sources=["person"], dpia="not_done")

        assert 0 < before < activity.score <= 100
        assert "source" not in activity.gaps

    def test_long_sentences_and_missing_languages_are_found(self, editor, activity):
        change(editor, activity, summary_en="word " * 31 + ".", name_nl="Bezoekers")

        assert {"sentences", "language-nl", "language-fr"} <= set(activity.gaps)
        assert "language-en" not in activity.gaps

    def test_front_page_counts_what_waits(self, editor, publisher, publisher_a, body_a, activity):
        step(publisher, activity, "publish")
        change(editor, activity, name_en="Changed")
        ProcessingActivity.objects.filter(pk=activity.pk).update(
            review_due_on=timezone.localdate() - timedelta(days=1)
        )
        draft = ProcessingActivity.objects.create(organisation=body_a, name_en="Draft")
        draft.remember(by=publisher_a)

        page = editor.get("/admin/").text
        figures = dict(
            re.findall(rf"organisation__id__exact={body_a.pk}&amp;([^\"]*)\">(\d+)</a>", page)
        )

        assert figures["state=draft"] == "1"
        assert figures["state=changed"] == "1"
        assert figures["review=overdue"] == "1"
        assert figures["gap=required"] == "1"
        assert figures["gap=language-nl"] == "2"
        assert "state=awaiting" not in figures
        for query, number in figures.items():
            listed = editor.get(f"{ACTIVITIES}?organisation__id__exact={body_a.pk}&{query}")
            assert listed.context["cl"].result_count == int(number), query


class TestReviews:
    def remind(self) -> str:
        output = io.StringIO()
        call_command("remind_reviews", stdout=output, stderr=output)
        return output.getvalue()

    def test_publishing_sets_the_date_by_the_interval_of_the_body(
        self, publisher, activity, body_a
    ):
        body_a.review_interval_months = 6
        body_a.save()

        step(publisher, activity, "publish")

        days = (activity.review_due_on - timezone.localdate()).days
        assert 180 <= days <= 185

    def test_publishers_get_one_mail_for_each_due_date(
        self, publisher, publisher_a, activity, editor_a
    ):
        step(publisher, activity, "publish")
        due = timezone.localdate()
        ProcessingActivity.objects.filter(pk=activity.pk).update(review_due_on=due)

        assert "1 due" in self.remind()
        assert self.remind() == ""
        ProcessingActivity.objects.filter(pk=activity.pk).update(
            review_due_on=due - timedelta(days=1)
        )
        assert "1 due" in self.remind()

        assert [message.to for message in delivered()] == [[publisher_a.email]] * 2
        assert "Visitors" in delivered()[0].body

    def test_drafts_and_withdrawn_ones_are_not_due(self, publisher, activity):
        ProcessingActivity.objects.update(review_due_on=timezone.localdate())

        assert self.remind() == ""
        assert delivered() == []


class TestStatements:
    """The same, however many activities a body has, and however many rows an activity."""

    @pytest.fixture
    def shows(self, editor, assert_sql):
        def shows(address: str, name: str = "") -> None:
            editor.get(address)
            with assert_sql(name or address):
                assert editor.get(address).status_code == 200

        return shows

    @pytest.mark.parametrize("path", ["", "?state=draft&gap=required", "?q=activity", "add/"])
    def test_list_does_not_grow(self, path, shows, activity, body_a):
        shows(f"{ACTIVITIES}{path}")
        for number in range(30):
            ProcessingActivity.objects.create(organisation=body_a, name_en=f"Activity {number}")

        shows(f"{ACTIVITIES}{path}")

    def test_form_does_not_grow_with_its_rows(self, shows, editor_a, activity, body_b):
        # One of each first: a field reads its choices once.
        factories.create_full_activity(activity.organisation, body_b, "full").remember(by=editor_a)
        full = ProcessingActivity.objects.latest("pk")
        full.data.get().about.set(["01"])
        Purpose.objects.create(activity=full, category_id="B1_01")
        address = f"{ACTIVITIES}{full.pk}/change/"
        shows(address, "form of an activity")
        for _number in range(10):
            factories.DataItem.objects.create(activity=full, category_id="A1").about.set(["01"])
            factories.Recipient.objects.create(activity=full, organisation=body_b)
            Purpose.objects.create(activity=full, category_id="B1_01", description_en="More")

        shows(address, "form of an activity")
