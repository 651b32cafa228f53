"""Publications and code lists advance the revision; a publication's content never changes."""

from django.db import migrations

CODE_LISTS = (
    "datacategory",
    "datasubjectcategory",
    "purposecategory",
    "recipientcategory",
    "transfermechanism",
    "processingtype",
    "securitymeasure",
    "theme",
)
AREAS = {
    "processing_publication": "publications",
    **{f"processing_{name}": "code_lists" for name in CODE_LISTS},
}

ADVANCE = """
CREATE TRIGGER advance_revision
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION organisations_advance_revision('{area}');
"""

KEEP = """
CREATE FUNCTION processing_keep_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.record, OLD.version, OLD.working_copy_id, OLD.published_at)
        IS DISTINCT FROM (NEW.record, NEW.version, NEW.working_copy_id, NEW.published_at)
    THEN
        RAISE EXCEPTION 'a publication never changes: publish a new version';
    END IF;
    IF OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at THEN
        RAISE EXCEPTION 'a withdrawn publication does not come back: publish a new version';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER keep_publication BEFORE UPDATE ON processing_publication
FOR EACH ROW EXECUTE FUNCTION processing_keep_publication();
"""

UNKEEP = """
DROP TRIGGER keep_publication ON processing_publication;
DROP FUNCTION processing_keep_publication();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("processing", "0001_initial"),
        ("organisations", "0002_revision"),
    ]

    operations = [
        *(
            migrations.RunSQL(
                ADVANCE.format(table=table, area=area),
                f"DROP TRIGGER advance_revision ON {table};",
            )
            for table, area in AREAS.items()
        ),
        migrations.RunSQL(KEEP, UNKEEP),
    ]
