"""People of one body neither see nor change anything of another, whatever they send.

Everything of body B holds a canary. No answer to the people of body A may hold it, and no row of
body B may differ after what they post."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import Membership, Organisation, User
from processing.models import (
    PARTS,
    FormDraft,
    ProcessingActivity,
)
from tests.admin_forms import ACTIVITIES
from tests.isolation.helpers import CANARY, DEPARTMENTS

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["editor_a", "publisher_a"])
def person(request, theirs, hidden_body, ours) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(request.getfixturevalue(request.param))
    return client


def test_mark_is_seen_by_its_own_people(theirs, publisher_b, hidden_body):
    client = Client()
    client.force_login(publisher_b)

    for address in (
        ACTIVITIES,
        f"{ACTIVITIES}{theirs.pk}/change/",
        f"{ACTIVITIES}{theirs.pk}/history/",
    ):
        assert CANARY in client.get(address).text
    assert CANARY in client.get("/admin/organisations/organisation/").text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=secretcanary",
        "?organisation__id__exact={body}",
        "?organisation={body}",
        "?organisation__slug=body-b",
        "?organisation__name_nl__startswith=Dienst",
        "?organisation__parent__activities__name_nl__startswith=secretcanary",
        "?name_nl__startswith=secretcanary",
        "?replaced_by__name_nl__startswith=secretcanary",
        "?purposes__description_nl__contains=secretcanary",
        "?history__content__name_nl=secretcanary",
        "?state=draft",
        "?state=awaiting",
        "?gap=sentences",
        "?gap=nothing",
        "?review=overdue",
        "?o=2.-1.3",
        "?o=99",
        "?all=",
        "?p=0",
        "?e=1",
        "?_facets=True",
        "?_facets=True&organisation__id__exact={body}",
    ],
)
def test_list_holds_nothing_of_others(query, person, body_b):
    response = person.get(ACTIVITIES + query.format(body=body_b.pk), follow=True)

    # What no filter offers is refused: the number of rows would answer questions about others.
    is_offered = not re.search(r"(slug|name_nl)__?|content__|description_nl__|__slug=", query)
    assert response.status_code == (200 if is_offered else 400)
    assert f"{CANARY} changed" not in response.text
    assert f"{CANARY}-" not in response.text
    assert "body-b" not in response.text or "organisation__slug=body-b" in query


@pytest.mark.parametrize(
    "path", ["", "processing/", "organisations/", "organisations/organisation/"]
)
def test_overviews_hold_nothing_of_others(path, person):
    response = person.get(f"/admin/{path}")

    assert response.status_code == 200
    assert CANARY not in response.text
    assert "body-b" not in response.text


def test_forms_offer_nothing_of_others(person, ours, theirs, body_b):
    of_theirs, of_new = FormDraft.objects.order_by("pk").values_list("key", flat=True)
    for address in (
        f"{ACTIVITIES}add/",
        f"{ACTIVITIES}add/?draft={of_new}",
        f"{ACTIVITIES}{ours.pk}/change/?draft={of_theirs}",
        f"{ACTIVITIES}{ours.pk}/change/?draft={of_new}",
        f"{ACTIVITIES}add/?organisation={body_b.pk}&replaced_by={theirs.pk}&name_nl=prepared",
        f"{ACTIVITIES}{ours.pk}/change/",
        f"{ACTIVITIES}{ours.pk}/copy/",
        f"{ACTIVITIES}{ours.pk}/delete/",
        f"{ACTIVITIES}{ours.pk}/history/",
        f"{ACTIVITIES}templates/",
    ):
        response = person.get(address)
        assert response.status_code == 200
        assert CANARY not in response.text
        assert f'value="{body_b.pk}" selected' not in response.text
        # Nor does the address of a form fill it in for whoever follows it.
        assert 'value="prepared"' not in response.text


def relations() -> list[tuple[str, str, str]]:
    """(app, model, field) of every relation of every model of ours."""
    return [
        (model._meta.app_label, model._meta.model_name, field.name)
        for model in (*PARTS, ProcessingActivity, Organisation, Membership, User)
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation
    ]


@pytest.mark.parametrize(("app", "model", "field"), relations())
def test_searchable_choices_find_nothing_of_others(app, model, field, person, body_b):
    about = {"app_label": app, "model_name": model, "field_name": field}
    for term in ("", CANARY, "body-b"):
        response = person.get(reverse("admin:autocomplete"), about | {"term": term})

        assert response.status_code in (200, 403, 404)
        assert CANARY not in response.text
        if (model, field) == ("processingactivity", "organisation"):
            # Their own body only can be the controller.
            assert str(body_b) not in response.text


def test_addresses_of_others_are_not_there(person, theirs, body_b, hidden_body):
    entry = theirs.history.saved().first().number
    for address in (
        *(
            f"{ACTIVITIES}{theirs.pk}/{page}"
            for page in ("change/", "delete/", "history/", "copy/", "remarks/", "draft/")
        ),
        *(f"{ACTIVITIES}{theirs.pk}/preview/{language}/" for language in ("nl", "en")),
        f"{ACTIVITIES}{theirs.pk}/change/?draft={theirs.form_drafts.get().key}",
        f"{ACTIVITIES}{theirs.pk}/compare/",
        f"{ACTIVITIES}{theirs.pk}/erase/",
        f"{ACTIVITIES}{theirs.pk}/steps/publish/",
        f"{ACTIVITIES}{theirs.pk}/steps/request/",
        f"{ACTIVITIES}{theirs.pk}/steps/review/",
        f"{ACTIVITIES}{theirs.pk}/history/{entry}/restore/",
        f"/admin/organisations/organisation/{body_b.pk}/change/",
        f"/admin/organisations/organisation/{hidden_body.pk}/history/",
        *(f"{DEPARTMENTS}{theirs.department_id}/{page}/" for page in ("change", "history")),
        f"/admin/r/1/{theirs.pk}/",
    ):
        response = person.get(address)
        assert response.status_code == 404, address
        assert CANARY not in response.text
