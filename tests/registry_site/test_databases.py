"""Which connections the addresses of the settings make."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from registry_site.databases import connections_to

PRIMARY = "postgres://site:a@primary/register?sslmode=verify-full"
FIRST = "postgres://public:b@first/register"
SECOND = "postgres://public:c@second:5433/register?connect_timeout=9"


def made(*public: str) -> list[tuple]:
    """Of the servers for public pages, in order: host, role, password."""
    databases, names = connections_to(PRIMARY, list(public), statement_timeout=5)
    assert set(databases) == {"default", *names}
    assert databases["default"]["USER"] == "site"
    return [tuple(databases[name][key] for key in ("HOST", "USER", "PASSWORD")) for name in names]


def test_without_an_address_public_pages_have_no_server_of_their_own():
    assert made() == []


def test_primary_stands_in_for_replicas_as_the_same_role():
    replicas = [("first", "public", "b"), ("second", "public", "c")]

    assert made(FIRST, SECOND) == [*replicas, ("primary", "public", "b")]


def test_primary_that_is_named_is_the_last_as_it_is_named():
    named = "postgres://other:d@primary:5432/register"

    assert made(named) == [("primary", "other", "d")]
    assert made(named, FIRST) == [("first", "public", "b"), ("primary", "other", "d")]


def test_address_tells_more_than_our_limits_do():
    databases, names = connections_to(PRIMARY, [SECOND], statement_timeout=5)
    second, primary = (databases[name]["OPTIONS"] for name in names)

    assert (second["connect_timeout"], primary["connect_timeout"]) == (9, 3)
    assert primary["sslmode"] == "verify-full"
    assert second["options"] == primary["options"]
    assert primary["options"].endswith("-c work_mem=16MB -c statement_timeout=5000")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("options=-c%20work_mem%3D64MB", "-c work_mem=64MB"),
        ("currentSchema=register", "-c search_path=register"),
    ],
)
@pytest.mark.parametrize("statement_timeout", [0, 5])
def test_options_of_an_address_hold(told, expected, statement_timeout):
    address = f"postgres://owner:a@primary/register?{told}"

    databases, _names = connections_to(address, [], statement_timeout=statement_timeout)

    # PostgreSQL takes the last.
    assert databases["default"]["OPTIONS"]["options"].endswith(f" {expected}")


def test_other_databases_are_refused():
    with pytest.raises(ImproperlyConfigured):
        connections_to(PRIMARY, ["mysql://public@first/register"], statement_timeout=5)
