-- the history of everything
SELECT area, number
    FROM organisations_revision
SELECT processing_publication.organisation_id AS organisation_id, processing_publication.number AS number, processing_publication.withdrawn_at AS withdrawn_at, CASE WHEN processing_publication.withdrawn_at IS NULL THEN processing_publication.record ELSE NULL END AS stored, processing_publication.version AS version, processing_publication.published_at AS published_at, processing_publication.is_current AS is_current, processing_publication.changed_fields AS changed_fields
    FROM processing_publication
    INNER JOIN organisations_organisation ON (processing_publication.organisation_id = organisations_organisation.id)
    WHERE ((processing_publication.withdrawn_at IS NULL OR NOT EXISTS(SELECT %s
    FROM processing_publication U0
    WHERE (U0.version = (processing_publication.version + %s) AND U0.withdrawn_at = (processing_publication.withdrawn_at) AND U0.working_copy_id = (processing_publication.working_copy_id)) LIMIT 1)) AND organisations_organisation.is_public)
    ORDER BY … ASC, 2 ASC, 5 ASC
