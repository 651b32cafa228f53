"""What somebody types is kept until it is saved: for the person alone, and offered again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client

from processing.models import FormDraft, ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.processing.admin.drafts.helpers import ADD, WORDS, address_of, keep, opened

pytestmark = pytest.mark.django_db


class TestSaving:
    def test_saved_is_no_longer_kept(self, editor, activity):
        form = opened(editor, activity) | {"name_en": WORDS}
        keep(editor, activity, form)

        assert editor.post(address_of(activity), form).status_code == 302

        assert not FormDraft.objects.exists()

    def test_new_activity_that_is_saved_is_no_longer_kept(self, editor):
        form = opened(editor, None) | {"name_en": WORDS}
        keep(editor, None, form)

        assert editor.post(ADD, form).status_code == 302

        assert not FormDraft.objects.exists()
        assert ProcessingActivity.objects.get().name_en == WORDS

    def test_other_forms_stay_kept(self, editor, activity, editor_a):
        factories.create_draft(editor_a, activity)
        form = opened(editor, activity)

        editor.post(address_of(activity), form)

        assert FormDraft.objects.count() == 1

    def test_form_with_an_error_is_kept_without_javascript(self, editor, activity):
        form = opened(editor, activity) | {"name_en": WORDS, "starts_on": "tomorrow"}

        page = editor.post(address_of(activity), form)

        assert page.context["draft"]["key"] == form["draft"]
        assert FormDraft.objects.get().fields["name_en"] == [WORDS]

    def test_what_fails_while_saving_stays_kept(self, editor_a, activity):
        """The database gives up in the middle."""
        broken = Client(raise_request_exception=False)
        broken.force_login(editor_a)
        form = opened(broken, activity) | {"name_en": WORDS}
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE FUNCTION pg_temp.fail() RETURNS trigger LANGUAGE plpgsql"
                " AS 'BEGIN RAISE EXCEPTION ''full''; END'"
            )
            cursor.execute(
                "CREATE TRIGGER fail BEFORE INSERT ON processing_historyentry"
                " EXECUTE FUNCTION pg_temp.fail()"
            )

        answer = broken.post(address_of(activity), form)

        assert answer.status_code == 500
        activity.refresh_from_db()
        assert activity.name_en == "Visitors"
        assert FormDraft.objects.get().fields["name_en"] == [WORDS]

    def test_step_that_was_pressed_follows(self, editor, activity):
        form = opened(editor, activity) | {"name_en": WORDS}

        answers = [
            editor.post(address_of(activity), form | {"_step": name, "known": known})
            for name, known in (("request", "1"), ("//evil.example", "2"))
        ]

        assert answers[0].headers["Location"] == f"{ACTIVITIES}{activity.pk}/steps/request/"
        assert answers[1].headers["Location"] == ACTIVITIES


class TestWithoutAName:
    """A draft without a name is called something."""

    @pytest.mark.parametrize(
        "route", ["", "{key}/change/", "{key}/history/", "{key}/copy/", "{key}/delete/"]
    )
    def test_pages_call_it_so(self, route, editor, body_a):
        activity = ProcessingActivity.objects.create(organisation=body_a)

        text = editor.get(ACTIVITIES + route.format(key=activity.pk)).text

        assert "(no name yet)" in text
        assert f"{activity.number}: <" not in text

    def test_pickers_messages_and_log_call_it_so(self, editor, body_a):
        form = opened(editor, None)

        page = editor.post(ADD, form, follow=True)

        name = "Agency body-a 1: (no name yet)"
        assert name in page.text
        assert str(ProcessingActivity.objects.get()) == name
        found = editor.get(
            "/admin/autocomplete/",
            {
                "app_label": "processing",
                "model_name": "processingactivity",
                "field_name": "replaced_by",
                "term": "",
            },
        )
        assert [row["text"] for row in found.json()["results"]] == [name]
        assert LogEntry.objects.get().object_repr == name


def test_start_from_a_copy_is_told(editor, activity, body_a):
    page = editor.post(f"{ACTIVITIES}{activity.pk}/copy/", {"organisation": body_a.pk}, follow=True)

    assert "Made: Agency body-a 2: Visitors." in page.text
