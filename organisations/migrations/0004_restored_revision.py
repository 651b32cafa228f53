"""A restore of data alone meets the revision that the triggers have advanced meanwhile."""

from django.db import migrations

FORWARDS = """
-- The bodies came in before the revision's own row, and the trigger made that row for them. What
-- stands there is advanced past the restored number, which was that of another state.
CREATE FUNCTION organisations_meet_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE organisations_revision AS revision SET
        number = greatest(revision.number, NEW.number + 1),
        recent = ARRAY[greatest(revision.number, NEW.number + 1)]
    WHERE area = NEW.area;
    RETURN CASE WHEN FOUND THEN NULL ELSE NEW END;
END
$$;

-- Not when another trigger advances the revision.
CREATE TRIGGER meet_revision BEFORE INSERT ON organisations_revision
FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION organisations_meet_revision();
"""

BACKWARDS = """
DROP TRIGGER meet_revision ON organisations_revision;
DROP FUNCTION organisations_meet_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_mail_about_questions")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
