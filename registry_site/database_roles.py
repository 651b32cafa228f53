"""What the roles of the database may do: `manage.py grant_roles` grants it, a check compares.

The owner of the tables migrates. The role of the site changes rows and no tables. The role of
public pages reads what is public: a mistake in a view cannot show a draft or a question. That of
the worker sends mails or reads files of others: it publishes nothing, and changes no account.
"""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from organisations.models import Revision
from organisations.public_servers import has_replicas, told_name

# Columns that public pages read although nobody is shown them: which rows are public, which version
# is, where there may be a name, what changed. Who published is a number there: nothing says whose.
NEEDED = {
    "organisations_revision": ("area", "number", "recent"),
    "organisations_organisation": (
        "is_public",
        "shows_departments",
        "is_dpo_name_public",
        "dpo_name",
    ),
    "processing_publication": (
        *("is_current", "erased_at", "revision", "working_copy", "published_by"),
    ),
}

# What every role may by itself, and no part of the site needs: to write beside the tables.
WRITES_BESIDE = (
    *("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)"),
    *("lo_put(oid, bigint, bytea)", "lowrite(integer, bytea)"),
)
# These functions belong to a superuser, who alone can take them from everybody.
AS_A_SUPERUSER = """
    DO $$ BEGIN
        IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN {}; END IF;
    END $$
"""
ROWS = "SELECT, INSERT, UPDATE, DELETE"
# What the worker has no use for: who is logged in, and with which second factor.
HIDDEN_FROM_WORKER = ("django_session", "mfa_authenticator", "accounts_secondstep")


def public_models() -> Iterator[type[Model]]:
    """Those that declare something public, and are not a part of a working copy."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        is_draft = "activity" in names or model._meta.model_name == "processingactivity"
        if model is Revision or (getattr(model, "PUBLIC", ()) and not is_draft):
            yield model


def readable_columns() -> dict[str, list[str]]:
    """Table -> its columns that the role of public pages may read."""
    return {model._meta.db_table: sorted(_columns(model)) for model in public_models()}


def _columns(model: type[Model]) -> Iterator[str]:
    table = model._meta.db_table
    internal = set(getattr(model, "INTERNAL", ())) - set(NEEDED.get(table, ()))
    for field in model._meta.concrete_fields:
        # A text in four languages has a column for each, and one that modeltranslation needs.
        if getattr(field, "translated_field", field).name not in internal:
            yield field.column


def grants(
    connection: BaseDatabaseWrapper, *, site: str = "", public: str = "", worker: str = ""
) -> Iterator[str]:
    """The statements that give these roles what they need, and take away all else."""
    quote = connection.ops.quote_name
    yield f"REVOKE TEMPORARY ON DATABASE {quote(connection.settings_dict['NAME'])} FROM PUBLIC"
    listed = ", ".join(WRITES_BESIDE)
    yield AS_A_SUPERUSER.format(f"REVOKE EXECUTE ON FUNCTION {listed} FROM PUBLIC")
    for role in filter(None, (site, public, worker)):
        for things in ("TABLES", "SEQUENCES"):
            yield f"REVOKE ALL ON ALL {things} IN SCHEMA public FROM {quote(role)}"
        yield f"REVOKE CREATE ON SCHEMA public FROM {quote(role)}"
        yield f"GRANT USAGE ON SCHEMA public TO {quote(role)}"
    for role in filter(None, (site, worker)):
        yield f"GRANT {ROWS} ON ALL TABLES IN SCHEMA public TO {quote(role)}"
        yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quote(role)}"
    if worker:
        for table in HIDDEN_FROM_WORKER:
            yield f"REVOKE ALL ON {quote(table)} FROM {quote(worker)}"
        # What citizens see, and who works where.
        for table in (*readable_columns(), "organisations_user", "organisations_membership"):
            yield f"REVOKE INSERT, UPDATE, DELETE ON {quote(table)} FROM {quote(worker)}"
    if public:
        for table, columns in readable_columns().items():
            listed = ", ".join(map(quote, columns))
            yield f"REVOKE ALL ON {quote(table)} FROM {quote(public)}"
            yield f"GRANT SELECT ({listed}) ON {quote(table)} TO {quote(public)}"


READ = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public'
    AND has_column_privilege(format('%I.%I', table_schema, table_name), column_name, 'SELECT')
"""
WRITE = """
    SELECT count(*) FROM information_schema.tables
    WHERE table_schema = 'public'
    AND has_table_privilege(
        format('%I.%I', table_schema, table_name), 'INSERT, UPDATE, DELETE, TRUNCATE'
    )
"""
BESIDE = """
    SELECT has_database_privilege(current_database(), 'TEMPORARY')::integer
    + has_function_privilege('lo_from_bytea(oid, bytea)', 'EXECUTE')::integer
"""
OWNS = """
    SELECT count(*) FROM pg_tables
    WHERE schemaname = 'public' AND pg_has_role(tableowner, 'USAGE')
"""


@checks.register(checks.Tags.database, deploy=True)
def check_roles(app_configs, databases=None, **kwargs) -> list[checks.CheckMessage]:
    if not databases:
        return []
    found = []
    try:
        if _number(connections["default"], OWNS):
            told = (
                "The site may change its own tables: let it run as another role than their owner."
            )
            found.append(checks.Warning(told, id="registry_site.W004"))
        for server in settings.PUBLIC_SERVERS:
            found += _faults_of_server(server)
    except DatabaseError as error:
        told = f"The rights of the roles could not be read: {type(error).__name__}."
        found.append(checks.Error(told, id="registry_site.E004"))
    return found


def _faults_of_server(server: str) -> list[checks.CheckMessage]:
    """Rights are the same on all of them, but addresses may name other roles."""
    try:
        return list(_faults_of_public(connections[server]))
    except OperationalError:
        if not has_replicas():
            raise
        told = f"Public pages cannot be read from {told_name(server)}: it does not answer."
        return [checks.Warning(told, id="registry_site.W006")]


def _faults_of_public(connection: BaseDatabaseWrapper) -> Iterator[checks.CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        may_read = set(cursor.fetchall())
    should = {(table, name) for table, names in readable_columns().items() for name in names}
    for about, names in (("may read", may_read - should), ("may not read", should - may_read)):
        if names:
            listed = ", ".join(f"{table}.{name}" for table, name in sorted(names)[:10])
            told = f"The role of PUBLIC_DATABASE_URL {about} {listed}: run manage.py grant_roles."
            yield checks.Error(told, id="registry_site.E005")
    if _number(connection, WRITE):
        told = "The role of PUBLIC_DATABASE_URL may change rows: run manage.py grant_roles."
        yield checks.Error(told, id="registry_site.E006")
    if _number(connection, BESIDE):
        told = (
            "The role of PUBLIC_DATABASE_URL may make temporary tables or large objects: run "
            "manage.py grant_roles as the owner of the database, once as a superuser."
        )
        yield checks.Warning(told, id="registry_site.W005")


def _number(connection: BaseDatabaseWrapper, query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]
