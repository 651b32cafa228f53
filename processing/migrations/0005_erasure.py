"""What the database holds to once a withdrawn version can be emptied: which columns are fixed.

All other columns of a publication are made from its record, and may be made anew at any time.
"""

from django.db import migrations, models

KEEP = """
CREATE OR REPLACE FUNCTION processing_keep_publication() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a publication is never deleted: withdraw it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Which version of what it is.
    IF (NEW.id, NEW.working_copy_id, NEW.organisation_id, NEW.number, NEW.version, NEW.published_at)
        IS DISTINCT FROM
        (OLD.id, OLD.working_copy_id, OLD.organisation_id, OLD.number, OLD.version, OLD.published_at)
    THEN
        RAISE EXCEPTION 'a publication never changes: publish a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Its publisher's account may be deleted.
    IF NEW.published_by_id IS NOT NULL AND NEW.published_by_id IS DISTINCT FROM OLD.published_by_id
    THEN
        RAISE EXCEPTION 'a publication never changes: publish a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- It may get a successor, and be withdrawn.
    IF (NEW.is_current AND NOT OLD.is_current)
        OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
    THEN
        RAISE EXCEPTION 'a publication does not come back: publish a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Once, after it was withdrawn, it may be erased; a constraint of the table says what is left.
    IF NEW.erased_at IS DISTINCT FROM OLD.erased_at
        AND (OLD.erased_at IS NOT NULL OR OLD.withdrawn_at IS NULL)
    THEN
        RAISE EXCEPTION 'a publication is erased once, after it was withdrawn'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.record IS DISTINCT FROM OLD.record
        AND NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
    THEN
        RAISE EXCEPTION 'a publication never changes: publish a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

-- Only where a database says that it may be emptied: those of tests do, which empty every table.
-- It keeps from mistakes, not from whoever owns the database.
CREATE FUNCTION processing_refuse_truncate() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('register.may_truncate', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'publications are never deleted: withdraw them'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON processing_publication
FOR EACH STATEMENT EXECUTE FUNCTION processing_refuse_truncate();
"""

UNKEEP = """
DROP TRIGGER refuse_truncate ON processing_publication;
DROP FUNCTION processing_refuse_truncate();

CREATE OR REPLACE FUNCTION processing_keep_publication() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unchanged processing_publication;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a publication is never deleted: withdraw it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
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
"""


class Migration(migrations.Migration):
    dependencies = [("processing", "0004_codes_stand_in_addresses")]

    operations = [
        migrations.AddField(
            "publication", "erased_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            "publication",
            models.CheckConstraint(
                name="publication_erased_is_withdrawn_and_empty",
                condition=models.Q(erased_at__isnull=True)
                | models.Q(
                    withdrawn_at__isnull=False,
                    record={},
                    title={},
                    summary={},
                    sort_nl="",
                    sort_fr="",
                    sort_de="",
                    sort_en="",
                    languages=[],
                    themes=[],
                    data_subjects=[],
                    data_categories=[],
                    purpose_categories=[],
                    legal_bases=[],
                    recipient_categories=[],
                    recipient_organisations=[],
                    has_transfers=False,
                    has_automated_decisions=False,
                ),
            ),
        ),
        migrations.RunSQL(KEEP, UNKEEP),
    ]
