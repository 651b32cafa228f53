"""`rebuild_search`: what lists and searches read can be made anew from what is published."""

import io
import itertools
import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from organisations.models import Membership, Organisation, Revision
from processing.finding.search_documents import recount
from processing.models import Publication, SearchText, SearchWord
from processing.models import publication as publication_module
from processing.models.publication import EMPTY
from tests import factories
from tests.processing.models.test_publishing import in_own_connection, somebody_waits_for_a_lock

pytestmark = pytest.mark.django_db


def rebuild(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rebuild_search", *arguments, stdout=out)
    return out.getvalue()


def derived() -> dict[str, list]:
    """All that is made from the records, without keys of rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT publication_id, language, title::text, words::text, spellings"
            " FROM processing_searchtext ORDER BY 1, 2"
        )
        texts = cursor.fetchall()
    return {
        "texts": texts,
        "words": list(
            SearchWord.objects.order_by("language", "word").values_list(
                "language", "word", "lexeme", "entries"
            )
        ),
        "columns": list(Publication.objects.order_by("pk").values_list("pk", *EMPTY)),
    }


@pytest.fixture
def register(body_a, body_b, publisher_a, publisher_b) -> dict[str, list]:
    """Versions that are current, earlier, withdrawn, and of a hidden body."""
    for body, publisher in ((body_a, publisher_a), (body_b, publisher_b)):
        activity = factories.create_full_activity(body, body_b, body.slug)
        activity.publish(by=publisher)
        activity.name_nl = "Rijbewijzen"
        activity.save()
        activity.publish(by=publisher)
        withdrawn = factories.create_activity(body, name="Withdrawn")
        withdrawn.publish(by=publisher)
        withdrawn.withdraw(by=publisher, reason="")
    erased = factories.create_activity(body_a, name="Erased")
    erased.publish(by=publisher_a)
    erased.withdraw(by=publisher_a, reason="")
    Publication.objects.filter(working_copy=erased).erase()
    Organisation.objects.filter(pk=body_b.pk).update(is_public=False)
    return derived()


def spoil() -> None:
    """As another release, or another version of PostgreSQL, would have written it."""
    SearchText.objects.filter(language="nl").delete()
    SearchText.objects.filter(language="fr").update(spellings="vreemd woord", words="")
    SearchWord.objects.filter(language="de").delete()
    SearchWord.objects.filter(language="en").update(lexeme="other", entries=9)
    SearchWord.objects.create(language="nl", word="hidden", lexeme="hidden", entries=1)
    Publication.objects.filter(erased_at=None).update(
        sort_nl="zzz", data_categories=[], title={"nl": "Other"}, changed_fields=["data"]
    )


def test_everything_comes_back_as_it_was(register, monkeypatch):
    monkeypatch.setattr(publication_module, "REBUILT_AT_ONCE", 2)
    spoil()
    assert derived() != register

    told = rebuild()

    assert derived() == register
    assert told.endswith("\r6 versions rebuilt\n")


def test_version_is_compared_with_the_one_that_was_public_before(body_a, publisher_a):
    activity = factories.create_activity(body_a, name="First")
    for number, name in enumerate(("Second", "Third", "Fourth"), start=2):
        activity.publish(by=publisher_a)
        if number == 3:
            activity.withdraw(by=publisher_a, reason="")
        activity.name_en = name
        activity.save()
    activity.publish(by=publisher_a)
    expected = [[], ["name"], [], ["name"]]
    versions = Publication.objects.order_by("version").values_list("changed_fields", flat=True)
    assert list(versions.all()) == expected
    Publication.objects.update(changed_fields=["data"])

    rebuild()

    assert list(versions.all()) == expected


def test_nothing_changes_where_nothing_was_wrong(register):
    rebuild()

    assert derived() == register


def test_site_follows_at_once(register, visitor):
    spoil()
    assert "Rijbewijzen" not in visitor.get("/nl/processing/?q=rijbewijs").text
    before = Revision.objects.get(area="publications").number

    rebuild()

    assert "Rijbewijzen" in visitor.get("/nl/processing/?q=rijbewijs").text
    assert Revision.objects.get(area="publications").number > before


def test_only_what_is_missing(register):
    current = Publication.objects.filter(is_current=True).order_by("pk")
    SearchText.objects.filter(publication=current.first()).update(spellings="")

    assert rebuild("--missing").endswith("\r1 versions rebuilt\n")
    assert rebuild("--missing") == "0 versions rebuilt\n"
    assert derived() == register


def test_words_go_although_they_would_be_made_otherwise_now(body_a, publisher_a, monkeypatch):
    """A release that knows shorter words only leaves none of the longer ones behind."""
    factories.create_activity(body_a, name="Rijbewijzenregister").publish(by=publisher_a)
    monkeypatch.setattr("processing.finding.search_documents.LONGEST", 5)

    body_a.activities.get().withdraw(by=publisher_a, reason="")

    assert list(SearchWord.objects.all()) == []
    assert list(itertools.chain(SearchText.objects.all())) == []


@pytest.mark.django_db(transaction=True)
def test_words_are_counted_anew_after_who_is_publishing(code_lists):
    body = factories.create_organisation()
    publisher = factories.create_member(body, Membership.Role.PUBLISHER)
    activity = factories.create_activity(body, name="Rijbewijzen", language="nl")
    thread = threading.Thread(target=lambda: in_own_connection(recount))
    with transaction.atomic():
        activity.publish(by=publisher)
        thread.start()
        while not somebody_waits_for_a_lock():
            assert thread.is_alive()
    thread.join(timeout=60)

    counted = SearchWord.objects.filter(word="rijbewijzen").values_list("language", "entries")
    assert sorted(counted) == [("de", 1), ("en", 1), ("fr", 1), ("nl", 1)]
