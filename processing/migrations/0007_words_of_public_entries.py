"""Words of entries that are not public are neither known nor offered by the search."""

from django.db import migrations

from organisations.limits import LimitedTextField

FORWARDS = """
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

BACKWARDS = """
DROP TRIGGER count_words_of_body ON organisations_organisation;
DROP FUNCTION processing_count_words_of_body();
DROP FUNCTION processing_count_words(bigint[], integer);
"""


class Migration(migrations.Migration):
    dependencies = [("processing", "0006_history_of_erasures")]

    operations = [
        migrations.AddField(
            model_name="searchtext",
            name="spellings",
            field=LimitedTextField(default="", max_length=1_010_000),
            preserve_default=False,
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        # They hold words of hidden bodies. `rebuild_search` counts those of public ones.
        migrations.RunSQL("DELETE FROM processing_searchword", migrations.RunSQL.noop),
    ]
