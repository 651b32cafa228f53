"""A day is written with the day first, as in Belgium, in every field and language of the admin."""

import re
from datetime import date, timedelta

import pytest
from django import forms
from django.contrib import admin
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from organisations.models import User
from processing.models import ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db

# 1 February, which an American would take for 2 January.
WRITTEN = [
    *("01/02/2029", "1/2/2029", "01-02-2029", "01.02.2029", "01/02/29"),
    *("2029-02-01", "2029/02/01"),
]
FIRST_OF_FEBRUARY = date(2029, 2, 1)
AS_THE_FORM_WRITES_IT = {
    "nl": "01/02/2029",
    "fr": "01/02/2029",
    "de": "01.02.2029",
    "en": "01/02/2029",
}


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a)


def speaks(person: User, language: str) -> None:
    person.language = language
    person.save()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", WRITTEN)
def test_day_comes_first(written, language, editor, editor_a, activity):
    speaks(editor_a, language)
    form = form_of(editor, activity) | {"starts_on": written}

    answer = editor.post(f"{ACTIVITIES}{activity.pk}/change/", form)

    activity.refresh_from_db()
    assert (answer.status_code, activity.starts_on) == (302, FIRST_OF_FEBRUARY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", ["02/13/2029", "31/02/2029", "2029", "x"])
def test_what_is_no_day_is_refused(written, language, editor, editor_a, activity):
    speaks(editor_a, language)
    form = form_of(editor, activity) | {"starts_on": written}

    answer = editor.post(f"{ACTIVITIES}{activity.pk}/change/", form)

    activity.refresh_from_db()
    assert (answer.status_code, activity.starts_on) == (200, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_and_calendar_write_it_as_they_read_it(language, editor, editor_a, activity):
    speaks(editor_a, language)
    activity.starts_on = FIRST_OF_FEBRUARY
    activity.save()

    form = form_of(editor, activity)
    script = editor.get("/admin/jsi18n/").text

    assert form["starts_on"] == AS_THE_FORM_WRITES_IT[language]
    first = re.search(r'"DATE_INPUT_FORMATS": \[\s*"([^"]+)"', script)[1]
    assert FIRST_OF_FEBRUARY.strftime(first) == AS_THE_FORM_WRITES_IT[language]
    assert re.search(r'"FIRST_DAY_OF_WEEK": 1\b', script)


@pytest.mark.parametrize("language", LANGUAGES)
def test_moments_are_told_with_the_day_first(language, editor, editor_a, activity):
    speaks(editor_a, language)
    moment = timezone.now().replace(2029, 2, 1, 12)
    ProcessingActivity.objects.filter(pk=activity.pk).update(changed_at=moment)

    assert AS_THE_FORM_WRITES_IT[language] in editor.get(ACTIVITIES).text


def date_fields(administrator: User) -> list[tuple[str, forms.Field]]:
    request = RequestFactory().get("/")
    request.user = administrator
    found = []
    for model, model_admin in admin.site._registry.items():
        shown = [model_admin, *model_admin.get_inline_instances(request)]
        for form_of_it in shown:
            for field in form_of_it.opts.concrete_fields:
                form_field = form_of_it.formfield_for_dbfield(field, request)
                if isinstance(form_field, forms.DateField):
                    found.append((f"{model.__name__}.{field.name}", form_field))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_date_field_says_so_beside_it(language, administrator):
    example = date(2029, 12, 31).strftime("%d.%m.%Y" if language == "de" else "%d/%m/%Y")

    with translation.override(language):
        fields = date_fields(administrator)

    names = {name for name, _field in fields}
    assert {"ProcessingActivity.starts_on", "Question.due_on"} <= names
    assert [name for name, field in fields if example not in str(field.help_text)] == []


def test_question_is_due_on_the_day_that_was_written(publisher_a, body_a):
    question = factories.create_question(body_a)
    client = Client()
    client.force_login(publisher_a)
    address = f"/admin/contact/question/{question.pk}/change/"
    due = timezone.localdate() + timedelta(days=40)
    known = re.search(r'name="known" value="([^"]*)"', client.get(address).text)[1]

    client.post(
        address,
        {"known": known, "status": "new", "due_on": due.strftime("%d/%m/%Y"), "notes": ""},
    )

    question.refresh_from_db()
    assert question.due_on == due
