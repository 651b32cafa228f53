-- a printed register
SELECT django_session.expire_date, django_session.session_data, django_session.session_key
    FROM django_session
    WHERE (django_session.expire_date > %s AND django_session.session_key = %s) LIMIT 21
SELECT organisations_user.*
    FROM organisations_user
    WHERE organisations_user.id = %s LIMIT 21
SELECT organisations_membership.role
    FROM organisations_membership
    WHERE organisations_membership.user_id = %s
SELECT organisations_organisation.*
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE (organisations_membership.user_id = %s AND organisations_organisation.id = %s) LIMIT 21
SELECT COUNT(*) AS __count
    FROM processing_processingactivity
    WHERE processing_processingactivity.organisation_id = %s
SELECT processing_processingactivity.id
    FROM processing_processingactivity
    WHERE processing_processingactivity.organisation_id = %s
    ORDER BY processing_processingactivity.number ASC LIMIT 500
INSERT INTO django_admin_log (action_time, user_id, content_type_id, object_id, object_repr, action_flag, change_message) VALUES (…) RETURNING django_admin_log.id
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s
SELECT organisations_organisation.*, processing_processingactivity.*
    FROM processing_processingactivity
    INNER JOIN organisations_organisation ON (processing_processingactivity.organisation_id = organisations_organisation.id)
    WHERE processing_processingactivity.id IN (…)
    ORDER BY processing_processingactivity.number ASC
SELECT processing_processingactivity_themes.processingactivity_id, processing_theme.*
    FROM processing_theme
    INNER JOIN processing_processingactivity_themes ON (processing_theme.code = processing_processingactivity_themes.theme_id)
    WHERE processing_processingactivity_themes.processingactivity_id IN (…)
    ORDER BY processing_theme.position ASC, processing_theme.code ASC
SELECT processing_datasubjectcategory.*, processing_processingactivity_data_subjects.processingactivity_id
    FROM processing_datasubjectcategory
    INNER JOIN processing_processingactivity_data_subjects ON (processing_datasubjectcategory.code = processing_processingactivity_data_subjects.datasubjectcategory_id)
    WHERE processing_processingactivity_data_subjects.processingactivity_id IN (…)
    ORDER BY processing_datasubjectcategory.position ASC, processing_datasubjectcategory.code ASC
SELECT processing_processingactivity_processing_types.processingactivity_id, processing_processingtype.*
    FROM processing_processingtype
    INNER JOIN processing_processingactivity_processing_types ON (processing_processingtype.code = processing_processingactivity_processing_types.processingtype_id)
    WHERE processing_processingactivity_processing_types.processingactivity_id IN (…)
    ORDER BY processing_processingtype.position ASC, processing_processingtype.code ASC
SELECT processing_processingactivity_security_measures.processingactivity_id, processing_securitymeasure.*
    FROM processing_securitymeasure
    INNER JOIN processing_processingactivity_security_measures ON (processing_securitymeasure.code = processing_processingactivity_security_measures.securitymeasure_id)
    WHERE processing_processingactivity_security_measures.processingactivity_id IN (…)
    ORDER BY processing_securitymeasure.position ASC, processing_securitymeasure.code ASC
SELECT processing_servedcontroller.*
    FROM processing_servedcontroller
    WHERE processing_servedcontroller.activity_id IN (…)
    ORDER BY processing_servedcontroller.id ASC
SELECT processing_purpose.*
    FROM processing_purpose
    WHERE processing_purpose.activity_id IN (…)
    ORDER BY processing_purpose.id ASC
SELECT processing_legalground.*
    FROM processing_legalground
    WHERE processing_legalground.activity_id IN (…)
    ORDER BY processing_legalground.id ASC
SELECT processing_dataitem.*
    FROM processing_dataitem
    WHERE processing_dataitem.activity_id IN (…)
    ORDER BY processing_dataitem.id ASC
SELECT processing_dataitem_about.dataitem_id, processing_datasubjectcategory.*
    FROM processing_datasubjectcategory
    INNER JOIN processing_dataitem_about ON (processing_datasubjectcategory.code = processing_dataitem_about.datasubjectcategory_id)
    WHERE processing_dataitem_about.dataitem_id IN (…)
    ORDER BY processing_datasubjectcategory.position ASC, processing_datasubjectcategory.code ASC
SELECT processing_retention.*
    FROM processing_retention
    WHERE processing_retention.activity_id IN (…)
    ORDER BY processing_retention.id ASC
SELECT processing_recipient.*
    FROM processing_recipient
    WHERE processing_recipient.activity_id IN (…)
    ORDER BY processing_recipient.id ASC
SELECT processing_processor.*
    FROM processing_processor
    WHERE processing_processor.activity_id IN (…)
    ORDER BY processing_processor.id ASC
SELECT processing_jointcontroller.*
    FROM processing_jointcontroller
    WHERE processing_jointcontroller.activity_id IN (…)
    ORDER BY processing_jointcontroller.id ASC
SELECT processing_transfer.*
    FROM processing_transfer
    WHERE processing_transfer.activity_id IN (…)
    ORDER BY processing_transfer.id ASC
SELECT processing_theme.*
    FROM processing_theme
    WHERE processing_theme.code IN (…)
    ORDER BY processing_theme.position ASC, processing_theme.code ASC
SELECT processing_datasubjectcategory.*
    FROM processing_datasubjectcategory
    WHERE processing_datasubjectcategory.code IN (…)
    ORDER BY processing_datasubjectcategory.position ASC, processing_datasubjectcategory.code ASC
SELECT processing_securitymeasure.*
    FROM processing_securitymeasure
    WHERE processing_securitymeasure.code IN (…)
    ORDER BY processing_securitymeasure.position ASC, processing_securitymeasure.code ASC
SELECT processing_datacategory.*
    FROM processing_datacategory
    WHERE processing_datacategory.code IN (…)
    ORDER BY processing_datacategory.position ASC, processing_datacategory.code ASC
SELECT processing_recipientcategory.*
    FROM processing_recipientcategory
    WHERE processing_recipientcategory.code IN (…)
    ORDER BY processing_recipientcategory.position ASC, processing_recipientcategory.code ASC
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.id IN (…)
    ORDER BY organisations_organisation.slug ASC
SELECT processing_transfermechanism.*
    FROM processing_transfermechanism
    WHERE processing_transfermechanism.code IN (…)
    ORDER BY processing_transfermechanism.position ASC, processing_transfermechanism.code ASC
SELECT processing_purposecategory.*
    FROM processing_purposecategory
    WHERE processing_purposecategory.code IN (…)
    ORDER BY processing_purposecategory.position ASC, processing_purposecategory.code ASC
