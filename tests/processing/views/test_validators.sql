-- home
-- list
-- filtered
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.acts_as, processing_publication.id, processing_publication.number, processing_publication.organisation_id, processing_publication.published_at, processing_publication.summary, processing_publication.title
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))

-- body
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.acts_as, processing_publication.id, processing_publication.number, processing_publication.organisation_id, processing_publication.published_at, processing_publication.summary, processing_publication.title
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))
SELECT processing_publication.id AS pk, (processing_publication.record -> %s) AS record__format, (processing_publication.record -> %s) AS record__organisation, (processing_publication.record -> %s) AS record__number, (processing_publication.record -> %s) AS record__data, (processing_publication.record -> %s) AS record__retention
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id IN (…))

-- home, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
SELECT entry.id, ( SELECT other.id
    FROM processing_publication AS other
    WHERE other.is_current AND (other.published_at, other.id) > (entry.published_at, entry.id)
    ORDER BY other.published_at ASC, other.id ASC LIMIT 1 )
    FROM processing_publication AS entry
    WHERE entry.id = ANY(%s)
    ORDER BY entry.published_at DESC, entry.id DESC
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …
SELECT processing_publication.acts_as, processing_publication.id, processing_publication.number, processing_publication.organisation_id, processing_publication.published_at, processing_publication.summary, processing_publication.title
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))

-- a page that the process keeps
-- bodies
-- data
-- data category
-- people
-- group of people
-- topics
-- topics, the first after a change everywhere
-- topic
-- topic, the first after a change everywhere
-- glossary
-- glossary, the first after a change everywhere
-- meanings
-- whom to ask
-- about
-- privacy
-- accessibility
-- open data
-- disclaimer
-- disclaimer, the first after a change everywhere
-- themes of a group
-- wishes
-- a page that has not changed
-- exchanges
-- bodies by name
SELECT area, number
    FROM organisations_revision

-- open data, the first after a change everywhere
-- data category, the first after a change everywhere
-- group of people, the first after a change everywhere
-- exchanges, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC

-- bodies, the first after a change everywhere
-- bodies by name, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …

-- body, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
SELECT entry.id, ( SELECT other.id
    FROM processing_publication AS other
    WHERE other.is_current AND (other.sort_de, other.id) < (entry.sort_de, entry.id)
    ORDER BY other.sort_de DESC, other.id DESC LIMIT 1 )
    FROM processing_publication AS entry
    WHERE entry.id = ANY(%s)
    ORDER BY entry.sort_de ASC, entry.id ASC
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …
SELECT processing_publication.acts_as, processing_publication.id, processing_publication.number, processing_publication.organisation_id, processing_publication.published_at, processing_publication.summary, processing_publication.title
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))
SELECT processing_publication.id AS pk, (processing_publication.record -> %s) AS record__format, (processing_publication.record -> %s) AS record__organisation, (processing_publication.record -> %s) AS record__number, (processing_publication.record -> %s) AS record__data, (processing_publication.record -> %s) AS record__retention
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id IN (…))

-- list, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
SELECT entry.id, ( SELECT other.id
    FROM processing_publication AS other
    WHERE other.is_current AND (other.sort_de, other.id) < (entry.sort_de, entry.id)
    ORDER BY other.sort_de DESC, other.id DESC LIMIT 1 )
    FROM processing_publication AS entry
    WHERE entry.id = ANY(%s)
    ORDER BY entry.sort_de ASC, entry.id ASC
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
SELECT processing_publication.acts_as, processing_publication.id, processing_publication.number, processing_publication.organisation_id, processing_publication.published_at, processing_publication.summary, processing_publication.title
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))

-- filtered, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
SELECT entry.id, ( SELECT other.id
    FROM processing_publication AS other
    WHERE other.is_current AND (other.published_at, other.id) > (entry.published_at, entry.id)
    ORDER BY other.published_at ASC, other.id ASC LIMIT 1 )
    FROM processing_publication AS entry
    WHERE entry.id = ANY(%s)
    ORDER BY entry.published_at DESC, entry.id DESC
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
SELECT processing_publication.acts_as, processing_publication.id, processing_publication.number, processing_publication.organisation_id, processing_publication.published_at, processing_publication.summary, processing_publication.title
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))

-- search
SELECT area, number
    FROM organisations_revision
SELECT word, lexeme, forms, ARRAY( SELECT ARRAY[other.word, other.lexeme]
    FROM processing_searchword AS other
    WHERE other.language = %(language)s AND other.lexeme = ANY(asked.variants) AND other.lexeme <> asked.lexeme
    ORDER BY other.entries DESC, other.word LIMIT %(most)s ) || ARRAY( SELECT ARRAY[longer.word, longer.lexeme]
    FROM processing_searchword AS longer
    WHERE longer.language = %(language)s AND longer.lexeme <> asked.lexeme AND longer.lexeme <> ALL(asked.variants) AND ( longer.word LIKE asked.word || '%%' OR (compounding AND longer.word LIKE asked.lexeme || '%%') OR (compounding AND longer.word LIKE asked.variants[1] || '%%') OR ( compounding AND longer.word LIKE '%%' || asked.word -- Entscheidung is no kind of Scheidung. AND left(longer.word, -length(asked.word)) <> ALL(%(prefixes)s) ) ) AND CASE WHEN compounding THEN length(asked.word) >= %(part)s ELSE cardinality(forms) = 0 AND length(asked.word) >= %(shortest)s END
    ORDER BY longer.entries DESC, longer.word LIMIT %(most)s ), ( SELECT coalesce(sum(same.entries), 0)
    FROM processing_searchword AS same
    WHERE same.language = %(language)s AND same.lexeme = asked.lexeme ), ARRAY( SELECT ARRAY[other.language, other.lexeme, ( SELECT coalesce(sum(same.entries), 0)::text
    FROM processing_searchword AS same
    WHERE same.language = other.language AND same.lexeme = other.lexeme )]
    FROM ( SELECT language, (tsvector_to_array( to_tsvector(('register_' || language)::regconfig, asked.word) ))[1] AS lexeme
    FROM unnest(%(others)s::text[]) AS given (language) OFFSET 0 ) AS other )
    FROM ( SELECT word, lexeme, %(language)s = ANY(%(compounding)s) AS compounding, -- The Dutch stemmer leaves wijz of wijzen, briev of brieven, bonn of -- bonnen, and all of fotos, which is written foto's. CASE WHEN %(language)s = 'nl' THEN array_remove(ARRAY[ left(lexeme, -1) || translate(right(lexeme, 1), 'szfv', 'zsvf'), CASE WHEN word ~ '[aiouy]s$' AND word !~ '(aa|ai|au|oi|oo|ou|ui|uu)s$' THEN left(word, -1) END, CASE WHEN lexeme ~ '([bfglmnprs])\1$' THEN left(lexeme, -1) END, CASE WHEN lexeme ~ '[^aeiou][aeiou][bfglmnprs]$' THEN lexeme || right(lexeme, 1) END ], NULL) ELSE '{}' END AS variants, ARRAY( SELECT same.word
    FROM processing_searchword AS same
    WHERE same.language = %(language)s AND same.lexeme = parsed.lexeme
    ORDER BY same.entries DESC, same.word LIMIT %(most)s ) AS forms
    FROM unnest(%(words)s::text[]) AS given (word), LATERAL ( SELECT (tsvector_to_array(to_tsvector(%(form)s::regconfig, word)))[1] AS lexeme OFFSET 0 ) AS parsed OFFSET 0 ) AS asked
SELECT 0, array_agg(publication_id)
    FROM processing_searchtext
    WHERE language = %s AND words @@ ((%s::tsquery))
SELECT publication_id, 2 * ts_rank('{0, 0.1, 0.4, 1}', words, ((%s::tsquery)), 1) + 1 * ts_rank('{0, 0.1, 0.4, 1}', words, ((%s::tsquery)), 1)
    FROM processing_searchtext
    WHERE language = %s AND publication_id = ANY(%s::bigint[])
SELECT publication_id, vector
    FROM processing_searchmeaning
    WHERE publication_id = ANY(%s::bigint[]) AND encoder = %s
    ORDER BY publication_id LIMIT 2000
SELECT processing_publication.id AS pk, (processing_publication.record)::text AS cast1, processing_publication.published_at AS published_at
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))

-- search, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
SELECT entry.id, ( SELECT other.id
    FROM processing_publication AS other
    WHERE other.is_current AND (other.published_at, other.id) > (entry.published_at, entry.id)
    ORDER BY other.published_at ASC, other.id ASC LIMIT 1 )
    FROM processing_publication AS entry
    WHERE entry.id = ANY(%s)
    ORDER BY entry.published_at DESC, entry.id DESC
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
SELECT ARRAY( SELECT lexeme
    FROM unnest(to_tsvector(('register_' || language)::regconfig, text))
    ORDER BY positions[1] )
    FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS given (language, text, place)
    ORDER BY place
SELECT processing_synonym.everyday, processing_synonym.language, processing_synonym.means
    FROM processing_synonym
    ORDER BY … ASC, 2 ASC
SELECT word, lexeme, forms, ARRAY( SELECT ARRAY[other.word, other.lexeme]
    FROM processing_searchword AS other
    WHERE other.language = %(language)s AND other.lexeme = ANY(asked.variants) AND other.lexeme <> asked.lexeme
    ORDER BY other.entries DESC, other.word LIMIT %(most)s ) || ARRAY( SELECT ARRAY[longer.word, longer.lexeme]
    FROM processing_searchword AS longer
    WHERE longer.language = %(language)s AND longer.lexeme <> asked.lexeme AND longer.lexeme <> ALL(asked.variants) AND ( longer.word LIKE asked.word || '%%' OR (compounding AND longer.word LIKE asked.lexeme || '%%') OR (compounding AND longer.word LIKE asked.variants[1] || '%%') OR ( compounding AND longer.word LIKE '%%' || asked.word -- Entscheidung is no kind of Scheidung. AND left(longer.word, -length(asked.word)) <> ALL(%(prefixes)s) ) ) AND CASE WHEN compounding THEN length(asked.word) >= %(part)s ELSE cardinality(forms) = 0 AND length(asked.word) >= %(shortest)s END
    ORDER BY longer.entries DESC, longer.word LIMIT %(most)s ), ( SELECT coalesce(sum(same.entries), 0)
    FROM processing_searchword AS same
    WHERE same.language = %(language)s AND same.lexeme = asked.lexeme ), ARRAY( SELECT ARRAY[other.language, other.lexeme, ( SELECT coalesce(sum(same.entries), 0)::text
    FROM processing_searchword AS same
    WHERE same.language = other.language AND same.lexeme = other.lexeme )]
    FROM ( SELECT language, (tsvector_to_array( to_tsvector(('register_' || language)::regconfig, asked.word) ))[1] AS lexeme
    FROM unnest(%(others)s::text[]) AS given (language) OFFSET 0 ) AS other )
    FROM ( SELECT word, lexeme, %(language)s = ANY(%(compounding)s) AS compounding, -- The Dutch stemmer leaves wijz of wijzen, briev of brieven, bonn of -- bonnen, and all of fotos, which is written foto's. CASE WHEN %(language)s = 'nl' THEN array_remove(ARRAY[ left(lexeme, -1) || translate(right(lexeme, 1), 'szfv', 'zsvf'), CASE WHEN word ~ '[aiouy]s$' AND word !~ '(aa|ai|au|oi|oo|ou|ui|uu)s$' THEN left(word, -1) END, CASE WHEN lexeme ~ '([bfglmnprs])\1$' THEN left(lexeme, -1) END, CASE WHEN lexeme ~ '[^aeiou][aeiou][bfglmnprs]$' THEN lexeme || right(lexeme, 1) END ], NULL) ELSE '{}' END AS variants, ARRAY( SELECT same.word
    FROM processing_searchword AS same
    WHERE same.language = %(language)s AND same.lexeme = parsed.lexeme
    ORDER BY same.entries DESC, same.word LIMIT %(most)s ) AS forms
    FROM unnest(%(words)s::text[]) AS given (word), LATERAL ( SELECT (tsvector_to_array(to_tsvector(%(form)s::regconfig, word)))[1] AS lexeme OFFSET 0 ) AS parsed OFFSET 0 ) AS asked
SELECT 0, array_agg(publication_id)
    FROM processing_searchtext
    WHERE language = %s AND words @@ ((%s::tsquery))
SELECT publication_id, 2 * ts_rank('{0, 0.1, 0.4, 1}', words, ((%s::tsquery)), 1) + 1 * ts_rank('{0, 0.1, 0.4, 1}', words, ((%s::tsquery)), 1)
    FROM processing_searchtext
    WHERE language = %s AND publication_id = ANY(%s::bigint[])
SELECT publication_id, vector
    FROM processing_searchmeaning
    WHERE publication_id = ANY(%s::bigint[]) AND encoder = %s
    ORDER BY publication_id LIMIT 2000
SELECT processing_publication.id AS pk, (processing_publication.record)::text AS cast1, processing_publication.published_at AS published_at
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))

-- data, the first after a change everywhere
-- people, the first after a change everywhere
-- themes of a group, the first after a change everywhere
-- wishes, the first after a change everywhere
-- meanings, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC

-- whom to ask, the first after a change everywhere
-- about, the first after a change everywhere
-- privacy, the first after a change everywhere
-- accessibility, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC

-- entry
-- an entry that no process keeps yet
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.number AS number, processing_publication.version AS version, processing_publication.published_at AS published_at, (processing_publication.record)::text AS cast1
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.number = %s AND organisations_organisation.slug = %s)

-- entry, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.number AS number, processing_publication.version AS version, processing_publication.published_at AS published_at, (processing_publication.record)::text AS cast1
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.number = %s AND organisations_organisation.slug = %s)
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …

-- history
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.*
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (organisations_organisation.is_public AND processing_publication.withdrawn_at IS NULL AND processing_publication.number = %s AND organisations_organisation.slug = %s)
    ORDER BY processing_publication.version DESC

-- history, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.*
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (organisations_organisation.is_public AND processing_publication.withdrawn_at IS NULL AND processing_publication.number = %s AND organisations_organisation.slug = %s)
    ORDER BY processing_publication.version DESC
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC

-- version
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.*
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (organisations_organisation.is_public AND processing_publication.withdrawn_at IS NULL AND processing_publication.number = %s AND organisations_organisation.slug = %s AND processing_publication.version = %s)
    ORDER BY processing_publication.id ASC LIMIT 1

-- version, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.*
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (organisations_organisation.is_public AND processing_publication.withdrawn_at IS NULL AND processing_publication.number = %s AND organisations_organisation.slug = %s AND processing_publication.version = %s)
    ORDER BY processing_publication.id ASC LIMIT 1
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …

-- comparison
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.*
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (organisations_organisation.is_public AND processing_publication.withdrawn_at IS NULL AND processing_publication.number = %s AND organisations_organisation.slug = %s AND processing_publication.version IN (…))

-- comparison, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.*
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (organisations_organisation.is_public AND processing_publication.withdrawn_at IS NULL AND processing_publication.number = %s AND organisations_organisation.slug = %s AND processing_publication.version IN (…))
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …

-- changes
-- changes of a body
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.organisation_id AS organisation_id, processing_publication.number AS number, processing_publication.version AS version, processing_publication.is_current AS is_current, processing_publication.withdrawn_at AS withdrawn_at, COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) AS happened_at, processing_publication.title AS title, processing_publication.changed_fields AS changed_fields
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE ((processing_publication.withdrawn_at IS NULL OR NOT EXISTS(SELECT %s
    FROM processing_publication U0
    WHERE (U0.version = (processing_publication.version + %s) AND U0.withdrawn_at = (processing_publication.withdrawn_at) AND U0.working_copy_id = (processing_publication.working_copy_id)) LIMIT 1)) AND organisations_organisation.is_public AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) >= %s AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) < %s AND processing_publication.organisation_id IN (…))
    ORDER BY array_position(%s::bigint[], processing_publication.organisation_id) ASC, 6 DESC, processing_publication.id DESC LIMIT 25

-- changes, the first after a change everywhere
-- changes of a body, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …
SELECT DATE_TRUNC(%s, COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) AT TIME ZONE %s) AS month, processing_publication.organisation_id AS organisation_id, COUNT(*) AS number
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE ((processing_publication.withdrawn_at IS NULL OR NOT EXISTS(SELECT %s
    FROM processing_publication U0
    WHERE (U0.version = (processing_publication.version + %s) AND U0.withdrawn_at = (processing_publication.withdrawn_at) AND U0.working_copy_id = (processing_publication.working_copy_id)) LIMIT 1)) AND organisations_organisation.is_public)
    GROUP BY 2, 1
    ORDER BY … DESC
SELECT processing_publication.organisation_id AS organisation_id, processing_publication.number AS number, processing_publication.version AS version, processing_publication.is_current AS is_current, processing_publication.withdrawn_at AS withdrawn_at, COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) AS happened_at, processing_publication.title AS title, processing_publication.changed_fields AS changed_fields
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE ((processing_publication.withdrawn_at IS NULL OR NOT EXISTS(SELECT %s
    FROM processing_publication U0
    WHERE (U0.version = (processing_publication.version + %s) AND U0.withdrawn_at = (processing_publication.withdrawn_at) AND U0.working_copy_id = (processing_publication.working_copy_id)) LIMIT 1)) AND organisations_organisation.is_public AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) >= %s AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) < %s AND processing_publication.organisation_id IN (…))
    ORDER BY array_position(%s::bigint[], processing_publication.organisation_id) ASC, 6 DESC, processing_publication.id DESC LIMIT 25

-- exchanges of a body
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.id, processing_publication.record
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id IN (…))

-- exchanges of a body, the first after a change everywhere
SELECT area, number
    FROM organisations_revision
SELECT organisations_revision.number, organisations_revision.recent
    FROM organisations_revision
    WHERE organisations_revision.area = %s
    ORDER BY organisations_revision.area ASC LIMIT 1
SELECT processing_publication.id
    FROM processing_publication
    WHERE processing_publication.revision > %s
WITH entries AS MATERIALIZED (SELECT id, organisation_id, themes, data_subjects, data_categories, purpose_categories, legal_bases, recipient_categories, recipient_organisations, languages, has_transfers, has_automated_decisions, acts_as, published_at, has_joint_controllers, served_organisations, departments, countries, processing_types, security_measures, transfer_mechanisms
    FROM processing_publication
    WHERE is_current AND id = ANY(%s)) SELECT 'body', option, array_agg(id)
    FROM (SELECT id, organisation_id::text AS option
    FROM entries) AS parts
    GROUP BY option
    UNION ALL …
SELECT entry.id, ( SELECT other.id
    FROM processing_publication AS other
    WHERE other.is_current AND (other.sort_de, other.id) < (entry.sort_de, entry.id)
    ORDER BY other.sort_de DESC, other.id DESC LIMIT 1 )
    FROM processing_publication AS entry
    WHERE entry.id = ANY(%s)
    ORDER BY entry.sort_de ASC, entry.id ASC
(SELECT %s, processing_datacategory.*
    FROM processing_datacategory)
    UNION ALL …
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.is_public
    ORDER BY … ASC
SELECT organisations_department.id, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    WHERE U0.is_public) AND organisations_organisation.shows_departments)
    ORDER BY … ASC
SELECT processing_publication.id, processing_publication.record
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id IN (…))
