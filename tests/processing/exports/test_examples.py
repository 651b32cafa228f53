"""The examples of the open data page, as it shows them, on files as it offers them."""

import re
from html import unescape
from pathlib import Path

import duckdb
import pytest
from django.test import Client

from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(body_a, body_b, publisher_a, publisher_b, visitor, tmp_path, monkeypatch) -> None:
    """Those that the examples read, under their names: two entries of body A, one of body B."""
    for name in ("first", "second"):
        factories.create_full_activity(body_a, body_b, name).publish(by=publisher_a)
    factories.create_publication(body_b, by=publisher_b, name="Cameras")
    monkeypatch.chdir(tmp_path)
    for name, file_format in (("register.csv", "csv-comma"), ("register.jsonl", "jsonl")):
        content = visitor.get(f"/data/processing/files/{file_format}/").getvalue()
        Path(name).write_bytes(content)


def example(visitor: Client, name: str, language: str) -> str:
    page = visitor.get(f"/{language}/open-data/").text
    return unescape(re.search(rf'data-example="{name}"><code>(.*?)</code>', page, re.DOTALL)[1])


def test_pandas_counts_the_entries_of_each_body(visitor, capsys):
    exec(example(visitor, "pandas", "en"), {})  # noqa: S102 (of our page)

    assert re.findall(r"^(body-\w) +(\d)$", capsys.readouterr().out, re.MULTILINE) == [
        ("body-a", "2"),
        ("body-b", "1"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_duckdb_finds_the_recipients_that_are_named_most(language, visitor):
    rows = duckdb.sql(example(visitor, "duckdb", language)).fetchall()

    # Of the two recipients of each, one has a category.
    assert [number for _recipient, number in rows] == [2, 2]
    assert sum(recipient is not None for recipient, _number in rows) == 1
