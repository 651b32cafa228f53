-- a page of a month
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.organisation_id AS organisation_id, processing_publication.number AS number, processing_publication.version AS version, processing_publication.is_current AS is_current, processing_publication.withdrawn_at AS withdrawn_at, COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) AS happened_at, processing_publication.title AS title, processing_publication.changed_fields AS changed_fields
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE ((processing_publication.withdrawn_at IS NULL OR NOT EXISTS(SELECT %s
    FROM processing_publication U0
    WHERE (U0.version = (processing_publication.version + %s) AND U0.withdrawn_at = (processing_publication.withdrawn_at) AND U0.working_copy_id = (processing_publication.working_copy_id)) LIMIT 1)) AND organisations_organisation.is_public AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) >= %s AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) < %s AND processing_publication.organisation_id IN (…))
    ORDER BY array_position(%s::bigint[], processing_publication.organisation_id) ASC, 6 DESC, processing_publication.id DESC LIMIT 25 OFFSET 25

-- a page of a month, the first after a publication
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
SELECT %s
    FROM organisations_revision
    WHERE (organisations_revision.area = %s AND organisations_revision.recent @> (ARRAY[%s])::bigint[]) LIMIT 1
SELECT DISTINCT DATE_TRUNC(%s, processing_publication.published_at AT TIME ZONE %s) AS truncmonth1, DATE_TRUNC(%s, processing_publication.withdrawn_at AT TIME ZONE %s) AS truncmonth2
    FROM processing_publication
    WHERE processing_publication.revision > %s
SELECT DATE_TRUNC(%s, COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) AT TIME ZONE %s) AS month, processing_publication.organisation_id AS organisation_id, COUNT(*) AS number
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE ((processing_publication.withdrawn_at IS NULL OR NOT EXISTS(SELECT %s
    FROM processing_publication U0
    WHERE (U0.version = (processing_publication.version + %s) AND U0.withdrawn_at = (processing_publication.withdrawn_at) AND U0.working_copy_id = (processing_publication.working_copy_id)) LIMIT 1)) AND organisations_organisation.is_public AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) >= %s AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) < %s)
    GROUP BY 2, 1
    ORDER BY … DESC
SELECT processing_publication.organisation_id AS organisation_id, processing_publication.number AS number, processing_publication.version AS version, processing_publication.is_current AS is_current, processing_publication.withdrawn_at AS withdrawn_at, COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) AS happened_at, processing_publication.title AS title, processing_publication.changed_fields AS changed_fields
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE ((processing_publication.withdrawn_at IS NULL OR NOT EXISTS(SELECT %s
    FROM processing_publication U0
    WHERE (U0.version = (processing_publication.version + %s) AND U0.withdrawn_at = (processing_publication.withdrawn_at) AND U0.working_copy_id = (processing_publication.working_copy_id)) LIMIT 1)) AND organisations_organisation.is_public AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) >= %s AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) < %s AND processing_publication.organisation_id IN (…))
    ORDER BY array_position(%s::bigint[], processing_publication.organisation_id) ASC, 6 DESC, processing_publication.id DESC LIMIT 25 OFFSET 25
