"""The page on which somebody of a body answers a citizen."""

from urllib.parse import quote

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.messages import SUCCESS
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.answering import NotAnswered, answer, fingerprint_of
from contact.models import Question
from contact.models.answer import LONGEST_ANSWER
from organisations.form_fields import LinesField


class AnswerForm(forms.Form):
    """What somebody writes to the citizen, and which answers stood there at the time."""

    text = LinesField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 80, "aria-describedby": "about_text"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def refuse(self, refusal: NotAnswered, question: Question) -> None:
        """Show what was typed again, with the reason; who sends it again has seen the page."""
        self.add_error(None, str(refusal))
        self.data = self.data.copy()
        self.data["seen"] = fingerprint_of(question)


def answers_to(question: Question) -> QuerySet:
    """The answers with all that their templates show."""
    return question.answers.select_related("by", "mail")


def mailto(question: Question) -> str:
    """The address that opens a mail to the citizen in one's own mailbox."""
    return f"mailto:{quote(question.email, safe='@')}?subject={quote(question.reference or '')}"


def answer_page(model_admin: ModelAdmin, request: HttpRequest, question: Question) -> HttpResponse:
    """Write an answer and send it. Who calls this has scoped the question."""
    form = AnswerForm(request.POST or None, initial={"seen": fingerprint_of(question)})
    if request.method == "POST" and form.is_valid():
        text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
        try:
            with transaction.atomic():
                answer(question, text, by=request.user, seen=seen)
                # Without a word of it: the log of the admin only tells who answered and when.
                model_admin.log_change(request, question, _("Answered by mail."))
        except NotAnswered as refusal:
            form.refuse(refusal, question)
            question.refresh_from_db()
        else:
            told = _("Your answer is on its way to the citizen. A copy stays with the question.")
            model_admin.message_user(request, told, SUCCESS)
            address = reverse("admin:contact_question_change", args=[question.pk])
            return HttpResponseRedirect(address)
    body = question.organisation
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Answer the citizen"),
        "subtitle": str(question),
        "question": question,
        "answers": answers_to(question),
        "form": form,
        "reply_to": body.contact_mailbox or body.dpo_mailbox,
        "mailto": mailto(question),
        "is_about_a_right": question.kind not in (Question.Kind.QUESTION, Question.Kind.ERROR),
    }
    return TemplateResponse(request, "admin/contact/question/answer.html", context)
