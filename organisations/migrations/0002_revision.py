"""Advance the register's revision from the database itself: no code path can forget to."""

from django.db import migrations

FORWARDS = """
-- The clock makes the numbers, because one must never come back: not after a rollback, and not
-- after a backup was restored while caches still hold what was built later.
-- Before the change itself: whoever changes the same area waits here, so that the order of the
-- numbers is the order in which the changes become visible.
CREATE FUNCTION organisations_advance_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
BEGIN
    INSERT INTO organisations_revision AS revision (area, number, recent)
    VALUES (TG_ARGV[0], now, ARRAY[now])
    ON CONFLICT (area) DO UPDATE SET
        number = greatest(now, revision.number + 1),
        recent = CASE TG_OP
            WHEN 'TRUNCATE' THEN ARRAY[greatest(now, revision.number + 1)]
            ELSE (greatest(now, revision.number + 1) || revision.recent)[1:200]
        END;
    RETURN NULL;
END
$$;

CREATE TRIGGER advance_revision
BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON organisations_organisation
FOR EACH STATEMENT EXECUTE FUNCTION organisations_advance_revision('organisations');

CREATE FUNCTION organisations_keep_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the short address of a public body never changes'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER keep_slug BEFORE UPDATE ON organisations_organisation
FOR EACH ROW WHEN (OLD.is_public AND NEW.slug <> OLD.slug)
EXECUTE FUNCTION organisations_keep_slug();
"""

BACKWARDS = """
DROP TRIGGER keep_slug ON organisations_organisation;
DROP FUNCTION organisations_keep_slug();
DROP TRIGGER advance_revision ON organisations_organisation;
DROP FUNCTION organisations_advance_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
