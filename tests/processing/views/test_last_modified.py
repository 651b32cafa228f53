"""A date tells that nothing has changed since the day began; it never keeps back what is new."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import localtime, now

from organisations import public_page
from organisations.models import Organisation
from processing.models import ProcessingActivity
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = (
    *("/nl/", "/nl/processing/", "/nl/processing/body-a/1/", "/nl/changes/feed/"),
    *("/nl/processing/body-a/1/files/csv/", "/data/processing/files/jsonl/history/"),
)


@pytest.fixture(autouse=True)
def register(body_a, publisher_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors")
    activity.publish(by=publisher_a)
    return activity


@pytest.fixture
def later():
    """Noon of the day after tomorrow: nothing changed on that day, nor around its midnight."""
    noon = localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=2)
    with time_machine.travel(noon, tick=False):
        yield noon


def answer(visitor: Client, address: str, **headers: str) -> tuple[int, bytes, str | None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = visitor.get(address, headers=named)
    return response.status_code, response.getvalue(), response.headers.get("Last-Modified")


def http(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


@pytest.mark.parametrize("address", ADDRESSES)
def test_answer_of_a_quiet_day_is_as_old_as_the_day(address, later, visitor):
    status, content, told = answer(visitor, address)

    assert status == 200
    assert localtime(parsedate_to_datetime(told)) == later.replace(hour=0)
    assert answer(visitor, address, If_Modified_Since=told) == (304, b"", told)
    assert answer(visitor, address, If_Modified_Since=http(now()))[0] == 304
    # What is known from yesterday may be of another day.
    yesterday = http(later - timedelta(days=1))
    assert answer(visitor, address, If_Modified_Since=yesterday) == (200, content, told)
    assert answer(visitor, address, If_Modified_Since="nonsense")[0] == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_answer_tells_no_date_on_the_day_of_a_change(address, body_a, visitor):
    Organisation.objects.filter(pk=body_a.pk).update(name_nl="Een andere naam")

    status, _content, told = answer(visitor, address, If_Modified_Since=http(now()))

    assert (status, told) == (200, None)


def test_nor_where_the_process_may_be_of_another_release(later, visitor, monkeypatch):
    monkeypatch.setattr(public_page, "_STARTED", later.timestamp())

    assert answer(visitor, "/nl/", If_Modified_Since=http(later))[::2] == (200, None)


def test_change_just_before_midnight_may_be_seen_after_it(visitor, monkeypatch):
    """By who asks when its transaction ends: it is not before the day."""
    tomorrow = localtime().replace(hour=12) + timedelta(days=1)
    monkeypatch.setattr(public_page, "LONGEST_TRANSACTION", 24 * 60 * 60)

    with time_machine.travel(tomorrow, tick=False):
        assert answer(visitor, "/nl/")[2] is None


@pytest.mark.parametrize(
    "address", ["/nl/processing/body-a/9/", "/nl/processing/body-a/1/files/pdf/", "/sitemap-x.xml"]
)
def test_what_is_not_there_is_never_unchanged(address, later, visitor):
    assert answer(visitor, address, If_Modified_Since=http(later))[::2] == (404, None)


@pytest.mark.parametrize("address", ADDRESSES)
def test_tag_decides_where_both_are_sent(address, later, visitor):
    tag = visitor.get(address).headers["ETag"]

    known = answer(visitor, address, If_None_Match=tag, If_Modified_Since="x")
    other = answer(visitor, address, If_None_Match='"another"', If_Modified_Since=http(later))

    assert (known[0], other[0]) == (304, 200)


def test_file_that_is_known_by_its_date_takes_no_turn(later, visitor):
    address = "/nl/processing/files/csv/"
    for _turn in range(public_page.FILES_AT_ONCE + 1):
        assert answer(visitor, address, If_Modified_Since=http(later))[0] == 304

    assert re.match(rb"\xef\xbb\xbfVerwerkingsactiviteit", answer(visitor, address)[1])
