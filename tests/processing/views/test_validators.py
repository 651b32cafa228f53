"""Pages that have not changed cost next to nothing, and those that have are never stale."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.db.models import F

from organisations.models import Organisation
from processing.models import CODE_LISTS, Publication, Theme
from tests import factories
from tests.processing.views.conftest import PAGES

pytestmark = pytest.mark.django_db


def test_statements_of_pages_are_known_and_do_not_grow(
    register, body_a, body_b, publisher_a, visitor, assert_sql, settings
):
    """One test for all pages: thirty full entries take longer than they do."""
    addresses = {kind: path.format(lang="de") for kind, path in PAGES.items()}
    for kind, address in addresses.items():
        with register_of_a_new_process():
            visitor.get(address)
            settings.RELEASE = f"one of which no process keeps the page yet: {kind}"
            with assert_sql(kind):
                visitor.get(address)

    for number in range(30):
        factories.create_organisation(f"more-{number}")
        activity = factories.create_full_activity(body_a, body_b, f"text more{number}")
        activity.publish(by=publisher_a)

    for kind, address in addresses.items():
        with register_of_a_new_process():
            visitor.get(address)
            # Whose name has words that no process knows.
            factories.create_organisation()
            change_everything()
            with assert_sql(f"{kind}, the first after a change everywhere"):
                visitor.get(address)
            settings.RELEASE = f"another than before: {kind}"
            with assert_sql(kind):
                visitor.get(address)
            with assert_sql("a page that the process keeps"):
                visitor.get(address)


@contextmanager
def register_of_a_new_process() -> Iterator[None]:
    """Another revision, and undone in the end: nothing that was kept of the register holds."""
    with transaction.atomic():
        change_everything()
        yield
        transaction.set_rollback(True)


def change_everything() -> None:
    """A change in each area: nothing that the process kept from earlier pages holds any more."""
    Organisation.objects.update(slug=F("slug"))
    Publication.objects.update(is_current=F("is_current"))
    Theme.objects.update(position=F("position"))


def test_entry_that_no_process_keeps_yet_takes_two_queries(
    register, body_a, publisher_a, visitor, assert_sql
):
    factories.create_publication(body_a, by=publisher_a)
    # Under this host, no other test asked for the page.
    host = {"Host": "127.0.0.1"}
    visitor.get("/nl/processing/body-a/2/", headers=host)

    with assert_sql("an entry that no process keeps yet"):
        visitor.get("/nl/processing/body-a/1/", headers=host)


@pytest.mark.parametrize("kind", PAGES)
def test_unchanged_page_answers_304_until_something_is_published(
    kind, register, publisher_a, visitor, assert_sql
):
    address = PAGES[kind].format(lang="nl")
    tag = visitor.get(address).headers["ETag"]

    with assert_sql("a page that has not changed"):
        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304

    register.name_fr = "Autre nom"
    register.save()
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
    register.publish(by=publisher_a)
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_page_is_always_made_anew_while_developing(register, visitor, settings):
    tag = visitor.get("/nl/").headers["ETag"]
    settings.DEBUG = True

    response = visitor.get("/nl/", headers={"If-None-Match": tag})

    assert response.status_code == 200


def test_validator_tells_releases_hosts_and_addresses_apart(register, visitor, settings):
    def tag(address: str = "/nl/", **headers) -> str:
        return visitor.get(address, headers=headers).headers["ETag"]

    tags = [tag(), tag("/fr/"), tag("/nl/organisations/body-a/?page=1"), tag(Host="localhost")]
    settings.SITE_URL = "https://register.example"
    tags.append(tag())
    settings.DEMONSTRATION = True
    tags.append(tag())
    settings.RELEASE = "another"

    assert len({*tags, tag()}) == 7


@pytest.mark.parametrize("condition", ["If-None-Match", "If-Match"])
@pytest.mark.parametrize(
    "address", ["/nl/processing/body-a/9/", "/nl/processing/body-a/1/", "/sitemap-none.xml"]
)
def test_page_that_is_not_there_never_answers_unchanged(
    condition, address, register, publisher_a, visitor
):
    register.withdraw(by=publisher_a, reason="")

    response = visitor.get(address, headers={condition: "*"})

    assert response.status_code in (404, 410, 412)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("model", CODE_LISTS.values())
def test_changed_label_makes_every_page_stale(model, register, visitor):
    before = visitor.get("/nl/").headers["ETag"]

    model.objects.update(position=F("position"))

    assert visitor.get("/nl/").headers["ETag"] != before
