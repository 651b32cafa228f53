"""What the database itself holds to: revisions advance, publications and addresses stay.

All other columns of a publication are made from its record, and may be made anew at any time.
"""

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
CREATE FUNCTION processing_keep_publication() RETURNS trigger LANGUAGE plpgsql
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

WORDS = """
-- Adds the words of some publications to the vocabulary of the search (1), or takes them away (-1).
CREATE FUNCTION processing_count_words(publications bigint[], difference integer) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    languages text[];
    words text[];
    numbers integer[];
BEGIN
    -- In one order, whoever counts.
    SELECT array_agg(counted.language), array_agg(counted.word), array_agg(counted.entries)
    INTO languages, words, numbers
    FROM (
        SELECT document.language, word, count(*)::integer AS entries
        FROM processing_searchtext AS document,
            string_to_table(document.spellings, ' ') AS word
        WHERE document.publication_id = ANY (publications)
        GROUP BY document.language, word
        ORDER BY document.language, word
    ) AS counted;
    IF difference > 0 THEN
        INSERT INTO processing_searchword AS known (language, word, lexeme, entries)
        SELECT counted.language, counted.word, lexeme, counted.entries
        FROM unnest(languages, words, numbers) AS counted (language, word, entries),
            LATERAL (
                SELECT (tsvector_to_array(to_tsvector(
                    ('register_' || counted.language)::regconfig, counted.word
                )))[1] AS lexeme
            ) AS parsed
        WHERE lexeme IS NOT NULL
        ON CONFLICT (language, word) DO UPDATE
            SET entries = known.entries + EXCLUDED.entries, lexeme = EXCLUDED.lexeme;
    ELSE
        DELETE FROM processing_searchword AS known
        USING unnest(languages, words, numbers) AS counted (language, word, entries)
        WHERE known.language = counted.language AND known.word = counted.word
            AND known.entries <= counted.entries;
        UPDATE processing_searchword AS known SET entries = known.entries - counted.entries
        FROM unnest(languages, words, numbers) AS counted (language, word, entries)
        WHERE known.language = counted.language AND known.word = counted.word;
    END IF;
END
$$;

-- A body that is shown brings the words of its entries along, a hidden one takes them away.
CREATE FUNCTION processing_count_words_of_body() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    -- Changes no row: it advances the revision of the publications and holds its lock, so that
    -- nobody publishes meanwhile.
    UPDATE processing_publication SET is_current = is_current WHERE false;
    PERFORM processing_count_words(
        ARRAY(
            SELECT id FROM processing_publication
            WHERE organisation_id = NEW.id AND is_current
        ),
        CASE WHEN NEW.is_public THEN 1 ELSE -1 END
    );
    RETURN NULL;
END
$$;

CREATE TRIGGER count_words_of_body AFTER UPDATE OF is_public ON organisations_organisation
FOR EACH ROW WHEN (NEW.is_public IS DISTINCT FROM OLD.is_public)
EXECUTE FUNCTION processing_count_words_of_body();
"""

# A function looks for its tables in its own schema: a restore of data runs without any other.
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

UNKEEP = """
DROP TRIGGER count_words_of_body ON organisations_organisation;
DROP FUNCTION processing_count_words_of_body();
DROP FUNCTION processing_count_words(bigint[], integer);
DROP TRIGGER refuse_truncate ON processing_publication;
DROP FUNCTION processing_refuse_truncate();
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
    replaces = [
        ("processing", "0003_guards"),
        ("processing", "0005_erasure"),
        ("processing", "0007_words_of_public_entries"),
        ("processing", "0010_functions_name_their_schema"),
        ("processing", "0011_authors_of_what_is_new"),
    ]
    dependencies = [("processing", "0002_tables")]

    operations = [
        *(
            migrations.RunSQL(
                ADVANCE.format(table=table, area=area),
                f"DROP TRIGGER advance_revision ON {table};",
            )
            for table, area in AREAS.items()
        ),
        migrations.RunSQL(KEEP + WORDS + NAME, UNKEEP),
    ]
