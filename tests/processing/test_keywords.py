"""The words that people use for an entry: written by its body, shown, and found."""

import pytest
from django.test import Client

from processing.models import ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of
from tests.processing.finding.pages import find, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(editor_a) -> Client:
    client = Client()
    client.force_login(editor_a)
    return client


@pytest.fixture
def publish(body_a, publisher_a):
    def publish(name: str, **fields) -> ProcessingActivity:
        activity = factories.create_activity(body_a, name=name, **fields)
        activity.publish(by=publisher_a)
        return activity

    return publish


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("holiday money; when paid", "holiday money; when paid"),
        ("holiday money;when paid;", "holiday money; when paid"),
        ("holiday money\r\n\r\n when   paid ", "holiday money; when paid"),
        ("Dole; benefit; dole;  ; DOLE", "Dole; benefit"),
        (" ; ;\n", ""),
    ],
)
def test_phrases_are_kept_each_once_in_one_form(typed, kept, body_a, editor):
    activity = factories.create_activity(body_a)

    form = form_of(editor, activity) | {"keywords_en": typed}
    editor.post(f"{ACTIVITIES}{activity.pk}/change/", form)

    activity.refresh_from_db()
    assert activity.keywords_en == kept


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "holiday money"), ("nl", "verlofcenten"), ("fr", "verlofcenten"), ("de", "verlofcent")],
)
def test_entry_is_found_by_its_words_in_any_language(language, text, publish, visitor):
    publish("Annual vacation", keywords_en="holiday money", keywords_nl="verlofcenten")
    publish("Other")

    assert found(find(visitor, language, q=text)) == ["Annual vacation"]


def test_words_weigh_less_than_the_name_and_more_than_the_rest(publish, visitor):
    publish("Badge")
    publish("Second", keywords_en="badge; one more; and another")
    publish("Last", security_en="A badge for you.")

    assert found(find(visitor, "en", q="badge")) == ["Badge", "Second", "Last"]


def test_page_shows_the_words_at_the_end(publish, visitor):
    publish("Annual vacation", keywords_en="holiday money; when paid")

    page = visitor.get("/en/processing/body-a/1/").text

    assert "People also look for this with" in page
    assert page.index("holiday money · when paid") > page.index("About this entry")


def test_entry_without_words_lacks_them(body_a):
    gaps = [
        "keywords" in factories.create_activity(body_a, keywords_en=words).completeness().codes
        for words in ("", "badge")
    ]

    assert gaps == [True, False]
