-- /admin/contact/question/
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
    WHERE organisations_organisation.id IN (SELECT DISTINCT V0.organisation_id
    FROM contact_question V0
    WHERE (V0.purged_at IS NULL AND V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s))))
    ORDER BY organisations_organisation.slug ASC
2 times: SELECT COUNT(*) AS __count
    FROM contact_question
    WHERE (contact_question.purged_at IS NULL AND contact_question.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s)))
SELECT contact_question.*, organisations_organisation.*, organisations_user.*
    FROM contact_question
    INNER JOIN organisations_organisation ON (contact_question.organisation_id = organisations_organisation.id)
    LEFT OUTER JOIN organisations_user ON (contact_question.taken_by_id = organisations_user.id)
    WHERE (contact_question.purged_at IS NULL AND contact_question.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s)))
    ORDER BY contact_question.due_on ASC, contact_question.id ASC
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s

-- /admin/contact/mail/
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
    WHERE organisations_organisation.id IN (SELECT DISTINCT V0.organisation_id
    FROM contact_mail V0
    WHERE V0.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s)))
    ORDER BY organisations_organisation.slug ASC
2 times: SELECT COUNT(*) AS __count
    FROM contact_mail
    WHERE contact_mail.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s))
SELECT contact_mail.*, organisations_organisation.*
    FROM contact_mail
    INNER JOIN organisations_organisation ON (contact_mail.organisation_id = organisations_organisation.id)
    WHERE contact_mail.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s))
    ORDER BY contact_mail.id DESC
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s

-- /admin/contact/question/figures/
SELECT django_session.expire_date, django_session.session_data, django_session.session_key
    FROM django_session
    WHERE (django_session.expire_date > %s AND django_session.session_key = %s) LIMIT 21
SELECT organisations_user.*
    FROM organisations_user
    WHERE organisations_user.id = %s LIMIT 21
SELECT organisations_membership.role
    FROM organisations_membership
    WHERE organisations_membership.user_id = %s
SELECT DISTINCT DATE_TRUNC(%s, contact_question.received_at AT TIME ZONE %s) AS datetimefield
    FROM contact_question
    WHERE (contact_question.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s)) AND contact_question.received_at IS NOT NULL)
    ORDER BY … DESC
SELECT contact_question.organisation_id AS organisation, contact_question.kind AS kind, COUNT(contact_question.id) AS received, COUNT(contact_question.id) FILTER (WHERE contact_question.status IN (…)) AS open, COUNT(contact_question.id) FILTER (WHERE (contact_question.due_on < %s AND contact_question.status IN (…))) AS overdue, COUNT(contact_question.id) FILTER (WHERE contact_question.status = %s) AS answered, COUNT(contact_question.id) FILTER (WHERE (contact_question.status = %s AND (contact_question.closed_at AT TIME ZONE %s)::date <= (contact_question.due_on))) AS in_time, AVG((contact_question.closed_at - contact_question.received_at)) FILTER (WHERE contact_question.status = %s) AS average
    FROM contact_question
    INNER JOIN organisations_organisation ON (contact_question.organisation_id = organisations_organisation.id)
    WHERE contact_question.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s))
    GROUP BY 1, 2, organisations_organisation.slug
    ORDER BY organisations_organisation.slug ASC, 2 ASC
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.id IN (…)
    ORDER BY organisations_organisation.slug ASC
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s

-- /admin/
SELECT django_session.expire_date, django_session.session_data, django_session.session_key
    FROM django_session
    WHERE (django_session.expire_date > %s AND django_session.session_key = %s) LIMIT 21
SELECT organisations_user.*
    FROM organisations_user
    WHERE organisations_user.id = %s LIMIT 21
SELECT organisations_membership.role
    FROM organisations_membership
    WHERE organisations_membership.user_id = %s
SELECT processing_processingactivity.organisation_id AS organisation, COUNT(processing_processingactivity.id) FILTER (WHERE processing_processingactivity.status = %s) AS count_0, COUNT(processing_processingactivity.id) FILTER (WHERE processing_processingactivity.status = %s) AS count_1, COUNT(processing_processingactivity.id) FILTER (WHERE (NOT processing_processingactivity.has_unpublished_changes AND processing_processingactivity.is_published)) AS count_2, COUNT(processing_processingactivity.id) FILTER (WHERE (processing_processingactivity.has_unpublished_changes AND processing_processingactivity.is_published)) AS count_3, COUNT(processing_processingactivity.id) FILTER (WHERE (processing_processingactivity.is_published AND processing_processingactivity.review_due_on < %s)) AS count_4, COUNT(processing_processingactivity.id) FILTER (WHERE processing_processingactivity.gaps && (ARRAY[…])::varchar(20)[]) AS count_5, COUNT(processing_processingactivity.id) FILTER (WHERE processing_processingactivity.gaps @> (ARRAY[%s])::varchar(20)[]) AS count_6, COUNT(processing_processingactivity.id) FILTER (WHERE processing_processingactivity.gaps @> (ARRAY[%s])::varchar(20)[]) AS count_7, COUNT(processing_processingactivity.id) FILTER (WHERE processing_processingactivity.gaps @> (ARRAY[%s])::varchar(20)[]) AS count_8, COUNT(processing_processingactivity.id) FILTER (WHERE processing_processingactivity.gaps @> (ARRAY[%s])::varchar(20)[]) AS count_9
    FROM processing_processingactivity
    WHERE processing_processingactivity.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE U1.user_id = %s)
    GROUP BY 1
SELECT organisations_organisation.*
    FROM organisations_organisation
    INNER JOIN organisations_membership ON (organisations_organisation.id = organisations_membership.organisation_id)
    WHERE organisations_membership.user_id = %s
    ORDER BY organisations_organisation.slug ASC LIMIT 200
SELECT contact_question.organisation_id AS organisation, COUNT(contact_question.id) FILTER (WHERE contact_question.status = %s) AS new, COUNT(contact_question.id) FILTER (WHERE contact_question.status = %s) AS in_progress, COUNT(contact_question.id) FILTER (WHERE contact_question.due_on < %s) AS overdue
    FROM contact_question
    WHERE (contact_question.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s)) AND contact_question.status IN (…))
    GROUP BY 1
SELECT contact_mail.organisation_id AS organisation, COUNT(contact_mail.id) AS pk__count
    FROM contact_mail
    WHERE (contact_mail.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s)) AND contact_mail.organisation_id IS NOT NULL AND contact_mail.state = %s)
    GROUP BY 1
SELECT organisations_organisation.*
    FROM organisations_organisation
    WHERE organisations_organisation.id IN (…)
    ORDER BY organisations_organisation.slug ASC
SELECT COUNT(*) AS __count
    FROM contact_mail
    WHERE (contact_mail.organisation_id IN (SELECT U0.id
    FROM organisations_organisation U0
    INNER JOIN organisations_membership U1 ON (U0.id = U1.organisation_id)
    WHERE (U1.role = %s AND U1.user_id = %s)) AND contact_mail.organisation_id IS NULL AND contact_mail.state = %s)
UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE django_session.session_key = %s
