"""Advance the register's revision from the database itself: no code path can forget to."""

from django.db import migrations

FORWARDS = """
-- A sequence, because a number must never come back: not even after a rollback.
CREATE SEQUENCE organisations_revision_number;

CREATE FUNCTION organisations_advance_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organisations_revision (area, number)
    VALUES (TG_ARGV[0], nextval('organisations_revision_number'))
    ON CONFLICT (area) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END
$$;

CREATE TRIGGER advance_revision
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON organisations_organisation
FOR EACH STATEMENT EXECUTE FUNCTION organisations_advance_revision('organisations');
"""

BACKWARDS = """
DROP TRIGGER advance_revision ON organisations_organisation;
DROP FUNCTION organisations_advance_revision();
DROP SEQUENCE organisations_revision_number;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
