"""The rules that keep the bodies apart, and what stands in their place when one is taken away."""

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
# The tests of which some must notice.
TESTS = [
    *("tests/isolation", "tests/test_permissions.py", "tests/test_moving.py"),
    *("tests/contact/admin", "tests/organisations", "tests/processing/admin"),
    "tests/processing/models",
]
SCOPING = "organisations/scoping.py"
ACTIVITIES = "processing/admin/activities.py"
DRAFTS = "processing/admin/drafts.py"
KEPT = "processing/models/form_draft.py"
IMPORTS = "processing/admin/importing.py"
# How the scope of a form begins: several stand in one file.
SCOPE = "    def scope(self, rows: QuerySet, user: User) -> QuerySet:\n"


class Rule(NamedTuple):
    name: str
    file: str
    # What the rule is, and what stands there without it.
    present: str
    absent: str
    # Of a rule that works when a process starts: those that must notice, in a process each.
    tests: tuple[str, ...] = ()


RULES = [
    Rule(
        "rows are those of the person",
        SCOPING,
        "return self.scope(super().get_queryset(request), request.user)",
        "return super().get_queryset(request)",
    ),
    Rule(
        "without a scope, a list is for central administrators",
        SCOPING,
        "return rows if user.is_superuser else rows.none()",
        "return rows",
    ),
    Rule(
        "choices are those of the person",
        SCOPING,
        "        return related_admin.choices(request.user)",
        "        return related_admin.model._default_manager.all()",
    ),
    Rule(
        "searchable choices are those of the field",
        SCOPING,
        "rows = form.get_field_queryset(None, self.source_field, self.request)",
        "rows = self.model_admin.model._default_manager.all()",
    ),
    Rule(
        "searchable choices of rows are those of the person",
        SCOPING,
        "rows = self.model_admin.choices(self.request.user)",
        "rows = self.model_admin.model._default_manager.all()",
    ),
    Rule(
        "names are told of what can be chosen only",
        SCOPING,
        "            rows = self.get_field_queryset(None, db_field, request)",
        "            rows = db_field.related_model._base_manager.all()",
    ),
    Rule(
        "lists are asked what their filters offer only",
        SCOPING,
        "return rest in LOOKUPS_OF_FILTERS",
        "return True",
    ),
    Rule(
        "lists are asked about fields of their filters only",
        SCOPING,
        "        if name not in offered:\n            return False\n",
        "        if name not in offered:\n            return True\n",
    ),
    Rule(
        "an address fills in nothing",
        ACTIVITIES,
        '        return {"organisation": bodies[0]} if len(bodies) == 1 else {}',
        "        return request.GET.dict()",
    ),
    Rule(
        "outside is not there",
        SCOPING,
        "    def _get_obj_does_not_exist_redirect(",
        "    def _unused(",
        ("tests/isolation",),
    ),
    Rule(
        "activities are those of the person's bodies",
        ACTIVITIES,
        "        return rows.for_user(user)\n",
        "        return rows\n",
    ),
    Rule(
        "the controller is one of the person's bodies",
        ACTIVITIES,
        'return rows.for_user(request.user) if db_field.name == "organisation" else rows',
        "return rows",
    ),
    Rule(
        "the body of an activity stays",
        ACTIVITIES,
        'return (*self.readonly_fields, "organisation") if obj else self.readonly_fields',
        "return self.readonly_fields",
    ),
    Rule(
        "pages of one activity find those of the person only",
        ACTIVITIES,
        "activity = self.get_object(request, unquote(object_id))\n        if",
        "activity = models.ProcessingActivity.objects.filter(pk=object_id).first()\n        if",
    ),
    Rule(
        "copies go into one's own bodies only",
        ACTIVITIES,
        "get_object_or_404(Organisation.objects.for_user(request.user), pk=key)",
        "get_object_or_404(Organisation, pk=key)",
    ),
    Rule(
        "what was typed is for who typed it",
        KEPT,
        "        own = self.filter(person=user, at__gt=",
        "        own = self.filter(at__gt=",
    ),
    Rule(
        "what was typed is about bodies that the person still works for",
        KEPT,
        "        return own.filter(bodies__contained_by=list(bodies))",
        "        return own",
    ),
    Rule(
        "what is typed is kept under the person's own keys",
        KEPT,
        "        own = cls.objects.filter(person=person)",
        "        own = cls.objects.all()",
    ),
    Rule(
        "what is typed is kept for its activity",
        KEPT,
        "        kept = own.filter(key=key, activity=activity)",
        "        kept = own.filter(key=key)",
    ),
    Rule(
        "what was typed is taken up where it was typed",
        DRAFTS,
        ".filter(key=key, activity=activity).first()",
        ".filter(key=key).first()",
    ),
    Rule(
        "what is typed about a new activity is about one's own body",
        DRAFTS,
        "        return [model_admin.own_body(request, chosen).pk]",
        "        return [int(chosen)]",
    ),
    Rule(
        "what was typed is thrown away by who typed it",
        DRAFTS,
        "get_object_or_404(FormDraft.objects.for_user(request.user), key=key)",
        "get_object_or_404(FormDraft, key=key)",
    ),
    Rule(
        "what was typed is forgotten when who typed it saves",
        DRAFTS,
        "        FormDraft.objects.filter(person=request.user, key=key).delete()",
        "        FormDraft.objects.filter(key=key).delete()",
    ),
    Rule(
        "taking up what was typed saves nothing",
        "processing/admin/forms.py",
        "        return super().is_valid() and not self.is_only_shown",
        "        return super().is_valid()",
    ),
    Rule(
        "bodies are those of the person",
        "organisations/admin.py",
        f"inlines = [MembershipInline]\n\n{SCOPE}        return rows.for_user(user)\n",
        f"inlines = [MembershipInline]\n\n{SCOPE}        return rows\n",
    ),
    Rule(
        "a hidden body can be chosen by its people only",
        "organisations/admin.py",
        "return rows.filter(Q(is_public=True) | Q(pk__in=rows.for_user(user)))",
        "return rows",
    ),
    Rule(
        "a person's bodies are those of the memberships",
        "organisations/models/bodies.py",
        "return self if user.is_superuser else self.filter(memberships__user=user)",
        "return self",
    ),
    Rule(
        "publishing is for publishers of the body",
        "organisations/models/bodies.py",
        "or self.memberships.filter(user=user, role=Membership.Role.PUBLISHER).exists()",
        "or self.memberships.filter(user=user).exists()",
    ),
    Rule(
        "publishing is looked at where it happens",
        "processing/models/workflow.py",
        "        if not locked.organisation.can_publish(by):",
        "        if False:",
    ),
    Rule(
        "steps of publishers are offered to publishers",
        "processing/admin/steps.py",
        "    if chosen.is_for_publishers and not is_publisher:",
        "    if False:",
    ),
    Rule(
        "the page to erase is for publishers",
        "processing/admin/views.py",
        "    if not activity.organisation.can_publish(request.user):",
        "    if False:",
    ),
    Rule(
        "a step is about what was seen",
        "processing/models/workflow.py",
        "if seen is not None and seen != locked.fingerprint(public_record_of(locked)):",
        "if False:",
    ),
    Rule(
        "a step from the admin names what was seen",
        "processing/admin/workflow.py",
        "step.take(activity, by=by, remark=remark, seen=named)",
        "step.take(activity, by=by, remark=remark, seen=named or None)",
    ),
    Rule(
        "what is published by two is not published by who wrote it",
        "processing/models/workflow.py",
        "by.pk in activity.authors()",
        "activity.changed_by_id == by.pk",
    ),
    Rule(
        "copies and restored contents bring their authors",
        "processing/models/workflow.py",
        "authors |= {by.pk, *brought} if by else {*brought}",
        "authors |= {by.pk} if by else set()",
    ),
    Rule(
        "who changes what awaits approval asks again",
        "processing/models/workflow.py",
        "                    if locked.is_awaited:\n",
        "                    if False:\n",
    ),
    Rule(
        "a copy names its authors",
        "processing/admin/starting.py",
        "            frozenset(authors),",
        "            frozenset(),",
    ),
    Rule(
        "a template names its authors",
        "processing/admin/starting.py",
        "            frozenset(template.authors),",
        "            frozenset(),",
    ),
    Rule(
        "another body gets only what is public of a copy",
        "processing/admin/starting.py",
        "        if body != activity.organisation:",
        "        if False:",
    ),
    Rule(
        "a template holds only what is public",
        "processing/admin/starting.py",
        "content=_copied(_for_any_body(content)),",
        "content=_copied(content),",
        ("tests/processing/admin/test_starting.py",),
    ),
    Rule(
        "a template gives only what is public",
        "processing/admin/starting.py",
        "            _for_others(model_admin, request, template.content),",
        "            template.content,",
    ),
    Rule(
        "departments stay in their body",
        "processing/admin/starting.py",
        "for name, value in public.items() if name not in OF_ONE_BODY}",
        "for name, value in public.items()}",
    ),
    Rule(
        "templates are made by central administrators",
        "processing/admin/starting.py",
        'if "template" in request.POST and request.user.is_superuser:',
        'if "template" in request.POST:',
    ),
    Rule(
        "members read code lists and bodies, and change activities",
        "registry_site/roles.py",
        "        return MEMBER if user_obj._roles else set()",
        "        return MEMBER",
    ),
    Rule(
        "questions are for publishers",
        "registry_site/roles.py",
        "        return MEMBER if user_obj._roles else set()",
        "        return PUBLISHER if user_obj._roles else set()",
    ),
    Rule(
        "questions are those to the person's bodies",
        "contact/models/question.py",
        "        return self.filter(organisation__in=Organisation.objects.published_by(user))",
        "        return self",
    ),
    Rule(
        "questions are those to bodies that the person publishes for",
        "contact/models/question.py",
        "        return self.filter(organisation__in=Organisation.objects.published_by(user))",
        "        return self.filter(organisation__in=Organisation.objects.for_user(user))",
    ),
    Rule(
        "mails are those about questions to the person's bodies",
        "contact/models/mail.py",
        "        return self.filter(organisation__in=Organisation.objects.published_by(user))",
        "        return self",
    ),
    Rule(
        "answers are to questions of the person's bodies",
        "contact/admin/questions.py",
        "        rows = Question.objects.for_user(request.user).select_related",
        "        rows = Question.objects.select_related",
    ),
    Rule(
        "answers are for who may change questions",
        "contact/admin/questions.py",
        "        if not self.has_change_permission(request):",
        "        if False:",
    ),
    Rule(
        "who answers is looked at where it happens",
        "contact/answering.py",
        "        if not question.organisation.can_publish(by):",
        "        if False:",
    ),
    Rule(
        "an answer is written by who has seen the others",
        "contact/answering.py",
        "        if fingerprint_of(question) != seen:",
        "        if False:",
    ),
    Rule(
        "what was looked at is closed, and nothing else",
        "contact/admin/questions.py",
        "            if _content(question) == seen:",
        "            if True:",
    ),
    Rule(
        "remarks are for people of the body",
        "processing/models/workflow.py",
        "        if not locked.organisation.has_member(by):",
        "        if False:",
    ),
    Rule(
        "remarks are mailed to people of the body",
        "processing/admin/remarks.py",
        "    return body.members().filter(pk__in=people)",
        "    return User.objects.filter(pk__in=people)",
        ("tests/processing/admin/test_remarks.py",),
    ),
    Rule(
        "bulk leaves out what one may not do",
        "processing/admin/steps.py",
        "        is_publisher = activity.organisation_id in own",
        "        is_publisher = True",
    ),
    Rule(
        "a publisher keeps no name of a body",
        "organisations/admin.py",
        "            for name in {*self.trans_opts.fields} & {*PUBLISHERS_CHOOSE}:",
        "            for name in self.trans_opts.fields:",
    ),
    Rule(
        "the list of questions has the scope of the questions",
        "contact/admin/questions.py",
        "        return rows.kept().for_user(user)",
        "        return rows.kept()",
    ),
    Rule(
        "the dashboard counts questions to the person's bodies",
        "contact/admin/dashboard.py",
        "        for row in Question.objects.for_user(user)\n",
        "        for row in Question.objects.all()\n",
    ),
    Rule(
        "the dashboard counts mails about questions to the person's bodies",
        "contact/admin/dashboard.py",
        "        Mail.objects.for_user(user)\n        .filter(state=Mail.State.UNDELIVERED, org",
        "        Mail.objects.filter(state=Mail.State.UNDELIVERED, org",
    ),
    Rule(
        "the filter of questions names the person's bodies",
        "contact/admin/questions.py",
        '("organisation", admin.RelatedOnlyFieldListFilter)',
        '"organisation"',
        ("tests/contact/admin",),
    ),
    Rule(
        "figures are those of the person's bodies",
        "contact/admin/questions.py",
        "        questions = Question.objects.for_user(request.user)",
        "        questions = Question.objects.all()",
    ),
    Rule(
        "a publisher changes little of a body",
        "organisations/admin.py",
        "        if not request.user.is_superuser:\n            # A text",
        "        if False:\n            # A text",
    ),
    Rule(
        "a publisher changes the own body only",
        "organisations/admin.py",
        "            obj is not None and obj.can_publish(request.user)",
        "            obj is not None",
    ),
    Rule(
        "departments are those of the person's bodies",
        "organisations/admin.py",
        f'fields = ("organisation",)\n\n{SCOPE}        return rows.for_user(user)\n',
        f'fields = ("organisation",)\n\n{SCOPE}        return rows\n',
    ),
    Rule(
        "departments are added to bodies that the person publishes for",
        "organisations/admin.py",
        'rows.published_by(request.user) if db_field.name == "organisation" else rows',
        "rows",
    ),
    Rule(
        "departments are kept by who publishes for their body",
        "organisations/admin.py",
        "        return department is None or department.organisation.can_publish(request.user)",
        "        return True",
    ),
    Rule(
        "editors keep no departments",
        "registry_site/roles.py",
        '    "organisations.view_department",\n',
        '    "organisations.view_department",\n    "organisations.add_department",\n',
    ),
    Rule(
        "a department stays with its body",
        "organisations/admin.py",
        '        return ("organisation",) if obj else ()',
        "        return ()",
    ),
    Rule(
        "who deletes departments is told how many activities name them, not which",
        "organisations/admin.py",
        "    def get_deleted_objects(self, objs",
        "    def _unused(self, objs",
    ),
    Rule(
        "an activity has a department of its own body",
        "processing/models/activity.py",
        "        if self.department and self.department.organisation_id != self.organisation_id:",
        "        if False:",
    ),
    Rule(
        "a copy names nothing that belongs to another body",
        "processing/snapshots.py",
        "        rows = rows.filter(organisation=instance.organisation_id)",
        "        pass",
    ),
    Rule(
        "a copy for another body names no hidden body",
        "processing/admin/starting.py",
        'if row.get("organisation") in known]',
        "]",
    ),
    Rule(
        "a department becomes public by choice of its body",
        "processing/publishing.py",
        '    if name == "department" and not instance.organisation.shows_departments:',
        "    if False:",
    ),
    Rule(
        "citizens see departments while the body chooses so",
        "organisations/directory.py",
        "organisation__in=bodies, organisation__shows_departments=True",
        "organisation__in=bodies",
    ),
    Rule(
        "a publisher writes nothing of a body but what the form holds",
        "organisations/admin.py",
        "        obj.save(update_fields=[",
        "        obj.save(update_fields=None and [",
    ),
    Rule(
        "others learn of it when questions go elsewhere",
        "organisations/admin.py",
        "        if DECIDES & {*form.changed_data}:",
        "        if False:",
    ),
    Rule(
        "what was typed is not in the way of who has left the body",
        KEPT,
        '                own.exclude(pk__in=cls.objects.for_user(person).values("pk")).delete()',
        "                pass",
    ),
    Rule(
        "a row keeps its key",
        "processing/admin/forms.py",
        "        if self.instance.pk:\n            return self.instance.key",
        "        if False:\n            return self.instance.key",
    ),
    Rule(
        "who has no role does not come in",
        "registry_site/admin.py",
        "        return self._has_role(request) and not self._lacks_second_factor(request)",
        "        return request.user.is_authenticated",
    ),
    Rule(
        "forms that installed apps bring along stay out",
        "registry_site/admin.py",
        "        if admin_class and issubclass(admin_class, RegisterAdmin):",
        "        if True:",
        ("tests/test_permissions.py",),
    ),
    Rule(
        "no address tells where any row is shown",
        "registry_site/admin.py",
        'if getattr(url, "name", "") != "view_on_site"',
        "if True",
        ("tests/test_permissions.py",),
    ),
    Rule(
        "terms are replaced by central administrators",
        "processing/admin/code_lists.py",
        "        if not self.has_change_permission(request):",
        "        if False:",
        ("tests/processing/admin/test_term_use.py",),
    ),
    Rule(
        "the list is searched among the person's rows",
        ACTIVITIES,
        "        return queryset.filter(holding(words)), False",
        "        return models.ProcessingActivity.objects.filter(holding(words)), False",
    ),
    Rule(
        "a selection names rows",
        SCOPING,
        '                raise BadRequest("The selection names no row.") from error',
        "                continue",
    ),
    Rule(
        "pages of one import find those of the person only",
        IMPORTS,
        'rows = RegisterImport.objects.for_user(request.user).select_related("organisation"',
        'rows = RegisterImport.objects.select_related("organisation"',
        ("tests/isolation/test_imports.py",),
    ),
    Rule(
        "the list of imports names those of the person only",
        IMPORTS,
        "own = RegisterImport.objects.for_user(request.user)",
        "own = RegisterImport.objects.all()",
        ("tests/isolation/test_imports.py",),
    ),
    Rule(
        "a file is sent for one's own bodies only",
        "processing/admin/import_forms.py",
        "bodies = Organisation.objects.for_user(person)",
        "bodies = Organisation.objects.all()",
        ("tests/isolation/test_imports.py",),
    ),
    Rule(
        "a workbook has the entries of one's own body only",
        IMPORTS,
        "    own = model_admin.own_body(request, body)\n",
        "    own = Organisation.objects.get(pk=body)\n",
        ("tests/isolation/test_imports.py",),
    ),
    Rule(
        "a workbook has no entries of other bodies",
        IMPORTS,
        "ProcessingActivity.objects.filter(organisation=own)",
        "ProcessingActivity.objects.all()",
        ("tests/processing/admin/imports", "tests/isolation/test_imports.py"),
    ),
    Rule(
        "a body is named by who works for it",
        ACTIVITIES,
        "get_object_or_404(Organisation.objects.for_user(request.user), pk=key)",
        "get_object_or_404(Organisation.objects.all(), pk=key)",
        ("tests/processing/admin/test_printing.py", "tests/isolation/test_imports.py"),
    ),
    Rule(
        "a printed register is that of one body",
        "processing/admin/printing.py",
        "ProcessingActivity.objects.filter(organisation=body)",
        "ProcessingActivity.objects.all()",
        ("tests/processing/admin/test_printing.py",),
    ),
    Rule(
        "an import changes activities of its body only",
        "processing/imports/register/matching.py",
        "rows = organisation.activities.order_by",
        "rows = type(organisation).activities.rel.related_model.objects.order_by",
        ("tests/isolation/test_imports.py",),
    ),
    Rule(
        "what a body decided about columns is for its files",
        "processing/imports/tables/columns.py",
        """    meanings = ColumnMeaning.objects.filter(organisation=organisation)
    return {""",
        """    meanings = ColumnMeaning.objects.all()
    return {""",
        ("tests/isolation/test_imports.py",),
    ),
]
