"""What somebody types is kept until it is saved: for the person alone, and offered again."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from organisations.rows import MOST_ROWS
from processing.models import FormDraft
from processing.models.form_draft import LASTS, MOST_DRAFTS
from processing.publishing import MOST_CHARACTERS
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.processing.admin.drafts.helpers import WORDS, keep, opened, take_up

pytestmark = pytest.mark.django_db


class TestKeeping:
    def test_what_is_typed_is_kept_and_the_time_told(self, editor, activity, editor_a):
        form = opened(editor, activity) | {"name_en": WORDS}

        answer = keep(editor, activity, form)

        draft = FormDraft.objects.get()
        assert answer.json()["told"].startswith("Kept at ")
        assert (draft.person, draft.activity) == (editor_a, activity)
        assert draft.fields["name_en"] == [WORDS]
        assert draft.fields["known"] == ["1"]
        assert not {"csrfmiddlewaretoken", "draft", "draft_turn"} & draft.fields.keys()
        activity.refresh_from_db()
        assert activity.name_en == "Visitors"

    def test_later_turn_of_the_same_form_takes_the_place_of_the_earlier(self, editor, activity):
        form = opened(editor, activity)

        for turn, text in ((1, "One"), (3, "Three"), (2, "Late")):
            answer = keep(editor, activity, form | {"name_en": text}, turn)

        assert FormDraft.objects.get().fields["name_en"] == ["Three"]
        assert (answer.status_code, answer.json()) == (409, {"turn": 3})

    def test_form_that_is_opened_twice_is_kept_twice(self, editor, activity):
        for text in ("One", "Two"):
            keep(editor, activity, opened(editor, activity) | {"name_en": text})

        names = [draft.fields["name_en"] for draft in FormDraft.objects.order_by("pk")]
        assert names == [["One"], ["Two"]]

    def test_key_of_one_activity_keeps_nothing_of_another(self, editor, activity, body_a):
        other = factories.create_activity(body_a)
        form = opened(editor, activity)
        keep(editor, activity, form | {"name_en": WORDS})

        answer = keep(editor, other, form | {"name_en": "Other"}, turn=2)

        assert answer.status_code == 404
        assert FormDraft.objects.get().fields["name_en"] == [WORDS]

    def test_what_is_more_than_a_form_may_hold_is_refused(self, editor, activity):
        form = opened(editor, activity)
        most = MOST_CHARACTERS - 10_000

        answers = [
            keep(editor, activity, form | {"summary_nl": "x" * most}, 1),
            keep(editor, activity, form | {"summary_nl": "x" * (MOST_CHARACTERS + 1)}, 2),
            keep(editor, activity, form | {f"data-{MOST_ROWS}-detail_nl": "x"}, 3),
            keep(editor, activity, form | {"data-TOTAL_FORMS": "500"}, 4),
        ]

        assert [answer.status_code for answer in answers] == [200, 413, 200, 200]
        assert f"{MOST_CHARACTERS} fit in one activity" in answers[1].json()["told"]

    def test_rows_beyond_the_limit_of_a_form_are_refused(self, editor, activity):
        form = opened(editor, activity)
        rows = {"data-TOTAL_FORMS": "500", f"data-{MOST_ROWS}-detail_nl": "x"}

        answer = keep(editor, activity, form | rows)

        assert answer.status_code == 413
        assert not FormDraft.objects.exists()

    def test_somebody_leaves_so_many_forms_at_most(self, editor, activity, editor_a):
        for _number in range(MOST_DRAFTS):
            factories.create_draft(editor_a, activity)

        refused = keep(editor, activity, opened(editor, activity))
        FormDraft.objects.filter(pk=FormDraft.objects.first().pk).update(at=timezone.now() - LASTS)
        kept = keep(editor, activity, opened(editor, activity))

        assert "too many forms unsaved" in refused.json()["told"]
        assert kept.status_code == 200
        assert FormDraft.objects.count() == MOST_DRAFTS

    def test_forms_of_a_body_that_somebody_has_left_hinder_nothing(
        self, editor, activity, editor_a, body_b
    ):
        """They can neither be taken up nor thrown away."""
        for _number in range(MOST_DRAFTS):
            factories.create_draft(editor_a, None, body_b)

        kept = keep(editor, activity, opened(editor, activity))

        assert kept.status_code == 200
        assert FormDraft.objects.get().activity == activity

    @pytest.mark.parametrize(
        "nonsense",
        [
            *({"draft": ""}, {"draft": "x"}, {"draft": "\0"}, {"draft_turn": ""}),
            *({"draft_turn": "-1"}, {"draft_turn": "9" * 20}, {"data-TOTAL_FORMS": "x"}),
        ],
    )
    def test_nonsense_is_refused(self, nonsense, editor, activity):
        form = opened(editor, activity) | {"draft_turn": 1} | nonsense

        answer = editor.post(f"{ACTIVITIES}{activity.pk}/draft/", form)

        assert answer.status_code == 400
        assert not FormDraft.objects.exists()

    def test_no_sign_makes_it_fail(self, editor, activity):
        """The database stores no NUL."""
        form = opened(editor, activity) | {"name_en": "a\0b\u2028😀", "x\0y": "z", "_save": "1"}

        keep(editor, activity, form)

        fields = FormDraft.objects.get().fields
        assert fields["name_en"] == ["ab\u2028😀"]
        assert not {"x\0y", "_save"} & fields.keys()

    def test_form_of_another_site_is_not_kept(self, editor_a, activity):
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(editor_a)
        token = careful.get(f"{ACTIVITIES}{activity.pk}/draft/").json()["token"]
        form = {"draft": str(uuid4()), "name_en": WORDS}

        refused = keep(careful, activity, form)
        kept = keep(careful, activity, form | {"csrfmiddlewaretoken": token})

        assert (refused.status_code, kept.status_code) == (403, 200)
        assert WORDS not in refused.text
        assert FormDraft.objects.count() == 1

    def test_logs_hold_nothing_of_it(self, editor, activity, caplog):
        form = opened(editor, activity) | {"name_en": WORDS}

        keep(editor, activity, form)
        keep(editor, activity, form | {"summary_nl": "x" * (MOST_CHARACTERS + 1)}, 2)
        take_up(editor, activity)

        assert WORDS not in caplog.text
