-- a feed 
-- a feed ?body=body-a
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.organisation_id AS organisation_id, processing_publication.number AS number, processing_publication.version AS version, processing_publication.is_current AS is_current, processing_publication.withdrawn_at AS withdrawn_at, COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) AS happened_at, processing_publication.title AS title, processing_publication.changed_fields AS changed_fields
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE ((processing_publication.withdrawn_at IS NULL OR NOT EXISTS(SELECT %s
    FROM processing_publication U0
    WHERE (U0.version = (processing_publication.version + %s) AND U0.withdrawn_at = (processing_publication.withdrawn_at) AND U0.working_copy_id = (processing_publication.working_copy_id)) LIMIT 1)) AND organisations_organisation.is_public AND COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) < %s AND processing_publication.organisation_id IN (…))
    ORDER BY … DESC, processing_publication.id DESC LIMIT 5

-- a feed ?people=01
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.id AS pk, processing_publication.organisation_id AS organisation_id, processing_publication.number AS number, processing_publication.version AS version, processing_publication.is_current AS is_current, processing_publication.withdrawn_at AS withdrawn_at, COALESCE(processing_publication.withdrawn_at, processing_publication.published_at) AS happened_at, processing_publication.title AS title, processing_publication.changed_fields AS changed_fields
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE (processing_publication.is_current AND organisations_organisation.is_public AND processing_publication.id IN (…))
