"""What the database itself holds to: revisions advance, publications and addresses stay."""

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
    "processing_synonym": "code_lists",
}

ADVANCE = """
CREATE TRIGGER advance_revision
BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION organisations_advance_revision('{area}');
"""

KEEP = """
CREATE FUNCTION processing_keep_publication() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unchanged processing_publication;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a publication is never deleted: withdraw it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- What may change: it gets a successor, it is withdrawn, its publisher's account is deleted.
    unchanged := NEW;
    unchanged.is_current := OLD.is_current;
    unchanged.withdrawn_at := OLD.withdrawn_at;
    unchanged.published_by_id := OLD.published_by_id;
    unchanged.revision := OLD.revision;
    IF unchanged IS DISTINCT FROM OLD
        OR (NEW.published_by_id IS NOT NULL
            AND NEW.published_by_id IS DISTINCT FROM OLD.published_by_id)
    THEN
        RAISE EXCEPTION 'a publication never changes: publish a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.is_current AND NOT OLD.is_current)
        OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
    THEN
        RAISE EXCEPTION 'a publication does not come back: publish a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER keep_publication BEFORE UPDATE OR DELETE ON processing_publication
FOR EACH ROW EXECUTE FUNCTION processing_keep_publication();

-- At which number of the register's revision the row last changed. The lock that the statement
-- took when it advanced the revision is still held.
CREATE FUNCTION processing_number_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT number INTO NEW.revision FROM organisations_revision WHERE area = 'publications';
    RETURN NEW;
END
$$;

CREATE TRIGGER number_publication BEFORE INSERT OR UPDATE ON processing_publication
FOR EACH ROW EXECUTE FUNCTION processing_number_publication();

CREATE FUNCTION processing_keep_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an activity keeps its body and its number'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

-- Also while the body is hidden: its entries were at addresses with its short address in them.
CREATE FUNCTION processing_keep_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM processing_publication WHERE organisation_id = OLD.id) THEN
        RAISE EXCEPTION 'the short address of a body that has published never changes'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER keep_slug_of_publications BEFORE UPDATE ON organisations_organisation
FOR EACH ROW WHEN (NEW.slug <> OLD.slug) EXECUTE FUNCTION processing_keep_slug();

CREATE TRIGGER keep_address BEFORE UPDATE ON processing_processingactivity
FOR EACH ROW WHEN (
    (NEW.organisation_id, NEW.number) IS DISTINCT FROM (OLD.organisation_id, OLD.number)
)
EXECUTE FUNCTION processing_keep_address();

-- Looked at when the transaction ends: publish() writes the one before the other.
CREATE FUNCTION processing_check_publish_flag() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    activity bigint;
BEGIN
    IF TG_TABLE_NAME = 'processing_publication' THEN
        activity := NEW.working_copy_id;
    ELSE
        activity := NEW.id;
    END IF;
    PERFORM 1 FROM processing_processingactivity
    WHERE id = activity AND is_published <> EXISTS (
        SELECT 1 FROM processing_publication WHERE working_copy_id = activity AND is_current
    );
    IF FOUND THEN
        RAISE EXCEPTION 'the publish flag is true exactly while a current publication exists'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER check_publish_flag
AFTER INSERT OR UPDATE OF is_published ON processing_processingactivity
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION processing_check_publish_flag();

CREATE CONSTRAINT TRIGGER check_publish_flag
AFTER INSERT OR UPDATE OF is_current ON processing_publication
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION processing_check_publish_flag();
"""

UNKEEP = """
DROP TRIGGER check_publish_flag ON processing_publication;
DROP TRIGGER check_publish_flag ON processing_processingactivity;
DROP FUNCTION processing_check_publish_flag();
DROP TRIGGER keep_slug_of_publications ON organisations_organisation;
DROP FUNCTION processing_keep_slug();
DROP TRIGGER keep_address ON processing_processingactivity;
DROP FUNCTION processing_keep_address();
DROP TRIGGER number_publication ON processing_publication;
DROP FUNCTION processing_number_publication();
DROP TRIGGER keep_publication ON processing_publication;
DROP FUNCTION processing_keep_publication();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("processing", "0002_models"),
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
