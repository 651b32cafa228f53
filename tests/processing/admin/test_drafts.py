"""What somebody types is kept until it is saved: for the person alone, and offered again."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from organisations.models import Membership
from organisations.rows import MOST_ROWS
from processing.models import FormDraft, ProcessingActivity
from processing.models.form_draft import LASTS, MOST_DRAFTS
from processing.publishing import MOST_CHARACTERS
from tests import factories
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.test_meanwhile import _sent
from tests.test_isolation import ACTIVITIES, form_of, values_in

pytestmark = pytest.mark.django_db

ADD = f"{ACTIVITIES}add/"
WORDS = "secret words"


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a)
    activity.remember(by=editor_a)
    return activity


@pytest.fixture
def colleague(publisher_a) -> Client:
    return logged_in(publisher_a)


def address_of(activity: ProcessingActivity | None) -> str:
    return f"{ACTIVITIES}{activity.pk}/change/" if activity else ADD


def opened(client: Client, activity: ProcessingActivity | None) -> dict[str, object]:
    """The form as a browser has it, with its own key."""
    page = client.get(address_of(activity))
    return _sent(page.text) | {"draft": page.context["draft"]["key"]}


def keep(client: Client, activity: ProcessingActivity | None, form: dict, turn: int = 1):
    """As the page does every few seconds."""
    address = f"{ACTIVITIES}{activity.pk}/draft/" if activity else f"{ACTIVITIES}draft/"
    return client.post(address, form | {"draft_turn": turn})


def take_up(client: Client, activity: ProcessingActivity | None):
    """Follow the link that the form offers."""
    offered = client.get(address_of(activity)).context["offered"]
    return client.get(offered[0]["address"])


def new_row(text: str) -> dict[str, object]:
    row = {"category": "A1", "detail_en": text, "is_mandatory": "unknown", "id": ""}
    return {f"data-1-{name}": value for name, value in row.items()} | {"data-TOTAL_FORMS": "2"}


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


class TestForWhom:
    def test_nobody_else_sees_it(self, editor, colleague, activity, administrator):
        form = opened(editor, activity) | {"name_en": WORDS}
        keep(editor, activity, form)

        for client in (colleague, logged_in(administrator)):
            page = client.get(address_of(activity), {"draft": form["draft"]})
            thrown = client.post(f"{ACTIVITIES}draft/{form['draft']}/discard/")

            assert page.context["offered"] == page.context["left_elsewhere"] == []
            assert WORDS not in page.text
            assert thrown.status_code == 404
        assert FormDraft.objects.exists()

    def test_who_no_longer_works_for_the_body_sees_it_no_more(
        self, editor, activity, editor_a, body_a, body_b
    ):
        key = factories.create_draft(editor_a, activity, name_en=WORDS).key
        of_body = factories.create_draft(editor_a, None, body_a, name_en=WORDS)
        of_either = factories.create_draft(editor_a, None, body_a, body_b, name_en=WORDS)
        Membership.objects.create(user=editor_a, organisation=body_b, role="editor")
        assert len(editor.get(ADD).context["offered"]) == 2

        editor_a.memberships.filter(organisation=body_a).delete()

        assert editor.get(address_of(activity), {"draft": key}).status_code == 404
        page = editor.get(ADD)
        assert page.context["offered"] == page.context["left_elsewhere"] == []
        for draft in (of_body, of_either):
            assert WORDS not in editor.get(ADD, {"draft": draft.key}).text
            thrown = editor.post(f"{ACTIVITIES}draft/{draft.key}/discard/")
            assert thrown.status_code == 404

    def test_body_that_is_not_chosen_yet_may_be_any_of_the_persons(
        self, editor, editor_a, body_a, body_b
    ):
        Membership.objects.create(user=editor_a, organisation=body_b, role="editor")

        keep(editor, None, opened(editor, None) | {"organisation": ""})

        assert set(FormDraft.objects.get().bodies) == {body_a.pk, body_b.pk}

    def test_erasing_words_of_an_activity_erases_what_is_typed_about_it(
        self, activity, editor_a, publisher_a, body_a
    ):
        other = factories.create_activity(body_a)
        factories.create_draft(editor_a, activity, name_en=WORDS)
        factories.create_draft(editor_a, other)
        activity.name_en = "Another"
        activity.save()
        activity.remember(by=editor_a)

        activity.erase(activity.erasable(), by=publisher_a, reason="x", seen=2)

        assert FormDraft.objects.get().activity == other

    def test_it_goes_with_the_person_and_with_the_activity(self, activity, editor_a, publisher_a):
        factories.create_draft(editor_a, activity)
        factories.create_draft(publisher_a, activity)

        editor_a.delete()
        assert FormDraft.objects.count() == 1
        activity.delete()
        assert not FormDraft.objects.exists()

    def test_after_a_week_it_is_offered_no_more_and_erased(self, editor, activity, editor_a):
        old = factories.create_draft(editor_a, activity)
        young = factories.create_draft(editor_a, activity)
        moments = {old: LASTS, young: LASTS - timedelta(minutes=5)}
        for draft, age in moments.items():
            FormDraft.objects.filter(pk=draft.pk).update(at=timezone.now() - age)

        offered = editor.get(address_of(activity)).context["offered"]
        told = io.StringIO()
        call_command("purge", stdout=told)

        assert [one["draft"] for one in offered] == [young]
        assert "forms left unsaved: 1\n" in told.getvalue()
        assert FormDraft.objects.get() == young


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
