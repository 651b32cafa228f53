-- suggestions with entries
-- suggestions in another language
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.id
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.sort_nl >= %s AND processing_publication.sort_nl < %s)
    ORDER BY processing_publication.sort_nl ASC, 1 ASC LIMIT 5
SELECT processing_publication.acts_as, processing_publication.id, processing_publication.number, processing_publication.organisation_id, processing_publication.published_at, processing_publication.summary, processing_publication.title
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))

-- suggestions without entries
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.id
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.sort_nl >= %s AND processing_publication.sort_nl < %s)
    ORDER BY processing_publication.sort_nl ASC, 1 ASC LIMIT 5

-- suggestions for too little
-- suggestions that the process keeps
SELECT area, number
    FROM organisations_revision

-- the first suggestions after a publication
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
    WHERE other.is_current AND (other.sort_nl, other.id) < (entry.sort_nl, entry.id)
    ORDER BY other.sort_nl DESC, other.id DESC LIMIT 1 )
    FROM processing_publication AS entry
    WHERE entry.id = ANY(%s)
    ORDER BY entry.sort_nl ASC, entry.id ASC
SELECT processing_publication.id, processing_publication.title
    FROM processing_publication
    WHERE (processing_publication.is_current AND processing_publication.revision > %s)
SELECT processing_publication.id AS id, (processing_publication.record -> %s) AS record__keywords
    FROM processing_publication
    WHERE (processing_publication.is_current AND processing_publication.revision > %s)
SELECT processing_publication.id
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.sort_nl >= %s AND processing_publication.sort_nl < %s)
    ORDER BY processing_publication.sort_nl ASC, 1 ASC LIMIT 5
SELECT processing_publication.acts_as, processing_publication.id, processing_publication.number, processing_publication.organisation_id, processing_publication.published_at, processing_publication.summary, processing_publication.title
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id = ANY(%s::bigint[]))
