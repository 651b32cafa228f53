from django import forms
from django.contrib import admin, messages
from django.db import connection
from django.db.models import Field, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from organisations.checks import declared_name
from organisations.choice_search import Choice
from organisations.invitations import invite
from organisations.languages import texts_of
from organisations.mailbox_notices import DECIDES, tell_of_mailboxes
from organisations.models import Department, Membership, Organisation, User
from organisations.scoping import OwnChoices, RegisterAdmin

# What the publishers of a body set themselves, because it knows that best. The rest a central
# administrator does.
PUBLISHERS_CHOOSE = (
    *("website", "street", "postal_code", "city", "phone", "contact_mailbox", "dpo_phone"),
    *("dpo_mailbox", "dpo_name", "is_dpo_name_public", "description"),
    *("shows_departments", "mail_language", "is_message_mailed"),
)


# So many departments may a body have: each page of an entry reads those of all bodies from memory.
MOST_DEPARTMENTS = 200


class MembershipInline(OwnChoices, admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("user", "organisation")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("user", "organisation")


class InvitationForm(forms.ModelForm):
    """A new person, who will set a password through the link in the invitation."""

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "language", "is_superuser")

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(RegisterAdmin):
    """The people of the bodies. Nobody but themselves knows or sets their passwords."""

    ordering = ("email",)
    list_display = ("email", "first_name", "last_name", "is_central", "is_active")
    search_fields = ("email", "first_name", "last_name")
    list_filter = ("is_active", "is_superuser")
    inlines = [MembershipInline]
    fields = ("email", "first_name", "last_name", "language", "is_active", "is_superuser")
    actions = ["invite_again", "forget_second_factor", "unlock_second_step", "log_out"]

    @admin.display(description=_("central administrator"), boolean=True, ordering="is_superuser")
    def is_central(self, person: User) -> bool:
        return person.is_superuser

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "is_superuser":
            field.label = _("Central administrator")
            field.help_text = _("Keeps the bodies, people and code lists, and may help any body.")
        return field

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs):
        if obj is None:
            return super().get_form(request, obj, form=InvitationForm, **kwargs)
        return super().get_form(request, obj, **kwargs)

    def get_fields(self, request: HttpRequest, obj: User | None = None):
        return self.fields if obj else InvitationForm.Meta.fields

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            # Now that the memberships are there, which the mail names.
            invite(form.instance, by=request.user)

    @admin.action(description=_("Send the invitation again"))
    def invite_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        for person in queryset.filter(is_active=True):
            invite(person, by=request.user)
            text = gettext("An invitation is on its way to %(person)s.") % {"person": person}
            self.message_user(request, text, messages.SUCCESS)

    @admin.action(description=_("Let them set up two-factor login anew"))
    def forget_second_factor(self, request: HttpRequest, queryset: QuerySet) -> None:
        """For who has lost both the telephone and the recovery codes."""
        for person in queryset:
            person.authenticator_set.all().delete()
            person.end_sessions()
            text = gettext("%(person)s sets up two-factor login at the next log-in.")
            self.message_user(request, text % {"person": person}, messages.SUCCESS)

    @admin.action(description=_("Unlock the second step of their log-in"))
    def unlock_second_step(self, request: HttpRequest, queryset: QuerySet) -> None:
        """For somebody at whose log-in too many wrong codes were entered."""
        for person in queryset.filter(second_step__locked_at__isnull=False):
            person.second_step.unlock()
            text = gettext("%(person)s can log in again.") % {"person": person}
            self.message_user(request, text, messages.SUCCESS)

    @admin.action(description=_("Log them out everywhere"))
    def log_out(self, request: HttpRequest, queryset: QuerySet) -> None:
        for person in queryset:
            person.end_sessions()
            text = gettext("%(person)s is logged out everywhere.") % {"person": person}
            self.message_user(request, text, messages.SUCCESS)


@admin.register(Organisation)
class OrganisationAdmin(RegisterAdmin, TranslationAdmin):
    """Central administrators keep the bodies; people of a body see their own."""

    list_display = ("slug", "name", "kind", "is_public")
    has_few_rows = True
    list_filter = ("kind", "is_public")
    search_fields = ("slug",)
    autocomplete_fields = ("parent",)
    inlines = [MembershipInline]

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        return rows.for_user(user)

    def as_choice(self, body: Organisation) -> Choice:
        return Choice(
            codes=[body.slug, body.enterprise_number or "", *texts_of(body, "short_name").values()],
            labels=texts_of(body, "name"),
            synonyms=body.former_names.splitlines(),
        )

    def choices(self, user: User) -> QuerySet:
        """Any public body can receive data; one that is not public exists for its people only."""
        rows = Organisation.objects.order_by("slug")
        if user.is_superuser:
            return rows
        return rows.filter(Q(is_public=True) | Q(pk__in=rows.for_user(user)))

    def has_change_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """A publisher changes what PUBLISHERS_CHOOSE names, and nothing else."""
        return super().has_change_permission(request, obj) or (
            obj is not None and obj.can_publish(request.user)
        )

    def save_model(self, request: HttpRequest, obj: Organisation, form, change: bool) -> None:
        """To hide a body must always work, however many words of its entries are counted out.

        Only what the form holds is written: the rest may have changed since it was read, such as
        whether the body is public at all.
        """
        if "is_public" in form.changed_data:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
        if not change:
            super().save_model(request, obj, form, change)
            return
        held = {declared_name(Organisation, name) for name in form.fields}
        columns = [field.name for field in self.opts.concrete_fields]
        obj.save(update_fields=[c for c in columns if declared_name(Organisation, c) in held])
        if DECIDES & {*form.changed_data}:
            tell_of_mailboxes(obj, by=request.user)

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """A public address never changes. Asked of the database: a form changes its object."""
        if obj is None:
            return ()
        if not request.user.is_superuser:
            # A text has a column in each language, and what stands for all of them is none.
            chosen = {"id", *self.trans_opts.fields, *PUBLISHERS_CHOOSE}
            for name in {*self.trans_opts.fields} & {*PUBLISHERS_CHOOSE}:
                chosen |= {column.name for column in self.trans_opts.all_fields[name]}
            return tuple(field.name for field in self.opts.fields if field.name not in chosen)
        was_public = Organisation.objects.filter(pk=obj.pk, is_public=True).exists()
        return ("slug",) if was_public or obj.publications.exists() else ()


class DepartmentForm(forms.ModelForm):
    def clean(self) -> dict:
        values = super().clean()
        body = values.get("organisation")
        # Of a department that is there, the form does not hold the body.
        if body:
            # Whoever adds one at the same moment waits until this one is there.
            Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
            if body.departments.count() >= MOST_DEPARTMENTS:
                told = gettext("This body has %(number)d departments: no more fit.")
                self.add_error(None, told % {"number": MOST_DEPARTMENTS})
        return values


@admin.register(Department)
class DepartmentAdmin(RegisterAdmin, TranslationAdmin):
    """The publishers of a body keep its departments."""

    form = DepartmentForm
    has_few_rows = True
    list_display = ("name", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("name_nl", "name_fr", "name_de", "name_en")
    autocomplete_fields = ("organisation",)

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        return rows.for_user(user)

    def as_choice(self, department: Department) -> Choice:
        return Choice(codes=[], labels=texts_of(department, "name"))

    def get_field_queryset(self, db: str | None, db_field: Field, request: HttpRequest) -> QuerySet:
        rows = super().get_field_queryset(db, db_field, request)
        return rows.published_by(request.user) if db_field.name == "organisation" else rows

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """The body, for who keeps the departments of one."""
        bodies = Organisation.objects.published_by(request.user)[:2]
        return {"organisation": bodies[0].pk} if len(bodies) == 1 else {}

    def has_change_permission(self, request: HttpRequest, obj: Department | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._keeps(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Department | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._keeps(request, obj)

    def get_deleted_objects(self, objs, request: HttpRequest) -> tuple[list, dict, set, list]:
        """What names the departments, counted: Django would read each row of thousands."""
        departments = list(objs)
        may = all(self.has_delete_permission(request, department) for department in departments)
        named = []
        for relation in self.opts.get_fields(include_hidden=True):
            if relation.one_to_many:
                name, model = relation.field.name, relation.related_model
                number = model._base_manager.filter(**{f"{name}__in": departments}).count()
                label = gettext("%(label)s:") % {"label": capfirst(model._meta.verbose_name_plural)}
                named += [f"{label} {number}"] * bool(number)
        counts = {self.opts.verbose_name_plural: len(departments)}
        refused = set() if may else {self.opts.verbose_name}
        return [str(department) for department in departments], counts, refused, named

    def _keeps(self, request: HttpRequest, department: Department | None) -> bool:
        return department is None or department.organisation.can_publish(request.user)

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """Its activities are those of the body."""
        return ("organisation",) if obj else ()
