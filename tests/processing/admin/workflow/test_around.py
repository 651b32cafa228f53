"""From a draft to a public entry and back, as the people of a body do it in the admin."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from processing.models import ActivityTemplate, ProcessingActivity, Purpose
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.mails import delivered
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.workflow.helpers import UNUSABLE, change, step

pytestmark = pytest.mark.django_db


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
