"""The whole register of a body on paper, for its authority: whole, scoped, never kept, recorded."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from organisations import public_page
from organisations.models import Organisation
from processing.admin import printing
from processing.models import PARTS, ProcessingActivity
from tests import factories

pytestmark = pytest.mark.django_db


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def editor(editor_a) -> Client:
    return client_of(editor_a)


def address(body: Organisation, query: str = "") -> str:
    return f"/admin/processing/processingactivity/print/{body.pk}/{query}"


def printed(client: Client, body: Organisation, query: str = "") -> str:
    response = client.get(address(body, query))
    assert response.status_code == 200
    return response.getvalue().decode()


def test_every_field_of_every_activity_is_on_it(editor, body_a, body_b):
    factories.create_full_activity(body_a, body_b, "text")
    expected = [
        word
        for model in (ProcessingActivity, *PARTS)
        for word in factories.canary_texts(model, "text").values()
    ]

    page = printed(editor, body_a)

    assert [word for word in expected if word not in page] == []


def test_internal_fields_are_marked_and_others_are_not(editor, body_a, body_b):
    factories.create_full_activity(body_a, body_b, "text")

    page = printed(editor, body_a)

    fields = re.findall(r"<dt>(.*?)</dt>(.*?)</div>", page, re.DOTALL)
    marked = {
        word for label, said in fields if "Internal: never public" in label for word in (said,)
    }
    assert any("text-internal-remarks" in said for said in marked)
    assert all("text-internal" in said or "text" not in said for said in marked)
    others = "".join(said for label, said in fields if "Internal" not in label)
    assert "text-internal" not in others


def test_title_page_says_whose_it_is(editor, body_a):
    Organisation.objects.filter(pk=body_a.pk).update(dpo_name="Robin Peeters")
    factories.create_activity(body_a)

    page = printed(editor, body_a)

    head = page[: page.index("<article>")]
    for told in ("Agency body-a", "Robin Peeters", "dpo@body-a.example", "<dd>1</dd>"):
        assert told in head


def test_register_of_another_body_is_not_there(editor, body_a, body_b, administrator):
    factories.create_activity(body_b, name="Theirs")
    factories.create_activity(body_a, name="Ours")

    assert editor.get(address(body_b)).status_code == 404
    assert "Theirs" not in printed(editor, body_a)
    assert "Theirs" in printed(client_of(administrator), body_b)


def test_no_cache_keeps_it_and_its_taking_is_recorded(editor, editor_a, body_a):
    response = editor.get(address(body_a))
    response.getvalue()
    editor.head(address(body_a))
    workbook = f"/admin/processing/processingactivity/import/workbook/{body_a.pk}/nl/"
    editor.get(workbook)
    editor.get(f"{workbook}?entries=all")

    assert "no-store" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers
    taken = LogEntry.objects.order_by("pk").values_list("user", "object_id", "change_message")
    # The empty workbook holds nothing.
    assert list(taken) == [
        (editor_a.pk, str(body_a.pk), "Downloaded the whole register, for printing."),
        (editor_a.pk, str(body_a.pk), "Downloaded the whole register as a workbook."),
    ]
    history = editor.get(f"/admin/organisations/organisation/{body_a.pk}/history/").text
    assert "Downloaded the whole register, for printing." in history


def test_large_register_comes_in_several_pages(editor, body_a, monkeypatch):
    monkeypatch.setattr(printing, "MOST_ON_A_PAGE", 2)
    monkeypatch.setattr(printing, "AT_ONCE", 1)
    for number in range(3):
        factories.create_activity(body_a, name=f"Activity {number}")

    first, second = printed(editor, body_a), printed(editor, body_a, "?page=2")

    titles = [re.findall(r"<h2>(\d)\. <span[^>]*>(.*?)</span>", page) for page in (first, second)]
    assert titles == [[("1", "Activity 0"), ("2", "Activity 1")], [("3", "Activity 2")]]
    assert 'href="?page=2"' in first
    for absurd in ("?page=3", "?page=0", "?page=x", "?page=99999999999999999999"):
        assert editor.get(address(body_a, absurd)).status_code == 404


def test_statements_do_not_grow(editor, body_a, body_b, assert_sql):
    factories.create_full_activity(body_a, body_b, "text")
    printed(editor, body_a)

    with assert_sql("a printed register"):
        printed(editor, body_a)
    for _more in range(10):
        factories.create_full_activity(body_a, body_b, "text")
    with assert_sql("a printed register"):
        printed(editor, body_a)


def test_one_person_takes_one_place_and_none_of_the_public(editor, publisher_a, body_a):
    """Such pages are made outside the turns of the admin, beside the large files of the public."""
    begun = [editor.get(address(body_a))]

    refused = editor.get(address(body_a))
    head = editor.head(address(body_a))
    others = [client_of(publisher_a).get(address(body_a))]
    files = [Client().get("/nl/processing/files/csv/") for _ in range(public_page.FILES_AT_ONCE)]
    for response in (*begun, *others, *files):
        response.getvalue()

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert head.status_code == 503
    assert [response.status_code for response in (*others, *files)] == [200, 200, 200]
    assert printed(editor, body_a)
    # What was refused was not taken.
    assert LogEntry.objects.count() == 3


def test_texts_are_escaped_and_say_their_language(editor, body_a):
    factories.create_activity(body_a, name="", name_fr="<b>Visiteurs</b> & co")

    page = printed(editor, body_a)

    assert '<span lang="fr">&lt;b&gt;Visiteurs&lt;/b&gt; &amp; co</span>' in page
    assert '<dd lang="fr"><b>FR</b> &lt;b&gt;Visiteurs' in page


def test_list_and_imports_lead_to_it(editor, body_a):
    listed = editor.get("/admin/processing/processingactivity/").text
    imports = editor.get("/admin/processing/processingactivity/import/").text

    assert 'href="/admin/processing/processingactivity/import/#whole"' in listed
    assert f'href="{address(body_a)}"' in imports


@pytest.mark.django_db(transaction=True)
def test_it_is_sent_and_recorded_as_on_the_site(code_lists, editor, body_a):
    """Where no test holds a transaction, and what is sent later is read later."""
    factories.create_activity(body_a, name="Ours")

    assert "Ours" in printed(editor, body_a)
    assert LogEntry.objects.count() == 1
