"""What somebody types is kept until it is saved: for the person alone, and offered again."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from organisations.models import Membership
from processing.models import FormDraft
from processing.models.form_draft import LASTS
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.drafts.helpers import ADD, WORDS, address_of, keep, opened

pytestmark = pytest.mark.django_db


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

    def test_key_of_somebody_else_changes_nothing_of_theirs(
        self, editor, colleague, activity, editor_a
    ):
        form = opened(editor, activity)
        keep(editor, activity, form | {"name_en": WORDS})

        keep(colleague, activity, form | {"name_en": "Other"}, turn=2)

        assert FormDraft.objects.get(person=editor_a).fields["name_en"] == [WORDS]

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
