"""No sentence of the admin has the name of a kind of row in its middle, where grammar bends it."""

import gettext
import html
import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.contrib import admin
from django.db import models, transaction
from django.test import Client
from django.utils import translation
from django.utils.text import capfirst

from contact.models import Mail, Question
from organisations.models import Department, Organisation, User
from processing.models import PARTS, ActivityTemplate, ProcessingActivity, Synonym
from registry_site.sentences_of_django import NOT_SAID, SENTENCES
from tests import factories
from tests.admin_forms import values_in

LANGUAGES = ("nl", "fr", "de")
DJANGO = Path(django.__file__).parent
# How Django calls the kind of row in its sentences.
NAMES = (
    *("name", "verbose_name", "verbose_name_plural", "object_name", "objects_name", "items"),
    *("model_name", "module_name", "model", "class_name", "app", "filter_title", "fields"),
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}|%(s)")
# What such a name may follow: a colon, a bracket, a number; or nothing but the end of a sentence.
BY_ITSELF = re.compile(r"(: |\(|%\((count|total_count)\)[ds] |\(\{fields\}, )$")
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)


def names_in(sentence: str) -> list[re.Match]:
    """The places of the names of kinds in a sentence; `%s` is always one."""
    found = PLACEHOLDER.finditer(sentence)
    return [place for place in found if (place[1] or place[2] or "s") in (*NAMES, "s")]


def stock(sentence: str, language: str) -> str:
    """How Django itself translates it."""
    for place in ("contrib/admin/locale", "conf/locale"):
        catalogue = gettext.translation("django", DJANGO / place, [language])
        if (told := catalogue.gettext(sentence)) != sentence:
            return told
    raise AssertionError(f"{language}: Django has no such sentence: {sentence}")


def test_every_sentence_about_a_kind_of_row_is_known():
    """What a new version of Django says in other words is found here."""
    with (DJANGO / "contrib/admin/locale/en/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    said = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue}
    about_kinds = {sentence for sentence in said if names_in(sentence)}
    # "%s" is also an object: a colon stands before it already.
    about_kinds -= {"Change history: %s"}

    assert about_kinds - {*SENTENCES} - NOT_SAID == set()
    assert about_kinds >= NOT_SAID
    # Of forms, beside those of the admin.
    assert {s for s in SENTENCES if s not in said} == {
        f"%(model_name)s with this %(field_{label})s already exists."
        for label in ("label", "labels")
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_translation_leaves_the_name_by_itself(sentence, language):
    with translation.override(language):
        told = translation.gettext(sentence)

    assert told != stock(sentence, language)
    assert told != sentence
    for place in names_in(told):
        assert BY_ITSELF.search(told[: place.start()]), told
    assert len(names_in(told)) == len({p[0] for p in names_in(sentence)})


@pytest.fixture
def rows(body_a, publisher_a, editor_a) -> dict[type[models.Model], models.Model]:
    """A row of each kind that the admin has."""
    question = factories.create_question(body_a)
    return {
        ProcessingActivity: factories.create_activity(body_a),
        Organisation: body_a,
        Department: body_a.departments.create(name_nl="Geschillen", name_en="Disputes"),
        User: editor_a,
        Question: question,
        Mail: Mail.objects.filter(question=question)[0],
        ActivityTemplate: ActivityTemplate.objects.create(slug="made", title_nl="Gemaakt"),
        Synonym: Synonym.objects.create(language="en", everyday="chips", means="fries"),
    }


def pages_about(model: type[models.Model], row: models.Model, client: Client) -> Iterator[str]:
    """What the admin says of a kind of row: each of its pages, and what it tells afterwards."""
    start = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    selected = {"action": "delete_selected", "_selected_action": [row.pk]}
    yield client.get(f"/admin/{model._meta.app_label}/").text
    yield client.get(start).text
    yield client.get(f"{start}?_popup=1").text
    yield client.post(start, selected, follow=True).text
    change = client.get(f"{start}{row.pk}/change/").text
    yield change
    yield client.get(f"{start}{row.pk}/delete/").text
    for button in ("_save", "_continue", "_addanother"):
        if f'name="{button}"' in change:
            form = values_in(change, model._meta.model_name) | {button: "1"}
            yield client.post(f"{start}{row.pk}/change/", form, follow=True).text
    yield client.get(f"{start}{row.pk}/history/").text
    added = client.get(f"{start}add/")
    yield added.text
    if added.status_code == 200:
        filled = values_in(change, model._meta.model_name)
        filled = {name: value for name, value in filled.items() if "_FORMS" not in name}
        sent = values_in(added.text, model._meta.model_name) | filled
        # The same once more, and something new.
        yield client.post(f"{start}add/", sent, follow=True).text
        keys = {"code": "NEW", "slug": "new", "email": "new@people.example", "known": "0"}
        for button in ("_save", "_continue", "_addanother"):
            with transaction.atomic():
                fresh = sent | {name: keys[name] for name in keys if name in sent} | {button: "1"}
                yield client.post(f"{start}add/", fresh, follow=True).text
                transaction.set_rollback(True)
    with transaction.atomic():
        yield client.post(f"{start}{row.pk}/delete/", {"post": "yes"}, follow=True).text
        transaction.set_rollback(True)
    with transaction.atomic():
        yield client.post(start, selected | {"post": "yes"}, follow=True).text
        transaction.set_rollback(True)


def glued(language: str, model: type[models.Model]) -> Iterator[re.Pattern]:
    """The sentences of Django about the kind, as they stand in a page without our translation."""
    kinds = (model, *PARTS, *(field.related_model for field in model._meta.related_objects))
    with translation.override(language):
        names = {str(n) for k in kinds for n in (k._meta.verbose_name, k._meta.verbose_name_plural)}
        titles = {str(model._meta.app_config.verbose_name), *_filters(model)}
    names |= {capfirst(name) for name in names}
    for sentence in SENTENCES:
        about = titles if re.search(r"\((filter_title|app)\)|application", sentence) else names
        told, end = "", 0
        translated = stock(sentence, language).strip()
        named = [place.span() for place in names_in(translated)]
        if not named or "{fields}." in translated.replace(" ", ""):
            continue
        for place in PLACEHOLDER.finditer(translated):
            words = "|".join(sorted(map(re.escape, about)))
            told += re.escape(translated[end : place.start()])
            told += f"(?:{words})" if place.span() in named else ".{1,200}?"
            end = place.end()
        yield re.compile(told + re.escape(translated[end:]))


def _filters(model: type[models.Model]) -> set[str]:
    """The titles of the filters beside the list."""
    found = set()
    for entry in admin.site._registry[model].list_filter:
        if isinstance(entry, type):
            found.add(str(entry.title))
        else:
            name = entry[0] if isinstance(entry, tuple) else entry
            found.add(str(model._meta.get_field(name).verbose_name))
    return found


def words_of(page: str) -> str:
    """What a page says, also in its inline forms to come."""
    attributes = " ".join(re.findall(r'(?:data-inline-formset|title)="([^"]*)"', page))
    # Links stand within a sentence; what other tags part are no words of one.
    text = re.sub(r"</?a\b[^>]*>", "", page)
    text = re.sub(r"<[^>]*>", " | ", text)
    # Not the spaces that hold a French colon.
    text = re.sub(r"[ \t\r\n]+", " ", text)
    return html.unescape(text) + html.unescape(html.unescape(attributes))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
def test_no_page_says_a_glued_sentence(model, language, rows, administrator):
    administrator.language = language
    administrator.save()
    client = Client()
    client.force_login(administrator)
    row = rows.get(model) or model._default_manager.get(pk=model._default_manager.first().pk)

    pages = [words_of(page) for page in pages_about(model, row, client)]

    assert len(pages) > 6
    said = [(pattern.pattern, p) for pattern in glued(language, model) for p in pages]
    assert [pattern for pattern, page in said if re.search(pattern, page)] == []
    # Ours is said, so the search looks at the right pages.
    with translation.override(language):
        heads = [translation.gettext(s) for s in ("Change %s", "View %s")]
        ours = [head % model._meta.verbose_name for head in heads]
    assert any(head in page for head in ours for page in pages)
