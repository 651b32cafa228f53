-- /admin/processing/processingactivity/
SELECT django_session.expire_date, django_session.session_data, django_session.session_key
    FROM django_session
    WHERE (django_session.expire_date > %s AND django_session.session_key = %s) LIMIT 21
SELECT organisations_user.*
    FROM organisations_user
    WHERE organisations_user.id = %s LIMIT 21
SELECT organisations_membership.role
    FROM organisations_membership
    WHERE organisations_membership.user_id = %s
SELECT COUNT(*) AS __count
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE organisations_membership.user_id = %s
3 times: SELECT %s
    FROM organisations_membership
    WHERE (organisations_membership.user_id = %s AND organisations_membership.role = %s) LIMIT 1
SELECT COUNT(*) AS __count
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE organisations_membership.user_id = %s
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.id IN (SELECT DISTINCT V0.organisation_id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
    ORDER BY organisations_organisation.slug ASC
SELECT organisations_department.id, organisations_department.name, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE organisations_department.id IN (SELECT DISTINCT V0.department_id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
    ORDER BY organisations_organisation.slug ASC, organisations_department.id ASC
SELECT processing_datacategory.*
    FROM processing_datacategory
    WHERE processing_datacategory.broader_id IS NULL
    ORDER BY processing_datacategory.position ASC, processing_datacategory.code ASC
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.id IN (SELECT W0.organisation_id
    FROM processing_processor W0
    WHERE W0.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)))
    ORDER BY organisations_organisation.slug ASC
SELECT DISTINCT processing_processor.name_de, processing_processor.name_en, processing_processor.name_fr, processing_processor.name_nl
    FROM processing_processor
    WHERE processing_processor.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT DISTINCT processing_transfer.country
    FROM processing_transfer
    WHERE processing_transfer.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT DISTINCT processing_processor.country
    FROM processing_processor
    WHERE processing_processor.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT DISTINCT unnest(processing_processor.data_countries) AS func1
    FROM processing_processor
    WHERE processing_processor.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
2 times: SELECT COUNT(*) AS __count
    FROM processing_processingactivity
    WHERE processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)
6 times: SELECT %s
    FROM organisations_membership
    WHERE (organisations_membership.user_id = %s AND organisations_membership.role = %s) LIMIT 1
SELECT organisations_organisation.*, organisations_user.*, processing_processingactivity.*
    FROM processing_processingactivity
    INNER JOIN organisations_organisation ON (processing_processingactivity.organisation_id = organisations_organisation.id)
    LEFT OUTER JOIN organisations_user ON (processing_processingactivity.changed_by_id = organisations_user.id)
    WHERE processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)
    ORDER BY organisations_organisation.slug ASC, processing_processingactivity.number ASC, processing_processingactivity.id DESC
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s

-- /admin/processing/processingactivity/?state=draft&gap=required
SELECT django_session.expire_date, django_session.session_data, django_session.session_key
    FROM django_session
    WHERE (django_session.expire_date > %s AND django_session.session_key = %s) LIMIT 21
SELECT organisations_user.*
    FROM organisations_user
    WHERE organisations_user.id = %s LIMIT 21
SELECT organisations_membership.role
    FROM organisations_membership
    WHERE organisations_membership.user_id = %s
SELECT COUNT(*) AS __count
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE organisations_membership.user_id = %s
3 times: SELECT %s
    FROM organisations_membership
    WHERE (organisations_membership.user_id = %s AND organisations_membership.role = %s) LIMIT 1
SELECT COUNT(*) AS __count
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE organisations_membership.user_id = %s
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.id IN (SELECT DISTINCT V0.organisation_id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
    ORDER BY organisations_organisation.slug ASC
SELECT organisations_department.id, organisations_department.name, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE organisations_department.id IN (SELECT DISTINCT V0.department_id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
    ORDER BY organisations_organisation.slug ASC, organisations_department.id ASC
SELECT processing_datacategory.*
    FROM processing_datacategory
    WHERE processing_datacategory.broader_id IS NULL
    ORDER BY processing_datacategory.position ASC, processing_datacategory.code ASC
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.id IN (SELECT W0.organisation_id
    FROM processing_processor W0
    WHERE W0.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)))
    ORDER BY organisations_organisation.slug ASC
SELECT DISTINCT processing_processor.name_de, processing_processor.name_en, processing_processor.name_fr, processing_processor.name_nl
    FROM processing_processor
    WHERE processing_processor.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT DISTINCT processing_transfer.country
    FROM processing_transfer
    WHERE processing_transfer.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT DISTINCT processing_processor.country
    FROM processing_processor
    WHERE processing_processor.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT DISTINCT unnest(processing_processor.data_countries) AS func1
    FROM processing_processor
    WHERE processing_processor.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT COUNT(*) AS __count
    FROM processing_processingactivity
    WHERE (processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s) AND processing_processingactivity.status = %s AND processing_processingactivity.gaps && (ARRAY[…])::varchar(20)[])
SELECT COUNT(*) AS __count
    FROM processing_processingactivity
    WHERE processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)
6 times: SELECT %s
    FROM organisations_membership
    WHERE (organisations_membership.user_id = %s AND organisations_membership.role = %s) LIMIT 1
SELECT organisations_organisation.*, organisations_user.*, processing_processingactivity.*
    FROM processing_processingactivity
    INNER JOIN organisations_organisation ON (processing_processingactivity.organisation_id = organisations_organisation.id)
    LEFT OUTER JOIN organisations_user ON (processing_processingactivity.changed_by_id = organisations_user.id)
    WHERE (processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s) AND processing_processingactivity.status = %s AND processing_processingactivity.gaps && (ARRAY[…])::varchar(20)[])
    ORDER BY organisations_organisation.slug ASC, processing_processingactivity.number ASC, processing_processingactivity.id DESC
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s

-- /admin/processing/processingactivity/?q=activity
SELECT django_session.expire_date, django_session.session_data, django_session.session_key
    FROM django_session
    WHERE (django_session.expire_date > %s AND django_session.session_key = %s) LIMIT 21
SELECT organisations_user.*
    FROM organisations_user
    WHERE organisations_user.id = %s LIMIT 21
SELECT organisations_membership.role
    FROM organisations_membership
    WHERE organisations_membership.user_id = %s
SELECT COUNT(*) AS __count
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE organisations_membership.user_id = %s
3 times: SELECT %s
    FROM organisations_membership
    WHERE (organisations_membership.user_id = %s AND organisations_membership.role = %s) LIMIT 1
SELECT COUNT(*) AS __count
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE organisations_membership.user_id = %s
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.id IN (SELECT DISTINCT V0.organisation_id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
    ORDER BY organisations_organisation.slug ASC
SELECT organisations_department.id, organisations_department.name, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE organisations_department.id IN (SELECT DISTINCT V0.department_id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
    ORDER BY organisations_organisation.slug ASC, organisations_department.id ASC
SELECT processing_datacategory.*
    FROM processing_datacategory
    WHERE processing_datacategory.broader_id IS NULL
    ORDER BY processing_datacategory.position ASC, processing_datacategory.code ASC
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.id IN (SELECT W0.organisation_id
    FROM processing_processor W0
    WHERE W0.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)))
    ORDER BY organisations_organisation.slug ASC
SELECT DISTINCT processing_processor.name_de, processing_processor.name_en, processing_processor.name_fr, processing_processor.name_nl
    FROM processing_processor
    WHERE processing_processor.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT DISTINCT processing_transfer.country
    FROM processing_transfer
    WHERE processing_transfer.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT DISTINCT processing_processor.country
    FROM processing_processor
    WHERE processing_processor.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT DISTINCT unnest(processing_processor.data_countries) AS func1
    FROM processing_processor
    WHERE processing_processor.activity_id IN (SELECT V0.id
    FROM processing_processingactivity V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
SELECT COUNT(*) AS __count
    FROM processing_processingactivity
    INNER JOIN processing_activitywords ON (processing_processingactivity.id = processing_activitywords.activity_id)
    WHERE (processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s) AND processing_activitywords.text::text LIKE %s)
SELECT COUNT(*) AS __count
    FROM processing_processingactivity
    WHERE processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)
6 times: SELECT %s
    FROM organisations_membership
    WHERE (organisations_membership.user_id = %s AND organisations_membership.role = %s) LIMIT 1
SELECT organisations_organisation.*, organisations_user.*, processing_processingactivity.*
    FROM processing_processingactivity
    INNER JOIN organisations_organisation ON (processing_processingactivity.organisation_id = organisations_organisation.id)
    INNER JOIN processing_activitywords ON (processing_processingactivity.id = processing_activitywords.activity_id)
    LEFT OUTER JOIN organisations_user ON (processing_processingactivity.changed_by_id = organisations_user.id)
    WHERE (processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s) AND processing_activitywords.text::text LIKE %s)
    ORDER BY organisations_organisation.slug ASC, processing_processingactivity.number ASC, processing_processingactivity.id DESC
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s

-- /admin/processing/processingactivity/add/
SELECT django_session.expire_date, django_session.session_data, django_session.session_key
    FROM django_session
    WHERE (django_session.expire_date > %s AND django_session.session_key = %s) LIMIT 21
SELECT organisations_user.*
    FROM organisations_user
    WHERE organisations_user.id = %s LIMIT 21
SELECT organisations_membership.role
    FROM organisations_membership
    WHERE organisations_membership.user_id = %s
SELECT organisations_membership.organisation_id
    FROM organisations_membership
    WHERE organisations_membership.user_id = %s LIMIT 2
SELECT organisations_organisation.id
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE organisations_membership.user_id = %s
    ORDER BY organisations_organisation.slug ASC
SELECT organisations_organisation.*, processing_formdraft.activity_id, processing_formdraft.at, processing_formdraft.bodies, processing_formdraft.id, processing_formdraft.key, processing_formdraft.person_id, processing_formdraft.turn, processing_processingactivity.*
    FROM processing_formdraft
    LEFT OUTER JOIN processing_processingactivity ON (processing_formdraft.activity_id = processing_processingactivity.id)
    LEFT OUTER JOIN organisations_organisation ON (processing_processingactivity.organisation_id = organisations_organisation.id)
    WHERE (processing_formdraft.at > %s AND processing_formdraft.person_id = %s AND processing_formdraft.bodies <@ (ARRAY[%s])::bigint[])
    ORDER BY processing_formdraft.at DESC
SELECT organisations_organisation.*
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE ((organisations_organisation.is_public OR organisations_organisation.id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)) AND organisations_membership.user_id = %s)
    ORDER BY organisations_organisation.slug ASC
SELECT organisations_department.id, organisations_department.name, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)
    ORDER BY organisations_organisation.slug ASC, organisations_department.id ASC
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s

-- form of an activity
SELECT django_session.expire_date, django_session.session_data, django_session.session_key
    FROM django_session
    WHERE (django_session.expire_date > %s AND django_session.session_key = %s) LIMIT 21
SELECT organisations_user.*
    FROM organisations_user
    WHERE organisations_user.id = %s LIMIT 21
SELECT organisations_membership.role
    FROM organisations_membership
    WHERE organisations_membership.user_id = %s
SELECT organisations_organisation.*, processing_processingactivity.*
    FROM processing_processingactivity
    INNER JOIN organisations_organisation ON (processing_processingactivity.organisation_id = organisations_organisation.id)
    WHERE (processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s) AND processing_processingactivity.id = %s) LIMIT 21
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
SELECT processing_datacategory.*
    FROM processing_datacategory
    WHERE (processing_datacategory.code) IN (…)
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE (organisations_organisation.id) IN (…)
SELECT processing_recipientcategory.*
    FROM processing_recipientcategory
    WHERE (processing_recipientcategory.code) IN (…)
SELECT processing_transfermechanism.*
    FROM processing_transfermechanism
    WHERE (processing_transfermechanism.code) IN (…)
SELECT processing_purposecategory.*
    FROM processing_purposecategory
    WHERE (processing_purposecategory.code) IN (…)
SELECT processing_historyentry.*
    FROM processing_historyentry
    WHERE (processing_historyentry.activity_id = %s AND processing_historyentry.action = %s AND processing_historyentry.erased_at IS NULL)
    ORDER BY processing_historyentry.number DESC LIMIT 1
SELECT organisations_organisation.id
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE organisations_membership.user_id = %s
    ORDER BY organisations_organisation.slug ASC
SELECT organisations_organisation.*, processing_formdraft.activity_id, processing_formdraft.at, processing_formdraft.bodies, processing_formdraft.id, processing_formdraft.key, processing_formdraft.person_id, processing_formdraft.turn, processing_processingactivity.*
    FROM processing_formdraft
    LEFT OUTER JOIN processing_processingactivity ON (processing_formdraft.activity_id = processing_processingactivity.id)
    LEFT OUTER JOIN organisations_organisation ON (processing_processingactivity.organisation_id = organisations_organisation.id)
    WHERE (processing_formdraft.at > %s AND processing_formdraft.person_id = %s AND processing_formdraft.bodies <@ (ARRAY[%s])::bigint[])
    ORDER BY processing_formdraft.at DESC
SELECT %s
    FROM organisations_membership
    WHERE (organisations_membership.organisation_id = %s AND organisations_membership.role = %s AND organisations_membership.user_id = %s) LIMIT 1
SELECT COUNT(*) AS __count
    FROM processing_historyentry
    WHERE (processing_historyentry.activity_id = %s AND (processing_historyentry.action = %s OR NOT (processing_historyentry.remark = %s)) AND NOT (processing_historyentry.action IN (…)))
SELECT organisations_user.*, processing_historyentry.*
    FROM processing_historyentry
    LEFT OUTER JOIN organisations_user ON (processing_historyentry.by_id = organisations_user.id)
    WHERE (processing_historyentry.activity_id = %s AND (processing_historyentry.action = %s OR NOT (processing_historyentry.remark = %s)) AND NOT (processing_historyentry.action IN (…)))
    ORDER BY processing_historyentry.number DESC LIMIT 3
SELECT organisations_user.*, processing_historyentry.*
    FROM processing_historyentry
    LEFT OUTER JOIN organisations_user ON (processing_historyentry.by_id = organisations_user.id)
    WHERE (processing_historyentry.activity_id = %s AND NOT (processing_historyentry.action IN (…)))
    ORDER BY processing_historyentry.number DESC LIMIT 1
SELECT %s
    FROM processing_publication
    WHERE processing_publication.working_copy_id = %s LIMIT 1
SELECT organisations_department.id, organisations_department.name, organisations_department.name_de, organisations_department.name_en, organisations_department.name_fr, organisations_department.name_nl, organisations_department.organisation_id
    FROM organisations_department
    INNER JOIN organisations_organisation ON (organisations_department.organisation_id = organisations_organisation.id)
    WHERE (organisations_department.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s) AND organisations_department.organisation_id = %s)
    ORDER BY organisations_organisation.slug ASC, organisations_department.id ASC
SELECT processing_theme.*
    FROM processing_theme
    WHERE processing_theme.is_active
    ORDER BY processing_theme.position ASC, processing_theme.code ASC
SELECT processing_purposecategory.*
    FROM processing_purposecategory
    WHERE processing_purposecategory.is_active
    ORDER BY processing_purposecategory.position ASC, processing_purposecategory.code ASC
SELECT processing_datasubjectcategory.*
    FROM processing_datasubjectcategory
    WHERE processing_datasubjectcategory.is_active
    ORDER BY processing_datasubjectcategory.position ASC, processing_datasubjectcategory.code ASC
SELECT processing_datacategory.*
    FROM processing_datacategory
    WHERE processing_datacategory.is_active
    ORDER BY processing_datacategory.position ASC, processing_datacategory.code ASC
SELECT processing_recipientcategory.*
    FROM processing_recipientcategory
    WHERE processing_recipientcategory.is_active
    ORDER BY processing_recipientcategory.position ASC, processing_recipientcategory.code ASC
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE (organisations_organisation.is_public OR organisations_organisation.id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s))
    ORDER BY organisations_organisation.slug ASC
SELECT processing_transfermechanism.*
    FROM processing_transfermechanism
    WHERE processing_transfermechanism.is_active
    ORDER BY processing_transfermechanism.position ASC, processing_transfermechanism.code ASC
SELECT processing_securitymeasure.*
    FROM processing_securitymeasure
    WHERE processing_securitymeasure.is_active
    ORDER BY processing_securitymeasure.position ASC, processing_securitymeasure.code ASC
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s
