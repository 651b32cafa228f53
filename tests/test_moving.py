"""A register of an earlier time is migrated: nothing is lost, and nothing counts as changed."""

import os

import psycopg
import pytest

from tests.test_restore import OtherDatabase


@pytest.fixture(scope="module")
def moved() -> dict:
    url = os.environ["DATABASE_URL"]
    head, _register = url.rsplit("/", 1)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE moving TEMPLATE template0")
    worker = OtherDatabase()
    try:
        for action in ("write format 1", "migrate"):
            worker.does(action, f"{head}/moving")
        yield worker.does("told", f"{head}/moving")
    finally:
        worker.stop()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP DATABASE moving WITH (FORCE)")


def test_what_was_written_has_moved_to_its_new_place(moved):
    assert moved["grounds"] == [["6-e", [1, 2]], ["6-f", [3]], ["9-h", [3]]]
    assert moved["retention"] == [[3, [1, 3]], [None, [2]]]
    # One recipient worked for the body and one decided with it.
    assert moved["parties"] == [2, 2, 2]
    assert moved["role"] == "controller"


def test_nothing_counts_as_changed(moved):
    assert not moved["differs_from_public"]
    assert moved["differs_from_history"] == []


def test_an_earlier_content_can_be_restored_and_a_template_used(moved):
    assert moved["restored"] == ["eerst", 3]
    assert moved["template"] == [3]
