import hashlib
from collections.abc import Iterable
from datetime import date

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from contact.admin.answers import answer_page, answers_to, mailto
from contact.admin.dashboard import dashboard
from contact.admin.figures import figures, years
from contact.models import Question
from organisations.models import User
from organisations.scoping import RegisterAdmin
from organisations.selections import Selected, is_confirmed, look_first, seen_of


class TimeFilter(admin.SimpleListFilter):
    title = _("time to answer")
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("overdue", _("Overdue"))]

    def queryset(self, request: HttpRequest, questions: QuerySet) -> QuerySet:
        if self.value() == "overdue":
            return questions.overdue(timezone.localdate())
        return questions


class QuestionForm(forms.ModelForm):
    """Notices when somebody else changed the question after this form was opened."""

    # What the form showed at first.
    known = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["known"] = _content(self.instance)

    def clean_status(self) -> str:
        status = self.cleaned_data["status"]
        if status in Question.OPEN and self.instance.was_asked_again:
            raise ValidationError(
                _("The same question was asked again and is open. Answer that one.")
            )
        return status

    def clean(self) -> dict:
        values = super().clean()
        # Whoever saves at the same moment waits until this one is done.
        now = Question.objects.kept().select_for_update().filter(pk=self.instance.pk).first()
        if now is None:
            raise ValidationError(_("The time of this question is over: it was erased."))
        if _content(now) != values.get("known"):
            # Who saves again has read what the other one wrote.
            self.data = self.data.copy()
            self.data[self.add_prefix("known")] = _content(now)
            told = _(
                "Somebody else changed this question while it was open here. It now is: "
                "%(status)s. Its notes: %(notes)s. Nothing of yours is saved yet: save again to "
                "replace this."
            )
            notes = now.notes or "–"
            raise ValidationError(told % {"status": now.get_status_display(), "notes": notes})
        return values

    def clean_due_on(self) -> date:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate(self.instance.received_at):
            raise ValidationError(_("The day lies before the question was received."))
        if due_on > self.instance.latest_due_on:
            raise ValidationError(_("The law allows three months at most (GDPR Art. 12(3))."))
        return due_on


@admin.register(Question)
class QuestionAdmin(RegisterAdmin):
    """What citizens asked. Nobody adds a question here, and only its rule erases it."""

    form = QuestionForm
    list_display = ("reference", "organisation", "kind", "received_at", "due", "status", "taken_by")
    list_select_related = ("organisation", "taken_by")
    list_filter = (
        *("status", TimeFilter, "kind"),
        ("organisation", admin.RelatedOnlyFieldListFilter),
    )
    # Not by name or address: what is looked for stands in the address of the page.
    search_fields = ("reference",)
    search_help_text = _("Reference")
    list_per_page = 50
    actions = ["take", "answered"]
    fieldsets = (
        (
            _("What the citizen wrote"),
            {
                "fields": (
                    *("organisation", "kind", "entry", "language", "name", "answer_to"),
                    *("written", "received_at"),
                )
            },
        ),
        (
            _("What the body does with it"),
            {"fields": ("status", "due_on", "taken_by", "closed_at", "notes", "known")},
        ),
    )
    readonly_fields = (
        *("organisation", "kind", "entry", "language", "name", "answer_to", "written"),
        *("received_at", "taken_by", "closed_at"),
    )

    def overview(self, user: User) -> dict:
        """What the index page of the admin shows."""
        return dashboard(user)

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        return rows.kept().for_user(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        figures_page = self.admin_site.admin_view(self.figures_view)
        answering = self.admin_site.admin_view(self.answer_view)
        return [
            path("figures/", figures_page, name="contact_question_figures"),
            path("<path:object_id>/answer/", answering, name="contact_question_answer"),
            *super().get_urls(),
        ]

    @admin.display(description=_("to be answered by"), ordering="due_on")
    def due(self, question: Question) -> str:
        day = question.due_on.strftime("%d/%m/%Y")
        if question.is_overdue:
            return format_html("<strong>{} ({})</strong>", day, _("overdue"))
        return day

    @admin.display(description=_("processing activity"))
    def entry(self, question: Question) -> str:
        if not question.activity_number:
            return "–"
        number = question.activity_number
        address = reverse("processing:activity_detail", args=[question.organisation.slug, number])
        return format_html('<a href="{}">{}</a>', address, number)

    @admin.display(description=_("e-mail address"))
    def answer_to(self, question: Question) -> str:
        return format_html('<a href="{}">{}</a>', mailto(question), question.email)

    @admin.display(description=_("message"))
    def written(self, question: Question) -> str:
        return format_html(
            '<p class="register-written" lang="{}">{}</p>', question.language, question.message
        )

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs) -> HttpResponse:
        answers = answers_to(kwargs["obj"])
        return super().render_change_form(request, context | {"answers": answers}, **kwargs)

    def save_model(self, request: HttpRequest, obj: Question, form, change: bool) -> None:
        obj.move_to(obj.status, by=request.user)

    @admin.action(description=_("Take these questions"), permissions=["change"])
    def take(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set(request, queryset.open(), Question.Status.IN_PROGRESS)

    @admin.action(description=_("These questions were answered"), permissions=["change"])
    def answered(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Close questions that were answered by letter or telephone, after a look at each."""
        if is_confirmed(request):
            self._set(request, queryset.open(), Question.Status.ANSWERED, looked=True)
            return None
        listed = [_if_answered(question) for question in queryset.order_by("pk")]
        return look_first(
            self,
            request,
            listed,
            action="answered",
            label=_("These questions were answered"),
            explanation=_(
                "For questions that were answered by letter or by telephone: no mail is sent. The "
                "time until a question is erased begins now."
            ),
        )

    def _set(
        self, request: HttpRequest, questions: QuerySet, status: str, *, looked: bool = False
    ) -> None:
        with transaction.atomic():
            locked = list(questions.order_by("pk").select_for_update(of=("self",)))
            if looked:
                locked = self._unchanged(request, locked)
            for question in locked:
                if status == Question.Status.IN_PROGRESS:
                    question.taken_by = request.user
                question.move_to(status, by=request.user)
                self.log_change(request, question, question.get_status_display())
        number = len(locked)
        told = ngettext("%(number)d question changed.", "%(number)d questions changed.", number)
        self.message_user(request, told % {"number": number}, messages.SUCCESS)

    def _unchanged(self, request: HttpRequest, questions: Iterable[Question]) -> list[Question]:
        """Of the questions, those that still are as the person saw them; tells of the others."""
        found = []
        for question, seen in seen_of(request, questions).items():
            if _content(question) == seen:
                found.append(question)
                continue
            told = gettext("Not done for %(question)s: somebody changed it meanwhile. Look again.")
            self.message_user(request, told % {"question": question}, messages.WARNING)
        return found

    def answer_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """An answer that was written while the question was erased stays on the page."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        rows = Question.objects.for_user(request.user).select_related("organisation")
        if request.method != "POST":
            rows = rows.kept()
        try:
            key = self.opts.pk.to_python(unquote(object_id))
        except ValidationError as error:
            raise Http404 from error
        return answer_page(self, request, get_object_or_404(rows, pk=key))

    def figures_view(self, request: HttpRequest) -> HttpResponse:
        """How many questions of which kind, and how soon they were answered."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        questions = Question.objects.for_user(request.user)
        known = years(questions)
        asked = request.GET.get("year", "")
        year = int(asked) if asked in map(str, known) else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Questions in figures"),
            "opts": self.opts,
            "years": known,
            "year": year,
            "rows": figures(questions, year),
        }
        return TemplateResponse(request, "admin/contact/question/figures.html", context)


def _if_answered(question: Question) -> Selected:
    """What becomes of a question that is said to be answered."""
    if not question.is_open:
        what = gettext("It is closed already: %(status)s.")
        values = {"status": question.get_status_display()}
        return Selected(question, _content(question), what % values, is_left_out=True)
    what = gettext("%(kind)s, received on %(day)s, now %(status)s. It will be closed as answered.")
    values = {
        "kind": question.get_kind_display(),
        "day": date_format(timezone.localdate(question.received_at), "SHORT_DATE_FORMAT"),
        "status": question.get_status_display(),
    }
    return Selected(question, _content(question), what % values)


def _content(question: Question) -> str:
    """What the people of the body did with it, in a form that can be compared."""
    columns = [question._meta.get_field(name).attname for name in question.WORK]
    values = [str(getattr(question, column)) for column in columns]
    return hashlib.sha256("\n".join(values).encode()).hexdigest()
