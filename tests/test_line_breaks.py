"""A line break counts once, as browsers count it, in every field of several lines: it is sent as
two characters."""

import pytest
from django import forms
from django.contrib import admin
from django.test import RequestFactory
from django.utils import timezone

from contact.forms import LONGEST_MESSAGE, ContactForm
from organisations.form_fields import PhrasesFormField
from processing.admin.erasure import ErasureForm
from processing.admin.forms import RemarkForm
from tests import factories
from tests.contact.test_contact import WRITTEN, send

pytestmark = pytest.mark.django_db

# What a text without a limit is tried with.
SOME = 5_000


def all_subclasses(form: type) -> set[type]:
    return {form, *(deeper for below in form.__subclasses__() for deeper in all_subclasses(below))}


@pytest.fixture
def fields(administrator) -> dict[str, forms.Field]:
    """Every field of several lines: of the admin, and of all forms of ours."""
    request = RequestFactory().get("/")
    request.user = administrator
    found = {}
    for model_admin in admin.site._registry.values():
        for shown in (model_admin, *model_admin.get_inline_instances(request)):
            for field in shown.opts.concrete_fields:
                name = f"{shown.opts.label}.{field.name}"
                found[name] = shown.formfield_for_dbfield(field, request)
    for form in all_subclasses(forms.BaseForm):
        if form.__module__.split(".")[0] in ("organisations", "processing", "contact"):
            for name, field in getattr(form, "base_fields", {}).items():
                found[f"{form.__module__}.{form.__name__}.{name}"] = field
    return {
        name: field
        for name, field in found.items()
        if isinstance(field, forms.CharField)
        # Of phrases, a line break is no part.
        and not isinstance(field, forms.JSONField | PhrasesFormField)
        and (isinstance(field.widget, forms.Textarea) or name.endswith("ContactForm.message"))
    }


def sent(length: int) -> str:
    """A text of so many characters, as a browser sends it: every other one is a line break."""
    return "x\r\n" * ((length - 1) // 2) + "x" * (1 + (length - 1) % 2)


def test_every_field_of_several_lines_counts_a_line_break_once(fields):
    refused, kept_as_two = [], []
    for name, field in fields.items():
        length = field.max_length or SOME
        try:
            text = field.clean(sent(length))
        except forms.ValidationError:
            refused.append(name)
            continue
        if "\r" in text or len(text) != length:
            kept_as_two.append(name)

    assert {"contact.Question.notes", "processing.ProcessingActivity.remarks"} <= fields.keys()
    assert (refused, kept_as_two) == ([], [])


def test_one_more_character_is_refused(fields):
    limited = {name: field for name, field in fields.items() if field.max_length}
    accepted = []
    for name, field in limited.items():
        try:
            field.clean(sent(field.max_length + 1))
        except forms.ValidationError:
            continue
        accepted.append(name)

    assert limited
    assert accepted == []


def test_forms_of_their_own_are_among_them(fields):
    for form in (RemarkForm, ErasureForm, ContactForm):
        assert any(f".{form.__name__}." in name for name in fields)


def test_longest_message_of_a_citizen_arrives(body_a):
    message = sent(LONGEST_MESSAGE)

    answer = send(WRITTEN | {"message": message})

    assert answer.status_code == 302
    assert body_a.questions.get().message == message.replace("\r\n", "\n")


def test_notes_of_a_body_stay_as_they_were_typed(publisher_a, body_a):
    question = factories.create_question(body_a, received_at=timezone.now())
    request = RequestFactory().get("/")
    request.user = publisher_a
    field = admin.site.get_model_admin(type(question)).formfield_for_dbfield(
        question._meta.get_field("notes"), request
    )

    assert field.clean("one\r\ntwo\rthree\nfour") == "one\ntwo\nthree\nfour"
