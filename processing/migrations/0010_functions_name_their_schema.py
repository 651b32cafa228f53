"""A function looks for its tables in its own schema: a restore of data runs without any other."""

from django.db import migrations

NAME = """
DO $$
DECLARE
    ours record;
BEGIN
    FOR ours IN
        SELECT oid::regprocedure AS name, pronamespace::regnamespace AS schema FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'processing\\_%'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path TO %s', ours.name, ours.schema);
    END LOOP;
END
$$;
"""
FORGET = NAME.replace(
    "format('ALTER FUNCTION %s SET search_path TO %s', ours.name, ours.schema)",
    "format('ALTER FUNCTION %s RESET search_path', ours.name)",
)


class Migration(migrations.Migration):
    dependencies = [("processing", "0009_text_limits")]

    operations = [migrations.RunSQL(NAME, FORGET)]
