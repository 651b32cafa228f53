"""A public answer shows one moment, whatever is published while it is made."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import psycopg
import pytest
from django.db import close_old_connections, connection

from organisations.models import Organisation
from organisations.read_snapshot import read_snapshot
from processing.models import DataCategory, ProcessingActivity
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("code_lists")]

ADDRESSES = (
    "/en/",
    "/en/organisations/",
    "/en/organisations/body-a/",
    "/en/processing/",
    "/en/processing/?q=visitors&data=A1",
    "/en/processing/?sort=newest",
    "/en/processing/body-a/1/",
    "/en/processing/body-a/1/history/",
    "/en/processing/body-a/2/",
    "/en/data/A1/",
    "/en/exchanges/",
    "/en/suggestions/?q=vis",
    "/sitemap.xml",
    "/sitemap-entries-en.xml",
)
# More than any page has.
MOST_QUERIES = 12


@pytest.fixture
def publisher(body_a):
    return factories.create_member(body_a, "publisher")


@pytest.fixture
def activity(body_a, publisher) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors of old")
    activity.publish(by=publisher)
    return activity


def change_everything(activity: ProcessingActivity, publisher, serial: int) -> None:
    """New content, a further entry, another name of a body and of a term."""
    activity.name_en = f"Visitors {serial}"
    activity.save()
    activity.publish(by=publisher)
    other = factories.create_activity(activity.organisation, name=f"Further visitors {serial}")
    other.publish(by=publisher)
    Organisation.objects.filter(pk=activity.organisation_id).update(name_en=f"Agency {serial}")
    DataCategory.objects.filter(pk="A1").update(label_en=f"Data {serial}")


@contextmanager
def meanwhile(after: int, change: Callable[[], None]) -> Iterator[list[bool]]:
    """Let somebody else commit a change right after so many queries of this thread.

    Gives a list that holds something once that has happened.
    """
    seen = 0
    happened: list[bool] = []

    def somebody_else() -> None:
        try:
            change()
        finally:
            connection.close()

    def wrapper(execute, sql, params, many, context):
        nonlocal seen
        result = execute(sql, params, many, context)
        seen += 1
        if seen == after:
            person = threading.Thread(target=somebody_else)
            person.start()
            person.join()
            happened.append(True)
        return result

    with connection.execute_wrapper(wrapper):
        yield happened


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_shows_the_register_as_it_was_before_or_after(
    address, activity, publisher, visitor, settings
):
    """Between all its queries; with nothing kept and with everything kept but the page."""
    for after in range(1, MOST_QUERIES):
        before = visitor.get(address)
        # No page is kept under the name of another release.
        settings.RELEASE = f"release {after}"

        with meanwhile(after, partial(change_everything, activity, publisher, after)) as happened:
            answer = visitor.get(address)

        if not happened:
            break
        settings.RELEASE = f"release {after}, again"
        afterwards = visitor.get(address)
        assert answer.status_code == 200 or before.status_code == 404
        assert answer.text in (before.text, afterwards.text), after
    assert after >= 2


def test_page_is_kept_under_the_tag_of_what_it_shows(activity, publisher, visitor, settings):
    address = "/en/processing/"
    first = visitor.get(address)
    for after in range(1, MOST_QUERIES):
        settings.RELEASE = f"release {after}"
        with meanwhile(after, partial(change_everything, activity, publisher, after)) as happened:
            answer = visitor.get(address)

        if not happened:
            break
        again = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]})

        fresh = visitor.get(address)
        assert (again.status_code == 304) == (fresh.text == answer.text), after
    assert first.text != fresh.text


def test_public_page_cannot_write(activity, visitor):
    with connection.execute_wrapper(refuse_writing):
        assert visitor.get("/en/processing/").status_code == 200


def refuse_writing(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if connection.in_atomic_block:
        assert connection.connection.execute("SHOW transaction_read_only").fetchone() == ("on",)
    return result


def test_connection_that_was_lost_comes_back_with_a_snapshot(visitor):
    """After a restart or a failover of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [backend])
    # As at the beginning of every request.
    close_old_connections()

    with read_snapshot(), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)
