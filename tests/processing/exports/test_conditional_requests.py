"""Conditional requests as curl makes them, over HTTP/1.1."""

import shutil
import subprocess

import pytest

from organisations.models import Organisation
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("curl"), reason="needs curl"),
]
ADDRESSES = (
    "/data/processing/files/jsonl/",
    "/data/organisations/body-a/files/csv/history/",
    "/nl/changes/feed/",
    "/nl/processing/body-a/1/",
)


@pytest.fixture
def served(live_server, code_lists, body_a, publisher_a) -> str:
    factories.create_publication(body_a, by=publisher_a)
    return live_server.url


def curl(*options: str) -> str:
    """The status."""
    written = ("--silent", "--http1.1", "--write-out", "%{http_code}")
    told = subprocess.run(["curl", *written, *options], capture_output=True, text=True, check=True)
    return told.stdout


@pytest.mark.parametrize("address", ADDRESSES)
def test_file_is_fetched_again_only_when_something_changed(address, served, tmp_path):
    tag, file = tmp_path / "tag", tmp_path / "file"
    asked = ("--etag-compare", str(tag), "--etag-save", str(tag), "--output", str(file))

    first = curl(*asked, served + address)
    content = file.read_bytes()
    again = curl(*asked, served + address)
    Organisation.objects.filter(slug="body-a").update(name_nl="Een andere naam")
    changed = curl(*asked, served + address)

    assert (first, again, changed) == ("200", "304", "200")
    assert content


@pytest.mark.parametrize("address", ADDRESSES)
def test_date_holds_nothing_back_on_the_day_of_a_change(address, served, tmp_path):
    file, again = tmp_path / "file", tmp_path / "again"

    first = curl("--remote-time", "--output", str(file), served + address)
    second = curl("--time-cond", str(file), "--output", str(again), served + address)

    assert (first, second) == ("200", "200")
    assert again.stat().st_size == file.stat().st_size
