"""From a draft to a public entry and back, as the people of a body do it in the admin."""

import re
from datetime import date

import pytest
from django.utils import timezone

from processing.models import DataCategory, ProcessingActivity, Purpose
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of
from tests.processing.admin.workflow.helpers import UNUSABLE, change, step

pytestmark = pytest.mark.django_db


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
            main = page[page.index("<main") : page.index("</main>")]
            # Of what is not published, there are no files, and nobody cites it.
            shown = re.sub(
                r'<details class="disclosure no-print">.*?</details>', "", main, flags=re.S
            )
            return " ".join(shown.split())

        assert content(preview.text) == content(public.text)
        assert '<html lang="de"' in preview.text
        assert 'title="Nederlands"' in preview.text
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
