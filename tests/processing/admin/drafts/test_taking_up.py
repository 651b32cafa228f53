"""What somebody types is kept until it is saved: for the person alone, and offered again."""

from uuid import uuid4

import pytest

from processing.models import FormDraft, ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of, values_in
from tests.processing.admin.drafts.helpers import WORDS, address_of, keep, opened, take_up
from tests.processing.admin.test_meanwhile import _sent

pytestmark = pytest.mark.django_db


def new_row(text: str) -> dict[str, object]:
    row = {"category": "A1", "detail_en": text, "is_mandatory": "unknown", "id": ""}
    return {f"data-1-{name}": value for name, value in row.items()} | {"data-TOTAL_FORMS": "2"}


class TestTakingUp:
    def test_form_offers_what_was_kept_and_shows_it(self, editor, activity):
        form = opened(editor, activity) | {"name_en": WORDS, "vulnerable_people": "on"}
        keep(editor, activity, form | {"summary_fr": "Deux\nlignes", "data_subjects": ["12"]})

        page = editor.get(address_of(activity))
        taken = take_up(editor, activity)

        assert "did not save it" in page.text
        assert WORDS not in page.text
        values = _sent(taken.text)
        assert values["name_en"] == WORDS
        assert values["summary_fr"].replace("\r\n", "\n") == "Deux\nlignes"
        assert (values["vulnerable_people"], values["data_subjects"]) == ("on", "12")
        assert list(taken.context["errors"]) == []
        activity.refresh_from_db()
        assert activity.name_en == "Visitors"

    def test_key_of_one_activity_fills_no_form_of_another(self, editor, activity, body_a):
        form = opened(editor, activity)
        keep(editor, activity, form | {"name_en": WORDS})
        other = factories.create_activity(body_a)

        page = editor.get(address_of(other), {"draft": form["draft"]}, follow=True)

        assert _sent(page.text)["name_en"] == "Visitors"

    def test_new_activity_is_offered_where_one_is_added(self, editor, body_a):
        keep(editor, None, opened(editor, None) | {"name_en": WORDS} | new_row("Row"))

        taken = take_up(editor, None)

        values = _sent(taken.text)
        assert (values["name_en"], values["data-1-detail_en"]) == (WORDS, "Row")
        assert values["organisation"] == str(body_a.pk)
        assert not ProcessingActivity.objects.exists()

    def test_rows_are_as_they_were_left(self, editor, activity):
        form = opened(editor, activity) | new_row("Row") | {"purposes-0-DELETE": "on"}
        keep(editor, activity, form)

        values = _sent(take_up(editor, activity).text)
        saved = editor.post(address_of(activity), values)

        assert saved.status_code == 302
        assert [item.detail_en or "" for item in activity.data.order_by("pk")] == ["", "Row"]
        assert not activity.purposes.exists()

    def test_what_somebody_else_saved_since_is_told_first(self, editor, colleague, activity):
        form = opened(editor, activity) | {"name_en": WORDS, "data-0-detail_en": "Row"}
        keep(editor, activity, form)
        removed = form_of(colleague, activity) | {"data-0-DELETE": "on", "summary_en": "Theirs"}
        assert colleague.post(address_of(activity), removed).status_code == 302

        taken = take_up(editor, activity)

        assert "Somebody else saved this activity" in taken.text
        assert "Somebody else removed rows that your form has." in taken.text
        assert "Theirs" in taken.text
        values = _sent(taken.text) | {"draft": taken.context["draft"]["key"]}
        assert values["name_en"] == WORDS
        assert editor.post(address_of(activity), values).status_code == 302
        activity.refresh_from_db()
        assert activity.name_en == WORDS
        assert activity.data.get().detail_en == "Row"

    def test_what_does_not_fit_is_told_as_when_saving(self, editor, activity):
        keep(editor, activity, opened(editor, activity) | {"starts_on": "tomorrow"})

        taken = take_up(editor, activity)

        assert 'value="tomorrow"' in taken.text
        assert "Enter a valid date." in taken.text

    def test_what_is_no_longer_kept_leads_to_the_form(self, editor, activity):
        for key in (uuid4(), "x", "\u00e9"):
            page = editor.get(address_of(activity), {"draft": key})

            assert page.status_code == 200
            assert values_in(page.text)["name_en"] == "Visitors"

    def test_thrown_away_is_gone(self, editor, activity):
        form = opened(editor, activity)
        keep(editor, activity, form)

        answer = editor.post(f"{ACTIVITIES}draft/{form['draft']}/discard/", follow=True)

        assert answer.redirect_chain == [(address_of(activity), 302)]
        assert "thrown away" in answer.text
        assert not FormDraft.objects.exists()

    def test_other_forms_that_were_left_are_listed(self, editor, activity, body_a):
        other = factories.create_activity(body_a, name="Parking")
        keep(editor, other, opened(editor, other))
        keep(editor, None, opened(editor, None))

        page = editor.get(address_of(activity))

        assert page.context["offered"] == []
        assert len(page.context["left_elsewhere"]) == 2
        assert "Parking" in page.text

    def test_taking_up_saves_nothing_whatever_the_address_says(self, editor, activity):
        form = opened(editor, activity)
        keep(editor, activity, form | {"name_en": WORDS})

        for extra in ({"_save": "1"}, {"_continue": "1"}, {"_saveasnew": "1"}):
            answer = editor.get(address_of(activity), {"draft": form["draft"]} | extra)

            assert answer.status_code == 200
        activity.refresh_from_db()
        assert activity.name_en == "Visitors"
        assert activity.history.count() == 1

    def test_head_answers_as_get(self, editor, activity):
        form = opened(editor, activity)
        keep(editor, activity, form)

        answer = editor.head(address_of(activity), {"draft": form["draft"]})

        assert (answer.status_code, answer.content) == (200, b"")
