"""Public pages may read from the database as somebody who may read nothing else."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import DatabaseError, ProgrammingError, connection, connections
from django.test import Client

from organisations.read_snapshot import no_public_reads, public_snapshot
from processing.models import ProcessingActivity, Publication
from registry_site.database_roles import WRITES_BESIDE, check_roles, readable_columns
from tests import factories
from tests.served_site import ServedSite
from tests.test_hidden_changes_nothing import answers_of, every_address

PUBLIC = "public"
ROLE = "register_public_of_tests"
# What design says: publications, bodies, code lists, what searches read, the revision.
READ = {
    *("organisations_organisation", "organisations_department", "organisations_revision"),
    *("processing_publication", "processing_synonym", "processing_searchtext"),
    *("processing_searchmeaning", "processing_searchword", "processing_datacategory"),
    *("processing_datasubjectcategory", "processing_purposecategory"),
    *("processing_recipientcategory", "processing_transfermechanism"),
    *("processing_processingtype", "processing_securitymeasure", "processing_theme"),
}
# What a body settles for itself is in a table that is read.
NOT_READ = {
    "organisations_organisation": {
        *("requires_two_persons", "review_interval_months", "mail_language", "is_message_mailed"),
    },
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def public(code_lists, settings) -> Iterator[None]:
    """The public role, and a connection as it."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN")
    connections.databases[PUBLIC] = connections.databases["default"] | {"USER": ROLE}
    try:
        call_command("grant_roles", "--public", ROLE)
        # Tests may connect to databases that were there before them only; this one is.
        connections[PUBLIC].connect()
        settings.DATABASE_ROUTERS = ["organisations.read_snapshot.PublicReads"]
        settings.PUBLIC_SERVERS = [PUBLIC]
        # A file that an earlier test of this process did not read to its end.
        no_public_reads()
        yield
    finally:
        settings.DATABASE_ROUTERS = []
        settings.PUBLIC_SERVERS = []
        connections[PUBLIC].close()
        del connections[PUBLIC]
        del connections.databases[PUBLIC]
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {ROLE}")
            cursor.execute(
                f"GRANT TEMPORARY ON DATABASE {connection.settings_dict['NAME']} TO PUBLIC"
            )
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {', '.join(WRITES_BESIDE)} TO PUBLIC")
            cursor.execute(f"DROP ROLE {ROLE}")


@pytest.fixture
def register(body_a, body_b, publisher_a) -> None:
    for name in ("First", "Second"):
        activity = factories.create_full_activity(body_a, body_b, name)
        activity.publish(by=publisher_a)
        activity.name_en = f"{name} again"
        activity.save()
        activity.publish(by=publisher_a)
    activity.withdraw(by=publisher_a, reason="x")
    factories.create_full_activity(body_a, body_b, "Draft")
    factories.create_question(body_a)


def may(sql: str) -> bool:
    with connections[PUBLIC].cursor() as cursor:
        try:
            cursor.execute(sql)
        except ProgrammingError as error:
            if "permission denied" in str(error):
                return False
            raise
        except DatabaseError:
            # It was allowed, and made no sense.
            return True
    return True


def columns() -> dict[str, list[str]]:
    """Every table of the database, with its columns."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT table_name, array_agg(column_name::text) FROM information_schema.columns
            WHERE table_schema = 'public' GROUP BY table_name
        """)
        return dict(cursor.fetchall())


def test_role_reads_what_is_public_and_no_other_column_of_any_table(public, register):
    read = {
        table: {name for name in names if may(f'SELECT "{name}" FROM "{table}" LIMIT 1')}
        for table, names in columns().items()
    }

    assert {table for table, names in read.items() if names} == READ
    for table in READ:
        assert set(columns()[table]) - read[table] == NOT_READ.get(table, set()), table
    assert len(columns()) > 50


def test_role_changes_nothing(public):
    for table, names in columns().items():
        for statement in (
            f'DELETE FROM "{table}"',
            f'UPDATE "{table}" SET "{names[0]}" = NULL',
            f'INSERT INTO "{table}" DEFAULT VALUES',
            f'TRUNCATE "{table}"',
        ):
            assert not may(statement), statement
    assert not may("CREATE TABLE new (id integer)")


def test_role_writes_nothing_beside_the_tables(public):
    for statement in (
        "CREATE TEMPORARY TABLE new (id integer)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "CREATE SCHEMA new",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "CREATE FUNCTION new() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    ):
        assert not may(statement), statement


def test_every_public_address_is_served_with_it_and_the_same(public, register, settings):
    others = ("/nl/", "/fr/", "/de/")
    # All languages read the same rows.
    asked = [address for address in every_address() if not address.startswith(others)]
    asked += ["/en/processing/?q=first&theme=TAXE", "/en/suggestions/?q=fir", "/en/changes/"]
    served = answers_of(asked)

    settings.PUBLIC_SERVERS = []
    # With another key, no page is one that was kept.
    settings.SECRET_KEY = "another"

    assert served == answers_of(asked)
    assert len(asked) > 50
    assert max(status for status, _words in served.values()) < 500
    assert "First" in served["/en/processing/"][1]


def test_mistake_in_a_view_cannot_show_a_draft(public, register):
    assert ProcessingActivity.objects.count() == 3
    for model, is_readable in ((Publication, True), (ProcessingActivity, False)):
        with public_snapshot():
            if is_readable:
                assert model.objects.values_list("pk").count() == 4
                continue
            with pytest.raises(ProgrammingError, match="permission denied"):
                model.objects.count()


def test_form_and_admin_go_on_as_before(public, register, administrator):
    central = Client()
    central.force_login(administrator)

    assert Client().get("/en/organisations/body-a/contact/").status_code == 200
    assert central.get("/admin/processing/processingactivity/").status_code == 200


def test_site_starts_with_it(public, register, tmp_path):
    database = connections.databases["default"]
    host = database["HOST"].replace("/", "%2F")
    url = f"postgres://{ROLE}@{host}/{database['NAME']}"
    site = ServedSite(tmp_path, PUBLIC_DATABASE_URL=url)
    try:
        assert site.get("/en/processing/")[0] == 200
        assert site.get("/en/processing/body-a/1/")[0] == 200
        assert site.errors == ""
    finally:
        site.stop()


def test_check_tells_what_the_role_may_too_much_and_too_little(public):
    def told() -> list[str]:
        return sorted(message.id for message in check_roles(None, ["default"]))

    assert told() == ["registry_site.W004"]
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT ON contact_question TO {ROLE}")
        assert told() == ["registry_site.E005", "registry_site.W004"]
        cursor.execute(
            f"REVOKE SELECT ({readable_columns()['processing_theme'][0]}) "
            f"ON processing_theme FROM {ROLE}"
        )
        assert told() == ["registry_site.E005", "registry_site.E005", "registry_site.W004"]
        cursor.execute(f"GRANT UPDATE ON processing_theme TO {ROLE}")
        assert "registry_site.E006" in told()

    call_command("grant_roles", "--public", ROLE)

    assert told() == ["registry_site.W004"]


def test_file_that_nobody_read_to_its_end_changes_nothing_for_the_next_request(
    public, register, publisher_a
):
    staff = Client()
    staff.force_login(publisher_a)
    left = Client().get("/data/processing/files/jsonl/")
    next(iter(left.streaming_content))

    listed = staff.get("/admin/processing/processingactivity/")

    left.close()
    assert listed.status_code == 200
    assert "Draft" in listed.text
